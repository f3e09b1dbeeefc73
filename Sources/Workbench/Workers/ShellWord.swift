/// Words as a POSIX shell reads them.
enum ShellWord {
  /// Stays as it is where no shell would read it otherwise, else stands between single quotes.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/-_.,:=@%+".contains($0)) }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
