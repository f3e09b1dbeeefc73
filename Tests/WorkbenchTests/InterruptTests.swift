import Jupyter
import Testing
import Workbench

/// An interrupt ends a cell cleanly and keeps what is done.
@Suite struct InterruptTests {
  /// Executes a cell and interrupts it at the display that `isTime` recognises.
  static func interrupted(
    _ source: String, in notebook: Notebook, when isTime: @escaping @Sendable (RecordingOutput.Event) -> Bool
  ) -> Notebook.Answer {
    let interruption = Interruption()
    let output = RecordingOutput.slow(first: 20) { if isTime($0) { interruption.raise() } }
    return notebook.execute(source, cellID: "cell", interruption: interruption, output: output)
  }

  /// The growing plot shows once an epoch, or a trial, is done.
  static let isPlot: @Sendable (RecordingOutput.Event) -> Bool = { event in
    if case .display(_, let id?) = event { id.hasSuffix("-plot") } else { false }
  }

  @Test func `a training keeps its history and goes on bit for bit`() throws {
    let words = "epochs=3000 batch_size=8 schedule=cosine dropout=0.1 optimizer=sgd momentum=0.9 learning_rate=0.01"
    let notebook = try Notebook("data iris", "network hidden=[8]")
    let answer = Self.interrupted("train \(words)", in: notebook, when: Self.isPlot)
    #expect(answer.failure?.name == "KeyboardInterrupt")
    let done = try #require(notebook.json("run.epochs").int)
    #expect((1..<3000).contains(done))
    #expect(try notebook.json("run.stopped") == "interrupted")
    #expect(try notebook.json("run.history.val_loss").array?.count == done)
    #expect(answer.displays.contains { $0.plainText?.contains("run-1") == true }, "the table of what was done stays")
    try notebook.run("evaluate test;\nset progress=none\ntrain resume=true")
    #expect(try notebook.json("run.epochs") == 3000)
    let whole = try Notebook("set progress=none", "data iris", "network hidden=[8]", "train \(words)")
    #expect(try notebook.json("run.history") == whole.json("run.history"))
    #expect(notebook.execute("train resume=true").failure?.message.contains("3000") == true)
    try notebook.run("train resume=true epochs=2")
    #expect(try notebook.json("run.epochs") == 3002)
  }

  @Test func `a study keeps its finished trials and goes on`() throws {
    let notebook = try Notebook("data iris", "space\n    neurons in 4..64\n    learning_rate in log(1e-4..1e-1)")
    let answer = Self.interrupted(
      "tune trials=100000 epochs=2 sampler=random parallel=2 seed=3", in: notebook, when: Self.isPlot)
    #expect(answer.failure?.name == "KeyboardInterrupt")
    let trials = try #require(notebook.json("trials").array)
    let done = trials.filter { $0["state"] == "complete" }.count
    #expect(done > 0)
    #expect(!trials.contains { $0["state"] == "running" })
    try notebook.run("set progress=none\nbest\nevaluate test\ntune trials=3 epochs=2 parallel=2")
    #expect(try notebook.json("trials").array?.filter { $0["state"] == "complete" }.count ?? 0 >= done + 3)
  }

  @Test func `later statements do not run and the session stays usable`() throws {
    let notebook = try Notebook("data iris", "network hidden=[8]")
    let answer = Self.interrupted(
      "before = 1\ntrain epochs=100000\nafter = 2", in: notebook,
      when: { if case .display = $0 { true } else { false } })
    #expect(answer.failure?.name == "KeyboardInterrupt")
    #expect(try notebook.run("before").result == "1")
    #expect(notebook.execute("after").failure != nil)
    try notebook.run("train epochs=1")
  }

  @Test func `an interrupt before the first batch is an interrupt`() throws {
    let notebook = try Notebook("data iris")
    let interruption = Interruption()
    interruption.raise()
    #expect(notebook.execute("train", interruption: interruption).failure?.name == "KeyboardInterrupt")
    try notebook.run("train epochs=1")
  }
}
