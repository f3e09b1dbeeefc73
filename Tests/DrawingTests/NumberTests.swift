import Drawing
import Testing

@Suite struct NumberTests {
  @Test func `significant digits agree with Python's`() {
    for (value, digits, plain, scientific) in NumberReference.all {
      #expect(Number.significant(value, digits: digits) == plain, "\(value) to \(digits)")
      #expect(Number.scientific(value, digits: digits) == scientific, "\(value) to \(digits)")
    }
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (0.0312, "0.0312"), (1.2e-5, "1.2e-05"), (12_345.6, "12346"), (-0.5, "-0.5"),
    (.nan, "nan"), (-.nan, "nan"),
    (.infinity, "inf"), (-.infinity, "-inf"), (100, "100"), (99.95, "100"),
  ])
  func `three digits`(value: Double, text: String) {
    #expect(Number.significant(value) == text)
  }

  @Test(arguments: [
    (0.0, "0 s"), (8.5e-5, "85 us"), (0.0123, "12.3 ms"), (0.9996, "1.0 s"), (1.24, "1.2 s"), (9.96, "10 s"),
    (59.4, "59 s"), (59.6, "1 min 00 s"),
    (200, "3 min 20 s"), (3599.6, "1 h 00 min"), (3900, "1 h 05 min"), (183_600, "2 d 3 h"), (86_399, "1 d 0 h"),
    (-2, "-2.0 s"),
    (.infinity, "inf"), (1e300, "1.16e+295 d"),
  ])
  func `durations have at most two units`(seconds: Double, text: String) {
    #expect(Number.duration(seconds) == text)
  }

  @Test func `counts, bytes and percentages`() {
    #expect(Number.count(0) == "0")
    #expect(Number.count(999) == "999")
    #expect(Number.count(1000) == "1,000")
    #expect(Number.count(-1_234_567) == "-1,234,567")
    #expect(Number.count(.min) == "-9,223,372,036,854,775,808")
    #expect(Number.bytes(512) == "512 B")
    #expect(Number.bytes(1500) == "1.5 kB")
    #expect(Number.bytes(47_040_016) == "47 MB")
    #expect(Number.bytes(999_600) == "1 MB")
    #expect(Number.percent(0.9123) == "91.2%")
    #expect(Number.percent(1) == "100.0%")
    #expect(Number.percent(.nan) == "nan")
    #expect(Number.shortest(3.0) == "3.0")
    #expect(Number.shortest(1e-5) == "1e-05")
    #expect(Number.shortest(Float(0.1)) == "0.1")
    #expect(Number.fixed(-0.0004, decimals: 3) == "0.000")
  }

  @Test func `a column's points stand in line`() {
    #expect(Number.column([0.3125, 2.25, nil, .nan]) == ["0.3125", "2.2500", "-", "nan"])
    #expect(Number.column([1, 20, 300]) == ["1", "20", "300"])
    #expect(Number.column([0.1, 0.25]) == ["0.10", "0.25"])
    #expect(Number.column([1e-9, 1]) == ["1e-09", "1"])
    #expect(Number.column([]) == [])
    #expect(Number.column([123.456, 0.001234], digits: 4) == ["123.4560", "0.0012"])
  }
}
