/// A drawn picture in its three forms, all from the same numbers.
package struct Picture: Sendable {
  /// ASCII, presentation attributes only, explicit size and background.
  package var svg: String
  /// At most 80 columns, no colour needed.
  package var text: String
  /// `<title>` and the alternative text of the HTML form.
  package var title: String
  package var description: String

  package init(svg: String, text: String, title: String, description: String) {
    self.svg = svg
    self.text = text
    self.title = title
    self.description = description
  }
}
