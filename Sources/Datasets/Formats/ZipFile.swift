import CArchive
import Foundation

/// The files of a zip archive, each read when it is asked for, by libarchive through the archive's directory.
struct ZipFile {
  let path: String
  private(set) var names: [String] = []

  init(path: String) throws {
    self.path = path
    let file = try FileSource(path: path)
    guard !file.isPipe else { throw DataError("\(path) cannot be read: it is not a regular file") }
    let head = try file.head(4)
    guard head.starts(with: [0x50, 0x4b]) else { throw DataError("\(path) is not an npz (zip) archive") }
    let reader = try ZipEntryReader(path: path)
    while let name = try reader.next() { names.append(name) }
  }

  /// The content of a file. Throws a `DataError` if the archive has none of that name or is damaged.
  func content(_ name: String) throws -> ZipEntryReader {
    let reader = try ZipEntryReader(path: path)
    while let found = try reader.next() { if found == name { return reader } }
    throw DataError("\(path) has no file '\(name)'")
  }
}

/// Goes through a zip archive file by file; the bytes of the current one can be read.
final class ZipEntryReader: ByteSource {
  let path: String
  private let archive = archive_read_new()
  private var unpacked = 0

  init(path: String) throws {
    self.path = path
    archive_read_support_format_zip_seekable(archive)
    guard archive_read_open_filename(archive, path, 1 << 16) == ARCHIVE_OK else { throw damaged }
  }

  deinit { archive_read_free(archive) }

  var size: Int? { nil }
  var taken: Int { unpacked }

  /// The name of the next file; nil at the end.
  func next() throws -> String? {
    var entry: OpaquePointer?
    let status = archive_read_next_header(archive, &entry)
    if status == ARCHIVE_EOF { return nil }
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN else { throw damaged }
    return archive_entry_pathname(entry).map { String(cString: $0) } ?? ""
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws -> Int {
    let got = archive_read_data(archive, memory.baseAddress, memory.count)
    guard got >= 0 else { throw damaged }
    unpacked += got
    try UnpackedSource.check(unpacked, path)
    return got
  }

  /// A file of an archive is read once.
  func rewind() throws { throw DataError("\(path): a packed file is read once") }

  private var damaged: DataError { DataError("\(path) is damaged or cut off", hint: "write or copy it again") }
}
