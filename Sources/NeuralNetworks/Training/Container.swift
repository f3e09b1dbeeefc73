import Foundation

/// The form of model and checkpoint files: a magic line, a JSON header, then arrays of little-endian floats.
///
///     "ATTUNE01" | length of the header (8 bytes) | header | for each array: count (8 bytes), floats
enum Container {
  private static let magic = Array("ATTUNE01".utf8)

  static func bytes(_ header: some Encodable, _ arrays: [[Float]]) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    encoder.outputFormatting = .sortedKeys
    let json = [UInt8](try encoder.encode(header))
    var result = magic
    result.reserveCapacity(16 + json.count + arrays.reduce(0) { $0 + 8 + 4 * $1.count })
    append(json.count, to: &result)
    result += json
    for array in arrays {
      append(array.count, to: &result)
      for value in array { withUnsafeBytes(of: value.bitPattern.littleEndian) { result.append(contentsOf: $0) } }
    }
    return result
  }

  /// The header alone, and where the arrays begin.
  static func header<Header: Decodable>(_ bytes: [UInt8], as: Header.Type) throws -> (header: Header, end: Int) {
    guard bytes.starts(with: magic) else {
      throw TrainingError("this is not a file that attune wrote", hint: "save \"model.attune\" writes one")
    }
    var place = magic.count
    let length = try count(bytes, &place)
    guard length <= bytes.count - place else { throw cutOff }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let header = try? decoder.decode(Header.self, from: Data(bytes[place..<(place + length)])) else {
      throw TrainingError("the file holds something else than was expected, or is of another version of attune")
    }
    return (header, place + length)
  }

  static func read<Header: Decodable>(_ bytes: [UInt8], as: Header.Type) throws -> (Header, [[Float]]) {
    var (header, place) = try header(bytes, as: Header.self)
    var arrays: [[Float]] = []
    while place < bytes.count {
      let size = try count(bytes, &place)
      guard size <= (bytes.count - place) / 4 else { throw cutOff }
      arrays.append(
        bytes.withUnsafeBytes { raw in
          (0..<size).map {
            Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: place + 4 * $0, as: UInt32.self)))
          }
        })
      place += 4 * size
    }
    return (header, arrays)
  }

  private static var cutOff: TrainingError { TrainingError("the file is cut off or damaged") }

  private static func append(_ count: Int, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: UInt64(count).littleEndian) { bytes.append(contentsOf: $0) }
  }

  private static func count(_ bytes: [UInt8], _ place: inout Int) throws -> Int {
    guard place + 8 <= bytes.count else { throw cutOff }
    let value = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: UInt64.self)) }
    place += 8
    guard value <= UInt64(bytes.count) else { throw cutOff }
    return Int(value)
  }
}
