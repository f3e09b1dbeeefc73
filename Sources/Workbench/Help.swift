import Jupyter

/// Help on a word, from the declarations.
enum Help {
  static func page(for word: String) -> MIMEBundle {
    guard let command = Commands.byName[word] else {
      return MIMEBundle(text: Commands.all.map { "\($0.name): \($0.summary)" }.joined(separator: "\n"))
    }
    return MIMEBundle(text: command.name + ": " + command.summary)
  }
}
