import Datasets
import Foundation
import Language
import Vocabulary

/// Which data a study may have this process load: a storage that others write to must not open what its user has not named.
///
/// Sets that are made or are inside the program, those of the system's packages, and files below folders, or files, that the
/// user named. Nothing is fetched, no program is run and no database is opened because a study says so.
struct StudyDataPolicy {
  /// Folders and files, as the user named them.
  let named: [String]
  /// How the user names others.
  var hint = "attune worker --data FOLDER names where its files lie"

  private static let made: Set<String> = ["digits", "iris", "spirals", "moons", "circles", "blobs"]
  private static let system: Set<String> = ["fashion_mnist", "mnist"]
  private static let files: Set<String> = ["idx", "csv", "json", "arff", "libsvm", "npz"]

  /// The call with each path as the place that it leads to. Throws a `Files.Refusal`.
  func allowed(_ source: Call, _ syntax: Syntax) throws -> Call {
    let name = source.name
    guard Self.made.contains(name) || Self.system.contains(name) || Self.files.contains(name) else {
      throw Files.Refusal(
        message: "the study names the data source '\(name)', which a study may not have loaded",
        hint: "load the data yourself, then open the study")
    }
    var result = source
    result.arguments = try source.arguments.map { argument in
      guard let option = syntax.options.first(where: { $0.name == argument.name }) else { return argument }
      if option.kind.isPath { return .init(argument.name, try place(argument.value)) }
      if argument.name == "url" || argument.name == "query" {
        throw Files.Refusal(
          message: "the study names an address to fetch its data from, and none is fetched for a study",
          hint: "load the data yourself, then open the study")
      }
      return argument
    }
    if let labels = source.labels { _ = try place(labels) }
    return result
  }

  private func place(_ said: Argument) throws -> Argument {
    switch said {
    case .text(let path): return .text(try place(path))
    case .list(let paths): return .list(try paths.map(place))
    case .none: return .none
    default: throw Files.Refusal(message: "the study names a file by something that is not a text", hint: nil)
    }
  }

  /// The file or folder that a path of the study leads to, links followed. A relative one starts at the working folder, or at a
  /// folder that was named.
  private func place(_ typed: String) throws -> String {
    let path = TableFormat.local(typed)
    guard !TableFormat.isAddress(path) else {
      throw Files.Refusal(
        message: "the study names the address '\(Secrets.hidden(path))', and none is fetched for a study",
        hint: "load the data yourself, then open the study")
    }
    let roots = named.compactMap { Self.real(Files.path($0)) }
    let candidates =
      [Files.path(path)] + (path.hasPrefix("/") || path.hasPrefix("~") ? [] : roots.map { $0 + "/" + path })
    var reason = "is not here"
    for candidate in candidates {
      let files = Self.files(candidate)
      guard !files.isEmpty else { continue }
      let isNamed = files.allSatisfy { file in
        roots.contains { file == $0 || file.hasPrefix($0 == "/" ? $0 : $0 + "/") }
      }
      if !isNamed {
        reason = "is not in a folder that was named for its data"
      } else if !files.allSatisfy(Self.holdsRows) {
        reason = "is neither a regular file nor a folder"
      } else if files.count == 1, Self.real(candidate) != nil {
        return files[0]
      } else {
        // A pattern is read in the folder where it was looked at.
        let name = (candidate as NSString).lastPathComponent
        return (Self.real((candidate as NSString).deletingLastPathComponent) ?? "/") + "/" + name
      }
    }
    throw Files.Refusal(message: "the study names the file '\(path)', which \(reason)", hint: hint)
  }

  /// The file or folder of a path, or all files that a name with `*` stands for, links followed; none if there are none.
  private static func files(_ path: String) -> [String] {
    if let real = real(path) { return [real] }
    let folder = (path as NSString).deletingLastPathComponent
    return (DataTable.files(like: path) ?? []).map { "\(folder)/\($0)" }.map { real($0) ?? $0 }
  }

  private static func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// A regular file or a folder: a pipe or a device might never end.
  private static func holdsRows(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    let kind = status.st_mode & S_IFMT
    return kind == S_IFREG || kind == S_IFDIR
  }
}

extension Option.Kind {
  /// Whether a file's name may stand here.
  fileprivate var isPath: Bool {
    switch self {
    case .path: true
    case .either(let kinds): kinds.contains(where: \.isPath)
    case .list(let element): element.isPath
    default: false
    }
  }
}

extension Call {
  /// The files and folders that a source names, for a worker that its user starts to be told of.
  func paths(_ syntax: Syntax) -> [String] {
    func texts(_ value: Argument) -> [String] { value.list?.flatMap(texts) ?? [value.text].compactMap { $0 } }
    return arguments.filter { argument in
      syntax.options.first { $0.name == argument.name }?.kind.isPath ?? false
    }.flatMap { texts($0.value) }.map { path in
      // Of a name for several files their folder.
      let local = TableFormat.local(path)
      guard local.contains("*") else { return local }
      return local.contains("/") ? String(local[..<(local.lastIndex(of: "/") ?? local.startIndex)]) : "."
    } + [labels].compactMap { $0 }
  }

  /// The file of targets beside a lone NumPy array.
  fileprivate var labels: String? {
    guard name == "npz", let y = self["y"]?.text, y.hasSuffix(".npy"), !y.contains("/"), let path = self["path"]?.text
    else { return nil }
    return path.contains("/") ? path[...(path.lastIndex(of: "/") ?? path.startIndex)] + y : y
  }
}
