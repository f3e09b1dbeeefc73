import Foundation
import FuzzTargets
import Testing

/// The fuzz targets with seeded changes of their seeds and of every input that once was too much: fast, and the same each
/// time. `Tests/fuzz/run` looks further, with libFuzzer and sanitizers.
@Suite(.serialized) struct FuzzTests {
  @Test(arguments: FuzzTarget.all) func `kept inputs and changed ones are taken in`(target: FuzzTarget) {
    let whole = target.seeds().prefix(target.inputs) + target.corpus.map(\.bytes)
    for bytes in whole { target.take(bytes) }
    var mutator = Mutator(seed: 1)
    var taken = 0
    for round in 0..<target.inputs where !whole.isEmpty {
      target.take(mutator.changed(whole[round % whole.count], others: Array(whole)))
      taken += 1
    }
    // Every target has something to begin with: one without would test nothing.
    #expect(taken == target.inputs, "\(target.name)")
  }
}

/// Changes inputs as files and messages are changed: bits, words, numbers in text, parts left out, doubled or moved.
private struct Mutator {
  private var random: Generator

  init(seed: UInt64) { random = Generator(seed: seed) }

  mutating func changed(_ bytes: [UInt8], others: [[UInt8]]) -> [UInt8] {
    var result = bytes
    for _ in 0...Int.random(in: 0..<3, using: &random) { change(&result, others) }
    return result
  }

  private mutating func change(_ bytes: inout [UInt8], _ others: [[UInt8]]) {
    guard !bytes.isEmpty else { return bytes = [0] }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 1...32, using: &random))
    switch Int.random(in: 0..<7, using: &random) {
    case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 3: bytes = Array(bytes[..<place]) + (others.randomElement(using: &random) ?? []).dropFirst(place)
    case 4: replaceWord(&bytes, place)
    default: replaceNumber(&bytes, from: place)
    }
  }

  private mutating func replaceWord(_ bytes: inout [UInt8], _ place: Int) {
    let words: [UInt64] = [0, 1, .max, 1 << 31, 1 << 32, 1 << 62, 1 << 63, UInt64(bytes.count)]
    let word = words.randomElement(using: &random) ?? 0
    let size = [1, 2, 4, 8].randomElement(using: &random) ?? 8
    for k in 0..<size where place + k < bytes.count {
      bytes[place + k] = UInt8(truncatingIfNeeded: word >> (8 * UInt64(k)))
    }
  }

  private mutating func replaceNumber(_ bytes: inout [UInt8], from place: Int) {
    let isDigit = { (byte: UInt8) in byte >= 0x30 && byte <= 0x39 }
    guard let start = bytes[place...].firstIndex(where: isDigit) else { return }
    let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.endIndex
    let numbers = [
      "0", "-1", "2147483648", "9223372036854775807", "-9223372036854775808", "1e999", "0.5", "99999999999999999999",
    ]
    bytes.replaceSubrange(start..<end, with: Array((numbers.randomElement(using: &random) ?? "0").utf8))
  }
}
