import Language
import Testing

@Suite struct SecretsTests {
  @Test(arguments: [
    ("postgresql://ada:secret@host/db", "postgresql://ada:******@host/db"), ("postgresql://ada@host:5432/db", "postgresql://ada@host:5432/db"),
    ("a://u:p@:w@h b", "a://u:****@h b"), ("\"a://u:p@h\" 'b://v:qq@i'", "\"a://u:*@h\" 'b://v:**@i'"),
    ("a://h/d?password=xyz&b=c", "a://h/d?password=***&b=c"), ("password=xy password=", "password=** password="),
    ("a://u:p@h/d?password=xyz", "a://u:*@h/d?password=***"), ("://", "://"), ("a://b://u:p@h", "a://b:*****@h"),
    ("nothing: here @ all", "nothing: here @ all"), ("passwor", "passwor"),
  ])
  func hides(_ text: String, _ expected: String) {
    #expect(Secrets.hidden(text) == expected)
  }
}
