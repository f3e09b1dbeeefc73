import Foundation
import GRDB

/// A query of an SQLite file, which is opened for reading only.
struct SQLiteQuery {
  let file: String
  /// nil: all of the only table.
  let query: String?
  let context: LoadingContext

  init(file: String, query: String?, _ context: LoadingContext) {
    (self.file, self.query, self.context) = (file, query, context)
  }

  /// Throws a `DataError` for what SQLite refuses, `LoadingCancelled` within 20 ms if asked to stop.
  func answer() throws -> QueryAnswer {
    guard FileKind(try FileSource(path: file, isCancelled: context.isCancelled).head()) == .sqlite else {
      throw DataError("\(file) is not an SQLite database", about: "path")
    }
    var configuration = Configuration()
    configuration.readonly = true
    let isCancelled = context.isCancelled
    configuration.busyMode = .callback { attempt in
      usleep(10_000)
      return attempt < 3000 && !isCancelled()
    }
    do {
      let database = try DatabaseQueue(path: file, configuration: configuration)
      // SQLite may work for long before its first row.
      let watch = DispatchSource.makeTimerSource(queue: .global())
      watch.setEventHandler { if isCancelled() { database.interrupt() } }
      watch.schedule(deadline: .now(), repeating: .milliseconds(20))
      watch.resume()
      defer { watch.cancel() }
      return try database.read { try rows($0) }
    } catch let error as DatabaseError {
      if context.isCancelled() { throw LoadingCancelled() }
      throw DataError("\(file): \(error.message ?? "SQLite error \(error.resultCode.rawValue)")", about: "query")
    }
  }

  private func rows(_ database: Database) throws -> QueryAnswer {
    let statement = try database.makeStatement(sql: try query ?? wholeTable(database))
    var answer = try QueryAnswer(name: file, columns: statement.columnNames)
    let cursor = try Row.fetchCursor(statement)
    while let row = try cursor.next() {
      if context.isCancelled() { throw LoadingCancelled() }
      for index in 0..<row.count {
        switch (row[index] as DatabaseValue).storage {
        case .null: answer.field([])
        case .int64(let number): answer.field("\(number)".utf8)
        case .double(let number): answer.field("\(number)".utf8)
        case .string(let text): answer.field(text.utf8)
        case .blob(let bytes): answer.field(bytes)
        }
      }
      try answer.endRow()
      if answer.rows & 0xfff == 0 { context.progress("reading \(answer.rows) rows", 0) }
    }
    return answer
  }

  /// A table's name as it is typed in a query: bare if SQLite takes it so.
  private static func identifier(_ name: String, _ database: Database) -> String {
    let isBare = (try? database.makeStatement(sql: "SELECT * FROM \(name)")) != nil
    return isBare && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      ? name : "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  private func wholeTable(_ database: Database) throws -> String {
    let names = try String.fetchAll(
      database, sql: "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'")
    guard names.count == 1, let name = names.first else {
      let listed = names.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
      throw DataError(
        names.isEmpty ? "\(file) has no table" : "\(file) has the tables \(listed)",
        hint: names.first.map { "use query=" + NameText.text("select * from \(Self.identifier($0, database))") })
    }
    return "SELECT * FROM \(name.quotedDatabaseIdentifier)"
  }
}
