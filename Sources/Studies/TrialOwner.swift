import FoundationEssentials
import Storage
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// The process that runs a trial, kept with it so that another one can tell whether it is gone.
struct TrialOwner: Codable, Hashable, Sendable {
  /// A heartbeat older than this says that an owner on another host is gone.
  static let grace: TimeInterval = 120

  var host: String
  var process: Int32
  /// When the process began, in the kernel's own ticks: a number that is used again does not have it.
  var begun: String
  /// The host's set of process numbers: containers of one name have their own.
  var processes: String?
  /// Counts the claims of a process, so that no two claims have one text.
  var claim: Int?
  /// A program outside tells how the trial ends: nobody waits for it.
  var isAsked: Bool?

  private static let claims = Atomic(0)

  /// For one trial that this process takes.
  static func claim(asked: Bool) -> TrialOwner {
    var owner = own
    owner.claim = claims.add(1, ordering: .relaxed).newValue
    if asked { owner.isAsked = true }
    return owner
  }

  static let own: TrialOwner = {
    return TrialOwner(
      host: ProcessIdentity.host, process: getpid(), begun: ProcessIdentity.beginning(of: getpid()) ?? "",
      processes: try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid"))
  }()

  private init(host: String, process: Int32, begun: String, processes: String?) {
    self.host = host
    self.process = process
    self.begun = begun
    self.processes = processes
  }

  /// nil where another program runs the trial.
  init?(_ trial: StoredTrial) {
    guard let json = trial.attributes.system[StoredTrial.ownerKey],
      let owner = try? JSONDecoder().decode(TrialOwner.self, from: Data(json.utf8))
    else { return nil }
    self = owner
  }

  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// Whether this host can tell that the process has ended.
  var isNear: Bool { host == Self.own.host && (processes == nil || processes == Self.own.processes) }

  /// On this host: whether the process has ended. On another: whether the heartbeat is old.
  func isGone(silentFor seconds: Double?) -> Bool {
    if isNear { return ProcessIdentity.beginning(of: process) != begun }
    return seconds.map { $0 > Self.grace } ?? false
  }
}
