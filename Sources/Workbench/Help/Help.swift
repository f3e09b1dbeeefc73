import Jupyter
import Language

/// The answers to `help`, `help train`, `?step` and to shift-tab: the same text from the same declarations.
enum Help {
  /// For the client's pager. A word that is not known has the nearest one named.
  static func page(for path: String) -> MIMEBundle {
    let words = path.split(separator: ".").map(String.init)
    if words.isEmpty { return overview }
    return bundle(for: words) ?? MIMEBundle(text: unknown(words).sentence)
  }

  static func bundle(for words: [String]) -> MIMEBundle? {
    let entries = HelpIndex.entries(for: words)
    return entries.isEmpty ? nil : bundle(entries)
  }

  static func bundle(_ entries: [HelpEntry]) -> MIMEBundle {
    MIMEBundle([
      "text/plain": .string(entries.map(\.text).joined(separator: "\n\n" + String(repeating: "-", count: 40) + "\n\n")),
      "text/html": .string(entries.map(\.html).joined(separator: "\n<hr>\n")),
    ])
  }

  static func unknown(_ words: [String], at span: Span = Span(0, 0)) -> Diagnostic {
    let asked = words.joined(separator: " ")
    let near = words.count == 1 ? Suggestion.hint(for: asked, among: HelpIndex.words) : nil
    return Diagnostic("there is no help on '\(asked)'", at: span, hint: near ?? "help alone lists the commands")
  }

  /// What to begin with, then every command with its line, by groups, then what else can be asked.
  static let overview: MIMEBundle = {
    let width = Commands.all.map(\.name.count).max() ?? 0
    let groups = HelpGroups.all.map { title, commands in
      title + "\n"
        + commands.map { command in
          "    " + command.name + String(repeating: " ", count: width - command.name.count + 2) + command.summary
        }.joined(separator: "\n")
    }
    let begin = beginning.map { "    " + $0 }.joined(separator: "\n")
    let families = familyLines.map { "    \($0.family): \($0.words)" }.joined(separator: "\n")
    let text = (["begin with\n" + begin] + groups + ["values with help of their own\n" + families, closing]).joined(
      separator: "\n\n")
    return MIMEBundle(["text/plain": .string(text), "text/html": .string(html)])
  }()

  private static let beginning = ["data digits", "train", "tune trials=10"]

  private static var html: String {
    let groups = HelpGroups.all.map { title, commands in
      let rows = commands.map {
        "<tr><td style=\"text-align:left\"><b>\($0.name)</b></td><td style=\"text-align:left\">\(HelpEntry.escaped($0.summary))</td></tr>"
      }
      return "<p><i>\(title)</i></p><table><tbody>\(rows.joined())</tbody></table>"
    }
    return "<p>begin with</p><pre>\(beginning.joined(separator: "\n"))</pre>" + groups.joined()
      + familyLines.map { "<p><i>\($0.family)</i>: \(HelpEntry.escaped($0.words))</p>" }.joined()
      + "<p>\(HelpEntry.escaped(closing))</p>"
  }

  private static let closing =
    "help train, ?step or shift-tab on a word tell more. A cell holds commands, assignments (width = 128) and expressions (best.value)."

  private static let familyLines: [(family: String, words: String)] = {
    var families: [String] = []
    var words: [String: [String]] = [:]
    for (family, syntax) in HelpIndex.syntaxes {
      if words[family] == nil { families.append(family) }
      words[family, default: []].append(syntax.name)
    }
    return families.map { ($0, (words[$0] ?? []).joined(separator: " ")) }
  }()
}
