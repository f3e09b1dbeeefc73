import Foundation
import Testing
import Workbench

/// Each option of `study` has its effect with each action, or is refused: none is dropped in silence.
@Suite struct StudyOptionTests {
  private static let actions = ["list", "delete \"a\"", "rename \"b\"", "storage \"other.db\"", "stop", ""]
  private static let options = [
    "sampler=tpe", "pruner=asha", "direction=maximize", "seed=1", "create=true", "follow=false", "storage=\"o.db\"",
  ]
  /// What is used: see the tests below.
  private static let used: Set<String> = ["list storage=\"o.db\"", "delete \"a\" storage=\"o.db\""]

  private static let refused =
    actions.flatMap { action in options.map { "\(action) \($0)" } }
    .filter { !used.contains($0) } + ["new \"c\" create=true", "new \"c\" follow=false"]

  @Test(arguments: refused)
  func `an option that an action does not use is refused`(words: String) throws {
    let notebook = try Notebook("set progress=none", "study new \"a\"")
    let failure = try #require(notebook.execute("study \(words)").failure)
    #expect(failure.message.contains("has no effect"))
    #expect(try notebook.json("study.name") == "a")
  }

  @Test func `new, list and delete work on the storage that is given`() throws {
    let folder = try TemporaryFolder()
    let file = "storage=\"\(folder.path)/s.db\""
    let notebook = try Notebook("set progress=none", "study new \"here\"", "study new \"there\" \(file)")
    #expect(try Notebook().run("study list \(file)").text.contains("there"))
    // A begun study's storage is the session's.
    #expect(try notebook.run("study list").text.contains("there"))
    #expect(try Notebook().run("study delete \"there\" \(file)").written().contains("is deleted"))
    #expect(try Notebook().run("study list \(file)").text.contains("none yet"))
  }

  @Test(arguments: ["list", "delete \"a\""])
  func `a file that does not exist is not made by looking`(action: String) throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/missing.db"
    let failure = try #require(Notebook().execute("study \(action) storage=\"\(file)\"").failure)
    #expect(failure.message.contains("there is no file"))
    #expect(!FileManager.default.fileExists(atPath: file))
  }

  @Test func `studies in memory stay when memory is asked for again`() throws {
    let notebook = try Notebook("set progress=none", "study new \"a\"", "study storage none")
    #expect(try notebook.run("study list").text.contains("a "))
    #expect(notebook.execute("study open \"a\"").failure == nil)
  }

  @Test func `a column that the table has anyway is not shown twice`() throws {
    let notebook = try Notebook(
      "set progress=none", "data iris limit=60", "space\n    neurons in 4..8", "tune trials=2 epochs=1")
    let table = try notebook.run("trials columns=[val_loss, neurons, val_accuracy, val_accuracy]").text
    let head = try #require(table.split(separator: "\n").first { $0.contains("trial ") && $0.contains("state") })
    let words = head.split(separator: " ")
    #expect(words.filter { $0 == "val_loss" }.count == 1)
    #expect(words.filter { $0 == "neurons" }.count == 1)
    #expect(words.filter { $0 == "val_accuracy" }.count == 1)
  }
}
