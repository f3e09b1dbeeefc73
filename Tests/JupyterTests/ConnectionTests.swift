import Foundation
import Jupyter
import Testing

@Suite struct ConnectionTests {
  private let complete = """
    {"ip": "127.0.0.1", "transport": "tcp", "shell_port": 1, "control_port": 2, "stdin_port": 3, "iopub_port": 4,
     "hb_port": "5", "key": "secret", "signature_scheme": "hmac-sha256", "kernel_name": "attune", "unknown": [1]}
    """

  private func connection(_ text: String) throws -> Connection { try Connection(JSON(parsing: text)) }

  @Test func `Endpoints follow the transport`() throws {
    var connection = try connection(complete)
    #expect(connection.endpoint(of: .iopub) == "tcp://127.0.0.1:4")
    #expect(connection.endpoint(of: .heartbeat) == "tcp://127.0.0.1:5")
    connection.ports[.shell] = 0
    #expect(connection.endpoint(of: .shell) == "tcp://127.0.0.1:*")
    connection.transport = .ipc
    connection.address = "/run/kernel"
    #expect(connection.endpoint(of: .control) == "ipc:///run/kernel-2")
  }

  @Test func `What is missing has a default`() throws {
    let connection = try connection("{}")
    #expect(connection.address == "127.0.0.1" && connection.scheme == .sha256 && connection.key.isEmpty)
    #expect(connection.ports.values.allSatisfy { $0 == 0 })
  }

  @Test(arguments: [
    ("[]", "JSON object"), (#"{"transport":"udp"}"#, "udp"), (#"{"signature_scheme":"hmac-md5"}"#, "hmac-md5"),
    (#"{"shell_port":70000}"#, "shell_port"), (#"{"hb_port":"x"}"#, "hb_port"), (#"{"ip":""}"#, "ip"),
    (#"{"curve_publickey":"short"}"#, "curve"),
  ])
  func `What cannot be used says why`(text: String, reason: String) throws {
    let error = #expect(throws: ConnectionError.self) { try connection(text) }
    #expect(error?.description.contains(reason) == true)
  }

  @Test func `Chosen ports are written into the file, the rest left as it was`() throws {
    let path = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(complete.utf8).write(to: URL(filePath: path))
    chmod(path, 0o644)
    var file = try ConnectionFile(path: path)
    #expect(file.isReadableByOthers)
    try file.rewrite(ports: Dictionary(uniqueKeysWithValues: Channel.allCases.map { ($0, 4000) }))
    let again = try ConnectionFile(path: path)
    #expect(!again.isReadableByOthers)
    #expect(again.connection.ports[.heartbeat] == 4000)
    #expect(again.json["unknown"] == [1] && again.json["kernel_name"] == "attune")
  }

  @Test func `A file that is not there is one clear line`() {
    let error = #expect(throws: ConnectionError.self) { try ConnectionFile(path: "/nonexistent/kernel.json") }
    #expect(error?.description == "connection file /nonexistent/kernel.json: No such file or directory")
  }
}
