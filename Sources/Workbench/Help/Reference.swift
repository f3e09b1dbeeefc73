/// The command reference as a page of markdown: every command, every call, every function, from the declarations.
package enum Reference {
  package static func markdown() -> String {
    // Of a long list, each metric on the rows of each split, the page has the metrics alone.
    let meanings = HelpIndex.meanings.filter { meaning in
      HelpIndex.meanings.count { $0.family == meaning.family } <= 20
    }
    let values = meanings + HelpIndex.syntaxes
    var families: [String] = []
    for (family, _) in values where !families.contains(family) { families.append(family) }
    let calls = families.flatMap { family in
      ["## Values of \(family)"]
        + values.filter { $0.family == family }.map { HelpEntry($0.syntax, family: family).markdown(level: 3) }
    }
    let functions = HelpIndex.functions.map { "- `\($0.usage)`: \($0.summary)" }.joined(separator: "\n")
    let plots = HelpIndex.plots.map { "- `\($0.usage)`: \($0.summary)" }.joined(separator: "\n")
    let parts =
      [
        "# Command reference",
        "Every command with its parameters, every value that takes options, and the functions of expressions. This page is made from the declarations in the source; a test keeps it equal to them.",
        "## Commands",
      ] + HelpIndex.commands.map { $0.markdown(level: 3) } + ["## Plots", plots] + calls + ["## Functions", functions]
    return parts.joined(separator: "\n\n") + "\n"
  }
}
