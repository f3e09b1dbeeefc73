import Foundation

/// The values of one column while rows are read: numbers as long as all are, else numbered texts.
///
/// Memory is asked for by `realloc`, so that what is not to be had is an error and not the end of the program.
struct ColumnBuilder {
  enum Mode { case skipped, numbers, texts, failed }

  var mode: Mode
  private(set) var numbers: UnsafeMutablePointer<Double>?
  private(set) var codes: UnsafeMutablePointer<Int32>?
  var texts = TextDictionary()
  /// Words among numbers that were taken as missing, beyond the plain ones.
  var words = Set<String>()
  /// A whole number that a double does not hold exactly.
  var hasWideIntegers = false
  /// A number with zeros in front, such as 00501.
  var hasLeadingZeros = false

  init(_ mode: Mode) { self.mode = mode }

  /// Room for `count` values. Throws a `DataError` if there is no memory for them.
  mutating func reserve(_ count: Int, _ name: @autoclosure () -> String) throws {
    switch mode {
    case .numbers: numbers = try Self.resized(numbers, count, name)
    case .texts: codes = try Self.resized(codes, count, name)
    case .skipped, .failed: break
    }
  }

  private static func resized<Value>(
    _ memory: UnsafeMutablePointer<Value>?, _ count: Int, _ name: () -> String
  ) throws -> UnsafeMutablePointer<Value> {
    guard let resized = realloc(memory, count * MemoryLayout<Value>.stride) else {
      throw DataError("there is not enough memory for the column '\(name())'")
    }
    return resized.assumingMemoryBound(to: Value.self)
  }

  /// The values as arrays; the builder's own memory is freed.
  mutating func finishedNumbers(_ rows: Int) -> [Double] {
    defer { free() }
    return Array(UnsafeBufferPointer(start: numbers, count: numbers == nil ? 0 : rows))
  }

  mutating func finishedCodes(_ rows: Int) -> [Int32] {
    defer { free() }
    return Array(UnsafeBufferPointer(start: codes, count: codes == nil ? 0 : rows))
  }

  mutating func fail() {
    free()
    (mode, words) = (.failed, [])
  }

  mutating func free() {
    Glibc.free(numbers)
    Glibc.free(codes)
    (numbers, codes) = (nil, nil)
  }
}
