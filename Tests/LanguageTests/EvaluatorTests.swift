import Language
import Testing

/// A session of a few names.
struct Desk: Environment {
  var variables: [String: Value] = [
    "width": .int(128), "rate": .float(0.5), "xs": .list([.int(1), .float(2.5), .string("a")]), "name": .string("deep"),
    "d": .dict([.init("a", .int(1)), .init("n", .dict([.init("x", .list([.int(7)]))]))]),
    "run": .object(Object(Run())),
  ]
  var later: Set<String> = ["best"]
  var words: Set<String> = ["relu", "adam", "step", "log"]

  var names: [String] { variables.keys.sorted() + later.sorted() }
  func lookup(_ name: String) -> Lookup {
    if let value = variables[name] { return .value(value) }
    return later.contains(name) ? .later : .unknown
  }
  func isWord(_ name: String) -> Bool { words.contains(name) }
}

struct Run: SessionObject {
  var typeName: String { "a run" }
  func plain() throws -> Value {
    .dict([.init("epochs", .int(3)), .init("history", .dict([.init("val_loss", .list([.float(0.5), .float(.nan)]))]))])
  }
  func call(_ arguments: [Value], _ keywords: [Value.Entry]) throws -> Value {
    guard arguments == [.string("deep")] else { throw ValueError("no such run", hint: "there is 'deep'") }
    return .object(Object(self))
  }
}

@Suite struct EvaluatorTests {
  func result(_ text: String) -> String {
    do {
      let expression = try Parser(grammar).parseExpression(text)
      return try Evaluator(Desk()).value(of: expression).description
    } catch let mistake as Diagnostic {
      return "! [\(Source(text).text(mistake.span))] \(mistake.sentence)"
    } catch {
      return "! \(error)"
    }
  }

  /// The second column is what Python 3.11 prints for the same expression (true, false, none aside).
  @Test(arguments: [
    ("1 + 2 * 3", "7"), ("7 / 2", "3.5"), ("6 / 2", "3.0"), ("7 // 2", "3"), ("-7 // 2", "-4"), ("7 // -2", "-4"),
    ("-7 % 3", "2"), ("7 % -3", "-2"), ("-7.5 % 2", "0.5"), ("7.5 // 2", "3.0"), ("2 ** 10", "1024"),
    ("2 ** -1", "0.5"),
    ("2 ** 62", "4611686018427387904"), ("(-2) ** 63", "-9223372036854775808"), ("-2 ** 2", "-4"),
    ("2.0 ** 0.5", "1.4142135623730951"),
    ("3.0", "3.0"), ("1e16", "1e+16"), ("1e-5", "1e-05"), ("0.1 + 0.2", "0.30000000000000004"), ("1e22", "1e+22"),
    ("1_000 + 1", "1001"), ("1 + 1.0", "2.0"), ("abs(-3)", "3"), ("round(2.5)", "2"), ("round(2.675, 2)", "2.67"),
    ("round(3.14159, 2)", "3.14"), ("int(-3.9)", "-3"), ("float(3)", "3.0"), ("float('nan')", "nan"),
    ("float('-inf')", "-inf"), ("float(' 1e-3 ')", "0.001"), ("int('1_0')", "10"), ("len('é😀')", "2"),
    ("min(3, 1, 2)", "1"), ("max([1, 2.5])", "2.5"), ("sum([1, 2, 3])", "6"), ("sum([1, 2.5])", "3.5"),
    ("sorted([3, 1, 2])", "[1, 2, 3]"), ("str(1.0) + 'x'", "\"1.0x\""),
    ("1 < 2 < 3", "true"), ("3 > 2 > 2", "false"), ("1 == 1.0", "true"), ("'a' < 'b'", "true"), ("2 in [1, 2]", "true"),
    ("'b' in 'abc'", "true"), ("'a' in {'a': 1}", "true"), ("3 not in [1, 2]", "true"),
    ("not 1 == 2 and 2 == 2 or 1 / 0 == 1", "true"), ("false and 1 / 0 == 1", "false"),
    ("[1, 2] + [3]", "[1, 2, 3]"), ("'a' + 'b'", "\"ab\""), ("[1, 2, 3][-1]", "3"), ("'abc'[1]", "\"b\""),
    ("{'a': 1}['a']", "1"), ("{'a': 1, 'a': 2}", "{\"a\": 2}"), ("[1, 2] == [1.0, 2]", "true"),
    ("true == false", "false"),
  ])
  func asPython(_ text: String, _ expected: String) { #expect(result(text) == expected) }

  @Test(arguments: [
    ("width + 1", "129"), ("xs[1]", "2.5"), ("d.n.x[0]", "7"), ("d['n']", "{\"x\": [7]}"), ("name", "\"deep\""),
    ("run.epochs", "3"), ("run.history.val_loss", "[0.5, nan]"), ("run(\"deep\").epochs + 1", "4"),
    ("run['epochs']", "3"),
    ("len(run.history.val_loss)", "2"), ("1..width", "1..128"), ("3 in 1..4", "true"), ("0.5 in 1..4", "false"),
    ("{relu, adam}", "{relu, adam}"), ("relu == \"relu\"", "true"),
    ("step(factor=0.5, every=10)", "step(factor=0.5, every=10)"),
    ("log(1e-5..1)", "log(1e-05..1)"), ("30s * 2", "1min"), ("90s", "90s"), ("1h + 30min", "90min"),
    ("1min / 4s", "15.0"),
    ("nan", "nan"), ("-inf", "-inf"), ("[none, True]", "[none, true]"), ("{1: 2}", "{\"1\": 2}"),
    ("\"é\\n\\x01\"", "\"é\\n\\x01\""),
  ])
  func value(_ text: String, _ expected: String) { #expect(result(text) == expected) }

  @Test(arguments: [
    ("widht", "! [widht] unknown name 'widht'; did you mean 'width'?"),
    ("frob(1)", "! [frob] unknown function 'frob'"),
    ("1 / 0", "! [1 / 0] division by zero"), ("1 // 0", "! [1 // 0] division by zero"),
    ("1.5 % 0", "! [1.5 % 0] division by zero"),
    ("0 ** -1", "! [0 ** -1] division by zero"),
    (
      "9223372036854775807 + 1",
      "! [9223372036854775807 + 1] integer overflow: the result does not fit 64 bits; make one of the numbers a float"
    ),
    ("10 ** 19", "! [10 ** 19] integer overflow: the result does not fit 64 bits; make one of the numbers a float"),
    (
      "-9223372036854775808 // -1",
      "! [-9223372036854775808 // -1] integer overflow: the result does not fit 64 bits; make one of the numbers a float"
    ),
    (
      "-(-9223372036854775808)",
      "! [-(-9223372036854775808)] integer overflow: the result does not fit 64 bits; make one of the numbers a float"
    ),
    ("1e308 * 10", "! [1e308 * 10] float overflow: the result is beyond 1.8e308"),
    ("'a' + 1", "! ['a' + 1] '+' cannot join a string and an int; str(x) makes a string of a number"),
    ("'a' < 1", "! ['a' < 1] '<' cannot compare a string with an int"),
    ("xs[3]", "! [3] index 3 is outside the list of 3; expected 0 to 2"),
    ("xs[-4]", "! [-4] index -4 is outside the list of 3; expected 0 to 2"),
    ("xs['a']", "! ['a'] an index is an int, not a string"), ("xs.y", "! [y] a list has no attribute 'y'"),
    ("d.b", "! [b] the dict has no attribute 'b'; it has a, n"), ("d['x']", "! ['x'] the dict has no key \"x\""),
    ("run.epoch", "! [epoch] a run has no attribute 'epoch'; did you mean 'epochs'?"),
    ("run(\"x\")", "! [run(\"x\")] no such run; there is 'deep'"), ("width(1)", "! [width] an int cannot be called"),
    ("1 and true", "! [1] expected true or false beside 'and', found an int"),
    ("not 1", "! [not 1] expected true or false after 'not', found an int"),
    ("-'a'", "! [-'a'] '-' needs a number, found a string"), ("{[1]: 2}", "! [[1]] a key is a string, not a list"),
    ("'a'..3", "! ['a'..3] a range goes from a number to a number, not from a string to an int"),
    ("float('x')", "! [float('x')] \"x\" is not a number"),
    ("int(1e300)", "! [int(1e300)] 1e+300 does not fit an int of 64 bits"),
    ("int(nan)", "! [int(nan)] nan does not fit an int of 64 bits"),
    ("len(1, 2)", "! [len(1, 2)] len takes one value, not 2"),
    ("float(x=1)", "! [x] float takes no parameter 'x'"), ("min([])", "! [min([])] min() of an empty list"),
    ("best.value", "! [best.value] the value is not known yet"),
    ("1 in 2", "! [1 in 2] 'in' cannot look for an int in an int"),
  ])
  func mistake(_ text: String, _ expected: String) { #expect(result(text) == expected) }

  @Test(arguments: [
    "3.0", "-0.5", "1e-07", "\"a\\\"b\\\\\"", "[1, [2.0, \"x\"], {\"k\": none}]", "{relu, adam}", "1..4", "10min",
    "1.5s", "0s",
    "step(1, factor=0.5)", "true", "nan", "-inf", "9223372036854775807", "-9223372036854775808",
    "1.7976931348623157e+308", "5e-324",
  ])
  func readsBackTheSame(_ text: String) { #expect(result(text) == text) }

  @Test func checksBeforeTheRun() throws {
    func check(_ text: String) throws -> Evaluator.Check {
      Evaluator(Desk()).check(try Parser(grammar).parseExpression(text))
    }
    guard case .later = try check("best.value + width") else { throw ValueError("not later") }
    guard case .value(.int(129)) = try check("width + 1") else { throw ValueError("no value") }
    guard case .mistakes(let two) = try check("best.value + widht + frob(rat)") else { throw ValueError("no mistakes") }
    #expect(two.map(\.message) == ["unknown name 'widht'", "unknown function 'frob'", "unknown name 'rat'"])
    guard case .mistakes = try check("1 / 0 + best.value") else { throw ValueError("division passes") }
  }

  @Test func valuesStayWithinBounds() throws {
    var desk = Desk()
    desk.variables["x"] = .list([])
    var depth = 0
    while depth < 10_000 {
      guard let value = try? Evaluator(desk).value(of: Parser(grammar).parseExpression("[x]")) else { break }
      desk.variables["x"] = value
      depth += 1
    }
    #expect(depth < 300)
    desk.variables["x"] = .list(Array(repeating: .int(1), count: 6_000_000))
    #expect(throws: Diagnostic.self) { try Evaluator(desk).value(of: Parser(grammar).parseExpression("x + x")) }
  }

  /// A run of operators is worked off from the left, however long it is; the numbers are what Python 3.11 prints.
  @Test(arguments: [
    ("1" + String(repeating: " + 1", count: 100_000), "100001"),
    ("1.0" + String(repeating: " / 2 * 2", count: 50_000), "1.0"),
    ("1 - 2 - 3 + 4", "0"), ("2 * 3 // 4 * 5 % 3", "2"), ("1 + 2 * 3 - 4 / 2", "5.0"),
    ("true" + String(repeating: " and true", count: 100_000) + " and false", "false"),
    ("false or false or 1 < 2 < 3 < 4", "true"), ("1" + String(repeating: " <= 1", count: 100_000), "true"),
    ("1 < 3 < 2 < 4", "false"),
    // What stands behind the one that decides is not looked at.
    ("false and true and 1 / 0 > 0", "false"), ("false or true or 1 / 0 > 0", "true"),
    ("true and true and 5", "! [5] expected true or false beside 'and', found an int"),
    ("1 + 2 + 'a' + 3", "! [1 + 2 + 'a'] '+' cannot join an int and a string; str(x) makes a string of a number"),
  ])
  func `Runs of operators`(_ text: String, _ expected: String) {
    #expect(result(text) == expected)
  }
}
