/// The code cells of a notebook file (nbformat 4).
package struct Notebook: Sendable {
  package struct CodeCell: Sendable {
    package var source: String
    /// Tagged `raises-exception`: the notebook goes on if the cell fails.
    package var mayFail: Bool
    /// The cell's own, its tags among it.
    package var metadata: JSON

    package init(source: String, mayFail: Bool = false, metadata: JSON = [:]) {
      self.source = source
      self.mayFail = mayFail
      self.metadata = metadata
    }

    package var tags: [String] { metadata["tags"]?.array?.compactMap(\.string) ?? [] }
  }
  package var cells: [CodeCell]

  package init(_ json: JSON) throws(MalformedNotebook) {
    guard let cells = json["cells"]?.array else { throw MalformedNotebook(reason: "it has no list of cells") }
    self.cells = []
    for cell in cells where cell["cell_type"]?.string == "code" {
      guard let source = cell["source"].flatMap(Self.text) else {
        throw MalformedNotebook(reason: "a code cell has no source")
      }
      // Only the tags: a front end's other fields would say that one is there.
      let tags = cell["metadata"]?["tags"]?.array ?? []
      self.cells.append(
        CodeCell(source: source, mayFail: tags.contains("raises-exception"), metadata: ["tags": .array(tags)]))
    }
  }

  /// A text that is written as one string or as a list of lines.
  private static func text(_ json: JSON) -> String? { json.string ?? json.array?.compactMap(\.string).joined() }
}

package struct MalformedNotebook: Error, Equatable, Sendable, CustomStringConvertible {
  package var reason: String
  package var description: String { reason }
}
