import Datasets
import Vocabulary

/// The part of the program that turns the columns of a table into features.
extension TorchProgram {
  var encoding: String {
    guard let encoding = model.encoding else { return Self.plainRows }
    let columns = encoding.columns.map { "    {" + members($0, encoding).joined(separator: ", ") + "}," }
    return """
      # The columns of a table with what turns them into inputs.
      COLUMNS = [
      \(columns.joined(separator: "\n"))
      ]
      MISSING = \(Python.set(Self.missing))


      """ + Self.encoders
  }

  /// The usual words for nothing, in lower case.
  private static let missing = ["", "na", "n/a", "nan", "null", "none", "?", "#n/a", "nat", "<na>"]

  /// A column as the members of a dict.
  private func members(_ column: TableEncoding.Column, _ encoding: TableEncoding) -> [String] {
    let form = encoding.schema?.columns.first { $0.name == column.name }?.form ?? ColumnForm()
    var members = ["\"name\": \(Python.text(column.name))"]
    func add(_ name: String, _ value: String) { members.append("\"\(name)\": \(value)") }
    if !form.missingWords.isEmpty { add("missing_words", Python.set(form.missingWords.map { $0.lowercased() })) }
    switch column {
    case .number(let input):
      add("kind", "\"number\"")
      add("mean", "\(input.mean)")
      add("scale", Self.scale(input.scale))
      add("gaps", Python.bool(input.hasGaps))
      if form.decimal != "." { add("decimal", Python.text(form.decimal)) }
      if let thousands = form.thousands { add("thousands", Python.text(thousands)) }
      if let unit = form.unit { add("unit", Python.text(unit)) }
    case .category(let input):
      add("kind", "\"category\"")
      add("categories", Python.list(input.categories.map(Python.text)))
      add("shares", Python.list(input.shares.map { "\($0)" }))
      add("other", input.other.map(String.init) ?? "None")
      add("missing", input.missing.map(String.init) ?? "None")
    case .boolean(let input):
      add("kind", "\"boolean\"")
      add("words", Python.list(input.words.map { Python.text($0.lowercased()) }))
      add("share", "\(input.share)")
      add("gaps", Python.bool(input.hasGaps))
    case .date(let input):
      add("kind", "\"date\"")
      add("day_first", Python.bool(form.dayFirst))
      let parts = input.parts.map { part in
        "(\"\(part.kind.rawValue)\", \(part.mean), \(part.deviation), \(Python.list(part.fill.map { "\($0)" })))"
      }
      add("parts", Python.list(parts))
      add("gaps", Python.bool(input.hasGaps))
    }
    return members
  }

  private static func scale(_ scale: NumberScale) -> String {
    switch scale {
    case .none: "(\"none\",)"
    case .standard(let mean, let deviation): "(\"standard\", \(mean), \(deviation))"
    case .robust(let median, let factor): "(\"robust\", \(median), \(factor))"
    case .quantile(let levels, let tolerance):
      "(\"quantile\", \(Python.list(levels.map { "\($0)" })), \(tolerance))"
    }
  }

  private static let encoders = """
    def share(x, levels, tolerance):
        \"\"\"The share of training values below x; repeated values are in the middle of their share.\"\"\"
        if x - tolerance < levels[0]:
            return 0.0
        if x + tolerance > levels[-1]:
            return 1.0
        below, up_to = bisect.bisect_left(levels, x), bisect.bisect_right(levels, x)
        if below < up_to:
            return (below + up_to - 1) / 2 / (len(levels) - 1)
        low, high = levels[below - 1], levels[below]
        return (below - 1 + (x - low) / (high - low)) / (len(levels) - 1)


    def scaled(x, kind, *numbers):
        if kind == "standard":
            return (x - numbers[0]) / numbers[1]
        if kind == "robust":
            z = (x - numbers[0]) * numbers[1]
            return z / math.sqrt(1 + (z / 3) ** 2)
        if kind == "quantile":
            p = share(x, *numbers)
            return -5.19933758 if p <= 1e-7 else 5.19933758 if p >= 1 - 1e-7 else statistics.NormalDist().inv_cdf(p)
        return x


    def number(text, column):
        \"\"\"The number that a text says: 12,5 or $1,234 or (7), as the column had them in training.\"\"\"
        text = text.replace(column.get("unit") or "\\0", "").strip()
        text = text.replace(column.get("thousands") or "\\0", "").replace(column.get("decimal", "."), ".")
        text = text.replace("\\u2212", "-")
        return -float(text[1:-1]) if text[:1] == "(" and text[-1:] == ")" else float(text)


    def moment(text, day_first):
        \"\"\"Seconds since 1970 of a date, or of a number of seconds.\"\"\"
        try:
            return float(text)
        except ValueError:
            pass
        try:
            date = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            words = text.replace("/", ".").replace("-", ".").split()
            form = "%d.%m.%Y" if day_first else "%m.%d.%Y"
            date = datetime.datetime.strptime(words[0], form)
            if len(words) > 1:
                time = datetime.time.fromisoformat(words[1])
                date = datetime.datetime.combine(date.date(), time)
        if date.tzinfo is None:
            date = date.replace(tzinfo=datetime.timezone.utc)
        return date.timestamp()


    def date_part(kind, seconds):
        days = math.floor(seconds / 86400)
        date = datetime.date(1970, 1, 1) + datetime.timedelta(days=days)
        return {"year": date.year, "month": date.month - 1, "weekday": date.weekday(),
                "hour": (seconds - 86400 * days) / 3600, "day": seconds / 86400}[kind]


    def encode_column(text, column):
        missing = text.lower() in MISSING or text.lower() in column.get("missing_words", ())
        gap = [float(missing)] if column.get("gaps") else []
        if column["kind"] == "number":
            return [scaled(column["mean"] if missing else number(text, column), *column["scale"])] + gap
        if column["kind"] == "boolean":
            known = not missing and text.lower() in column["words"]
            return [float(column["words"].index(text.lower())) if known else column["share"]] + gap
        if column["kind"] == "category":
            categories, hot = column["categories"], column["missing"] if missing else column["other"]
            if not missing and text in categories:
                hot = categories.index(text)
            shares = column["shares"]
            return shares if hot is None else [float(place == hot) for place in range(len(shares))]
        inputs = []
        seconds = None if missing else moment(text, column["day_first"])
        for kind, mean, deviation, fill in column["parts"]:
            period = {"month": 12, "weekday": 7, "hour": 24}.get(kind)
            if missing:
                inputs += fill
            elif period:
                angle = 2 * math.pi * date_part(kind, seconds) / period
                inputs += [math.sin(angle), math.cos(angle)]
            else:
                inputs.append((date_part(kind, seconds) - mean) / deviation)
        return inputs + gap


    def encode(row):
        \"\"\"The inputs of a row, a dict by column of numbers or texts; None, NaN and empty texts are missing.\"\"\"
        inputs = []
        for column in COLUMNS:
            value = row[column["name"]]
            inputs += encode_column("" if value is None else str(value).strip(), column)
        return inputs
    """

  private static let plainRows = """
    def encode(row):
        \"\"\"The features of a row, a dict by column: by the names of FEATURES where all are there, else in order.\"\"\"
        named = FEATURES and all(name in row for name in FEATURES)
        return [float(row[name]) for name in FEATURES] if named else [float(value) for value in row.values()]
    """

  /// What stands between fields: as it was asked for, else what the first line has most of.
  private var separator: String {
    let given = model.encoding?.schema?.options.separator
    return given.map { Python.text($0 == "tab" ? "\t" : $0) } ?? "max(\",;\\t|\", key=file.readline().count)"
  }

  var reading: String {
    """
    def read(path):
        \"\"\"The rows of a CSV file with a header, as features.\"\"\"
        with open(path, newline="", encoding="utf-8-sig") as file:
            separator = \(separator)
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

  static func bool(_ value: Bool) -> String { value ? "True" : "False" }

  static func set(_ values: [String]) -> String { "{" + values.map(text).joined(separator: ", ") + "}" }

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
