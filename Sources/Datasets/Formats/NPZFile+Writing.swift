extension NPZFile {
  /// An array of float32 by name.
  package struct Floats: Sendable {
    package var name: String
    package var shape: [Int]
    /// Row-major.
    package var values: [Float]

    package init(name: String, shape: [Int], values: [Float]) {
      (self.name, self.shape, self.values) = (name, shape, values)
    }
  }

  /// The bytes of an archive that `numpy.load` opens. Throws `DataError` beyond 4 GB.
  package static func bytes(_ arrays: [Floats]) throws -> [UInt8] {
    var archive = ZipWriter()
    for array in arrays { try archive.add(array.name + ".npy", npy(array)) }
    return archive.finished()
  }

  /// The .npy format, version 1.0: magic, version, length of the header, header, values. The header ends in a line break
  /// and is padded so that the values begin at a multiple of 64.
  private static func npy(_ array: Floats) -> [UInt8] {
    let shape = array.shape.map { "\($0)," }.joined(separator: " ")
    let tuple = array.shape.count == 1 ? shape : String(shape.dropLast())
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(tuple)), }"
    let plain = 10 + header.utf8.count + 1
    header += String(repeating: " ", count: (64 - plain % 64) % 64) + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes.reserveCapacity(10 + header.utf8.count + 4 * array.values.count)
    bytes.append(littleEndian: header.utf8.count, bytes: 2)
    bytes += header.utf8
    array.values.withUnsafeBytes { bytes.append(contentsOf: $0) }
    return bytes
  }
}
