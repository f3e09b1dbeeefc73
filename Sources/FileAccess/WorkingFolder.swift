import Glibc

/// The folder that relative paths start at.
package enum WorkingFolder {
  /// nil if it was deleted: a relative path then leads nowhere.
  package static var path: String? {
    guard let text = getcwd(nil, 0) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }

  /// What helps if a file is not found.
  package static var hint: String {
    path == nil
      ? "the notebook's folder was deleted: use a path from '/', or start the kernel in another folder"
      : "relative paths start at the notebook's folder"
  }
}
