import Glibc

/// Which file a path leads to, and how long it is.
struct FileIdentity: Equatable {
  var device: UInt64
  var number: UInt64
  var size: Int64
  /// In nanoseconds since 1970.
  var changed: Int64

  /// nil if there is no file.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    number = UInt64(status.st_ino)
    size = Int64(status.st_size)
    changed = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
  }

  func isSameFile(as other: FileIdentity) -> Bool { device == other.device && number == other.number }

  /// The limit on the size of files in bytes, if one of these is too near to it for a write; nil if there is none.
  static func sizeLimit(reachedBy paths: [String]) -> UInt64? {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    guard limit.rlim_cur < rlim_t(Int64.max) else { return nil }
    // A shared-memory file grows by 32 kB at once, the others by pages and frames.
    let largest = paths.compactMap { FileIdentity(path: $0)?.size }.max() ?? 0
    return UInt64(largest) + 64 * 1024 > UInt64(limit.rlim_cur) ? UInt64(limit.rlim_cur) : nil
  }

  /// Whether the disk under a folder has no room left for a few pages.
  static func isDiskFull(at folder: String) -> Bool {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return false }
    // Some file systems, such as /proc, have no blocks at all.
    guard status.f_blocks > 0 else { return false }
    return UInt64(status.f_bavail) * UInt64(status.f_frsize) < 64 * 1024
  }
}
