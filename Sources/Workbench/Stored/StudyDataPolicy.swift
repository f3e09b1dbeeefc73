import Datasets
import Foundation
import Vocabulary

/// Which data a study may have this process load: a storage that others write to must not open what its user has not named.
///
/// Sets that are made or are inside the program, those of the system's packages, and files below folders, or files, that the
/// user named. Nothing is fetched, no program is run and no database is opened because a study says so.
struct StudyDataPolicy {
  /// Folders and files, as the user named them.
  let named: [String]

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
        message: "the study names an address to fetch its data from, and none is fetched for a study",
        hint: "load the data yourself, then open the study")
    }
    if let files = try places(path) { return files }
    let roots = named.compactMap { Self.real(Files.path($0)) }
    let candidates =
      [Files.path(path)] + (path.hasPrefix("/") || path.hasPrefix("~") ? [] : roots.map { $0 + "/" + path })
    for candidate in candidates {
      guard let real = Self.real(candidate) else { continue }
      if roots.contains(where: { real == $0 || real.hasPrefix($0 == "/" ? $0 : $0 + "/") }), Self.holdsRows(real) {
        return real
      }
    }
    let exists = candidates.contains { Self.real($0) != nil }
    throw Files.Refusal(
      message: exists
        ? "the study names the file '\(path)', which is not in a folder that was named for its data"
        : "the study names the file '\(path)', which is not here",
      hint: "attune worker --data FOLDER names where its files lie")
  }

  /// The folder that a name with `*` leads to, with the name, if each of its files may be read; nil if it is not one.
  private func places(_ pattern: String) throws -> String? {
    guard pattern.contains("*") else { return nil }
    let isRelative = !pattern.hasPrefix("/") && !pattern.hasPrefix("~")
    let name = pattern.split(separator: "/").last.map(String.init) ?? pattern
    for path in [Files.path(pattern)] + (isRelative ? named.map { Files.path($0) + "/" + pattern } : []) {
      guard let files = DataTable.files(like: path), !files.isEmpty else { continue }
      let folder = String(path.dropLast(name.count))
      for file in files { _ = try place(folder + file) }
      return folder + name
    }
    return nil
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
