/// What a file is, told by its first bytes.
enum FileKind: Equatable {
  /// gz, bz2, xz, zst, zip, tar: unpacked by `UnpackedSource`.
  case packed(String)
  case numpyArray
  case sqlite
  case idx
  /// A format that is not read: its name and pandas' expression that reads it.
  case foreign(name: String, reader: String)
  case text

  static let gzip = "a gzip file"

  init(_ head: [UInt8]) {
    func has(_ bytes: [UInt8], at place: Int = 0) -> Bool { head.dropFirst(place).starts(with: bytes) }
    func has(_ text: String, at place: Int = 0) -> Bool { has(Array(text.utf8), at: place) }
    self =
      switch true {
      case has([0x1f, 0x8b]): .packed(Self.gzip)
      case has("BZh"): .packed("a bzip2 file")
      case has([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]): .packed("an xz file")
      case has([0x28, 0xb5, 0x2f, 0xfd]): .packed("a zstd file")
      case has("mimetypeapplication/vnd.oasis.opendocument", at: 30):
        .foreign(name: "an OpenDocument file", reader: "read_excel")
      case has([0x50, 0x4b, 3, 4]), has([0x50, 0x4b, 5, 6]):
        Self.isExcel(head) ? .foreign(name: "an Excel file", reader: "read_excel") : .packed("a zip file")
      case has("ustar", at: 257): .packed("a tar file")
      case has([0x93] + Array("NUMPY".utf8)): .numpyArray
      case has("SQLite format 3\0"): .sqlite
      case has("PAR1"): .foreign(name: "a Parquet file", reader: "read_parquet")
      case has("ARROW1"), has("FEA1"): .foreign(name: "a Feather file", reader: "read_feather")
      case has([0x89] + Array("HDF\r\n".utf8)): .foreign(name: "an HDF5 file", reader: "read_hdf")
      case has([0xd0, 0xcf, 0x11, 0xe0]): .foreign(name: "an Excel file", reader: "read_excel")
      case has("ORC"): .foreign(name: "an ORC file", reader: "read_orc")
      case has("$FL2"), has("$FL3"): .foreign(name: "an SPSS file", reader: "read_spss")
      case has("<stata_dta>"): .foreign(name: "a Stata file", reader: "read_stata")
      case has([0x80]) && head.count > 1 && (2...5).contains(head[1]):
        .foreign(name: "a pickle", reader: "read_pickle")
      case has("%PDF"): .foreign(name: "a PDF document", reader: "")
      case has("<!DOCTYPE"), has("<!doctype"), has("<html"): .foreign(name: "a web page", reader: "read_html")
      default: .text
      }
  }

  /// An Excel workbook is a zip archive of parts with certain names.
  private static func isExcel(_ head: [UInt8]) -> Bool {
    let text = String(decoding: head, as: UTF8.self)
    return text.contains("[Content_Types].xml") || text.contains("xl/") || text.contains("_rels/")
      || text.contains("docProps/")
  }

  /// What is wrong with a file of a format that is not read, and the line of pandas that writes a CSV file.
  static func refusal(_ path: String, name: String, reader: String) -> DataError {
    guard !reader.isEmpty else { return DataError("\(path) is \(name), not a table") }
    let suffix = reader == "read_html" ? "[0]" : ""
    return DataError(
      "\(path) is \(name), which is not read",
      hint:
        "write a CSV file with Python: import pandas; pandas.\(reader)(\(NameText.text(path)))\(suffix).to_csv(\(NameText.text(Self.stem(path) + ".csv")), index=False)"
    )
  }

  /// The path without its ending; of an address the last part of its name, else "table".
  private static func stem(_ path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    var file = String(parts.last ?? "")
    let isAddress = TableFormat.isAddress(path)
    if isAddress { file = parts.count > 3 ? String(file.prefix { $0 != "?" && $0 != "#" }) : "" }
    let name = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    if isAddress { return name.isEmpty ? "table" : name }
    return parts.dropLast().map { $0 + "/" }.joined() + name
  }
}
