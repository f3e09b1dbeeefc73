import Glibc

/// The user's home folder: where `~`, caches, the history and run-time files begin.
package enum HomeFolder {
  /// `$HOME` if it is set and not empty, else the user database's; `/` for a user without either.
  package static func path(_ environment: [String: String]? = nil) -> String {
    let home = environment.map { $0["HOME"] } ?? getenv("HOME").map { String(cString: $0) }
    if let home, !home.isEmpty { return home }
    return databaseHome ?? "/"
  }

  /// A path with a leading `~` replaced: `~` and `~/data.csv`, not `~name`.
  package static func expand(_ path: String) -> String {
    path == "~" || path.hasPrefix("~/") ? Self.path() + path.dropFirst() : path
  }

  private static var databaseHome: String? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(geteuid(), &entry, &buffer, buffer.count, &found) == 0, found != nil, let home = entry.pw_dir,
      home.pointee != 0
    else { return nil }
    return String(cString: home)
  }
}
