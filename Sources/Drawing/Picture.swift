/// A drawn picture in its three forms, all from the same numbers.
package struct Picture: Sendable, Equatable {
  /// ASCII, presentation attributes only, explicit size and background.
  package var svg: String
  /// At most 80 columns, no colour needed.
  package var text: String
  /// `<title>` of the SVG.
  package var title: String
  /// `<desc>` of the SVG and, after the title, the alternative text of the HTML form: what the picture shows, in words.
  package var description: String
  /// Size in CSS pixels.
  package var width: Int
  package var height: Int
  private var source: LiveSource?

  package init(svg: String, text: String, title: String, description: String, width: Int = 0, height: Int = 0) {
    self.init(svg: svg, text: text, title: title, description: description, width: width, height: height, source: nil)
  }

  init(
    svg: String, text: String, title: String, description: String, width: Int, height: Int, source: LiveSource?
  ) {
    self.source = source
    self.svg = svg
    self.text = text
    self.title = title
    self.description = description
    self.width = width
    self.height = height
  }

  /// The SVG as an image in HTML: shown by pages that refuse inline SVG, and after a notebook is reopened untrusted.
  package var bundleHTML: String {
    "<img src=\"data:image/svg+xml;base64,\(Base64.encode(svg.utf8))\" alt=\"\(alternative)\""
      + " width=\"\(width)\" height=\"\(height)\">"
  }

  /// The same, which comes to life where scripts may run; the plain image for a picture that cannot.
  package var liveHTML: String { source?.html(alternative: alternative, description: description) ?? bundleHTML }

  private var alternative: String {
    Markup.escaped(TextWidth.singleLine(title) + ". " + TextWidth.singleLine(description))
  }
}
