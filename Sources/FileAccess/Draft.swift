import Glibc

/// A new file beside the one that it will replace, under a name that nobody can foresee.
struct Draft {
  private let place: Place
  private let path: String
  private let descriptor: Int32

  /// Returns nil if the file that is there must be written in place: its folder takes no new file, it has other names
  /// (hard links), or its owner could not be kept.
  init?(for place: Place) throws(FileError) {
    self.place = place
    if let status = place.status, status.st_nlink > 1 { return nil }
    let number = (0..<2).map { _ in UInt64.random(in: .min ... .max) }
    path = place.folder + "/.attune-" + number.map { String($0, radix: 36) }.joined()
    let mode: mode_t = place.status == nil ? 0o666 : 0o600
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      if place.status != nil, [EACCES, EPERM, EROFS].contains(errno) { return nil }
      throw FileError(place.name, .written, errno: errno)
    }
    if let status = place.status, !keepsOwnerAndMode(status) {
      remove()
      return nil
    }
  }

  /// Writes everything, to the disk, and takes the file's name.
  func finish(_ bytes: [UInt8]) throws(FileError) {
    try WholeFile.writeAll(bytes, descriptor, place.name)
    guard rename(path, place.path) == 0 else { throw FileError(place.name, .written, errno: errno) }
    close(descriptor)
    // The new name is on the disk once its folder is; file systems that cannot do that keep it anyway.
    let folder = open(place.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }

  func remove() {
    close(descriptor)
    unlink(path)
  }

  /// The owner first: changing it clears the set-id bits.
  private func keepsOwnerAndMode(_ status: stat) -> Bool {
    var own = stat()
    guard fstat(descriptor, &own) == 0 else { return false }
    if own.st_uid != status.st_uid || own.st_gid != status.st_gid {
      guard fchown(descriptor, status.st_uid, status.st_gid) == 0 else { return false }
    }
    return fchmod(descriptor, status.st_mode & 0o7777) == 0
  }
}
