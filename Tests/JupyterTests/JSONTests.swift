import Jupyter
import Testing

@Suite struct JSONTests {
  /// Texts and what Python's `json` module reads from them, written back with sorted keys and no spaces.
  @Test(arguments: [
    ("null", "null"), (" true ", "true"), ("false", "false"), ("0", "0"), ("-0", "0"), ("-12", "-12"),
    ("9223372036854775807", "9223372036854775807"), ("9223372036854775808", "9.223372036854776e+18"),
    ("1.5", "1.5"), ("1e2", "100.0"), ("1E-5", "1e-05"), ("\"\"", "\"\""), ("\"a\\u0041\\n\"", "\"aA\\n\""),
    ("\"\\ud83d\\ude00\"", "\"😀\""), ("\"\\ud83d\"", "\"\u{FFFD}\""), ("\"\\ud83dx\"", "\"\u{FFFD}x\""),
    ("\"\\ud83d\\u0041\"", "\"\u{FFFD}A\""), ("\"\\/\\b\\f\\t\\r\\\\\"", "\"/\\u0008\\u000c\\t\\r\\\\\""),
    ("[ ]", "[]"), ("[1, [2]]", "[1,[2]]"), ("{ }", "{}"), ("{\"b\": 1, \"a\": {}}", "{\"a\":{},\"b\":1}"),
    ("{\"a\":1,\"a\":2}", "{\"a\":2}"), ("\t\r\n1", "1"),
  ])
  func `A text is read and written back`(text: String, expected: String) throws {
    #expect(try JSON(parsing: text).text == expected)
  }

  @Test(arguments: [
    "", " ", "nul", "tru", "True", "NaN", "Infinity", "-", "01", "1.", ".5", "1e", "+1", "\"", "\"\\x\"", "\"\\u12\"",
    "\"\n\"", "[", "[1", "[1,]", "[,1]", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "1 2", "[1]]", "'a'",
    "1e999",
    "\u{FEFF}1", "\u{0B}1",
  ])
  func `What is not JSON is refused`(text: String) {
    #expect(throws: JSONError.self) { try JSON(parsing: text) }
  }

  @Test func `Bytes that are not UTF-8 are refused`() {
    #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xFF, 0x22]) }
    #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0x5C, 0x6E, 0xC3, 0x22]) }
  }

  @Test func `Nesting has a bound`() throws {
    let deep = JSON.maximumDepth - 1
    let allowed = String(repeating: "[", count: deep) + "1" + String(repeating: "]", count: deep)
    #expect(try JSON(parsing: allowed).text == allowed)
    #expect(throws: JSONError.self) { try JSON(parsing: "[" + allowed + "]") }
    #expect(throws: JSONError.self) { try JSON(parsing: String(repeating: "{\"a\":", count: 1_000_000)) }
  }

  @Test func `Numbers that JSON cannot say are null`() {
    #expect(JSON.array([.double(.nan), .double(.infinity), .double(-.infinity)]).text == "[null,null,null]")
  }

  @Test func `An int stays an int and a double a double`() throws {
    #expect(try JSON(parsing: "3") == .int(3))
    #expect(try JSON(parsing: "3.0") == .double(3))
    #expect(JSON.double(3).text == "3.0")
  }
}
