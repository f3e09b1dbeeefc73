import FoundationEssentials
import Storage

#if canImport(Glibc)
  import Glibc
#endif

/// The process that runs a trial, kept with it so that another one can tell whether it is gone.
struct TrialOwner: Codable, Hashable, Sendable {
  static let key = "attune:owner"
  /// A heartbeat older than this says that an owner on another host is gone.
  static let grace: TimeInterval = 120
  static let heartbeatInterval: TimeInterval = 20

  var host: String
  var process: Int32
  /// When the process began, in the kernel's own ticks: a number that is used again does not have it.
  var begun: String

  static let own: TrialOwner = {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, name.count - 1)
    let host = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return TrialOwner(host: host, process: getpid(), begun: beginning(of: getpid()) ?? "")
  }()

  init(host: String, process: Int32, begun: String) {
    self.host = host
    self.process = process
    self.begun = begun
  }

  /// nil where another program runs the trial.
  init?(_ trial: StoredTrial) {
    guard let json = trial.attributes.system[Self.key],
      let owner = try? JSONDecoder().decode(TrialOwner.self, from: Data(json.utf8))
    else { return nil }
    self = owner
  }

  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// On this host: whether the process has ended. On another: whether the heartbeat is old.
  func isGone(heartbeat: Date?) -> Bool {
    if host == Self.own.host { return Self.beginning(of: process) != begun }
    guard let heartbeat else { return false }
    return Date().timeIntervalSince(heartbeat) > Self.grace
  }

  /// Field 22 of /proc/PID/stat; nil where there is no such process.
  private static func beginning(of process: Int32) -> String? {
    guard let file = fopen("/proc/\(process)/stat", "r") else { return nil }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 2048)
    let count = fread(&buffer, 1, buffer.count, file)
    let text = String(decoding: buffer.prefix(count), as: UTF8.self)
    // The second field, the name in brackets, may hold spaces.
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    return fields.count > 19 ? String(fields[19]) : nil
  }
}
