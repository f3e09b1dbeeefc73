import Glibc

/// The home folder of the person who runs this process: one rule for `~`, the history and all else that is kept there.
package enum HomeFolder {
  /// `HOME` if it is set and not empty, else what the user database says, else "/".
  package static func path(_ environment: [String: String]) -> String {
    if let home = environment["HOME"], !home.isEmpty { return home }
    return ofUserDatabase ?? "/"
  }

  private static var ofUserDatabase: String? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16 << 10)
    guard getpwuid_r(getuid(), &entry, &buffer, buffer.count, &found) == 0, let folder = found?.pointee.pw_dir else {
      return nil
    }
    let path = String(cString: folder)
    return path.isEmpty ? nil : path
  }
}
