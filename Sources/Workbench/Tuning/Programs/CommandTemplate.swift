import Language

/// The text of `tune program=...`: split into arguments as a shell would, without being one, and filled in for each trial.
///
///     python train.py --lr {learning_rate} --name "run {trial}"
///
/// A value becomes part of the argument that names it, whatever it holds.
package struct CommandTemplate {
  /// A mistake in the text, as a person sees it.
  package struct Mistake: Error, Equatable {
    package var message: String
    package var hint: String?
  }

  private enum Piece: Equatable {
    case text(String)
    case name(String)
  }

  private let arguments: [[Piece]]

  /// The names in braces, in order of appearance.
  package let names: [String]

  /// `known`: what may stand in braces, of which the first `shown` are listed where a name is none of them. Braces around
  /// anything that is not like a name stay as they are. Throws a `Mistake`.
  package init(_ text: String, known: [String], shown: Int) throws {
    let words = try Self.split(text)
    guard !words.isEmpty else {
      throw Mistake(message: "the program has no name", hint: "write program=\"python train.py --lr {learning_rate}\"")
    }
    for word in words where Self.shellWords.contains(word.text) && !word.isQuoted {
      throw Mistake(
        message: "no shell reads this text: '\(word.text)' would be an argument of the program",
        hint: "write a script that does it, and name the script")
    }
    arguments = try words.map { try Self.pieces($0.text, known, shown) }
    names = arguments.joined().reduce(into: []) { names, piece in
      if case .name(let name) = piece, !names.contains(name) { names.append(name) }
    }
    if case .name? = arguments[0].first {
      throw Mistake(message: "the program itself cannot be searched", hint: "write its name first")
    }
  }

  private static let shellWords: Set = ["|", "||", "&&", "&", ";", ">", ">>", "<", "2>&1"]

  /// The arguments of a trial. An argument with a name that has no value (its parameter is not active) is left out, and with it
  /// the option before it: `--momentum {momentum}`.
  package func filled(_ values: [String: String]) -> [String] {
    var result: [String] = []
    for (index, pieces) in arguments.enumerated() {
      var argument = ""
      var isActive = true
      for piece in pieces {
        switch piece {
        case .text(let text): argument += text
        case .name(let name):
          isActive = isActive && values[name] != nil
          argument += values[name] ?? ""
        }
      }
      if isActive {
        result.append(argument)
      } else if index > 1, pieces.count == 1, case .text(let option) = arguments[index - 1].first,
        arguments[index - 1].count == 1, option.hasPrefix("-"), !option.contains("=")
      {
        result.removeLast()
      }
    }
    return result
  }

  /// The same text with the values of some names in their places, for a process that does not know them: as read back, it is
  /// filled in as this one would be.
  package func filling(_ values: [String: String]) -> String {
    arguments.map { pieces in
      ShellWord.quoted(
        pieces.map { piece in
          switch piece {
          case .text(let text): Self.escaped(text)
          case .name(let name): values[name].map(Self.escaped) ?? "{\(name)}"
          }
        }.joined())
    }.joined(separator: " ")
  }

  /// `{name}` in a text is written `{{name}}`.
  private static func escaped(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
      let inside = rest[rest.index(after: start)..<end]
      if isName(inside) {
        result += rest[..<start] + "{{\(inside)}}"
        rest = rest[rest.index(after: end)...]
      } else {
        result += rest[...start]
        rest = rest[rest.index(after: start)...]
      }
    }
    return result + rest
  }
}

extension CommandTemplate {
  private struct Word {
    var text = ""
    var isQuoted = false
  }

  /// As Python's `shlex.split`: blanks separate, '...' keeps everything, "..." keeps all but \" and \\, a backslash keeps what follows.
  private static func split(_ text: String) throws -> [Word] {
    var words: [Word] = []
    var word: Word?
    var rest = text[...]
    while let character = rest.popFirst() {
      switch character {
      case " ", "\t", "\n", "\r\n":
        if let done = word { words.append(done) }
        word = nil
      case "'", "\"":
        var quoted = word ?? Word()
        quoted.isQuoted = true
        quoted.text += try quotation(&rest, character)
        word = quoted
      case "\\":
        guard let next = rest.popFirst() else {
          throw Mistake(message: "the program ends with a backslash", hint: "write \\\\\\\\ for one")
        }
        word = Word(text: (word?.text ?? "") + String(next), isQuoted: true)
      default:
        var plain = word ?? Word()
        plain.text.append(character)
        word = plain
      }
    }
    return words + [word].compactMap { $0 }
  }

  private static func quotation(_ rest: inout Substring, _ mark: Character) throws -> String {
    var result = ""
    while let character = rest.popFirst() {
      if character == mark { return result }
      if mark == "\"", character == "\\", let next = rest.first, next == "\"" || next == "\\" {
        result.append(next)
        rest.removeFirst()
      } else {
        result.append(character)
      }
    }
    throw Mistake(message: "a quote (\(mark)) in the program is not closed", hint: nil)
  }

  /// `{{name}}` is the text `{name}`.
  private static func pieces(_ text: String, _ known: [String], _ shown: Int) throws -> [Piece] {
    var result: [Piece] = []
    var plain = ""
    var rest = text[...]
    while let character = rest.first {
      if character == "{", let end = rest.firstIndex(of: "}") {
        let inside = String(rest[rest.index(after: rest.startIndex)..<end])
        let after = rest.index(after: end)
        if inside.hasPrefix("{"), isName(inside.dropFirst()), rest[after...].hasPrefix("}") {
          plain += inside + "}"
          rest = rest[rest.index(after: after)...]
          continue
        }
        if known.contains(inside) {
          if !plain.isEmpty { result.append(.text(plain)) }
          plain = ""
          result.append(.name(inside))
          rest = rest[after...]
          continue
        }
        if isName(inside[...]) {
          throw Mistake(
            message: "'{\(inside)}' is not a parameter of the space",
            hint: Suggestion.hint(for: inside, among: known)
              ?? "it has \(known.prefix(shown).joined(separator: ", ")); write {{\(inside)}} for the text itself")
        }
      }
      plain.append(character)
      rest.removeFirst()
    }
    if !plain.isEmpty || result.isEmpty { result.append(.text(plain)) }
    return result
  }

  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.first, first.isLetter || first == "_" else { return false }
    return text.allSatisfy { $0.isLetter || $0.isNumber || "_.-[]".contains($0) }
  }
}
