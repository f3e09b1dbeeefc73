import Foundation

/// One array of NumPy's, as its .npy format holds it (numpy.lib.format, versions 1 to 3).
package struct NPYArray: Sendable {
  package enum Values: Sendable {
    case bytes([UInt8])
    case integers([Int64])
    case floats([Double])
    case texts([String])
  }

  package var shape: [Int]
  package var values: Values

  init(_ bytes: [UInt8], what: String) throws {
    guard bytes.count >= 10, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw DataError("\(what) is not a NumPy array")
    }
    let wide = bytes[6] >= 2
    let start = wide ? 12 : 10
    guard bytes.count >= start else { throw DataError("\(what) is cut off") }
    let length =
      (wide ? 4 : 2) == 2
      ? Int(bytes[8]) | Int(bytes[9]) << 8 : (0..<4).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    guard bytes.count >= start + length else { throw DataError("\(what) is cut off") }
    let header = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
    guard let kind = Self.quoted(header, after: "'descr':"), let shape = Self.shape(header) else {
      throw DataError("\(what): its header cannot be read")
    }
    self.shape = shape
    let count = shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).overflow ? .max / 1024 : $0 * $1 }
    values = try Self.decode(bytes[(start + length)...], kind: kind, count: count, what: what)
    if header.contains("'fortran_order': True"), shape.count > 1 { values = Self.transposed(values, shape) }
  }

  private static func quoted(_ header: String, after key: String) -> String? {
    guard let range = header.range(of: key) else { return nil }
    let rest = header[range.upperBound...].drop { $0 == " " }
    guard rest.first == "'" else { return nil }
    return String(rest.dropFirst().prefix { $0 != "'" })
  }

  private static func shape(_ header: String) -> [Int]? {
    guard let key = header.range(of: "'shape':"), let open = header[key.upperBound...].firstIndex(of: "("),
      let close = header[open...].firstIndex(of: ")")
    else { return nil }
    let words = header[header.index(after: open)..<close].split(separator: ",").map { $0.filter { !$0.isWhitespace } }
    let sizes = words.filter { !$0.isEmpty }.map { Int($0) }
    return sizes.contains { $0 == nil || $0! < 0 } ? nil : sizes.map { $0! }
  }

  private static func decode(_ data: ArraySlice<UInt8>, kind: String, count: Int, what: String) throws -> Values {
    let swapped = kind.hasPrefix(">")
    let type = kind.drop { "<>|=".contains($0) }
    guard let size = Int(type.dropFirst()), let letter = type.first else {
      throw DataError("\(what) holds values of type '\(kind)', which is not read")
    }
    let width = letter == "U" ? 4 * size : size
    let (needed, overflow) = count.multipliedReportingOverflow(by: width)
    guard !overflow, data.count >= needed else { throw DataError("\(what) is cut off") }
    func each<T: FixedWidthInteger, R>(_: T.Type, _ convert: (T) -> R) -> [R] {
      data.withUnsafeBytes { raw in
        (0..<count).map { k in
          let value = raw.loadUnaligned(fromByteOffset: k * width, as: T.self)
          return convert(swapped ? value.byteSwapped : value)
        }
      }
    }
    switch (letter, size) {
    case ("u", 1): return .bytes(Array(data.prefix(count)))
    case ("b", 1): return .integers(each(UInt8.self) { $0 == 0 ? 0 : 1 })
    case ("i", 1): return .integers(each(Int8.self) { Int64($0) })
    case ("i", 2): return .integers(each(Int16.self) { Int64($0) })
    case ("i", 4): return .integers(each(Int32.self) { Int64($0) })
    case ("i", 8): return .integers(each(Int64.self) { $0 })
    case ("u", 2): return .integers(each(UInt16.self) { Int64($0) })
    case ("u", 4): return .integers(each(UInt32.self) { Int64($0) })
    case ("u", 8): return .integers(each(UInt64.self) { Int64(clamping: $0) })
    case ("f", 4): return .floats(each(UInt32.self) { Double(Float(bitPattern: $0)) })
    case ("f", 8): return .floats(each(UInt64.self) { Double(bitPattern: $0) })
    case ("f", 2): return .floats(each(UInt16.self) { half($0) })
    case ("U", _):
      return .texts(
        data.withUnsafeBytes { raw in
          (0..<count).map { k in
            var text = String.UnicodeScalarView()
            for j in 0..<size {
              var code = raw.loadUnaligned(fromByteOffset: k * width + 4 * j, as: UInt32.self)
              if swapped { code = code.byteSwapped }
              if code != 0, let scalar = Unicode.Scalar(code) { text.append(scalar) }
            }
            return String(text)
          }
        })
    default: throw DataError("\(what) holds values of type '\(kind)', which is not read")
    }
  }

  /// IEEE 754 binary16.
  private static func half(_ bits: UInt16) -> Double {
    let sign = bits >> 15 == 0 ? 1.0 : -1.0
    let (exponent, fraction) = (Int(bits >> 10 & 31), Double(bits & 1023))
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * (1 + fraction / 1024) * exp2(Double(exponent - 15))
    }
  }

  /// Column-major order becomes row-major.
  private static func transposed(_ values: Values, _ shape: [Int]) -> Values {
    func reorder<T>(_ source: [T]) -> [T] {
      var strides = [Int](repeating: 1, count: shape.count)
      for axis in 1..<shape.count { strides[axis] = strides[axis - 1] * shape[axis - 1] }
      var index = [Int](repeating: 0, count: shape.count)
      return source.indices.map { _ in
        let value = source[zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }]
        var axis = shape.count - 1
        while axis >= 0 {
          index[axis] += 1
          if index[axis] < shape[axis] { break }
          index[axis] = 0
          axis -= 1
        }
        return value
      }
    }
    switch values {
    case .bytes(let array): return .bytes(reorder(array))
    case .integers(let array): return .integers(reorder(array))
    case .floats(let array): return .floats(reorder(array))
    case .texts(let array): return .texts(reorder(array))
    }
  }
}

/// A NumPy archive: named arrays.
package struct NPZFile {
  package let path: String
  package private(set) var arrays: [String: NPYArray] = [:]

  package init(path: String) throws {
    self.path = path
    let archive = try ZipArchive(path: path)
    for entry in archive.entries where entry.name.hasSuffix(".npy") {
      let name = String(entry.name.dropLast(4))
      arrays[name] = try NPYArray(archive.content(entry), what: "\(path): \(name)")
    }
  }

  package func array(_ name: String) throws -> NPYArray {
    if let array = arrays[name] { return array }
    throw DataError(
      "\(path) has no array '\(name)'", hint: "it holds: " + arrays.keys.sorted().joined(separator: ", "))
  }
}
