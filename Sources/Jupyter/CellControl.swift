/// A line, a bar and a button that a front end draws while a cell runs, where it draws widgets.
///
/// Whoever made it renews it, asks it whether the button was pressed, and closes it before the cell ends. Safe from any thread.
package protocol CellControl: AnyObject, Sendable {
  /// What a display of it carries, beside what is shown where widgets are not drawn.
  var view: [String: JSON] { get }
  /// Renews the words, as HTML, and how much of the bar is filled, from 0 to 1; without a share there is no bar.
  func show(_ html: String, share: Double?)
  var isPressed: Bool { get }
  /// Takes it away. Its display has to show something else by then.
  func close()
}
