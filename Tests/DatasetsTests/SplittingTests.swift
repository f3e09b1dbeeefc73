import Datasets
import Foundation
import LinearAlgebra
import Synchronization
import Testing
import Vocabulary

@Suite struct SplittingTests {
  @Test(arguments: ["digits", "iris", "moons", "spirals", "circles", "blobs"])
  func `each row lies in one part, and the classes keep their proportions`(source: String) throws {
    let data = try DataSources.dataset(Call(source))
    let all = (data.training + data.validation + data.test).sorted()
    #expect(all == Array(0..<Int32(data.examples.rows)))
    let total = Double(data.examples.rows)
    for split in Split.allCases {
      let share = Double(data.rows(split).count) / total
      #expect(abs(share - (split == .train ? 0.6 : 0.2)) < 0.01)
      let whole = zip(data.classCounts(.train), zip(data.classCounts(.validation), data.classCounts(.test))).map {
        $0 + $1.0 + $1.1
      }
      for (count, all) in zip(data.classCounts(split), whole) {
        #expect(abs(Double(count) - share * Double(all)) <= 2)
      }
    }
  }

  @Test func `rows are shuffled as the standard library shuffles them`() throws {
    for count in [0, 1, 2, 17, 40_000] {
      var own = Array(0..<count)
      var random = RandomStream(seed: 5, "shuffle")
      try Interrupting.shuffle(&own, using: &random)
      var expected = Array(0..<count)
      var same = RandomStream(seed: 5, "shuffle")
      expected.shuffle(using: &same)
      #expect(own == expected && random.next() == same.next())
    }
  }

  /// An interrupt that comes at the n-th look ends the work there, wherever that is.
  @Test func `every long step of loading a table hears an interrupt`() throws {
    let path = NSTemporaryDirectory() + "attune-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let rows = (0..<60_000).map { "\($0 % 700),\(20_000_101 + $0 % 28),\($0),\($0 % 3 == 0 ? "a" : "b")\n" }
    try ("x,day,id,y\n" + rows.joined()).write(toFile: path, atomically: true, encoding: .utf8)
    let call = Call("csv", [.init("path", .text(path))])
    final class Looks: Sendable {
      let count = Mutex(0)
    }
    let all = Looks()
    func load() throws -> Dataset {
      let data = try DataSources.dataset(call)
      _ = try data.columnFacts()
      return data
    }
    let whole = try Interrupting.during(
      {
        all.count.withLock { $0 += 1 }; return false
      }, load)
    #expect(whole.classNames == ["a", "b"])
    let total = all.count.withLock { $0 }
    // Sorting 60,000 rows alone looks some 50 times.
    #expect(total > 100)
    for last in stride(from: 1, through: total, by: max(1, total / 40)) {
      let looks = Looks()
      #expect(throws: (any Error).self, "look \(last) of \(total)") {
        try Interrupting.during(
          {
            looks.count.withLock {
              $0 += 1; return $0 >= last
            }
          }, load)
      }
      // What follows the interrupt is little: it ends at one of the next looks.
      #expect(looks.count.withLock { $0 } <= last + 40, "look \(last) of \(total)")
    }
  }
}
