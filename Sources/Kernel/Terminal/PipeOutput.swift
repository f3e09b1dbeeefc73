import Glibc
import Jupyter
import Synchronization

/// A cell's outputs as lines of JSON on standard output. Safe from any thread: a line is written whole.
final class PipeOutput: CellOutput {
  private let broken = Mutex(false)

  /// Whether the reader has gone: what is sent now is dropped.
  var isBroken: Bool { broken.withLock { $0 } }

  func send(_ line: JSON) {
    var bytes = line.bytes
    bytes.append(UInt8(ascii: "\n"))
    broken.withLock { broken in
      if !broken { broken = !Self.put(bytes) }
    }
  }

  func write(_ text: String, to stream: OutputStream) {
    send(["stream": .string(stream.rawValue), "text": .string(text)])
  }

  func display(_ bundle: MIMEBundle, id: String?) { send(line("display", bundle, id)) }
  func update(_ bundle: MIMEBundle, id: String) { send(line("update", bundle, id)) }
  func clear(wait: Bool) { send(["clear": true, "wait": .bool(wait)]) }

  private func line(_ kind: String, _ bundle: MIMEBundle, _ id: String?) -> JSON {
    var members: [String: JSON] = [kind: .object(bundle.data)]
    if let id { members["id"] = .string(id) }
    return .object(members)
  }

  /// Whether all of it was taken.
  private static func put(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress! + start, bytes.count - start) }
      if count < 0, errno != EINTR { return false }
      start += max(0, count)
    }
    return true
  }
}
