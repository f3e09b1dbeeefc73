import Vocabulary

extension Option.Kind {
  /// What a diagnostic says was expected.
  package var expectation: String {
    switch self {
    case .bool: "true or false"
    case .int(let range): Self.wholeNumber(in: range)
    case .float(let range):
      range == .finite ? "a number" : range.holdsNaN ? range.description : "a number " + range.description
    case .share: "a share below 1 or a whole number of rows"
    case .text: "a text in quotes"
    case .path: "a file name in quotes"
    case .word(let words): Self.choice(of: words)
    case .call(let calls): Self.choice(of: calls.map(\.name))
    case .list(let kind): "a list, [a, b, ...], each " + kind.expectation
    case .duration: "a duration such as 30s, 10min or 2h"
    case .either(let kinds): kinds.map(\.expectation).joined(separator: ", or ")
    case .name(let kind): "the name of a \(kind.rawValue)"
    case .any, .printed: "a value"
    }
  }

  /// The words that may be typed here, for suggestions and completion.
  package var words: [String] {
    switch self {
    case .bool: ["true", "false"]
    case .word(let words): words
    case .call(let calls): calls.map(\.name)
    case .either(let kinds): kinds.flatMap(\.words)
    case .list(let kind): kind.words
    default: []
    }
  }

  /// The calls that may be typed here.
  package var calls: [Syntax] {
    switch self {
    case .call(let calls): calls
    case .either(let kinds): kinds.flatMap(\.calls)
    case .list(let kind): kind.calls
    default: []
    }
  }

  private static func wholeNumber(in range: ClosedRange<Int>) -> String {
    switch (range.lowerBound == .min, range.upperBound == .max) {
    case (true, true): "a whole number"
    case (false, true): "a whole number, at least \(range.lowerBound)"
    case (true, false): "a whole number, at most \(range.upperBound)"
    case (false, false): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }
  }

  private static func choice(of words: [String]) -> String {
    guard words.count > 1 else { return words.first ?? "nothing" }
    // A long list is Tab's to show.
    if words.count > 20 {
      return words.prefix(6).joined(separator: ", ") + ", ... (\(words.count) words, which Tab lists)"
    }
    return words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
  }
}
