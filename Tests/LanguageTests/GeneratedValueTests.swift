import Language
import Testing

/// Values that are written and read back are the same values: generated ones, a thousand for each seed.
@Suite struct GeneratedValueTests {
  /// splitmix64: the same values in every run.
  struct Random {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
    mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }
  }

  static let texts = [
    "", "a", "none", "true", "1", "-1.5", "1e5", "nan", "a b", "\"", "\\", "\\n", "\n", "\r\n", "\t", "\u{0}",
    "\u{1B}[31m",
    "\u{7F}", "\u{202E}", "\u{FEFF}", "é", "e\u{301}", "日本語", "😀", "'", "#", "{x}", "[1]", "a=b", "\u{2028}", "\u{85}",
  ]
  static let ints = [0, 1, -1, 7, 1 << 53, (1 << 53) + 1, -(1 << 53) - 1, .max, .min, .max - 1, .min + 1]
  static let floats: [Double] = [
    0, -0.0, 1, -1.5, 0.1, 1e-5, 1e5, 1e15, 1e16, 1e17, 123_456_789.125, 5e-324, 2.2250738585072014e-308, .pi,
    .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .infinity, -.infinity, 9007199254740993, 1e22, 1e-7,
  ]

  static func value(_ random: inout Random, depth: Int) -> Value {
    switch random.below(depth > 0 ? 9 : 6) {
    case 0: return random.below(2) == 0 ? .none : .bool(random.below(2) == 0)
    case 1: return .int(random.below(3) == 0 ? random.pick(ints) : Int(truncatingIfNeeded: random.next()))
    case 2: return .float(random.pick(floats))
    case 3:
      let drawn = Double(bitPattern: random.next())
      return .float(drawn.isNaN ? 1 : drawn)
    case 4: return .string(random.pick(texts) + random.pick(texts))
    case 5: return .word(random.pick(["relu", "adam", "step", "log"]))
    case 6: return .list((0..<random.below(4)).map { _ in value(&random, depth: depth - 1) })
    case 7:
      let keys = (0..<random.below(4)).map { _ in random.pick(texts) }
      var seen: [String] = []
      // Two forms of one letter are one key, as they are equal texts.
      for key in keys where !seen.contains(key) { seen.append(key) }
      return .dict(seen.map { Value.Entry($0, value(&random, depth: depth - 1)) })
    default:
      return .call("step", arguments: [value(&random, depth: 0)], keywords: [.init("every", value(&random, depth: 0))])
    }
  }

  /// Whether two are the same to the last bit and scalar; `==` holds 0.0 and -0.0, or two forms of a letter, for equal.
  static func same(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.float(let a), .float(let b)): a.bitPattern == b.bitPattern
    case (.string(let a), .string(let b)), (.word(let a), .word(let b)):
      a.unicodeScalars.elementsEqual(b.unicodeScalars)
    case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy(same)
    case (.dict(let a), .dict(let b)): same(a, b)
    case (.call(let a, let x, let u), .call(let b, let y, let v)):
      a == b && x.count == y.count && zip(x, y).allSatisfy(same) && same(u, v)
    case (.none, .none), (.bool, .bool), (.int, .int): a == b
    default: false
    }
  }

  private static func same(_ a: [Value.Entry], _ b: [Value.Entry]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { same(.string($0.key), .string($1.key)) && same($0.value, $1.value) }
  }

  @Test(arguments: 0..<8) func `what is written is read back`(seed: Int) throws {
    var random = Random(state: UInt64(seed))
    for _ in 0..<1000 {
      let value = Self.value(&random, depth: 3)
      let text = value.description
      let read = try Evaluator(Desk()).value(of: try Parser(grammar).parseExpression(text))
      #expect(Self.same(read, value), "\(text) is read as \(read)")
    }
  }
}
