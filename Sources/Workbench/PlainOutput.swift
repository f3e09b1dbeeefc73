import Drawing
import Jupyter
import Synchronization

/// How much a cell shows.
package enum OutputMode: String, Sendable, CaseIterable {
  /// Tables, plots and progress.
  case full
  /// Text alone, at most `PlainOutput.limit` characters per cell.
  case plain
}

/// A cell's output as programs and language models read it: text, and little of it.
///
/// What is too long loses its middle: a table keeps its head and its last lines, and the count of those between.
final class PlainOutput: CellOutput {
  /// Characters per cell, the notes on what was left out among them.
  static let limit = 2000

  private let base: any CellOutput
  /// What may still be shown, and whether it was said that something is not.
  private let state = Mutex((left: limit - ending.count, isNoted: false))
  private static let ending = "\n... and more (set output=full shows all)\n"

  /// Whether it is wanted: a cell may say so in its midst. What was shown before does not count.
  private let isOn: @Sendable () -> Bool

  init(base: any CellOutput, isOn: @escaping @Sendable () -> Bool) { (self.base, self.isOn) = (base, isOn) }

  func write(_ text: String, to stream: OutputStream) {
    if !isOn() { return base.write(text, to: stream) }
    let fitting = take(text)
    if !fitting.isEmpty { base.write(fitting, to: stream) }
  }

  func display(_ bundle: MIMEBundle, id: String?) {
    if !isOn() { return base.display(bundle, id: id) }
    guard let bundle = reduced(bundle) else { return }
    base.display(bundle, id: id)
  }

  func update(_ bundle: MIMEBundle, id: String) {
    if !isOn() { return base.update(bundle, id: id) }
    guard let bundle = reduced(bundle) else { return }
    base.update(bundle, id: id)
  }

  func clear(wait: Bool) { base.clear(wait: wait) }
  func control(button: String) -> (any CellControl)? { isOn() ? nil : base.control(button: button) }
  var columns: Int { base.columns }

  /// The text of a bundle as far as it fits, and JSON that fits as well; nil if nothing is left.
  func reduced(_ bundle: MIMEBundle) -> MIMEBundle? {
    guard case .string(let text)? = bundle.data["text/plain"] else { return nil }
    let fitting = take(text)
    if fitting.isEmpty { return nil }
    var reduced = MIMEBundle(text: fitting)
    reduced.data["application/json"] = fitting == text ? bundle.data["application/json"] : nil
    return reduced
  }

  private func take(_ text: String) -> String {
    state.withLock { state in
      let fitting = Self.cut(text, to: state.left)
      state.left -= fitting.unicodeScalars.count
      if !fitting.isEmpty || text.isEmpty || state.isNoted { return fitting }
      state.isNoted = true
      return Self.ending
    }
  }

  /// The text itself if it has at most so many characters, else its first lines, how many are left out, and its last lines.
  static func cut(_ text: String, to limit: Int) -> String {
    if text.unicodeScalars.count <= limit { return text }
    let room = limit - 60
    guard room > 20 else { return "" }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.unicodeScalars.count <= room / 2 ? String(line) : scalars(line, room / 2 - 3) + "..."
    }
    var (head, tail): ([String], [String]) = ([], [])
    var used = 0
    for line in lines {
      if used + line.unicodeScalars.count + 1 > room * 2 / 3 { break }
      head.append(line)
      used += line.unicodeScalars.count + 1
    }
    for line in lines[head.count...].reversed() {
      if used + line.unicodeScalars.count + 1 > room { break }
      tail.insert(line, at: 0)
      used += line.unicodeScalars.count + 1
    }
    let missing = lines.count - head.count - tail.count
    let note = missing > 0 ? ["... \(missing) lines left out (set output=full shows all)"] : []
    return (head + note + tail).joined(separator: "\n")
  }

  private static func scalars(_ text: Substring, _ count: Int) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(count)))
  }
}

extension Picture {
  /// What it shows, in words.
  var words: String { title + ": " + description }
}
