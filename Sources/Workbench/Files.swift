import FileAccess
import Foundation

/// The files that commands read and write: relative paths start at the notebook's folder, `~` is the home folder, a
/// file is written whole or not at all, and none is overwritten without `replace=true`.
package enum Files {
  package struct Refusal: Error {
    package var message: String
    package var hint: String?
    /// The name as it was typed, if the refusal is about a file that a command names.
    package var file: String?
  }

  /// The process starts in the notebook's folder.
  package static var workingFolder: String { WorkingFolder.path ?? "" }

  /// Absolute, if the folder that the process stands in still exists: a relative path of a folder that was deleted leads
  /// nowhere, and never to a file of that name somewhere else.
  package static func path(_ typed: String) -> String {
    let expanded = HomeFolder.expand(typed)
    let folder = workingFolder
    return expanded.hasPrefix("/") || !folder.hasPrefix("/") ? expanded : folder + "/" + expanded
  }

  package static func read(_ typed: String, isCancelled: () -> Bool = { false }) throws -> [UInt8] {
    do { return try WholeFile.read(path(typed), as: typed, isCancelled: isCancelled) } catch let error as FileError {
      throw Refusal(error)
    }
  }

  /// Refuses before any work is done if the file exists and may not be replaced, or nothing can be written there.
  package static func checkWritable(_ typed: String, replace: Bool) throws {
    let target: WholeFile.Target
    do { target = try WholeFile.target(path(typed), as: typed) } catch { throw Refusal(error) }
    guard target == .new || replace else {
      throw Refusal(message: "'\(typed)' exists", hint: "use replace=true to overwrite it", file: typed)
    }
  }

  /// Through a file beside it that takes its name when it is whole.
  package static func write(_ bytes: [UInt8], to typed: String, replace: Bool) throws {
    try checkWritable(typed, replace: replace)
    do { try WholeFile.write(bytes, to: path(typed), as: typed) } catch { throw Refusal(error) }
  }

  package static func write(_ text: String, to typed: String, replace: Bool) throws {
    try write(Array(text.utf8), to: typed, replace: replace)
  }
}

extension Files.Refusal: Refusal {
  init(_ error: FileError) {
    self.init(
      message: error.isMissing && error.action == .read ? "there is no file '\(error.path)'" : error.description,
      hint: error.isMissing && (error.action == .read || Self.isNowhere(error.path)) ? WorkingFolder.hint : nil,
      file: error.path)
  }

  /// Whether the path starts at a folder that was deleted.
  private static func isNowhere(_ path: String) -> Bool { WorkingFolder.path == nil && !path.hasPrefix("/") }
}
