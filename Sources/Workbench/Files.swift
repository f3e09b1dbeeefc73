import Foundation

/// The files that commands read and write: relative paths start at the notebook's folder, `~` is the home folder, a
/// file is written whole or not at all, and none is overwritten without `replace=true`.
package enum Files {
  package struct Refusal: Error {
    package var message: String
    package var hint: String?
  }

  /// The process starts in the notebook's folder.
  package static var workingFolder: String { FileManager.default.currentDirectoryPath }

  package static func path(_ said: String) -> String {
    let expanded = said == "~" || said.hasPrefix("~/") ? NSHomeDirectory() + said.dropFirst() : said
    return expanded.hasPrefix("/") ? expanded : workingFolder + "/" + expanded
  }

  package static func read(_ said: String) throws -> [UInt8] {
    do { return [UInt8](try Foundation.Data(contentsOf: URL(fileURLWithPath: path(said)))) } catch {
      let exists = FileManager.default.fileExists(atPath: path(said))
      throw Refusal(message: exists ? "cannot read '\(said)'" : "there is no file '\(said)'", hint: nil)
    }
  }

  /// Refuses before any work is done, where the file exists and may not be replaced.
  package static func checkWritable(_ said: String, replace: Bool) throws {
    let path = path(said)
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if exists && isFolder.boolValue { throw Refusal(message: "'\(said)' is a folder", hint: nil) }
    if exists && !replace { throw Refusal(message: "'\(said)' exists", hint: "replace=true overwrites it") }
    let folder = (path as NSString).deletingLastPathComponent
    if !FileManager.default.fileExists(atPath: folder) {
      throw Refusal(message: "there is no folder '\((said as NSString).deletingLastPathComponent)'", hint: nil)
    }
  }

  /// Through a file beside it that takes its name when it is whole.
  package static func write(_ bytes: [UInt8], to said: String, replace: Bool) throws {
    try checkWritable(said, replace: replace)
    do { try Foundation.Data(bytes).write(to: URL(fileURLWithPath: path(said)), options: .atomic) } catch {
      throw Refusal(message: "cannot write '\(said)'", hint: (error as NSError).localizedDescription)
    }
  }

  package static func write(_ text: String, to said: String, replace: Bool) throws {
    try write(Array(text.utf8), to: said, replace: replace)
  }
}

extension Files.Refusal: Refusal {}
