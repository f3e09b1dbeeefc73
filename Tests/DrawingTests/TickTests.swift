import Drawing
import Testing

@Suite struct TickTests {
  @Test func `steps and places agree with matplotlib's`() {
    for one in TickCase.all {
      let ticks = Ticks.linear(one.low...one.high, .number, count: one.count)
      let context = "\(one.low)...\(one.high) in \(one.count)"
      #expect(ticks.count == one.values.count, "\(context): \(ticks.map(\.value)), \(one.values)")
      for (tick, value) in zip(ticks, one.values) {
        #expect((tick.value - value).magnitude <= 1e-9 * one.step, "\(context): \(tick.value) for \(value)")
        // What is written reads back as the place.
        let read = Double(tick.text.filter { $0 != "," })
        #expect(read.map { ($0 - value).magnitude <= 1e-6 * one.step } == true, "\(context): \(tick.text) for \(value)")
      }
      #expect(Set(ticks.map(\.text)).count == ticks.count, "\(context): \(ticks.map(\.text))")
    }
  }

  private static func texts(_ axis: Axis, _ low: Double, _ high: Double, count: Int = 6) -> [String] {
    var axis = axis
    axis.range = low...high
    return Ticks.along(axis, AxisMap(axis, data: nil), count: count).filter { !$0.isMinor }.map(\.text)
  }

  @Test func `formats`() {
    #expect(Self.texts(Axis("x", format: .percent), 0.5, 1) == ["50%", "60%", "70%", "80%", "90%", "100%"])
    #expect(Self.texts(Axis("x", format: .percent), 0.9, 0.92) == ["90.0%", "90.5%", "91.0%", "91.5%", "92.0%"])
    #expect(Self.texts(Axis("x", format: .whole), 1, 3) == ["1", "2", "3"])
    #expect(
      Self.texts(Axis("x", format: .whole), 0, 30_000) == [
        "0", "5,000", "10,000", "15,000", "20,000", "25,000", "30,000",
      ])
    #expect(Self.texts(Axis("x"), 0, 3e-5) == ["0", "5e-6", "1e-5", "1.5e-5", "2e-5", "2.5e-5", "3e-5"])
    #expect(Self.texts(Axis("x"), 0, 5e8, count: 5) == ["0", "1e8", "2e8", "3e8", "4e8", "5e8"])
    #expect(Self.texts(Axis("x"), 0, 0.5) == ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5"])
  }

  /// Seconds since 1970 by Python's datetime(..., tzinfo=utc).timestamp().
  @Test func `dates are at full hours, days, months and years`() {
    let axis = Axis("x", format: .date)
    // 2019-01-31 10:10 to 12:40, 2019-01-30 to 2019-02-03, 2018-11-15 to 2019-04-15, 1497-02-03 to 1503-01-01.
    #expect(
      Self.texts(axis, 1_548_929_400, 1_548_938_400) == ["10:30", "11:00", "11:30", "12:00", "12:30"])
    // Times of one day need no date, also where the axis reaches a little over its ends.
    #expect(Self.texts(axis, -1800, 84_600, count: 4) == ["00:00", "06:00", "12:00", "18:00"])
    #expect(
      Self.texts(axis, 1_548_806_400, 1_549_152_000)
        == ["2019-01-30", "2019-01-31", "2019-02-01", "2019-02-02", "2019-02-03"])
    #expect(
      Self.texts(axis, 1_542_240_000, 1_555_286_400)
        == ["2018-12", "2019-01", "2019-02", "2019-03", "2019-04"])
    #expect(
      Self.texts(axis, -14_923_526_400, -14_737_161_600) == ["1498", "1499", "1500", "1501", "1502", "1503"])
  }

  @Test func `a log axis has decades, and 1, 2, 5 where there are few`() {
    #expect(Self.texts(Axis("x", scale: .log), 1e-5, 1) == ["1e-5", "1e-4", "0.001", "0.01", "0.1", "1"])
    #expect(Self.texts(Axis("x", scale: .log), 1e-5, 1, count: 3) == ["1e-4", "0.01", "1"])
    #expect(Self.texts(Axis("x", scale: .log), 0.5, 30) == ["0.5", "1", "2", "5", "10", "20"])
    #expect(Self.texts(Axis("x", scale: .log), 0.12, 87, count: 6) == ["1", "10"])
    #expect(Self.texts(Axis("x", scale: .log), 1.1, 1.9) == ["1.2", "1.4", "1.6", "1.8"])
    #expect(Self.texts(Axis("x", scale: .log), 1e-300, 1e300, count: 5) == ["1e-200", "1", "1e200"])
    let axis = Axis("x", scale: .log, range: 0.001...1)
    let ticks = Ticks.along(axis, AxisMap(axis, data: nil), count: 5)
    #expect(ticks.filter(\.isMinor).count == 24 && ticks.map(\.value) == ticks.map(\.value).sorted())
  }

  @Test func `an axis maps its ends to its ends`() {
    for axis in [
      Axis("x", range: -3...7), Axis("x", scale: .log, range: 1e-4...10), Axis("x", scale: .categories(["a", "b"])),
    ] {
      let map = AxisMap(axis, data: nil)
      #expect((map.share(map.low)).magnitude < 1e-12 && (map.share(map.high) - 1).magnitude < 1e-12)
      #expect((map.share(map.value(at: 0.3)) - 0.3).magnitude < 1e-12)
    }
    var reversed = Axis("x", range: 0...10)
    reversed.isReversed = true
    #expect(AxisMap(reversed, data: nil).share(2) == 0.8)
    #expect(AxisMap(Axis("x", scale: .log), data: 1...10).share(0).isNaN)
    #expect(AxisMap(Axis("x"), data: 1...10).share(.infinity).isNaN)
  }

  @Test(arguments: [0.0, 3.25, -1e-5, 1e300, 5e-320] as [Double]) func `a constant has room around it`(value: Double) {
    let map = AxisMap(Axis("x"), data: value...value)
    #expect(map.low < value && value < map.high)
    #expect((map.share(value) - 0.5).magnitude < 1e-6)
  }

  @Test func `zero is included where bars stand on it`() {
    #expect(AxisMap(Axis("x", includesZero: true), data: 3...4).low == 0)
    #expect(AxisMap(Axis("x", includesZero: true), data: -4 ... -3).high == 0)
  }
}
