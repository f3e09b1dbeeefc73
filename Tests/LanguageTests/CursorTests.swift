import Language
import Testing

/// The place at the `|` of each cell.
@Suite struct CursorTests {
  func context(_ marked: String) -> CursorContext {
    let position = marked.unicodeScalars.firstIndex(of: "|").map {
      marked.unicodeScalars.distance(from: marked.unicodeScalars.startIndex, to: $0)
    }!
    return CursorContext.at(position, in: marked.replacingFirst("|", with: ""), grammar)
  }

  @Test(arguments: [
    ("|", "statement ''"), ("tra|", "statement 'tra'"), ("x = 1\nbe|", "statement 'be'"),
    ("x = 1; be|", "statement 'be'"),
    ("?tra|", "question 'tra'"), ("x = wid|", "expression [] 'wid'"), ("x = 1 + wid|", "expression [] 'wid'"),
    ("x = f(a, b=wid|", "expression [f(a) b=] 'wid'"),
    ("train |", "train () next ''"), ("train ep|", "train () next 'ep'"),
    ("train epochs=5 l|", "train () next 'l' without epochs"),
    ("train l| seed=3", "train () next 'l' without seed"), ("train epochs=|", "train () epochs= ''"),
    ("train optimizer=ada|", "train () optimizer= 'ada'"),
    ("train optimizer=ada|m seed=1", "train () optimizer= 'ada' without seed"),
    ("train epochs=2 * wi|", "train () epochs= 'wi' within"),
    ("print a + b c|", "print (a + b) next 'c'"), ("plot loss de|", "plot (loss) next 'de'"),
    ("plot loss \"de|", "plot (loss) next 'de' in a string"),
    ("plot loss \"a b\" \"de|", "plot (loss)(\"a b\") next 'de' in a string"),
    ("plot loss to=\"fo/ba|", "plot (loss) to= 'fo/ba' in a string"),
    ("train schedule=step(|", "train () schedule= [step()] ''"),
    ("train schedule=step(fac|", "train () schedule= [step()] 'fac'"),
    ("train schedule=step(factor=0.5, ev|", "train () schedule= [step(factor=0.5)] 'ev'"),
    ("train schedule=warmup(epochs=3, then=co|", "train () schedule= [warmup(epochs=3) then=] 'co'"),
    ("train schedule=warmup(3, step(0.5, e|", "train () schedule= [warmup(3) step(0.5)] 'e'"),
    ("train metrics=[f1, au|", "train () metrics= [*] 'au'"),
    ("train metrics=[f1] s|", "train () next 's' without metrics"),
    ("data csv(\"a.csv\", target=\"pr|", "data () next [csv(\"a.csv\") target=] 'pr' in a string"),
    ("tell 7 fa|", "tell (7) next 'fa'"), ("print(a, b|", "print (a) next 'b'"), ("train(ep|", "train () next 'ep'"),
    ("best.par|", "attribute of best 'par'"), ("x = run(\"deep\").history.|", "attribute of run(\"deep\").history ''"),
    ("print 1 trials[0].pa|", "attribute of trials[0] 'pa'"), ("f(best.|", "attribute of best ''"),
    ("train epochs=5 # comm|", "nothing"), ("train epochs=5|", "nothing"),
    ("x = \"# no comm|", "expression [] '# no comm' in a string"),
    ("train epochs=5 \\\n  se|", "train () next 'se' without epochs"),
    ("train metrics=[\n  f|", "train () metrics= [*] 'f'"),
    ("space\n    le|", "line of space () after [] 'le'"),
    ("space external\n  a in 1..2\n  |", "line of space (external) after [a] ''"),
    ("space\n  optimizer in {sgd, ad|", "domain of optimizer [*] 'ad'"), ("space\n  x in lo|", "domain of x [] 'lo'"),
    ("space\n  x in log(|", "domain of x [log()] ''"),
    ("space\n  schedule in {step(fa|", "domain of schedule [* step()] 'fa'"),
    ("space\n  x in 1..4 st|", "word [\"step\", \"when\"] 'st'"),
    ("space\n  x in 1..4 step 2 w|", "word [\"when\"] 'w'"),
    ("space\n  x i|", "word [\"in\"] 'i'"), ("space\n  subject t|", "word [\"to\"] 't'"),
    ("space\n  a in 1..2\n  x in 1..4 when a|", "condition on nil after [a] 'a'"),
    ("space\n  a in {sgd}\n  x in 1..4 when a == s|", "condition on a after [a] 's'"),
    ("space\n  a in {sgd}\n  x in 1..4 when a in {b, s|", "condition on a after [a] 's'"),
    ("space\n  a in 1..2\n  subject to par|", "condition on nil after [a] 'par'"),
    ("space\n  a in 1..2\ntra|", "statement 'tra'"), ("  tra|", "statement 'tra'"), ("é😀 = 1; tra|", "statement 'tra'"),
  ])
  func place(_ marked: String, _ expected: String) { #expect(context(marked).shape == expected) }

  @Test func anywhereInAnythingIsAnswered() {
    let text = "space\n  a in {x, \"y\"} step(2 when a == [\ntrain a=f(b=\"c\", [d]) 'e\n? # é😀\\\n)}]("
    let scalars = Array(text.unicodeScalars)
    for position in -2...(scalars.count + 2) {
      let context = CursorContext.at(position, in: text, grammar)
      let place = min(max(position, 0), scalars.count)
      // The word ends at the position and is what the source has there.
      #expect(context.span.end == place && context.span.start <= place)
      #expect(Array(context.partial.unicodeScalars) == Array(scalars[context.span.start..<place]))
    }
  }
}

extension String {
  func replacingFirst(_ piece: String, with other: String) -> String {
    guard let range = firstRange(of: piece) else { return self }
    return replacingCharacters(range, other)
  }

  private func firstRange(of piece: String) -> Range<Index>? { self.ranges(of: piece).first }

  private func replacingCharacters(_ range: Range<Index>, _ other: String) -> String {
    String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }
}

extension CursorContext {
  var shape: String {
    let word = " '\(partial)'" + (isInString ? " in a string" : "")
    switch place {
    case .statement: return "statement" + word
    case .question: return "question" + word
    case .nothing: return "nothing"
    case .attribute(let base): return "attribute of \(base)" + word
    case .expression(let path): return "expression [\(path.map(\.shape).joined(separator: " "))]" + word
    case .blockWord(let words): return "word \(words)" + word
    case .blockName(let command, let earlier):
      return "line of \(command.verb) \(command.values) after [\(earlier.joined(separator: ", "))]" + word
    case .blockDomain(let name, _, let path):
      return "domain of \(name) [\(path.map(\.shape).joined(separator: " "))]" + word
    case .condition(let name, _, let earlier):
      return "condition on \(name ?? "nil") after [\(earlier.joined(separator: ", "))]" + word
    case .command(let command, let path):
      let slot = command.key.map { "\($0)=" } ?? "next"
      let steps = path.isEmpty ? "" : " [\(path.map(\.shape).joined(separator: " "))]"
      let others = command.keys.filter { $0 != command.key }
      return "\(command.verb) \(command.values) \(slot)\(steps)\(word)"
        + (command.isWithinValue && path.isEmpty ? " within" : "")
        + (others.isEmpty ? "" : " without " + others.joined(separator: ","))
    }
  }
}

extension CursorContext.CommandPlace {
  var values: String { positionals.isEmpty ? "()" : positionals.map { "(\($0))" }.joined() }
}

extension CursorContext.Step {
  var shape: String {
    switch self {
    case .element: "*"
    case .call(let name, let given, let key):
      "\(name)(" + given.map { ($0.key.map { "\($0)=" } ?? "") + $0.text }.joined(separator: ", ") + ")"
        + (key.map { " \($0)=" } ?? "")
    }
  }
}
