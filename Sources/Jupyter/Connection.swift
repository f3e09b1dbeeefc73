/// Where a kernel listens, as a connection file says it.
package struct Connection: Sendable {
  package enum Transport: String, Sendable { case tcp, ipc }

  package var transport: Transport
  /// The address to bind; with `ipc` the common start of the five paths.
  package var address: String
  /// 0 asks the kernel to choose.
  package var ports: [Channel: Int]
  package var key: [UInt8]
  package var scheme: SignatureScheme
  /// CurveZMQ keys in Z85, where the launcher wants the transport encrypted.
  package var curve: CurveKeys?

  package func endpoint(of channel: Channel) -> String {
    let port = ports[channel] ?? 0
    return file(of: channel).map { "ipc://\($0)" } ?? "tcp://\(address):\(port == 0 ? "*" : String(port))"
  }

  /// The file that stands for a channel's socket; nil where the transport needs none.
  package func file(of channel: Channel) -> String? {
    transport == .ipc ? "\(address)-\(ports[channel] ?? 0)" : nil
  }
}

package struct CurveKeys: Sendable {
  package var publicKey: String
  package var secretKey: String
}

extension Channel {
  package var portField: String { self == .heartbeat ? "hb_port" : "\(rawValue)_port" }
}

/// A connection file that cannot be used, in one line for the launcher's log.
package struct ConnectionError: Error, Sendable, CustomStringConvertible {
  package var description: String
  package init(_ description: String) { self.description = description }
}

extension Connection {
  /// Reads the fields of a connection file; those it does not know are left alone.
  package init(_ json: JSON) throws(ConnectionError) {
    guard case .object = json else { throw ConnectionError("it is not a JSON object") }
    let transport = try Self.text("transport", in: json) ?? "tcp"
    guard let known = Transport(rawValue: transport) else {
      throw ConnectionError("its transport is '\(transport)'; tcp and ipc are known")
    }
    self.transport = known
    address = try Self.text("ip", in: json) ?? (known == .tcp ? "127.0.0.1" : "kernel-ipc")
    guard !address.isEmpty else { throw ConnectionError("its ip is empty") }
    ports = [:]
    for channel in Channel.allCases { ports[channel] = try Self.port(channel.portField, in: json) }
    key = Array((try Self.text("key", in: json) ?? "").utf8)
    let scheme = try Self.text("signature_scheme", in: json) ?? SignatureScheme.sha256.rawValue
    guard let known = SignatureScheme(rawValue: scheme) else {
      let names = SignatureScheme.allCases.map(\.rawValue).joined(separator: " and ")
      throw ConnectionError("its signature_scheme is '\(scheme)'; \(names) are known")
    }
    self.scheme = known
    curve = try Self.curve(in: json)
  }

  /// Nil for a field that is absent or null; another kind of value is no reason to take a default in its place.
  private static func text(_ field: String, in json: JSON) throws(ConnectionError) -> String? {
    guard let value = json[field], value != .null else { return nil }
    guard let text = value.string else { throw ConnectionError("its \(field) is not a string") }
    return text
  }

  /// A port is a number or, as one schema has it, a string of digits. An absent one is chosen by the kernel.
  private static func port(_ field: String, in json: JSON) throws(ConnectionError) -> Int {
    guard let value = json[field], value != .null else { return 0 }
    guard let port = value.int ?? value.string.flatMap({ Int($0) }), (0...65535).contains(port) else {
      throw ConnectionError("its \(field) is not a port")
    }
    return port
  }

  private static func curve(in json: JSON) throws(ConnectionError) -> CurveKeys? {
    let publicKey = try text("curve_publickey", in: json) ?? ""
    let secretKey = try text("curve_secretkey", in: json) ?? ""
    if publicKey.isEmpty, secretKey.isEmpty { return nil }
    guard publicKey.utf8.count == 40, secretKey.utf8.count == 40 else {
      throw ConnectionError("its curve keys are not 40 characters of Z85 each")
    }
    return CurveKeys(publicKey: publicKey, secretKey: secretKey)
  }
}
