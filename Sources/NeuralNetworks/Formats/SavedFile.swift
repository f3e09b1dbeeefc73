/// What a file that attune wrote holds.
package enum SavedFile: String, Codable, Sendable {
  case model, checkpoint

  /// Throws `TrainingError` where it is no such file.
  package static func kind(_ bytes: [UInt8]) throws -> SavedFile {
    struct Header: Decodable { var kind: SavedFile }
    return try Container.header(bytes, as: Header.self).header.kind
  }
}
