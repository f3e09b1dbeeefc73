import Storage
import Testing

struct DatabaseLibraryTests {
  @Test(arguments: [[], ["libabsent.so.5"], ["/dev/null"], ["libc.so.6"]])
  func `a machine without libpq is told what to install`(places: [String]) {
    #expect {
      try DatabaseLibrary.load(from: places)
    } throws: {
      let message = ($0 as? StorageError)?.description ?? ""
      return message.contains("libpq 14 or newer, is not installed") && message.contains("apt install libpq5")
    }
  }

  @Test func `libpq is found where the system has it, and beside the program`() throws {
    try DatabaseLibrary.load()
    #expect(DatabaseLibrary.places.count == 2 && DatabaseLibrary.places[1].hasSuffix("/lib/libpq.so.5"))
  }

  @Test(arguments: [
    ("postgresql://localhost/studies", true), ("host=localhost dbname=studies", true), ("sslmode=require", true),
    ("a=b.db", false), ("studies.db", false),
  ])
  func `what is meant as a database is told from a file`(text: String, isDatabase: Bool) {
    #expect(DatabaseAddress.isMeant(by: text) == isDatabase)
  }
}
