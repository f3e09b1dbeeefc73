import Vocabulary

/// A mistake in a cell: where it is, what is wrong, what was expected and what may have been meant.
///
/// `rendered(in:)` makes the lines that a person reads.
package struct Diagnostic: Error, Sendable, Equatable {
  package var message: String
  package var span: Span
  package var hint: String?
  /// What other code goes by: never the wording.
  package var fact: Fact?

  package enum Fact: Sendable, Equatable {
    /// A word that means nothing at its place; and the one that may have been meant.
    case unknownWord(near: String?)
    /// An attribute of a bare word, which has none.
    case attributeOfWord
    /// Another language begins here: what follows in the cell is that language's too, and no mistake of its own.
    case otherLanguage
    /// Numbers for which an operation has no result: an overflow, a division by zero.
    case arithmetic
  }

  package init(_ message: String, at span: Span, hint: String? = nil, fact: Fact? = nil) {
    self.fact = fact
    // What is quoted in it may be an address with a password.
    self.message = Self.shown(message)
    self.span = span
    self.hint = hint.map(Self.shown)
  }

  /// A sentence as it may be shown: without passwords and without what could steer a terminal, and of a length that can
  /// be read, however long the names in it are.
  private static func shown(_ text: String) -> String {
    // Of a long text more is searched for passwords than is shown: one that ends behind it is found too. A line end in it
    // comes from a name.
    let beginning = String(text.unicodeScalars.prefix(4 * longest))
    let hidden = Secrets.hidden(beginning).replacing("\n", with: "\\n").replacing("\r", with: "\\r")
    guard hidden.utf8.count > longest, hidden.unicodeScalars.count > longest else { return VisibleText.cleaned(hidden) }
    return VisibleText.cleaned(String(String.UnicodeScalarView(hidden.unicodeScalars.prefix(longest)))) + "..."
  }

  private static let longest = 2_000

  /// Message and hint in one line: `unknown parameter 'x' of train; did you mean 'y'?`
  package var sentence: String { hint.map { "\(message); \($0)" } ?? message }

  /// The sentence, with its line in front where the cell has several.
  package func summary(in source: Source) -> String {
    source.lineCount > 1 ? "line \(source.line(of: span.start)): \(sentence)" : sentence
  }

  /// The line, a caret line under the exact span, and the summary:
  ///
  ///     train epochs=20 learning_rat=0.1
  ///                     ^~~~~~~~~~~~
  ///     unknown parameter 'learning_rat' of train; did you mean 'learning_rate'?
  package func rendered(in source: Source) -> String {
    let excerpt = Excerpt(of: span, in: source)
    return [excerpt.line, excerpt.marks, summary(in: source)].joined(separator: "\n")
  }
}

extension [Diagnostic] {
  /// In the order of the source, up to the first line of another language.
  package var inOrder: [Diagnostic] {
    let sorted = sorted { $0.span.start < $1.span.start }
    let last = sorted.firstIndex { $0.fact == .otherLanguage } ?? sorted.count
    return Array(sorted.prefix(last + 1))
  }

  /// All of them up to twenty, a blank line between; the last line tells the first mistake and how many there are more.
  package func rendered(in source: Source) -> String {
    guard count > 1 else { return first?.rendered(in: source) ?? "" }
    let blocks = prefix(Self.shownAtOnce).map { $0.rendered(in: source) }.joined(separator: "\n\n")
    return blocks + "\n\n" + summary(in: source)
  }

  /// More would hide the first ones.
  private static var shownAtOnce: Int { 20 }

  /// One line for all: what a test runner shows.
  package func summary(in source: Source) -> String {
    guard let first else { return "" }
    if count == 1 { return first.summary(in: source) }
    return first.summary(in: source) + " (and \(count - 1) more mistake\(count == 2 ? "" : "s"))"
  }
}
