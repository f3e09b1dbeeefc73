import Foundation

/// A file fetched from an http(s) address by curl: no library of ours speaks TLS. It is removed with this object.
final class Download {
  let path: String

  /// Throws a `DataError` if the address does not answer or sends more than `mostBytes`, `LoadingCancelled` if asked to
  /// stop.
  init(_ address: String, mostBytes: Int = UnpackedSource.mostBytes, _ context: LoadingContext) throws {
    guard context.mayFetch else {
      throw DataError("\(address) is not fetched for a study", hint: "load the data yourself, then open the study")
    }
    path = NSTemporaryDirectory() + "/attune-\(UUID().uuidString)"
    do {
      try Self.fetch(address, to: path, mostBytes: mostBytes, protocols: "=http,https", context)
    } catch {
      unlink(path)
      throw error
    }
  }

  deinit { unlink(path) }

  /// Writes what an address sends to a file. Looks every 20 ms whether to stop.
  static func fetch(
    _ address: String, to path: String, mostBytes: Int, protocols: String, _ context: LoadingContext
  ) throws {
    guard !address.utf8.contains(where: { $0 < 33 }) else { throw DataError("the address has blanks in it") }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "curl", "-fsSL", "--retry", "2", "--connect-timeout", "10", "--proto", protocols, "--proto-redir", "=http,https",
      "--max-filesize", "\(mostBytes)", "-o", path, "--config", "-",
    ]
    let (errors, input) = (Pipe(), Pipe())
    process.standardError = errors
    // Not an argument, which every process of this machine could read: it may hold a password.
    process.standardInput = input
    try process.run()
    let quoted = address.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    try? input.fileHandleForWriting.write(contentsOf: Data("url = \"\(quoted)\"\n".utf8))
    try? input.fileHandleForWriting.close()
    let name = address.split(separator: "/").last.map(String.init) ?? address
    while process.isRunning {
      let size = Self.size(path)
      if context.isCancelled() || size > mostBytes {
        process.terminate()
        process.waitUntilExit()
        guard size > mostBytes else { throw LoadingCancelled() }
        throw tooLarge(name, mostBytes)
      }
      if size > 0 { context.progress("fetching \(name): \(MemoryBudget.megabytes(size))", 0) }
      usleep(20_000)
    }
    if process.terminationStatus == 63 { throw tooLarge(name, mostBytes) }
    guard process.terminationStatus == 0 else {
      let reason = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).trimmed
      throw DataError("\(address) could not be fetched: \(reason.isEmpty ? "curl failed" : reason)")
    }
  }

  private static func tooLarge(_ name: String, _ mostBytes: Int) -> DataError {
    DataError(
      "\(name) is larger than \(MemoryBudget.megabytes(mostBytes))",
      hint: "set the environment variable ATTUNE_UNPACKED_GB to a higher number if that is right")
  }

  private static func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}
