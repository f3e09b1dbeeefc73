import Language
import Testing

@Suite struct SecretsTests {
  /// What is typed, with the password between angle brackets.
  static let typed = [
    #"study storage "postgresql://me:‹secret›@host/db""#,
    "postgresql://me:‹secret›@host:5432/db?sslmode=require",
    #"study storage 'postgres://me:‹se"cret›@host/db'"#,
    #"study storage "postgres://me:‹se'cret›@host/db""#,
    #"study storage "postgresql://me:‹se\"cr et›@host/db""#,
    #"study storage "postgresql+psycopg2://me:‹a/b:c@d›@host/db""#,
    #"study storage "postgresql://:‹secret›@host/db""#,
    #"study storage "postgresql://me:‹never closed›@host/db"#,
    "print \"postgresql://a:‹one›@h/x\"\nprint \"postgresql://b:‹two›@h/x\"",
    "data csv(\"https://me:‹secret›@host/data.csv\")",
    #"study storage "postgresql://host/db?user=me&password=‹secret›&sslmode=require""#,
    #"study storage "postgresql://host/db?sslpassword=‹secret›""#,
    "host=h password=‹secret› dbname=d",
    "host=h password='‹my secret›' dbname=d",
    #"password = "‹secret›""#,
    "PGPASSWORD=‹secret› attune worker",
    #"os.environ["PGPASSWORD"] = "‹secret›""#,
    #"Password="‹sécret…ß›""#,
    "postgresql://localhost:1/x?user=a&pass%77ord=‹secret›&b=c", "%50%41ssword=‹secret›",
    #"export run to="host=h password='‹S3\\'CRET more›'""#,
    "postgresql:/me:‹secret›@h/db", "postgresql//me:‹secret›@h/db",
    "there is no folder '/home/me/postgresql:/u:‹secret›@h'",
  ]

  @Test(arguments: typed) func `a password becomes stars, the rest stays`(marked: String) {
    let text = marked.filter { $0 != "‹" && $0 != "›" }
    var isSecret = false
    var expected = String.UnicodeScalarView()
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "‹": isSecret = true
      case "›": isSecret = false
      default: expected.append(isSecret ? "*" : scalar)
      }
    }
    #expect(Secrets.hidden(text) == String(expected))
  }

  @Test(arguments: [
    "train epochs=20 learning_rate=0.1", "study storage \"postgresql://me@host:5432/db\"",
    "print \"http://localhost:8888/lab@1.0\"",
    "x = {\"a\": 1}  # see https://host:80/a and mail me@host", "password == 3", "passwords", "", "://", "a://b:",
    "password=",
    "x = 7 // 2", "x = a[1:2]//3", "C:/Users/me: a@b", "pass%zzord=1", "pass%7", "password = ", "postgresql://",
    "\"postgresql://me:", "naïve 👩‍👩‍👧 text\r\nwith lines",
  ])
  func `nothing else changes`(text: String) { #expect(Secrets.hidden(text) == text) }

  @Test func `a mistake's excerpt shows no password`() {
    let source = Source(#"study storge "postgresql://me:geheim@host/db""#)
    let diagnostic = Diagnostic("unknown action", at: Span(6, 12))
    #expect(!diagnostic.rendered(in: source).contains("geheim"))
  }

  @Test(arguments: [
    ("postgresql://ada:secret@host/db", "postgresql://ada:******@host/db"),
    ("postgresql://ada@host:5432/db", "postgresql://ada@host:5432/db"),
    ("a://u:p@:w@h b", "a://u:****@h b"), ("\"a://u:p@h\" 'b://v:qq@i'", "\"a://u:*@h\" 'b://v:**@i'"),
    ("a://h/d?password=xyz&b=c", "a://h/d?password=***&b=c"), ("password=xy password=", "password=** password="),
    ("a://u:p@h/d?password=xyz", "a://u:*@h/d?password=***"), ("://", "://"), ("a://b://u:p@h", "a://b://u:*@h"),
    ("nothing: here @ all", "nothing: here @ all"), ("passwor", "passwor"),
  ])
  func hides(_ text: String, _ expected: String) {
    #expect(Secrets.hidden(text) == expected)
  }
}
