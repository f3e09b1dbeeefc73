import Drawing
import Jupyter

extension MIMEBundle {
  /// A table as text and as HTML.
  package init(table: Table) {
    self.init(["text/plain": .string(table.text()), "text/html": .string(table.html())])
  }

  /// A plot as SVG, as HTML holding it as an image, and as its text twin.
  package init(picture: Picture) {
    self.init([
      "image/svg+xml": .string(picture.svg), "text/html": .string(picture.bundleHTML),
      "text/plain": .string(picture.text),
    ])
  }
}
