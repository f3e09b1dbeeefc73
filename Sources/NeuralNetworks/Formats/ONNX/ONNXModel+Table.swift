import Datasets

/// The columns of a table as inputs, and the nodes that turn them into a network's: numbers in double precision.
extension ONNXModel {
  static let learningDomain = "ai.onnx.ml"
  static let learningOperatorSet = 2

  /// Returns the name of the rows x width value, and the inputs.
  mutating func table(_ encoding: TableEncoding) -> (value: String, inputs: [ONNXGraph.Input]) {
    var (parts, inputs): ([String], [ONNXGraph.Input]) = ([], [])
    for column in encoding.columns {
      // The output has this name.
      let name = column.name == "predictions" ? "predictions_" : column.name
      switch column {
      case .number(let input):
        inputs.append(.init(name: name, type: ONNXType.double, columns: 1, words: encoding.numberWords(column.name)))
        parts += number(name, input, isMissing: isMissing(name, encoding.missingNumbers))
      case .date(let input):
        inputs.append(.init(name: name, type: ONNXType.double, columns: 1, words: encoding.dateWords(column.name)))
        parts += date(name, input, unit: encoding.form(of: column.name).dateUnit ?? .seconds)
      case .category(let input):
        inputs.append(.init(name: name, type: ONNXType.string, columns: 1))
        parts.append(category(name, input, encoding.missingWords(of: column.name)))
      case .boolean(let input):
        inputs.append(.init(name: name, type: ONNXType.string, columns: 1))
        parts.append(boolean(name, input, encoding.missingWords(of: column.name)))
      }
    }
    return (graph.add("Concat", parts, [("axis", .int(1))]), inputs)
  }

  /// Whether a number is NaN, infinite or one that training took as missing.
  private mutating func isMissing(_ name: String, _ marks: [Double] = []) -> String {
    let unknown = graph.add("Or", [graph.add("IsNaN", [name]), graph.add("IsInf", [name])])
    return marks.reduce(unknown) { sum, mark in
      graph.add("Or", [sum, graph.add("Equal", [name, number(mark)])])
    }
  }

  private mutating func number(_ name: String, _ input: NumberInput, isMissing: String) -> [String] {
    let filled = graph.add("Where", [isMissing, number(input.mean), name])
    return [float(scaled(filled, input.scale))] + (input.hasGaps ? [float(isMissing)] : [])
  }

  private mutating func scaled(_ x: String, _ scale: NumberScale) -> String {
    switch scale {
    case .none: return x
    case .standard(let mean, let deviation):
      return graph.add("Div", [graph.add("Sub", [x, number(mean)]), number(deviation)])
    case .robust(let median, let factor):
      let z = graph.add("Mul", [graph.add("Sub", [x, number(median)]), number(factor)])
      let third = graph.add("Div", [z, number(3)])
      let square = graph.add("Add", [graph.add("Mul", [third, third]), number(1)])
      return graph.add("Div", [z, graph.add("Sqrt", [square])])
    case .quantile(let levels, let tolerance): return normal(share(x, levels, tolerance))
    }
  }

  /// A row of inputs for each category, one for other texts and one for a missing one; a text looks up its row.
  private mutating func category(_ name: String, _ input: CategoryInput, _ missing: [String]) -> String {
    func row(_ hot: Int?) -> [Float] {
      hot.map { hot in (0..<input.width).map { $0 == hot ? 1 : 0 } } ?? input.shares
    }
    let rows = input.categories.indices.map { row($0) } + [row(input.other), row(input.missing)]
    var codes: [String: Int] = [:]
    for (code, category) in input.categories.enumerated() { codes[category] = code }
    for word in missing { codes[word] = input.categories.count + 1 }
    // 1 is often written as 1.0 beside gaps.
    for (code, category) in input.categories.enumerated() where category.last?.isNumber == true {
      for text in ["\(category).0", "\(category).00"] where codes[text] == nil { codes[text] = code }
    }
    let keys = codes.keys.sorted()
    return lookUp(name, keys: keys, codes: keys.map { codes[$0] ?? 0 }, otherwise: input.categories.count, rows: rows)
  }

  private mutating func boolean(_ name: String, _ input: BooleanInput, _ missing: [String]) -> String {
    let gap: [Float] = input.hasGaps ? [0] : []
    let rows = [[0] + gap, [1] + gap, [Float(input.share)] + gap, [Float(input.share)] + (input.hasGaps ? [1] : [])]
    var (keys, codes): ([String], [Int]) = ([], [])
    for (code, word) in input.words.enumerated() {
      for form in Set([word, word.lowercased(), word.uppercased(), word.capitalized]).sorted() {
        keys.append(form)
        codes.append(code)
      }
    }
    for word in missing where !keys.contains(word) {
      keys.append(word)
      codes.append(3)
    }
    return lookUp(name, keys: keys, codes: codes, otherwise: 2, rows: rows)
  }

  private mutating func lookUp(
    _ name: String, keys: [String], codes: [Int], otherwise: Int, rows: [[Float]]
  ) -> String {
    let code = graph.add(
      "LabelEncoder", [name],
      [("keys_strings", .texts(keys)), ("values_int64s", .ints(codes)), ("default_int64", .int(otherwise))],
      domain: Self.learningDomain)
    let width = rows[0].count
    let table = graph.constant("encode.\(name)", [rows.count, width], rows.flatMap { $0 })
    let shape = graph.constant("shape.\(name)", [2], [-1, Int64(width)])
    return graph.add("Reshape", [graph.add("Gather", [table, code]), shape])
  }

  // MARK: Small parts

  /// A constant number in double precision.
  mutating func number(_ value: Double) -> String {
    numbers += 1
    return graph.constant("number.\(numbers)", [], [value])
  }

  mutating func float(_ value: String) -> String { graph.add("Cast", [value], [("to", .int(ONNXType.float))]) }

  private mutating func double(_ value: String) -> String {
    graph.add("Cast", [value], [("to", .int(ONNXType.double))])
  }

  // MARK: Quantiles

  /// As `NumberScale.share`: levels below x and up to x are counted.
  private mutating func share(_ x: String, _ levels: [Double], _ tolerance: Double) -> String {
    let last = levels.count - 1
    let all = graph.constant("levels.\(numbers)", [1, levels.count], levels)
    let list = graph.constant("places.\(numbers)", [levels.count], levels)
    numbers += 1
    let axes = graph.constant("axes.\(numbers)", [1], [1 as Int64])
    let below = graph.add("ReduceSum", [double(graph.add("Less", [all, x])), axes])
    let upTo = graph.add("ReduceSum", [double(graph.add("LessOrEqual", [all, x])), axes])
    func place(_ value: String, _ model: inout ONNXModel) -> String {
      let clipped = model.graph.add(
        "Min", [model.graph.add("Max", [value, model.number(0)]), model.number(Double(last))])
      return model.graph.add("Cast", [clipped], [("to", .int(ONNXType.int64))])
    }
    let before = graph.add("Sub", [below, number(1)])
    let low = graph.add("Gather", [list, place(before, &self)])
    let high = graph.add("Gather", [list, place(below, &self)])
    // Between equal levels nothing is divided: that branch is not taken.
    let span = graph.add("Sub", [high, low])
    let safe = graph.add("Where", [graph.add("Greater", [span, number(0)]), span, number(1)])
    let between = graph.add("Add", [before, graph.add("Div", [graph.add("Sub", [x, low]), safe])])
    let middle = graph.add("Div", [graph.add("Add", [below, graph.add("Sub", [upTo, number(1)])]), number(2)])
    let steps = graph.add("Where", [graph.add("Less", [below, upTo]), middle, between])
    let share = graph.add("Div", [steps, number(Double(last))])
    let isLow = graph.add("Less", [graph.add("Sub", [x, number(tolerance)]), number(levels[0])])
    let isHigh = graph.add("Greater", [graph.add("Add", [x, number(tolerance)]), number(levels[last])])
    return graph.add("Where", [isLow, number(0), graph.add("Where", [isHigh, number(1), share])])
  }

  /// As `NumberScale.normal`.
  private mutating func normal(_ p: String) -> String {
    let q = graph.add("Sub", [p, number(0.5)])
    let r = graph.add("Mul", [q, q])
    let middle = graph.add(
      "Div",
      [
        graph.add("Mul", [polynomial(NormalQuantile.a, r), q]),
        graph.add("Add", [graph.add("Mul", [polynomial(NormalQuantile.b, r), r]), number(1)]),
      ])
    let rest = graph.add("Sub", [number(1), p])
    let least = graph.add("Max", [graph.add("Min", [p, rest]), number(1e-300)])
    let s = graph.add("Sqrt", [graph.add("Mul", [graph.add("Log", [least]), number(-2)])])
    let end = graph.add(
      "Div",
      [
        polynomial(NormalQuantile.c, s),
        graph.add("Add", [graph.add("Mul", [polynomial(NormalQuantile.d, s), s]), number(1)]),
      ])
    let isLow = graph.add("Less", [q, number(0)])
    let tail = graph.add("Where", [isLow, end, graph.add("Neg", [end])])
    let value = graph.add("Where", [graph.add("Less", [least, number(NormalQuantile.tail)]), tail, middle])
    let bounded = graph.add("Where", [graph.add("LessOrEqual", [p, number(1e-7)]), number(-NumberScale.bound), value])
    return graph.add(
      "Where", [graph.add("GreaterOrEqual", [p, number(1 - 1e-7)]), number(NumberScale.bound), bounded])
  }

  private mutating func polynomial(_ coefficients: [Double], _ x: String) -> String {
    coefficients.dropFirst().reduce(number(coefficients[0])) { sum, next in
      graph.add("Add", [graph.add("Mul", [sum, x]), number(next)])
    }
  }

  // MARK: Dates

  private mutating func date(_ name: String, _ input: DateInput, unit: DateUnit) -> [String] {
    var isMissing = isMissing(name)
    if unit == .years { isMissing = graph.add("Or", [isMissing, graph.add("Not", [isYear(name)])]) }
    let count = graph.add("Where", [isMissing, number(unit == .years ? 1970 : 0), name])
    let seconds =
      unit.length.map { length in
        length == 1 ? count : graph.add("Mul", [count, number(length)])
      } ?? graph.add("Mul", [firstDay(count), number(86400)])
    let day = graph.add("Floor", [graph.add("Div", [seconds, number(86400)])])
    var parts: [String] = []
    for part in input.parts {
      let value = self.value(part.kind, seconds: seconds, day: day)
      let inputs: [String]
      if let period = part.kind.period {
        let angle = float(graph.add("Mul", [value, number(2 * Double.pi / period)]))
        inputs = [graph.add("Sin", [angle]), graph.add("Cos", [angle])]
      } else {
        inputs = [float(graph.add("Div", [graph.add("Sub", [value, number(part.mean)]), number(part.deviation)]))]
      }
      for (value, fill) in zip(inputs, part.fill) {
        numbers += 1
        parts.append(graph.add("Where", [isMissing, graph.constant("fill.\(numbers)", [], [fill]), value]))
      }
    }
    return parts + (input.hasGaps ? [float(isMissing)] : [])
  }

  /// Whether a number is whole, from 1 to 9999.
  private mutating func isYear(_ value: String) -> String {
    let isWhole = graph.add("Equal", [graph.add("Floor", [value]), value])
    let isLow = graph.add("Less", [value, number(1)])
    let isHigh = graph.add("Greater", [value, number(9999)])
    return graph.add("And", [isWhole, graph.add("Not", [graph.add("Or", [isLow, isHigh])])])
  }

  /// Days from 1970 to a year's first day: the years before it with their leap days.
  private mutating func firstDay(_ year: String) -> String {
    let before = graph.add("Sub", [year, number(1)])
    let days = graph.add("Sub", [graph.add("Mul", [before, number(365)]), number(719_162)])
    let leaps = graph.add("Add", [graph.add("Sub", [whole(before, 4), whole(before, 100)]), whole(before, 400)])
    return graph.add("Add", [days, leaps])
  }

  private mutating func value(_ kind: DateInput.Kind, seconds: String, day: String) -> String {
    switch kind {
    case .day: return graph.add("Div", [seconds, number(86400)])
    case .hour:
      let start = graph.add("Mul", [day, number(86400)])
      return graph.add("Div", [graph.add("Sub", [seconds, start]), number(3600)])
    case .weekday:
      let shifted = graph.add("Add", [day, number(3)])
      return graph.add("Sub", [shifted, graph.add("Mul", [whole(shifted, 7), number(7)])])
    case .year, .month: return civil(day, kind)
    }
  }

  private mutating func whole(_ value: String, _ divisor: Double) -> String {
    graph.add("Floor", [graph.add("Div", [value, number(divisor)])])
  }

  /// As `DateInput.Part.civil`.
  private mutating func civil(_ day: String, _ kind: DateInput.Kind) -> String {
    let z = graph.add("Add", [day, number(719_468)])
    let era = whole(z, 146_097)
    let dayOfEra = graph.add("Sub", [z, graph.add("Mul", [era, number(146_097)])])
    let correction = graph.add(
      "Add",
      [graph.add("Sub", [whole(dayOfEra, 1460), whole(dayOfEra, 36_524)]), whole(dayOfEra, 146_096)])
    let yearOfEra = whole(graph.add("Sub", [dayOfEra, correction]), 365)
    let leaps = graph.add("Sub", [whole(yearOfEra, 4), whole(yearOfEra, 100)])
    let start = graph.add("Add", [graph.add("Mul", [yearOfEra, number(365)]), leaps])
    let dayOfYear = graph.add("Sub", [dayOfEra, start])
    let shifted = whole(graph.add("Add", [graph.add("Mul", [dayOfYear, number(5)]), number(2)]), 153)
    let isSpring = graph.add("Less", [shifted, number(10)])
    let month = graph.add("Add", [shifted, graph.add("Where", [isSpring, number(3), number(-9)])])
    if kind == .month { return graph.add("Sub", [month, number(1)]) }
    let early = graph.add("Where", [graph.add("LessOrEqual", [month, number(2)]), number(1), number(0)])
    let years = graph.add("Add", [yearOfEra, graph.add("Mul", [era, number(400)])])
    return graph.add("Add", [years, early])
  }
}

extension TableEncoding {
  /// How training understood a column's texts.
  func form(of column: String) -> ColumnForm { schema?.columns.first { $0.name == column }?.form ?? ColumnForm() }

  /// The words for nothing that training knew of a column beside the usual ones, as they are written.
  func ownMissingWords(of column: String) -> [String] {
    form(of: column).missingWords + (schema?.options.na ?? [])
  }

  /// What a column of numbers takes, in words.
  func numberWords(_ column: String) -> String {
    let form = form(of: column)
    let unit = form.unit.map { " in \($0)" } ?? (form.multipliers == nil ? "" : ", K, M and B multiplied out")
    return "a number\(unit); NaN if missing"
  }

  /// What a column of dates takes, in words.
  func dateWords(_ column: String) -> String {
    switch form(of: column).dateUnit {
    case nil, .seconds: "seconds since 1970-01-01 00:00 UTC; NaN if missing"
    case .clock: "seconds since midnight; NaN if missing"
    case .years: "a year; NaN if missing"
    case let unit?: "\(unit.rawValue) since 1970-01-01 00:00 UTC; NaN if missing"
    }
  }

  /// The numbers that `na=` takes as missing.
  var missingNumbers: [Double] { schema?.options.missingNumbers ?? [] }

  /// The words for nothing that a program may meet in the forms that people write.
  func missingWords(of column: String) -> [String] {
    let usual = MissingWords.anywhere.flatMap { [$0, $0.uppercased(), $0.capitalized] } + ["NaN", "NaT"]
    return Set(usual + ownMissingWords(of: column)).subtracting(form(of: column).keptWords ?? []).sorted()
  }
}
