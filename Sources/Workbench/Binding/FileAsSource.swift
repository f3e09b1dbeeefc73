import Datasets
import Language
import Vocabulary

extension Language.Command {
  /// `data "houses.csv" test=0.1 target=price` as `data csv("houses.csv", target=price) test=0.1`: the file says which
  /// source reads it, and what the command itself does not take is the source's. Other commands stay as they are.
  func withFileAsSource(_ command: Command, _ scope: any Scope) -> Language.Command {
    guard command.readsFiles, positionals.count == 1, let path = Self.path(positionals[0], scope) else { return self }
    // A file that cannot be read says so when it is loaded, by the name that was typed.
    var source = (try? TableFormat.source(of: path, folder: Files.workingFolder)) ?? TableFormat.source(byName: path)
    // An array of its own for the targets: the file is one of arrays.
    if source == "csv", path.hasSuffix(".npy"), keywords.contains(where: { $0.0.text == "y" }) { source = "npz" }
    let span = positionals[0].span
    var arguments = [Expression.Argument(value: .literal(.string(path), span))]
    var result = self
    result.keywords = keywords.filter { key, value in
      if command.options.contains(where: { $0.name == key.text }) { return true }
      arguments.append(Expression.Argument(name: key, value: value))
      return false
    }
    result.positionals = [.call(callee: .name(source, span), arguments: arguments, span)]
    return result
  }

  /// `"houses.csv"`, `houses.csv` or a variable that holds such a text.
  private static func path(_ expression: Expression, _ scope: any Scope) -> String? {
    switch expression {
    case .literal(.string(let path), _): return path
    case .attribute:
      guard let name = dotted(expression), let first = name.split(separator: ".").first.map(String.init),
        !scope.isVariable(first), TableFormat.isFile(name)
      else { return nil }
      return name
    case .name(let word, _):
      guard scope.isVariable(word), case .string(let text)? = try? scope.value(of: expression) else { return nil }
      return TableFormat.isFile(text) ? text : nil
    default: return nil
    }
  }

  private static func dotted(_ expression: Expression) -> String? {
    switch expression {
    case .name(let name, _): name
    case .attribute(let base, let part, _): dotted(base).map { $0 + "." + part.text }
    default: nil
    }
  }
}

extension TableFormat {
  /// The source that a file's name promises.
  fileprivate static func source(byName path: String) -> String {
    let name = path.lowercased()
    if name.hasSuffix(".npz") { return "npz" }
    return name.hasSuffix(".db") || name.hasSuffix(".sqlite") ? "sqlite" : "csv"
  }
}
