import Jupyter
import Vocabulary

/// A cell's output through which no text can steer the terminal that shows it: names in files, cells of tables, stored
/// texts and messages of other programs all pass here.
struct CleanOutput: CellOutput {
  let base: any CellOutput

  /// A carriage return at either end renews a line of progress and stays; one within a text would write over it.
  func write(_ text: String, to stream: OutputStream) {
    let start = text.hasPrefix("\r") ? "\r" : ""
    let end = text.hasSuffix("\r") && text != "\r" ? "\r" : ""
    let inner = text.dropFirst(start.count).dropLast(end.count)
    base.write(start + VisibleText.cleaned(String(inner)) + end, to: stream)
  }

  func display(_ bundle: MIMEBundle, id: String?) { base.display(bundle.cleaned, id: id) }
  func update(_ bundle: MIMEBundle, id: String) { base.update(bundle.cleaned, id: id) }
  func clear(wait: Bool) { base.clear(wait: wait) }
  func control(button: String) -> (any CellControl)? { base.control(button: button).map(CleanControl.init) }
  var columns: Int { base.columns }
}

/// The same for a control's words.
private final class CleanControl: CellControl {
  private let base: any CellControl
  init(_ base: any CellControl) { self.base = base }

  var view: [String: JSON] { base.view }
  var isPressed: Bool { base.isPressed }
  func show(_ html: String, share: Double?) { base.show(VisibleText.cleaned(html), share: share) }
  func close() { base.close() }
}

extension MIMEBundle {
  /// The same with its texts and markup cleaned; JSON is for programs and stays exact.
  var cleaned: MIMEBundle {
    var result = self
    for (type, content) in data {
      if case .string(let text) = content { result.data[type] = .string(VisibleText.cleaned(text)) }
    }
    return result
  }
}

extension Failure {
  /// The same as it may be shown.
  var cleaned: Failure {
    var result = self
    result.message = VisibleText.cleaned(message)
    result.traceback = traceback.map(VisibleText.cleaned)
    return result
  }
}
