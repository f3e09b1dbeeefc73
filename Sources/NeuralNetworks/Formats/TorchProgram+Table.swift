import Datasets
import Vocabulary

/// The part of the program that turns the columns of a table into features.
extension TorchProgram {
  var encoding: String {
    guard let encoding = model.encoding else { return Self.plainRows }
    let columns = encoding.columns.map { column -> String in
      switch column {
      case .number(let name, let mean): "    (\(Python.text(name)), \(mean)),"
      case .text(let name, let categories): "    (\(Python.text(name)), \(Python.list(categories.map(Python.text)))),"
      }
    }
    return """
      # The columns of a table: a number with what stands for a missing one, or a text with its categories.
      COLUMNS = [
      \(columns.joined(separator: "\n"))
      ]
      MISSING = {"", "na", "n/a", "nan", "null", "none", "?"}


      def encode(row):
          \"\"\"The features of a row, a dict by column: numbers as they are, texts one-hot.\"\"\"
          features = []
          for name, kind in COLUMNS:
              value = str(row[name]).strip()
              if isinstance(kind, list):
                  features += [1.0 if value == category else 0.0 for category in kind]
              else:
                  features.append(kind if value.lower() in MISSING else float(value))
          return features
      """
  }

  private static let plainRows = """
    def encode(row):
        \"\"\"The features of a row, a dict by column: by the names of FEATURES where all are there, else in order.\"\"\"
        named = FEATURES and all(name in row for name in FEATURES)
        return [float(row[name]) for name in FEATURES] if named else [float(value) for value in row.values()]
    """

  var reading: String {
    """
    def read(path):
        \"\"\"The rows of a CSV file with a header, as features.\"\"\"
        with open(path, newline="", encoding="utf-8-sig") as file:
            separator = max(",;\\t", key=file.readline().count)
            file.seek(0)
            table = csv.DictReader(file, delimiter=separator)
            table.fieldnames = [name.strip() for name in table.fieldnames]
            return torch.tensor([encode(row) for row in table])
    """
  }

  /// A name as it may stand in the text at the program's head.
  func docText(_ name: String) -> String {
    VisibleText.cleaned(name.replacing("\n", with: " ")).replacing("\\", with: "\\\\").replacing("\"", with: "'")
  }
}

/// Values as Python's source has them.
enum Python {
  /// A string literal, in which every character can be seen: others have the form `\\x1b` or `\\u202e`.
  static func text(_ value: String) -> String {
    var result = "\""
    let scalars = Array(value.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        let isVisible = VisibleText.isVisible(
          scalar, between: index > 0 ? scalars[index - 1] : nil,
          and: index + 1 < scalars.count ? scalars[index + 1] : nil)
        result += isVisible ? String(scalar) : VisibleText.escape(scalar)
      }
    }
    return result + "\""
  }

  /// In brackets, on as many lines of at most 110 columns as it takes.
  static func list(_ values: [String]) -> String {
    let plain = "[" + values.joined(separator: ", ") + "]"
    guard plain.count > 100 else { return plain }
    var lines: [String] = []
    var line = "   "
    for value in values {
      if line.count + value.count + 2 > 110, line.count > 3 {
        lines.append(line)
        line = "   "
      }
      line += " \(value),"
    }
    return "[\n" + (lines + [line]).joined(separator: "\n") + "\n]"
  }
}
