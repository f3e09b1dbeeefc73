/// The command reference as a page of markdown: every command, every call, every function, from the declarations.
package enum Reference {
  package static func markdown() -> String {
    var families: [String] = []
    for (family, _) in HelpIndex.syntaxes where !families.contains(family) { families.append(family) }
    let calls = families.flatMap { family in
      ["## Values of \(family)"]
        + HelpIndex.syntaxes.filter { $0.family == family }.map { HelpEntry($0.syntax, family: family).markdown(level: 3) }
    }
    let functions = HelpIndex.functions.map { "- `\($0.usage)`: \($0.summary)" }.joined(separator: "\n")
    let plots = HelpIndex.plots.map { "- `plot \($0.name)`: \($0.summary)" }.joined(separator: "\n")
    let parts = [
      "# Command reference",
      "Every command with its parameters, every value that takes options, and the functions of expressions. This page is made from the declarations in the source; a test keeps it equal to them.",
      "## Commands",
    ] + HelpIndex.commands.map { $0.markdown(level: 3) } + ["## Plots", plots] + calls + ["## Functions", functions]
    return parts.joined(separator: "\n\n") + "\n"
  }
}
