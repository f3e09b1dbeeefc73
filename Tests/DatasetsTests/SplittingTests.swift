import Datasets
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
}
