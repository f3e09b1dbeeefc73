import Jupyter
import Testing
import Workbench

/// A password that was typed into an address is in nothing that a cell shows, refuses or leaves.
@Suite struct PasswordTests {
  static let secret = "geheim-17"

  @Test(arguments: [
    #"study storage "postgresql://me:geheim-17@127.0.0.1:1/db""#,
    #"study storage "postgresql://127.0.0.1:1/db?user=me&password=geheim-17""#,
    #"study storage "postgresql://me:geheim-17@127.0.0.1:1/%zz""#,
    #"study storage "postgresql+psycopg2://me:geheim-17@127.0.0.1:1/db""#,
    #"study storge "postgresql://me:geheim-17@127.0.0.1:1/db""#,
    #"study storage "host=127.0.0.1 port=1 pass%77ord=geheim-17""#,
    #"study storage "postgresql://127.0.0.1:1/x?user=a&pass%77ord=geheim-17""#,
    #"study storage "host=127.0.0.1 password='\\'geheim-17'""#,
    #"study storage "/nowhere/postgresql:/me:geheim-17@h/db""#,
    #"study storage "/nowhere/postgresql//me:geheim-17@h/db""#,
    #"study new "postgresql://me:geheim-17@h/db""#, #"study new "host=h password=geheim-17""#,
    #"study new "mysql+pymysql://me:geheim-17@h/db""#, "data iris\ntrain epochs=1 name=\"host=h password=geheim-17\"",
    "a = \"host=localhost port=1 password=geheim-17\"\nlen(a) + nothing",
    #"data "postgresql://me:geheim-17@127.0.0.1:1/db""#,
    #"data csv("https://me:geheim-17@127.0.0.1/data.csv")"#,
    #"study open "postgresql://me:geheim-17@127.0.0.1:1/db""#,
    #"stdy storage "postgresql://me:geheim-17@127.0.0.1:1/db""#,
    #"train epochs="postgresql://me:geheim-17@127.0.0.1:1/db""#,
    #"x = 1 +* "postgresql://me:geheim-17@127.0.0.1:1/db""#,
    "url = \"postgresql://me:geheim-17@127.0.0.1:1/db\"\nstudy storage url",
    "password = \"geheim-17\"\nstudy storage \"postgresql://me:\" + password + \"@127.0.0.1:1/db\"",
  ])
  func `no mistake repeats a password`(cell: String) throws {
    let notebook = try Notebook()
    let answer = notebook.execute(cell)
    let failure = try #require(answer.failure)
    let shown = ([failure.name, failure.message] + failure.traceback + ["\(answer.events)"]).joined(separator: "\n")
    #expect(!shown.contains(Self.secret), "\(shown)")
    #expect(!notebook.workbench.remembered(cell).contains(Self.secret))
    #expect(!(try notebook.run("show").text.contains(Self.secret)))
    #expect(!(try notebook.run("study storage").text.contains(Self.secret)))
  }
}
