import CPostgreSQL
import Foundation
import Storage

/// A query of a PostgreSQL server, in a session that may only read.
struct PostgreSQLQuery {
  private let address: DatabaseAddress
  private let query: String
  private let context: LoadingContext

  /// Throws a `DataError` for an address that cannot be read or holds a password.
  init(address: String, query: String, _ context: LoadingContext) throws {
    do { self.address = try DatabaseAddress(address) } catch {
      throw DataError(error.message, hint: error.hint, about: "address")
    }
    (self.query, self.context) = (query, context)
  }

  /// Throws a `DataError` for what the server refuses, `LoadingCancelled` within 100 ms if asked to stop.
  func answer() throws -> QueryAnswer {
    let handle: OpaquePointer
    do { handle = try DatabaseAttempt.connection(to: address, isCancelled: context.isCancelled) } catch {
      if error.isInterrupted { throw LoadingCancelled() }
      throw complaint(error.message)
    }
    defer { PQfinish(handle) }
    do {
      try setUp(handle)
      return try rows(handle)
    } catch is LoadingCancelled {
      if let cancel = PQgetCancel(handle) {
        var complaint = [CChar](repeating: 0, count: 256)
        PQcancel(cancel, &complaint, 256)
        PQfreeCancel(cancel)
      }
      throw LoadingCancelled()
    }
  }

  private func setUp(_ handle: OpaquePointer) throws {
    for statement in [
      "SET datestyle TO 'ISO'", "SET default_transaction_read_only TO on",
    ] {
      guard PQsendQueryParams(handle, statement, 0, nil, nil, nil, nil, 0) == 1 else { throw refusal(handle) }
      while let result = try next(handle) { PQclear(result) }
    }
  }

  private func rows(_ handle: OpaquePointer) throws -> QueryAnswer {
    // One statement: what follows a semicolon is refused by the server.
    guard PQsendQueryParams(handle, query, 0, nil, nil, nil, nil, 0) == 1, PQsetSingleRowMode(handle) == 1 else {
      throw refusal(handle)
    }
    var answer: QueryAnswer?
    while let result = try next(handle) {
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK:
        let columns = PQnfields(result)
        let name = PQdb(handle).map { String(cString: $0) } ?? "database"
        var filled =
          try answer ?? QueryAnswer(name: name, columns: (0..<columns).map { String(cString: PQfname(result, $0)) })
        // One owner, so that the text is not copied.
        answer = nil
        for row in 0..<PQntuples(result) {
          for column in 0..<columns {
            let length = PQgetisnull(result, row, column) == 1 ? 0 : Int(PQgetlength(result, row, column))
            let bytes = UnsafeRawBufferPointer(start: PQgetvalue(result, row, column), count: length)
            filled.field(bytes)
          }
          try filled.endRow()
        }
        answer = filled
      case PGRES_COMMAND_OK: break
      default: throw refusal(handle)
      }
    }
    guard let answer else { throw DataError("the query gives no rows", hint: "use a select", about: "query") }
    return answer
  }

  /// The next result of what was sent; nil after the last.
  private func next(_ handle: OpaquePointer) throws -> OpaquePointer? {
    while true {
      if context.isCancelled() { throw LoadingCancelled() }
      if PQflush(handle) < 0 { throw refusal(handle) }
      if PQisBusy(handle) == 0 { return PQgetResult(handle) }
      if try wait(handle, POLLIN), PQconsumeInput(handle) == 0 { throw refusal(handle) }
    }
  }

  /// Whether the socket is ready within 20 ms.
  private func wait(_ handle: OpaquePointer, _ events: Int32) throws -> Bool {
    if context.isCancelled() { throw LoadingCancelled() }
    var item = pollfd(fd: PQsocket(handle), events: Int16(events), revents: 0)
    return poll(&item, 1, 20) > 0
  }

  /// What libpq says: hosts and users stand in it, never a password.
  private func refusal(_ handle: OpaquePointer) -> DataError {
    let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
    return complaint(text.split(separator: "\n").first.map(String.init) ?? "the connection was lost")
  }

  private func complaint(_ line: String) -> DataError {
    DataError(
      "the database: \(line.replacing("ERROR:  ", with: ""))",
      hint: line.contains("password") ? "the password comes from ~/.pgpass or PGPASSWORD" : nil, about: "query")
  }
}
