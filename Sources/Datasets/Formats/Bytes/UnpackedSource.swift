import CArchive
import Foundation

/// What a compressed file or an archive holds: gz of several members, bz2, xz, zst, zip, tar and tar.gz, by libarchive.
///
/// Of an archive the one data file is taken. More than `mostBytes` unpacked bytes are refused.
final class UnpackedSource: ByteSource {
  let path: String
  private let file: any ByteSource
  private var archive: OpaquePointer?
  private var block = [UInt8](repeating: 0, count: 1 << 16)
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private var failure: (any Error)?
  private var unpacked = 0
  /// Packed bytes that libarchive was given, and those of the last block.
  private var given = (all: 0, last: 0)

  /// Unpacked bytes that are taken, so that a small file cannot fill the memory: 8 GB, or what ATTUNE_UNPACKED_GB says.
  static let mostBytes: Int = {
    let given = ProcessInfo.processInfo.environment["ATTUNE_UNPACKED_GB"].flatMap(Double.init) ?? 8
    return given > 0 && given < 1e6 ? Int(given * 0x1p30) : 8 << 30
  }()

  /// Throws a `DataError` if more has been unpacked than is taken.
  static func check(_ unpacked: Int, _ path: String) throws {
    guard unpacked > mostBytes else { return }
    throw DataError(
      "\(path) unpacks to more than \(MemoryBudget.megabytes(mostBytes))",
      hint: "set the environment variable ATTUNE_UNPACKED_GB to a higher number if that is right")
  }

  init(_ file: any ByteSource) throws {
    (self.file, path) = (file, file.path)
    try start()
  }

  deinit {
    archive_read_free(archive)
    buffer.deallocate()
  }

  var size: Int? { file.size }
  var taken: Int { file.taken }

  func rewind() throws {
    archive_read_free(archive)
    archive = nil
    try file.rewind()
    try start()
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws -> Int {
    let got = archive_read_data(archive, memory.baseAddress, memory.count)
    if let failure { throw failure }
    guard got >= 0 else {
      throw DataError("\(path) is damaged: it does not unpack (\(reason))", hint: "fetch or copy the file again")
    }
    unpacked += got
    try Self.check(unpacked, path)
    if got == 0 { try checkTail() }
    return got
  }

  /// Throws a `DataError` if something other than zeros follows the packed data: the file may be two that were joined, or
  /// cut and written over.
  private func checkTail() throws {
    guard archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_RAW else { return }
    let left = max(0, given.all - Int(archive_filter_bytes(archive, -1)))
    var block = UnsafeRawBufferPointer(rebasing: buffer[max(0, given.last - left)..<given.last])
    while block.allSatisfy({ $0 == 0 }) {
      let got = try file.read(into: buffer)
      guard got > 0 else { return }
      block = UnsafeRawBufferPointer(rebasing: buffer[..<got])
    }
    throw DataError(
      "\(path): what follows the packed data is not packed",
      hint: "use gzip -dc to unpack what is whole, or copy the file again")
  }

  private func start() throws {
    (archive, unpacked, failure, given) = (archive_read_new(), 0, nil, (0, 0))
    archive_read_support_filter_all(archive)
    for support in [
      archive_read_support_format_zip, archive_read_support_format_tar, archive_read_support_format_gnutar,
      archive_read_support_format_raw,
    ] { _ = support(archive) }
    let status = archive_read_open(
      archive, Unmanaged.passUnretained(self).toOpaque(), nil,
      { _, context, start in Unmanaged<UnpackedSource>.fromOpaque(context!).takeUnretainedValue().more(start) }, nil)
    if let failure { throw failure }
    guard status == ARCHIVE_OK else { throw DataError("\(path) does not unpack: \(reason)") }
    try findEntry()
  }

  /// Gives libarchive the next packed bytes.
  private func more(_ start: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
    do {
      let got = try file.read(into: buffer)
      start?.pointee = UnsafeRawPointer(buffer.baseAddress)
      // At the end of the file the last block is still there.
      if got > 0 { given = (given.all + got, got) }
      return got
    } catch {
      failure = error
      return -1
    }
  }

  /// Moves to the one file of an archive that holds data.
  private func findEntry() throws {
    var names: [String] = []
    var entry: OpaquePointer?
    while true {
      let status = archive_read_next_header(archive, &entry)
      if let failure { throw failure }
      if status == ARCHIVE_EOF { break }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN else {
        throw DataError("\(path) is damaged: it does not unpack (\(reason))", hint: "fetch or copy the file again")
      }
      let name = archive_entry_pathname(entry).map { String(cString: $0) } ?? "data"
      let isFile = archive_entry_filetype(entry) & 0o170000 == 0o100000
      guard isFile, !name.hasPrefix("__MACOSX"), !(name.split(separator: "/").last ?? "").hasPrefix(".") else {
        continue
      }
      if archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_RAW { return }
      names.append(name)
    }
    let wanted = names.count == 1 ? names : names.filter { TableFormat.endings.contains(Self.ending($0)) }
    guard wanted.count == 1, let wanted = wanted.first else {
      throw DataError(
        names.isEmpty
          ? "\(path) holds no file" : "\(path) holds several files: \(names.prefix(8).joined(separator: ", "))",
        hint: names.isEmpty ? nil : "unpack it and name one of them")
    }
    try moveTo(wanted)
  }

  /// Reads the archive anew up to a file.
  private func moveTo(_ wanted: String) throws {
    archive_read_free(archive)
    try file.rewind()
    archive = archive_read_new()
    archive_read_support_filter_all(archive)
    archive_read_support_format_zip(archive)
    archive_read_support_format_tar(archive)
    archive_read_support_format_gnutar(archive)
    archive_read_open(
      archive, Unmanaged.passUnretained(self).toOpaque(), nil,
      { _, context, start in Unmanaged<UnpackedSource>.fromOpaque(context!).takeUnretainedValue().more(start) }, nil)
    var entry: OpaquePointer?
    while archive_read_next_header(archive, &entry) == ARCHIVE_OK {
      if archive_entry_pathname(entry).map({ String(cString: $0) }) == wanted { return }
    }
    if let failure { throw failure }
    throw DataError("\(path) is damaged: it does not unpack (\(reason))")
  }

  private static func ending(_ name: String) -> String {
    String((name.split(separator: ".").last ?? "").lowercased())
  }

  private var reason: String { archive_error_string(archive).map { String(cString: $0) } ?? "unknown error" }
}
