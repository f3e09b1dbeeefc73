import Foundation
import Storage
import Studies

/// Which workers this user has started, kept in a folder that nobody else can read or write: `~/.local/state/attune/workers`.
///
/// A study's storage is shared. What it says of workers is believed only if it stands here too: else whoever can write to it could
/// have a process ended, a job cancelled, or any file's last line shown.
struct WorkerRecord {
  /// The workers of one study: a file each, so that no two writers meet.
  private struct Entry: Codable {
    var place: String
    var study: Int64
    var jobs: [WorkerJob]

    init(_ study: Study, _ jobs: [WorkerJob]) {
      (place, self.study, self.jobs) = (WorkerRecord.place(of: study), study.id.rawValue, jobs)
    }
  }

  let folder: String

  init(folder: String = WorkerRecord.usual) { self.folder = folder }

  /// Below XDG_STATE_HOME, if that is set.
  static var usual: String {
    let environment = ProcessInfo.processInfo.environment
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/attune/workers" }
    return (environment["HOME"] ?? NSHomeDirectory()) + "/.local/state/attune/workers"
  }

  private static let secondsKept = 60.0 * 24 * 3600
  private static let longest = 8 << 20

  /// Notes workers that were just started. One that cannot be noted is not followed by another session.
  func add(_ jobs: [WorkerJob], of study: Study) {
    if jobs.isEmpty { return }
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    guard isPrivate, let data = try? JSONEncoder().encode(Entry(study, jobs)) else { return }
    removeOld()
    let file = folder + "/\(UUID().uuidString).json"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    try? handle.write(contentsOf: data)
    try? handle.close()
  }

  /// The workers of a study that this user has started.
  func jobs(of study: Study) -> Set<WorkerJob> {
    guard isPrivate, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
    let place = Self.place(of: study)
    var found: Set<WorkerJob> = []
    for name in names where name.hasSuffix(".json") {
      let path = folder + "/" + name
      guard let size = Self.size(of: path), size <= Self.longest,
        let data = FileManager.default.contents(atPath: path),
        let entry = try? JSONDecoder().decode(Entry.self, from: data)
      else { continue }
      if entry.place == place, entry.study == study.id.rawValue { found.formUnion(entry.jobs) }
    }
    return found
  }

  /// Whether the folder is this user's alone.
  private var isPrivate: Bool {
    var status = stat()
    guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else {
      return false
    }
    return status.st_mode & 0o077 == 0 || chmod(folder, 0o700) == 0
  }

  /// A regular file's size.
  private static func size(of path: String) -> Int? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  private func removeOld() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      let path = folder + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      if Date().timeIntervalSince1970 - Double(status.st_mtim.tv_sec) > Self.secondsKept { unlink(path) }
    }
  }

  /// The same for every name of a file.
  private static func place(of study: Study) -> String {
    let place = study.storage.place
    if DatabaseAddress.isMeant(by: place) { return place }
    guard let resolved = realpath(Files.path(place), nil) else { return Files.path(place) }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
