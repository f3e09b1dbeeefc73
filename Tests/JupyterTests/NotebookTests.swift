import Jupyter
import Testing

@Suite struct NotebookTests {
  @Test func `Code cells are read, others passed over`() throws {
    let notebook = try Notebook(
      JSON(
        parsing: """
          {"cells": [
            {"cell_type": "markdown", "source": "# Title", "metadata": {}},
            {"cell_type": "code", "source": ["a\\n", "b"], "metadata": {}},
            {"cell_type": "code", "source": "c", "metadata": {"tags": ["raises-exception"]}}]}
          """))
    #expect(notebook.cells.map(\.source) == ["a\nb", "c"])
    #expect(notebook.cells.map(\.mayFail) == [false, true])
  }

  @Test(arguments: ["{}", "[]", #"{"cells":[{"cell_type":"code"}]}"#, #"{"cells":[{"cell_type":"code","source":1}]}"#])
  func `What is no notebook is refused`(text: String) throws {
    let json = try JSON(parsing: text)
    #expect(throws: MalformedNotebook.self) { try Notebook(json) }
  }
}
