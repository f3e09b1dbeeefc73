import FoundationEssentials

/// The safetensors format: the header's length (8 bytes, little-endian), a JSON header with type, shape and place of each
/// tensor, then the values. https://huggingface.co/docs/safetensors
package enum Safetensors {
  private struct Entry: Codable {
    var dtype: String
    var shape: [Int]
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
  package static func tensors(_ bytes: [UInt8], what: String) throws -> [NamedTensor] {
    let damaged = TrainingError("\(what) is no whole safetensors file", hint: "write or copy it again")
    guard bytes.count >= 8 else { throw damaged }
    let length = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard length <= UInt64(bytes.count - 8) else { throw damaged }
    let start = 8 + Int(length)
    guard let members = try? JSONDecoder().decode([String: Member].self, from: Data(bytes[8..<start])) else {
      throw damaged
    }
    return try members.sorted { $0.key < $1.key }.compactMap { name, member in
      guard case .tensor(let entry) = member else { return nil }
      guard let size = sizes[entry.dtype] else {
        throw TrainingError(
          "\(what): '\(name)' is of type \(entry.dtype), which is not read", hint: "save it as float32")
      }
      let count = entry.shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).overflow ? -1 : $0 * $1 }
      guard entry.data_offsets.count == 2, count >= 0 else { throw damaged }
      let (from, to) = (entry.data_offsets[0], entry.data_offsets[1])
      guard from >= 0, to >= from, to <= bytes.count - start, to - from == count * size else { throw damaged }
      return NamedTensor(
        name: name, shape: entry.shape, values: floats(bytes[(start + from)..<(start + to)], entry.dtype, count))
    }
  }

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
