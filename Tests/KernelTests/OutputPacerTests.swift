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

  @Test(arguments: [100, 10_000, 40_000, 140_000]) func `Renewals keep to a budget, whatever their size and number`(
    size: Int
  ) {
    var pacer = OutputPacer()
    let picture = String(repeating: "x", count: size)
    var bytes = 0
    var seen: Set<String> = []
    func note(_ messages: [Message]) {
      for case let message in messages {
        bytes += message.content.bytes.count + 1000
        if case .string(let id)? = message.content["transient"]?["display_id"] { seen.insert(id) }
      }
    }
    for step in 0..<60_000 {
      let now = start + .milliseconds(step)
      note(pacer.due(at: now))
      if step % 10 == 0 {
        for id in ["line", "1", "2"] {
          note(pacer.update(text(id == "line" ? "\(step)" : "\(step) \(picture)"), id: id, at: now))
        }
      }
    }
    #expect(bytes <= 60 * 50_000)
    #expect(seen.count == 3, "one of the displays was never renewed")
    let last = pacer.flush()
    #expect(last.contains(.updateDisplayData(text("59990 \(picture)"), id: "2")), "the last state is whole")
  }

  @Test func `A line that renews itself leaves four times a second, in its newest form`() {
    var pacer = OutputPacer()
    var sent: [Message] = []
    for step in 0..<1000 {
      let now = start + .milliseconds(step)
      sent += pacer.due(at: now)
      sent += pacer.write("\rstep \(step % 7 == 0 ? "long \(step)" : "\(step)")", to: .stdout, at: now)
    }
    #expect(sent.count == 3)
    sent = pacer.flush()
    #expect(sent == [.stream("\rstep 999     ", to: .stdout)])
    _ = pacer.write("before\n\ra", to: .stdout, at: start)
    _ = pacer.write("\rb", to: .stdout, at: start)
    _ = pacer.write("\nafter", to: .stdout, at: start)
    _ = pacer.write("\rc", to: .stdout, at: start)
    #expect(pacer.flush() == [.stream("before\n\rb\nafter\rc", to: .stdout)])
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
