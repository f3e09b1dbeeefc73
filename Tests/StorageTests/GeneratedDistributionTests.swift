import Storage
import Testing

/// Distributions that are written and read back are the same: generated ones, with the numbers and texts that are easily bent.
@Suite struct GeneratedDistributionTests {
  private static let ints = [0, 1, -1, 1 << 53, (1 << 53) + 1, .max, .min]
  private static let floats: [Double] = [0, -0.0, 0.1, 1e-5, 5e-324, 1e16, -2.5, .greatestFiniteMagnitude, .pi, 1e22]
  private static let texts = [
    "", "relu", "a \"b\"", "\\", "\n", "\u{0}", "é", "😀", "null", "1", "[1]", "\u{7F}", "\u{2028}",
  ]

  private static let choices: [StoredChoice] =
    [
      .null, .bool(true), .bool(false), .other("[1, \"a\", null]"), .other("{\"k\": 2}"), .other("NaN"),
      .other("Infinity"),
    ]
    + ints.map { .int($0) } + floats.map { .float($0) } + texts.map { .text($0) }

  static let all: [StoredDistribution] =
    ints.flatMap { low in
      ints.filter { $0 >= low }.flatMap { high in
        [.int(low: low, high: high, step: 1, log: low > 0), .int(low: low, high: high, step: 7, log: false)]
      }
    }
    + floats.flatMap { low in
      floats.filter { $0 >= low }.flatMap { high in
        [.float(low: low, high: high, step: nil, log: low > 0), .float(low: low, high: high, step: 0.1, log: false)]
      }
    }
    + choices.map { .categorical([$0]) } + [.categorical(choices), .categorical(choices.reversed())]

  @Test func `what is written is read back`() {
    #expect(Self.all.count > 150)
    for distribution in Self.all {
      #expect(StoredDistribution(json: distribution.json) == distribution, "\(distribution.json)")
    }
  }
}
