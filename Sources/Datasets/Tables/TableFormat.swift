import Foundation

/// Opens files of tables: told by their first bytes, else by the endings of their names.
package enum TableFormat {
  /// Endings of texts that are tables.
  static let endings: Set<String> = [
    "csv", "tsv", "tab", "txt", "dat", "data", "jsonl", "ndjson", "json", "arff", "libsvm", "svm", "svmlight", "psv",
    "ssv",
  ]
  private static let packings: Set<String> = ["gz", "bz2", "xz", "zst", "zip", "tgz", "tar", "lz4"]

  /// The source of `data` that reads a file: "csv", "npz", "idx" or "sqlite".
  ///
  /// By its first bytes, so that a wrong ending does no harm; "csv" stands for every text. Throws a `DataError` for
  /// formats that are not read, with the way out.
  package static func source(of path: String, folder: String = ".") throws -> String {
    if isAddress(path) { return ending(path) == "npz" ? "npz" : "csv" }
    let file = FileBytes.resolve(path, in: folder)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), isFolder.boolValue { return "idx" }
    let bytes = try FileSource(path: file)
    // A check of a cell comes here too: what comes through a pipe is for the command itself.
    if bytes.isPipe { return ending(path) == "npz" ? "npz" : "csv" }
    switch FileKind(try bytes.head()) {
    // A table of numbers; with x or y of their own it is npz's.
    case .numpyArray: return "csv"
    case .sqlite: return "sqlite"
    case .packed("a zip file") where ["npz"].contains(ending(path)): return "npz"
    case .foreign(let name, let reader): throw FileKind.refusal(path, name: name, reader: reader)
    case .packed, .idx, .text: return "csv"
    }
  }

  /// Whether `data "name"` should be taken for a file: it has a known ending, or a folder in its name.
  package static func isFile(_ name: String) -> Bool {
    let parts = name.lowercased().split(separator: ".").map(String.init)
    guard parts.count > 1, let last = parts.last else { return false }
    return endings.contains(last) || packings.contains(last) || ["npz", "npy", "db", "sqlite"].contains(last)
  }

  /// The path that a file:// address names, or the same text.
  package static func local(_ path: String) -> String {
    path.hasPrefix("file:///") ? String(path.dropFirst(7)).removingPercentEncoding ?? path : path
  }

  /// Whether a text names something to be fetched. Throws a `DataError` for addresses that are not read.
  static func isFetched(_ path: String) throws -> Bool {
    if path.hasPrefix("http://") || path.hasPrefix("https://") { return true }
    guard isAddress(path), !path.hasPrefix("file:///") else { return false }
    throw DataError(
      "\(path) is an address that is not read", hint: "use a file, file:///, http:// or https://", about: "path")
  }

  package static func isAddress(_ path: String) -> Bool { path.contains("://") }

  static func ending(_ path: String) -> String {
    var parts = path.lowercased().split(separator: "/").last.map { $0.split(separator: ".").map(String.init) } ?? []
    if let last = parts.last, packings.contains(last), parts.count > 1 { parts.removeLast() }
    return parts.count > 1 ? parts[parts.count - 1] : ""
  }

  /// The text of a file: unpacked, and as UTF-8. Messages name `path`.
  static func text(_ file: FileSource, encoding: String?) throws -> any ByteSource {
    let path = file.path
    var source: any ByteSource = file
    var head = try file.head()
    func look(into container: any ByteSource) throws {
      source = container
      head = try source.next(512)
      try source.rewind()
    }
    if FileKind(head) == .packed(FileKind.gzip) { try look(into: try GzipSource(file)) }
    if case .packed(let name) = FileKind(head), name != FileKind.gzip { try look(into: try UnpackedSource(source)) }
    switch FileKind(head) {
    case .foreign(let name, let reader): throw FileKind.refusal(path, name: name, reader: reader)
    case .numpyArray: throw DataError("\(path) holds a packed NumPy array", hint: "unpack it")
    case .sqlite:
      throw DataError(
        "\(path) is an SQLite database", hint: "use data sqlite(\(NameText.text(path)), query=\"select ...\")")
    case .packed(let name): throw DataError("\(path) holds \(name)", hint: "unpack it")
    case .idx, .text: break
    }
    if let encoding = encoding ?? markedEncoding(head) { return try DecodedSource(source, encoding: encoding) }
    return source
  }

  /// UTF-16 by its mark, or by the zeros between ASCII letters.
  private static func markedEncoding(_ head: [UInt8]) -> String? {
    if head.starts(with: [0xff, 0xfe, 0, 0]) { return "UTF-32" }
    if head.starts(with: [0xff, 0xfe]) || head.starts(with: [0xfe, 0xff]) { return "UTF-16" }
    guard head.count >= 8 else { return nil }
    let places = stride(from: 0, to: min(head.count, 64) - 1, by: 2)
    if places.allSatisfy({ head[$0] != 0 && head[$0 + 1] == 0 }) { return "UTF-16LE" }
    if places.allSatisfy({ head[$0] == 0 && head[$0 + 1] != 0 }) { return "UTF-16BE" }
    return nil
  }
}
