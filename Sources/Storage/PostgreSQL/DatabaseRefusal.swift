import CPostgreSQL

/// What a server or the way to it refuses.
package struct DatabaseRefusal: Error {
  /// SQLSTATE's five characters, or none.
  var state: String
  /// One line. libpq names hosts and users in it, never a password.
  package var message: String
  /// The session is of no use any more.
  var isDisconnected: Bool

  /// The wait was ended by whoever waited.
  package var isInterrupted = false

  static var interrupted: DatabaseRefusal {
    var refusal = DatabaseRefusal(state: "", message: "waiting for it was interrupted", isDisconnected: true)
    refusal.isInterrupted = true
    return refusal
  }

  /// What was to be made has been made by another: duplicate object, duplicate table, unique violation.
  var isThereAlready: Bool { ["42710", "42P07", "23505"].contains(state) }

  init(state: String, message: String, isDisconnected: Bool) {
    self.state = state
    self.message = message
    self.isDisconnected = isDisconnected
  }

  init(_ result: OpaquePointer, isDisconnected: Bool) {
    func field(_ code: Character) -> String? {
      PQresultErrorField(result, Int32(code.asciiValue!)).map { String(cString: $0) }
    }
    state = field("C") ?? ""
    message = field("M") ?? firstLine(PQresultErrorMessage(result))
    // Classes of a server that is going down, and of a connection that has gone.
    self.isDisconnected =
      isDisconnected || state.hasPrefix("08") || ["57P01", "57P02", "57P03", "57P05"].contains(state)
  }

  /// Whether the same may be tried again: another transaction stood in the way.
  var isCollision: Bool { ["40001", "40P01", "55P03"].contains(state) }
}
