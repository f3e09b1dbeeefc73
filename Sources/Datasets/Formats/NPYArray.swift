import Foundation
import Language

/// One array of NumPy's, as its .npy format holds it (numpy.lib.format, versions 1 to 3).
package struct NPYArray: Sendable {
  package enum Values: Sendable {
    case bytes([UInt8])
    case integers([Int64])
    /// Of 64 bits without a sign.
    case naturals([UInt64])
    case floats([Double])
    case texts([String])
  }

  package var shape: [Int]
  package var values: Values

  /// Reads an array from the front of a source. Shape and type are checked against the memory that there is before any
  /// value is read; throws a `DataError` if they are impossible or the values end too soon.
  init(_ source: any ByteSource, what: String) throws {
    let magic = try source.next(8)
    guard magic.count == 8, magic.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw DataError("\(what) is not a NumPy array")
    }
    let sizes = try source.next(magic[6] >= 2 ? 4 : 2)
    let length = sizes.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length < 1 << 20 else { throw DataError("\(what): its header cannot be read") }
    let bytes = try source.next(length)
    guard bytes.count == length, !bytes.isEmpty else { throw DataError("\(what) is cut off") }
    let header = String(decoding: bytes, as: UTF8.self)
    guard let kind = Self.quoted(header, after: "'descr':"), let shape = Self.shape(header) else {
      throw DataError("\(what): its header cannot be read")
    }
    self.shape = shape
    let count = try MemoryBudget.product(shape, for: what)
    values = try Self.decode(source, kind: kind, count: count, what: what)
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

  /// Bytes of the file that a value takes, and of memory once it is read; nil for types that are not read.
  private static func widths(_ letter: Character, _ size: Int) -> (file: Int, memory: Int)? {
    switch (letter, size) {
    case ("u", 1): (1, 1)
    case ("b", 1), ("i", 1), ("i", 2), ("i", 4), ("i", 8), ("u", 2), ("u", 4), ("u", 8), ("f", 2), ("f", 4), ("f", 8):
      (size, 8)
    case ("U", 0...1_000_000): (4 * size, 16 + 4 * size)
    case ("S", 0...1_000_000): (size, 16 + size)
    default: nil
    }
  }

  private static func decode(_ source: any ByteSource, kind: String, count: Int, what: String) throws -> Values {
    let swapped = kind.hasPrefix(">")
    let type = kind.drop { "<>|=".contains($0) }
    guard let size = Int(type.dropFirst()), let letter = type.first, let widths = widths(letter, size) else {
      throw DataError("\(what) holds values of type '\(kind)', which is not read")
    }
    // Texts of no width cost memory all the same.
    let memory = try MemoryBudget.product([count, widths.memory], for: what)
    let needed = try MemoryBudget.product([count, widths.file], for: what)
    let (both, overflow) = memory.addingReportingOverflow(needed)
    guard !overflow else { throw DataError("\(what) has an impossible size: \(count) values") }
    try MemoryBudget.check(both, for: "\(what) with \(count) values")
    // In blocks, so that a claim without bytes behind it asks for no more than there are.
    let data = try source.rest(atMost: needed)[...]
    guard data.count == needed else { throw DataError("\(what) is cut off") }
    let width = widths.file
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
    case ("u", 8): return .naturals(each(UInt64.self) { $0 })
    case ("S", _):
      return .texts(
        (0..<count).map { k in
          let text = data[(k * width)..<((k + 1) * width)]
          return BytesText.text(text[..<(text.lastIndex { $0 != 0 }.map { $0 + 1 } ?? text.startIndex)])
        })
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
    case .naturals(let array): return .naturals(reorder(array))
    case .floats(let array): return .floats(reorder(array))
    case .texts(let array): return .texts(reorder(array))
    }
  }
}

/// A NumPy archive: named arrays, each read when it is asked for. A lone .npy file is an archive of one array.
package struct NPZFile {
  package let path: String
  /// In alphabetical order.
  package let names: [String]
  private let archive: ZipFile?

  package init(path: String) throws {
    self.path = path
    if FileKind(try FileSource(path: path).head()) == .numpyArray {
      (archive, names) = (nil, ["array"])
      return
    }
    let archive = try ZipFile(path: path)
    self.archive = archive
    names = archive.names.filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }.sorted()
  }

  /// A lone .npy file, whose array has no name.
  var isLone: Bool { archive == nil }

  package func array(_ name: String) throws -> NPYArray {
    guard names.contains(name) || isLone else {
      let listed = "it holds: " + names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", ..." : "")
      throw DataError("\(path) has no array '\(name)'", hint: Suggestion.hint(for: name, among: names) ?? listed)
    }
    guard let archive else { return try NPYArray(FileSource(path: path), what: path) }
    return try NPYArray(archive.content(name + ".npy"), what: "\(path): \(name)")
  }

  /// Every array by its name.
  package func arrays() throws -> [String: NPYArray] {
    try Dictionary(names.map { ($0, try array($0)) }) { first, _ in first }
  }
}
