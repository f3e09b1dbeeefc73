import Drawing
import Jupyter

extension MIMEBundle {
  /// A table as text and as HTML.
  package init(table: Table) {
    self.init(["text/plain": .string(table.text()), "text/html": .string(table.html())])
  }

  /// A plot as SVG, as HTML holding it as an image, and as its text twin. The image answers to the pointer if it is live and
  /// scripts may run.
  package init(picture: Picture, isLive: Bool = false) {
    self.init([
      "image/svg+xml": .string(picture.svg),
      "text/html": .string(isLive ? picture.liveHTML : picture.bundleHTML),
      "text/plain": .string(picture.text),
    ])
  }
}
