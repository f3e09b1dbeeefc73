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
      MISSING = \(Python.set(MissingWords.anywhere.sorted()))
      # Among numbers and dates.
      NOTHING = \(Python.set(MissingWords.amongNumbers.sorted()))


      """ + Self.encoders
  }

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
      if let multipliers = form.multipliers { add("multipliers", Python.dictionary(multipliers)) }
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
      if form.dateUnit == .years { add("years", "True") }
      if let length = form.dateUnit?.length, length != 1 { add("length", "\(length)") }
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


    NUMBER = re.compile(
        r"([+-]?)(?:Rs\.|[^\d+.,-]*)([+-]?)((?:\d|[.,]\d)[\d.,]*(?:[eE][+-]?\d+)?)([^\d][^\d]*[23]?)?")


    def number(text, decimal, multipliers):
        """The number that a text says: 12,5 or $1,234 or (7) or 12 kg, by the decimal mark of the training rows."""
        plain = re.sub(r"(?<=\d)[\s'\u2019_](?=\d{3}(?!\d))", "", text).replace("\u2212", "-").replace("\u2013", "-")
        in_parentheses = plain[:1] == "(" and plain[-1:] == ")"
        match = NUMBER.fullmatch(plain[1:-1].strip() if in_parentheses else plain)
        if match is None:
            raise ValueError(f"{text!r} is not a number")
        first, second, digits, unit = match.groups()
        other = "," if decimal == "." else "."
        if decimal not in digits and re.match(rf"0*\{other}\d+$|\d+\{other}(\d\d?|\d{{4,}})$", digits):
            decimal = other  # 0.5 and 12.25 have nothing between thousands
        value = float(digits.replace("," if decimal == "." else ".", "").replace(decimal, "."))
        value *= multipliers.get((unit or "").strip(), 1.0)
        return -value if in_parentheses ^ (first == "-") ^ (second == "-") else value


    CLOCK = re.compile(
        r"(?:^|T|[ ,:]\s*)(\d{1,2}):(\d\d)(?::(\d{1,2}(?:[.,]\d+)?))?\s*([ap]m)?\s*(z|utc|gmt|[+-]\d\d(?::?\d\d)?)?$", re.I)
    MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
    WEEKDAYS = "mon tue wed thu fri sat sun".split()


    def moment(text, day_first, length, years):
        """Seconds since 1970 (UTC) of a date or time in a usual form, or a number of seconds; None for anything else."""
        try:
            if not re.fullmatch(r"\d{8}", text):
                return (datetime.date(int(float(text)), 1, 1) - datetime.date(1970, 1, 1)).days * 86400 if years else float(text) * length
        except ValueError:
            pass
        clock = CLOCK.search(text)
        seconds = time_of_day(*clock.groups()) if clock else 0.0
        words = re.findall(r"\d+|[a-z]+", (text[:clock.start()] if clock else text.rstrip("Zz")).lower())
        if words and words[0][:3] in WEEKDAYS:
            words = words[1:]
        if clock and not words:
            return seconds
        try:
            day = datetime.date(*year_month_day(words, day_first))
        except (ValueError, IndexError):
            return None
        return (day - datetime.date(1970, 1, 1)).days * 86400 + seconds


    def time_of_day(hour, minute, second, half, zone):
        hour = int(hour) % 12 + (12 if half.lower() == "pm" else 0) if half else int(hour)
        seconds = hour * 3600 + int(minute) * 60 + float((second or "0").replace(",", "."))
        if zone and zone[0] in "+-":
            digits = zone[1:].replace(":", "").ljust(4, "0")
            offset = int(digits[:2]) * 3600 + int(digits[2:]) * 60
            seconds -= offset if zone[0] == "+" else -offset
        return seconds


    def year_month_day(words, day_first):
        named = [place for place, word in enumerate(words) if word[:3] in MONTHS]
        if named:
            month = MONTHS.index(words[named[0]][:3]) + 1
            rest = words[:named[0]] + words[named[0] + 1:]
            if len(rest) == 1:
                year, day = rest[0], 1
            else:
                year, day = rest if len(rest[0]) == 4 else reversed(rest)
        elif len(words) == 1:
            year, month, day = words[0][:4], words[0][4:6], words[0][6:]
        elif len(words[0]) == 4:
            year, month, day = (words + ["1"])[:3]
        else:
            first, second, year = words
            month, day = (second, first) if day_first else (first, second)
        century = 0 if len(year) == 4 else 2000 if int(year) < 69 else 1900
        return century + int(year), int(month), int(day)


    def date_part(kind, seconds):
        days = math.floor(seconds / 86400)
        date = datetime.date(1970, 1, 1) + datetime.timedelta(days=days)
        return {"year": date.year, "month": date.month - 1, "weekday": date.weekday(),
                "hour": (seconds - 86400 * days) / 3600, "day": seconds / 86400}[kind]


    def encode_column(text, column):
        missing = text.lower() in MISSING or text.lower() in column.get("missing_words", ())
        if column["kind"] in ("number", "date"):
            missing = missing or text.lower() in NOTHING
        seconds = None
        if column["kind"] == "date" and not missing:
            seconds = moment(text, column["day_first"], column.get("length", 1.0), column.get("years", False))
        missing = missing or column["kind"] == "date" and seconds is None
        gap = [float(missing)] if column.get("gaps") else []
        if column["kind"] == "number":
            return [scaled(column["mean"] if missing else number(text, column.get("decimal", "."), column.get("multipliers", {})), *column["scale"])] + gap
        if column["kind"] == "boolean":
            known = not missing and text.lower() in column["words"]
            return [float(column["words"].index(text.lower())) if known else column["share"]] + gap
        if column["kind"] == "category":
            categories, hot = column["categories"], column["missing"] if missing else column["other"]
            # Whole numbers beside gaps are often written as 1.0.
            known = text if text in categories else re.sub(r"(?<=\d)\.0+$", "", text)
            if not missing and known in categories:
                hot = categories.index(known)
            shares = column["shares"]
            return shares if hot is None else [float(place == hot) for place in range(len(shares))]
        inputs = []
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
        """The inputs of a row, a dict by column of numbers or texts; None, NaN and empty texts are missing."""
        inputs = []
        for column in COLUMNS:
            value = row[column["name"]]
            inputs += encode_column("" if value is None else str(value).strip(), column)
        return inputs
    """#

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
