import Jupyter
import Kernel
import Testing

@Suite struct OutputPacerTests {
  private let start = ContinuousClock.now
  private func text(_ name: String) -> MIMEBundle { MIMEBundle(text: name) }

  @Test func `Lines are gathered into one message`() {
    var pacer = OutputPacer()
    #expect(pacer.write("a\n", to: .stdout, at: start) == [])
    #expect(pacer.write("b\n", to: .stdout, at: start) == [])
    #expect(pacer.deadline == start + OutputPacer.gathering)
    #expect(pacer.due(at: start) == [])
    #expect(pacer.due(at: start + OutputPacer.gathering) == [.stream("a\nb\n", to: .stdout)])
    #expect(pacer.deadline == nil)
  }

  @Test func `The other stream, a display and a clearing come after what was written before`() {
    var pacer = OutputPacer()
    _ = pacer.write("a", to: .stdout, at: start)
    #expect(pacer.write("b", to: .stderr, at: start) == [.stream("a", to: .stdout)])
    #expect(
      pacer.display(text("d"), id: nil, at: start) == [.stream("b", to: .stderr), .displayData(text("d"), id: nil)])
    _ = pacer.write("c", to: .stdout, at: start)
    #expect(pacer.clear(wait: true) == [.stream("c", to: .stdout), .clearOutput(wait: true)])
  }

  @Test func `Much text does not wait`() {
    var pacer = OutputPacer()
    let much = String(repeating: "x", count: OutputPacer.fullText)
    #expect(pacer.write(much, to: .stdout, at: start) == [.stream(much, to: .stdout)])
  }

  @Test func `Renewals leave ten times a second, the last one always`() {
    var pacer = OutputPacer()
    var sent: [Message] = []
    for step in 0..<1000 {
      let now = start + .milliseconds(step)
      sent += pacer.due(at: now)
      sent += pacer.update(text("\(step)"), id: "p", at: now)
    }
    sent += pacer.flush()
    #expect(sent.count == 11)
    #expect(sent.last == .updateDisplayData(text("999"), id: "p"))
    #expect(pacer.deadline == nil)
    #expect(pacer.flush() == [])
  }

  @Test func `Displays are paced each for itself`() {
    var pacer = OutputPacer()
    #expect(pacer.update(text("a"), id: "1", at: start).count == 1)
    #expect(pacer.update(text("b"), id: "2", at: start).count == 1)
    #expect(pacer.update(text("c"), id: "1", at: start).isEmpty)
    #expect(pacer.due(at: start + OutputPacer.renewal) == [.updateDisplayData(text("c"), id: "1")])
  }
}
