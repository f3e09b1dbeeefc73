import Testing
import Workbench

@Suite struct FramePaceTests {
  private let begin = ContinuousClock.now

  @Test func `cheap frames come ten times a second`() {
    var pace = FramePace()
    #expect(pace.isDue(at: begin))
    pace.made(at: begin, costing: .milliseconds(1))
    #expect(!pace.isDue(at: begin + .milliseconds(99)) && pace.isDue(at: begin + .milliseconds(100)))
  }

  @Test func `frames that cost much take a fifth of the time at most`() {
    var pace = FramePace()
    pace.made(at: begin, costing: .seconds(2))
    #expect(!pace.isDue(at: begin + .seconds(9)) && pace.isDue(at: begin + .seconds(10)))
  }
}
