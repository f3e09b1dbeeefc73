import Language
import Testing

@Suite struct JunctionTests {
  private func junction(_ text: String) throws -> Junction? {
    try Parser(Grammar(commands: [], blockCommands: [])).parseExpression(text).junction
  }

  @Test(arguments: [2, 3, 50]) func `a run of one sign is one junction, however long`(count: Int) throws {
    let names = (0..<count).map { "a\($0)" }
    for sign in [Junction.Sign.and, .or] {
      let found = try #require(try junction(names.joined(separator: " \(sign.rawValue) ")))
      #expect(found.sign == sign)
      #expect(found.operands.map(\.shape) == names)
    }
  }

  @Test func `a run of the other sign is an operand, and other operators are none`() throws {
    #expect(try junction("a and b or c and d and e")?.operands.map { $0.junction?.operands.count } == [2, 3])
    for text in ["a", "not a", "a + b + c", "a < b"] { #expect(try junction(text) == nil, "\(text)") }
    #expect(try junction("0 < x < 1")?.operands.map(\.shape) == ["(0 < x)", "(x < 1)"])
  }
}
