import Datasets
import Foundation
import GRDB
import Synchronization
import Testing
import Vocabulary

/// Rows of an SQLite file.
@Suite struct DatabaseTests {
  private let folder: URL
  private var file: String { folder.appendingPathComponent("shop.db").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try DatabaseQueue(path: file).write { database in
      try database.execute(sql: "CREATE TABLE orders (price REAL, town TEXT, paid INTEGER, returned TEXT)")
      for row in 0..<40 {
        try database.execute(
          sql: "INSERT INTO orders VALUES (?, ?, ?, ?)",
          arguments: [
            row % 7 == 3 ? nil : 1.5 * Double(row), ["Kiel, \"north\"", "Ulm"][row % 2], row * 3,
            row % 3 == 0 ? "yes" : "no",
          ])
      }
    }
  }

  private func read(_ query: String?, context: LoadingContext? = nil) throws -> DataTable {
    try DataTable.read(
      .sqlite(file: "shop.db", query: query), context: context ?? LoadingContext(folder: folder.path))
  }

  @Test(arguments: [nil, "select * from orders"]) func `an answer's columns are typed as a CSV file's`(query: String?)
    throws
  {
    let table = try read(query)
    #expect(table.rows == 40)
    #expect(table.columns.map(\.name) == ["price", "town", "paid", "returned"])
    #expect(table.columns.map(\.kind) == [.number, .category, .number, .boolean])
    #expect(table.columns.map(\.missing) == [6, 0, 0, 0])
    #expect(try table.texts(of: "town").prefix(2) == ["Kiel, \"north\"", "Ulm"])
    let call = Call("sqlite", [.init("path", .text("shop.db")), .init("target", .text("price"))])
    let data = try DataSources.dataset(call, context: LoadingContext(folder: folder.path))
    #expect(data.examples.targetNames == ["price"] && data.examples.rows == 34)
  }

  @Test(arguments: [
    ("select * from order", "near"), ("select price, price from orders", "two columns 'price'"),
    ("delete from orders", "gives no rows"), ("drop table orders", "gives no rows"),
    ("delete from orders returning price", "readonly"),
    ("select colour from orders", "no such column"),
  ])
  func `what SQLite refuses is said, and nothing is written`(query: String, words: String) throws {
    let error = try #require(throws: DataError.self) { try read(query) }
    #expect(error.message.contains(words), "\(error.message)")
    #expect(try read(nil).rows == 40)
  }

  @Test func `a query that would never end is interrupted`() throws {
    let asked = Mutex(0)
    let context = LoadingContext(
      folder: folder.path,
      isCancelled: {
        asked.withLock {
          $0 += 1; return $0 > 3
        }
      })
    #expect(throws: LoadingCancelled.self) {
      try read(
        "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n where x < 0",
        context: context)
    }
  }

  @Test func `another file is refused, and several tables are named`() throws {
    try DatabaseQueue(path: file).write { try $0.execute(sql: "CREATE TABLE customers (name TEXT)") }
    let error = try #require(throws: DataError.self) { try read(nil) }
    #expect(error.message.contains("'orders', 'customers'"))
    try Data("a,b\n1,2\n".utf8).write(to: folder.appendingPathComponent("t.csv"))
    #expect(throws: DataError.self) {
      try DataTable.read(.sqlite(file: "t.csv", query: nil), context: LoadingContext(folder: folder.path))
    }
  }

  @Test func `a password in an address is refused without being repeated`() throws {
    let error = try #require(throws: DataError.self) {
      try DataTable.read(.postgresql(address: "postgresql://me:geheim-17@127.0.0.1/shop", query: "select 1"))
    }
    #expect(!error.description.contains("geheim") && error.about == "address")
  }

  @Test func `a server that there is not is said`() throws {
    let error = try #require(throws: DataError.self) {
      try DataTable.read(.postgresql(address: "postgresql://me@127.0.0.1:1/shop", query: "select 1"))
    }
    #expect(error.message.contains("127.0.0.1"), "\(error.message)")
  }
}
