import Jupyter

/// What clients and launchers send and write.
extension FuzzTarget {
  static let notebook = FuzzTarget(
    "notebook",
    seeds: {
      [#"{"cells":[{"cell_type":"code","source":["a\n","b"],"metadata":{"tags":["raises-exception"]}}],"nbformat":4}"#]
        .map { Array($0.utf8) }
    }
  ) { bytes in
    guard let json = try? JSON(parsing: bytes) else { return }
    _ = try? Notebook(json)
    _ = try? JSON(parsing: json.bytes)
  }

  static let connection = FuzzTarget(
    "connection",
    seeds: {
      [
        #"{"shell_port":1,"iopub_port":2,"stdin_port":3,"control_port":4,"hb_port":5,"ip":"127.0.0.1","key":"k","#
          + #""transport":"tcp","signature_scheme":"hmac-sha256","kernel_name":"attune"}"#
      ].map { Array($0.utf8) }
    }
  ) { bytes in
    if let json = try? JSON(parsing: bytes) { _ = try? Connection(json) }
    Scratch.with(bytes, as: "connection.json") { _ = try? ConnectionFile(path: $0) }
  }

  /// Frames are the input's lines.
  static let wire = FuzzTarget(
    "wire",
    seeds: {
      [
        "id\n<IDS|MSG>\n\n{\"msg_type\":\"execute_request\",\"msg_id\":\"1\"}\n{}\n{}\n{\"code\":\"1\",\"silent\":false}\nb",
        "<IDS|MSG>\n\n{\"msg_type\":\"complete_request\",\"msg_id\":\"2\",\"subshell_id\":null}\n{}\n{}\n{\"cursor_pos\":-1}",
      ].map { Array($0.utf8) }
    }
  ) { bytes in
    let frames = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    guard let message = WireMessage(frames: frames) else { return }
    _ = Authenticator(scheme: .sha256, key: [1]).accepts(message)
    guard let request = Request(message, from: .shell) else { return }
    let composer = Composer(authenticator: Authenticator(scheme: .sha512, key: [1]))
    _ = composer.frames(.status(.busy), answering: request.header, to: [])
  }
}
