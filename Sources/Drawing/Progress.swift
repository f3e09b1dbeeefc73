/// One line that says how far something is: `[####----] epoch 3/20  loss 0.31  acc 91.2%  2.1 s left`.
package struct Progress: Sendable {
  package struct Field: Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What is counted: `epoch`, `trial`.
  package var unit: String
  package var done: Int
  /// nil: nobody knows; the line then has no bar.
  package var total: Int?
  /// The share of the bar that is filled; nil takes `done / total`. Lets a bar move within an epoch.
  package var fraction: Double?
  /// In order of weight: the last ones give way where the line is short.
  package var fields: [Field]
  package var secondsLeft: Double?

  package init(
    unit: String, done: Int, total: Int?, fraction: Double? = nil, fields: [Field] = [], secondsLeft: Double? = nil
  ) {
    self.unit = unit
    self.done = done
    self.total = total
    self.fraction = fraction
    self.fields = fields
    self.secondsLeft = secondsLeft
  }

  /// The share done, in 0...1; nil if the total is not known.
  package var share: Double? {
    if let fraction, fraction.isFinite { return min(max(fraction, 0), 1) }
    guard let total else { return nil }
    return total <= 0 ? 1 : min(max(Double(done) / Double(total), 0), 1)
  }

  private var counter: String {
    unit + " " + Number.count(done) + (total.map { "/" + Number.count($0) } ?? "")
  }

  /// The counter as wide as it will ever be, so that what stands behind it does not move.
  private var steadyCounter: String {
    guard let total else { return counter }
    let room = TextWidth.of(Number.count(total)) - TextWidth.of(Number.count(done))
    return unit + String(repeating: " ", count: 1 + max(0, room)) + Number.count(done) + "/" + Number.count(total)
  }

  private var words: [String] {
    fields.map { TextWidth.singleLine($0.name.isEmpty ? $0.value : "\($0.name) \($0.value)") }
  }

  private var timeLeft: String? {
    guard let secondsLeft, secondsLeft.isFinite, secondsLeft >= 0 else { return nil }
    return Number.duration(secondsLeft) + " left"
  }

  /// At most `width` columns, which alone decide how long the bar is: it must not jump as numbers come and go. The last
  /// fields give way first; the counter always stays.
  package func text(width: Int = 80) -> String {
    let head = share.map { Self.bar($0, cells: width >= 100 ? 20 : width >= 60 ? 12 : 8) + " " } ?? ""
    var kept = words
    func line() -> String { head + ([steadyCounter] + kept + [timeLeft].compactMap { $0 }).joined(separator: "  ") }
    while TextWidth.of(line()) > width, !kept.isEmpty { kept.removeLast() }
    return TextWidth.cut(line(), to: width)
  }

  /// The same as a `<progress>` element that pages style themselves, and the words beside it.
  package var html: String {
    let bar = share.map { "<progress value=\"\(Number.fixed($0, decimals: 3))\" max=\"1\"></progress> " } ?? ""
    return "<div>" + bar + htmlWords + "</div>"
  }

  /// The words alone.
  package var htmlWords: String {
    ([counter] + words + [timeLeft].compactMap { $0 }).map { Markup.escaped($0) }.joined(separator: " &nbsp; ")
  }

  private static func bar(_ share: Double, cells: Int) -> String {
    let filled = Int((share * Double(cells)).rounded(.down))
    return "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: cells - filled) + "]"
  }
}
