import Testing
import Workbench

/// `study new "b" like="a"` as it is typed.
@Suite struct LikeTests {
  private func notebook() throws -> Notebook {
    try Notebook(
      "space external\n    lr in log(1e-5..1.0)\n    width in 4..64", "study new \"a\" sampler=random seed=1",
      "ask;\ntell 0 3", "ask;\ntell 1 0.5", "ask;\ntell 2 2")
  }

  @Test(arguments: ["like=\"a\"", "like=a", "like=[\"a\"]", "like=[\"a\", \"a\"]"])
  func `the best of an earlier study is tried first, and that is said`(_ like: String) throws {
    let notebook = try notebook()
    let best = try notebook.json("trials[1].params.lr")
    let text = try notebook.run("study new \"b\" \(like)").text
    #expect(text == "study 'b' begins, kept in memory; its first trials try the best configurations of 'a'\n")
    #expect(try notebook.run("study").text.contains("like"))
    try notebook.run("ask;\nstudy open \"b\"")
    #expect(try notebook.json("trials[0].params.lr") == best)
  }

  @Test func `the network's own names take what others call by other names`() throws {
    let notebook = try notebook()
    try notebook.run(
      "set progress=none\ndata iris\nspace\n    learning_rate in log(1e-5..1)\n    neurons in 4..64\nstudy new \"b\" like=\"a\""
    )
    let text = try notebook.run("tune trials=1 epochs=1").text
    #expect(text.contains("textbook") == false, "\(text)")
    let rate = try notebook.json("trials[0].params.learning_rate")
    try notebook.run("study open \"a\"")
    #expect(try notebook.json("trials[1].params.lr") == rate)
  }

  @Test(arguments: [
    ("study new \"b\" like=\"c\"", "there is no study 'c'"),
    ("study new \"b\" like=\"b\"", "study 'b' cannot be like itself"),
    (
      "study new \"empty\"\nstudy new \"b\" like=[\"a\", \"empty\"]",
      "study 'empty' has no complete trial to begin with"
    ),
    ("space external\n    chi in 0..1\nstudy new \"b\" like=\"a\"", "study 'a' has no parameter of this space"),
    ("study delete \"a\" like=\"b\"", "'like' has no effect on study delete"),
    ("study new \"b\" like=3", "like"),
  ])
  func `what cannot be begun with is refused, and no study is made`(_ cell: String, _ message: String) throws {
    let notebook = try notebook()
    let failure = notebook.execute(cell).failure
    #expect(failure?.message.contains(message) == true, "\(String(describing: failure))")
    #expect(notebook.execute("study open \"b\"").failure?.message.contains("there is no study 'b'") == true)
  }

  @Test(arguments: ["study new \"b\" like=|", "study new \"b\" like=[|"])
  func `the studies of the storage are completed`(_ typed: String) throws {
    let cell = typed.replacing("|", with: "")
    #expect(try notebook().workbench.complete(cell, at: cell.utf8.count).matches.map(\.text).contains("a"))
  }

  @Test func `a space that is described later is checked too`() throws {
    let notebook = try notebook()
    let other = try Notebook("study new \"b\"")
    #expect(other.execute("study new \"c\" like=\"b\"").failure?.message.contains("no complete trial") == true)
    let failure = notebook.execute("study new \"b\" like=\"a\"\nspace external\n    chi in 0..1\nask").failure
    #expect(failure?.message.contains("no parameter of this space") == true)
  }
}
