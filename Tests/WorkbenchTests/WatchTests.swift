import Foundation
import Jupyter
import Synchronization
import Testing
import Workbench

/// `watch` shows what runs elsewhere, renews it, and ends with it.
@Suite struct WatchTests {
  static let space = "space\n    neurons in 4..64\n    learning_rate in log(1e-4..1e-1)"

  /// Runs a cell that takes a while in a thread of its own, and `body` once it shows a plot. `body` gets its interruption.
  private func beside(
    _ source: String, in notebook: Notebook, _ body: (Interruption) throws -> Void
  ) throws -> Failure? {
    let interruption = Interruption()
    let (begun, ended) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let failure = Mutex<Failure?>(nil)
    let workbench = notebook.workbench
    let cell = Cell(
      source: source, userExpressions: [:], isSilent: false, allowsInput: false, metadata: ["cellId": "cell"],
      subshell: nil, executionCount: 1, interruption: interruption)
    let output = RecordingOutput.slow(first: 0) { if InterruptTests.isPlot($0) { begun.signal() } }
    Thread.detachNewThread {
      let outcome = workbench.execute(cell, output: output)
      failure.withLock { $0 = outcome.failure }
      begun.signal()
      ended.signal()
    }
    begun.wait()
    let result = Result { try body(interruption) }
    interruption.raise()
    ended.wait()
    try result.get()
    return failure.withLock { $0 }
  }

  @Test func `a subshell watches a study until it ends`() throws {
    let notebook = try Notebook("data iris", Self.space)
    _ = try beside("tune trials=100000 epochs=1 sampler=random parallel=1", in: notebook) { study in
      let output = RecordingOutput.slow(first: 0) { if case .update = $0 { study.raise() } }
      let answer = notebook.execute("watch", cellID: "look", subshell: "sub", output: output)
      #expect(answer.failure == nil)
      #expect(answer.events.contains { if case .update = $0 { true } else { false } }, "it was renewed")
      #expect(answer.text.contains("best 5 of"), "the table stays: \(answer.text)")
      #expect(answer.displays.contains { $0.data["image/svg+xml"] != nil }, "the plot stays")
    }
  }

  @Test func `a subshell watches a training until it ends`() throws {
    let notebook = try Notebook("data iris", "network hidden=[8]")
    _ = try beside("train epochs=1000000", in: notebook) { training in
      let output = RecordingOutput.slow(first: 0) { if case .update = $0 { training.raise() } }
      let answer = notebook.execute("watch", cellID: "look", subshell: "sub", output: output)
      #expect(answer.failure == nil && answer.text.contains("interrupted after"), "\(answer.text)")
      #expect(answer.displays.contains { $0.data["image/svg+xml"] != nil })
    }
  }

  @Test func `a second notebook watches the same file`() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/tuning.db"
    let first = try Notebook("data iris", Self.space, "study storage \"\(file)\"", "study new \"long\"")
    _ = try beside("tune trials=100000 epochs=1 sampler=random parallel=1", in: first) { study in
      let second = try Notebook("study open \"long\" storage=\"\(file)\"")
      let output = RecordingOutput.slow(first: 0) { if case .update = $0 { study.raise() } }
      let answer = second.execute("watch", cellID: "look", output: output)
      #expect(answer.failure == nil && answer.text.contains("best 5 of"), "\(answer.text)")
    }
  }

  @Test func `an interrupt ends the looking, not the study`() throws {
    let notebook = try Notebook("data iris", Self.space)
    let study = try beside("tune trials=100000 epochs=1 sampler=random parallel=1", in: notebook) { study in
      let interruption = Interruption()
      let output = RecordingOutput.slow(first: 0) { if case .update = $0 { interruption.raise() } }
      let answer = notebook.execute(
        "watch", cellID: "look", subshell: "sub", interruption: interruption, output: output)
      #expect(answer.failure?.message.contains("the study goes on") == true)
      #expect(answer.text.contains("best 5 of"))
      #expect(!study.isRaised)
    }
    #expect(study?.message.contains("tuning was interrupted") == true)
  }

  @Test func `what does not run is shown once`() throws {
    let notebook = try Notebook()
    #expect(try #require(notebook.execute("watch").failure).message.contains("nothing to watch"))
    try notebook.run("data iris")
    try notebook.run("train epochs=2")
    #expect(try notebook.run("watch").text.contains("run-1: 2 epochs"))
    try notebook.run(Self.space)
    try notebook.run("tune trials=2 epochs=1")
    for cell in ["watch", "watch \"study-1\""] {
      let answer = try notebook.run(cell)
      #expect(answer.text.contains("2 complete") && answer.displays.count == 2, "\(answer.text)")
    }
  }
}
