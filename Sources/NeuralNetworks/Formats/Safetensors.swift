import FoundationEssentials

/// The safetensors format: the header's length (8 bytes, little-endian), a JSON header with type, shape and place of each
/// tensor, then the values. https://huggingface.co/docs/safetensors
package enum Safetensors {
  private struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    // swift-format-ignore: AlwaysUseLowerCamelCase
    var data_offsets: [Int]
  }

  /// One member of the header: a tensor, or the free words under `__metadata__`.
  private enum Member: Codable {
    case tensor(Entry)
    case metadata([String: String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let entry = try? container.decode(Entry.self) {
        self = .tensor(entry)
      } else {
        self = .metadata(try container.decode([String: String].self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .tensor(let entry): try container.encode(entry)
      case .metadata(let words): try container.encode(words)
      }
    }
  }

  /// The tensors in the given order, as F32.
  package static func bytes(_ tensors: [NamedTensor], metadata: [String: String] = [:]) throws -> [UInt8] {
    var members: [String: Member] = metadata.isEmpty ? [:] : ["__metadata__": .metadata(metadata)]
    var place = 0
    for tensor in tensors {
      let end = place + 4 * tensor.values.count
      members[tensor.name] = .tensor(Entry(dtype: "F32", shape: tensor.shape, data_offsets: [place, end]))
      place = end
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var header = [UInt8](try encoder.encode(members))
    // Padded with spaces, as the format asks, so that the values are aligned.
    header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + place)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes += header
    for tensor in tensors { tensor.values.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    return bytes
  }

  /// The tensors of a file as float32: F32, F64, F16 and BF16 are read. Throws `TrainingError` for what is damaged.
  ///
  /// As the format asks, the values fill the rest of the file without gap or overlap: what is read is never more than
  /// what is there.
  package static func tensors(_ bytes: [UInt8], what: String) throws -> [NamedTensor] {
    let damaged = TrainingError(
      "'\(what)' is not a complete safetensors file", hint: "write it again, or copy it again")
    guard bytes.count >= 8 else { throw damaged }
    let length = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard length <= UInt64(min(bytes.count - 8, longestHeader)) else { throw damaged }
    let start = 8 + Int(length)
    guard let members = try? JSONDecoder().decode([String: Member].self, from: Data(bytes[8..<start])) else {
      throw damaged
    }
    let entries = members.compactMap { name, member -> (name: String, entry: Entry)? in
      guard case .tensor(let entry) = member else { return nil }
      return (name, entry)
    }
    let parts = entries.map(\.entry.data_offsets).sorted { $0.lexicographicallyPrecedes($1) }
    guard parts.allSatisfy({ $0.count == 2 && $0[0] <= $0[1] }), parts.first.map({ $0[0] == 0 }) ?? true,
      zip(parts, parts.dropFirst()).allSatisfy({ $0[1] == $1[0] }), (parts.last?[1] ?? 0) == bytes.count - start
    else { throw damaged }
    return try entries.sorted { $0.name < $1.name }.map { name, entry in
      guard let size = sizes[entry.dtype] else {
        throw TrainingError(
          "'\(what)': '\(name)' is of type '\(entry.dtype)', which is not read", hint: "write it as float32")
      }
      let (from, to) = (entry.data_offsets[0], entry.data_offsets[1])
      guard let count = NamedTensor.count(entry.shape), (to - from).isMultiple(of: size), (to - from) / size == count
      else { throw damaged }
      return NamedTensor(
        name: name, shape: entry.shape, values: floats(bytes[(start + from)..<(start + to)], entry.dtype, count))
    }
  }

  /// As the reference implementation's.
  private static let longestHeader = 100_000_000

  private static let sizes = ["F32": 4, "F64": 8, "F16": 2, "BF16": 2]

  private static func floats(_ bytes: ArraySlice<UInt8>, _ type: String, _ count: Int) -> [Float] {
    bytes.withUnsafeBytes { raw in
      func load<Bits: FixedWidthInteger>(_ k: Int, as: Bits.Type) -> Bits {
        Bits(littleEndian: raw.loadUnaligned(fromByteOffset: k * MemoryLayout<Bits>.size, as: Bits.self))
      }
      return (0..<count).map { k in
        switch type {
        case "F64": Float(Double(bitPattern: load(k, as: UInt64.self)))
        case "F16": Float(halfBits: load(k, as: UInt16.self))
        case "BF16": Float(bitPattern: UInt32(load(k, as: UInt16.self)) << 16)
        default: Float(bitPattern: load(k, as: UInt32.self))
        }
      }
    }
  }
}

extension Float {
  /// IEEE 754 binary16, which the compiler does not have on every processor.
  fileprivate init(halfBits bits: UInt16) {
    let sign: Float = bits >> 15 == 0 ? 1 : -1
    let (exponent, fraction) = (Int(bits >> 10 & 31), Float(bits & 1023))
    switch exponent {
    case 0: self = sign * fraction * 0x1p-24
    case 31: self = fraction == 0 ? sign * .infinity : .nan
    default: self = sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
    }
  }
}
