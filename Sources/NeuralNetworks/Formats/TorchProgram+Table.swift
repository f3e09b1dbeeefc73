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


      """ + Self.texts + "\n\n\n" + Self.encoders
  }

  /// A column as the members of a dict.
  private func members(_ column: TableEncoding.Column, _ encoding: TableEncoding) -> [String] {
    let form = encoding.form(of: column.name)
    let missing = encoding.ownMissingWords(of: column.name)
    var members = ["\"name\": \(Python.text(column.name))"]
    func add(_ name: String, _ value: String) { members.append("\"\(name)\": \(value)") }
    if !missing.isEmpty { add("missing_words", Python.set(missing)) }
    if let kept = form.keptWords { add("kept_words", Python.set(kept)) }
    switch column {
    case .number(let input):
      add("kind", "\"number\"")
      add("mean", "\(input.mean)")
      add("scale", Self.scale(input.scale))
      add("gaps", Python.bool(input.hasGaps))
      if form.decimal != "." { add("decimal", Python.text(form.decimal)) }
      if let unit = form.unit { add("unit", Python.text(unit)) }
      if let currency = form.currency { add("currency", Python.text(currency)) }
      if let factors = form.multipliers { add("factors", Python.dictionary(factors)) }
      let marks = encoding.missingNumbers
      if !marks.isEmpty { add("missing_numbers", Python.list(marks.map { "\($0)" })) }
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
      if let unit = form.dateUnit { add("counts", Python.text(unit.rawValue)) }
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

  private static let encoders = #"""
    def share(x, levels, tolerance):
        """The share of training values below x; repeated values are in the middle of their share."""
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


    def date_part(kind, seconds):
        days = math.floor(seconds / 86400)
        date = datetime.date(1970, 1, 1) + datetime.timedelta(days=days)
        return {"year": date.year, "month": date.month - 1, "weekday": date.weekday(),
                "hour": (seconds - 86400 * days) / 3600, "day": seconds / 86400}[kind]


    def said(value, column):
        """A value as a file of text has it; None if it is missing."""
        if value is None or value != value:
            return None
        text = str(value).strip()
        if text in column.get("missing_words", ()) or text.lower() in MISSING and text not in column.get("kept_words", ()):
            return None
        return text


    def measured(value, column):
        """The number of a value; None if it is missing or in another unit than training's."""
        text = said(value, column)
        if text is None or text.lower() in MISSING_NUMBERS:
            return None
        dress = (column.get(name) for name in ("unit", "currency", "factors"))
        x = float(value) if isinstance(value, numbers.Real) else number(text, column.get("decimal", "."), *dress)
        if x is None:
            raise ValueError(f"column {column['name']!r}: {text!r} is not a number")
        return None if math.isnan(x) or x in column.get("missing_numbers", ()) else x


    def dated(value, column):
        """Seconds since 1970 of a value; None if it is missing or not a date."""
        text, unit = said(value, column), column.get("counts")
        if text is None or isinstance(value, numbers.Real):
            seconds = None if text is None else counted(float(value), unit or "seconds")
        else:
            seconds = moment(text, column["day_first"])
            if seconds is None and unit not in (None, "clock") and plain(text) is not None:
                seconds = counted(plain(text), unit)
        return None if seconds is None or math.isnan(seconds) or math.isinf(seconds) else seconds


    def encode_column(value, column):
        if column["kind"] == "number":
            x = measured(value, column)
            return [scaled(column["mean"] if x is None else x, *column["scale"])] + gap(column, x)
        if column["kind"] == "date":
            seconds = dated(value, column)
            inputs = [x for part in column["parts"] for x in (part[3] if seconds is None else date_inputs(seconds, *part[:3]))]
            return inputs + gap(column, seconds)
        text = said(value, column)
        if column["kind"] == "boolean":
            words = column["words"]
            if isinstance(value, bool) and text.lower() not in words:
                text = words[value]
            known = text is not None and text.lower() in words
            return [float(words.index(text.lower())) if known else column["share"]] + gap(column, text)
        categories, shares = column["categories"], column["shares"]
        hot = column["missing"] if text is None else column["other"]
        for known in () if text is None else (whole(text), text):
            if known in categories:
                hot = categories.index(known)
        return shares if hot is None else [float(place == hot) for place in range(len(shares))]


    def gap(column, value):
        return [float(value is None)] if column["gaps"] else []


    def date_inputs(seconds, kind, mean, deviation):
        value = date_part(kind, seconds)
        period = {"month": 12, "weekday": 7, "hour": 24}.get(kind)
        if period is None:
            return [(value - mean) / deviation]
        angle = 2 * math.pi * value / period
        return [math.sin(angle), math.cos(angle)]


    def encode(row):
        """The inputs of a row, a dict by column of numbers, dates or texts; None, NaN and empty texts are missing."""
        return [x for column in COLUMNS for x in encode_column(row[column["name"]], column)]
    """#

  private static let plainRows = """
    def encode(row):
        \"\"\"The features of a row, a dict by column: by the names of FEATURES where all are there, else in order.\"\"\"
        named = FEATURES and all(name in row for name in FEATURES)
        return [float(row[name]) for name in FEATURES] if named else [float(value) for value in row.values()]
    """

  /// What separates fields: as it was asked for, else what the file's first lines can be read with.
  private var separators: String {
    guard let given = model.encoding?.schema?.options.separator else { return Python.text(",;\t|") }
    return Python.text(given == "tab" ? "\t" : given == "blanks" ? " " : given)
  }

  var reading: String {
    guard let encoding = model.encoding else { return plainReading }
    let options = encoding.schema?.options ?? ReadingOptions()
    let named = options.header == false || !options.names.isEmpty
    let names = named ? encoding.schema?.columns.map(\.name) ?? [] : []
    return """
      # How training read its file: lines above the table, what comments begin with, the columns of a file without a header.
      ENCODING = \(options.encoding.map(Python.text) ?? "None")
      SKIP = \(options.skip ?? 0)
      COMMENT = \(options.comment.map(Python.text) ?? "None")
      NAMES = \(Python.list(names.map(Python.text)))
      HAS_HEADER = \(Python.bool(options.header != false))


      def text_of(path):
          data = pathlib.Path(path).read_bytes()
          if ENCODING is not None or data[:2] in (b"\\xff\\xfe", b"\\xfe\\xff"):
              return data.decode(ENCODING or "utf-16")
          try:
              return data.decode("utf-8-sig")
          except UnicodeDecodeError:
              return data.decode("cp1252", "replace")


      def table(text, separator):
          \"\"\"The header of a text and the rows below it; None if no line names all columns.\"\"\"
          rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
          names = [name for name in NAMES]
          if NAMES and HAS_HEADER:
              next(rows, None)
          while not names or any(column["name"] not in names for column in COLUMNS):
              line = None if NAMES else next(rows, None)
              if line is None:
                  return None
              names = [name.strip() or f"column {place}" for place, name in enumerate(line, 1)]
          return names, [row for row in rows if any(field.strip() for field in row)]


      def read(path):
          \"\"\"The rows of a delimited text, read as training read its own, as features.\"\"\"
          lines = text_of(path).splitlines(keepends=True)[SKIP:]
          text = "".join(line for line in lines if COMMENT is None or not line.lstrip().startswith(COMMENT))
          for separator in \(separators):
              found = table(text, separator)
              if found is not None:
                  names, rows = found
                  return torch.tensor([encode(dict(zip(names, row + [""] * len(names)))) for row in rows])
          raise SystemExit(f"{path} has no line that names the columns " + ", ".join(column["name"] for column in COLUMNS))
      """
  }

  private var plainReading: String {
    """
    def read(path):
        \"\"\"The rows of a CSV file with a header, as features.\"\"\"
        with open(path, newline="", encoding="utf-8-sig") as file:
            separator = max(",;\\t|", key=file.readline().count)
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
