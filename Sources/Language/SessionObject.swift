/// Something of the session that expressions look into: `best`, `trials`, `run`, `data`.
///
/// Attributes are asked for one at a time, so that a long history is not copied to read one number.
package protocol SessionObject: Sendable {
  /// As a message calls it: "a run", "the best trial".
  var typeName: String { get }
  /// What may follow a `.`: for suggestions and completion.
  var attributeNames: [String] { get }
  /// The attribute of this name; nil where there is none.
  func attribute(_ name: String) throws -> Value?
  /// The whole as plain lists, dicts and numbers: what is printed, indexed and written as JSON.
  func plain() throws -> Value
  /// `run("deep")`; throws where it cannot be called.
  func call(_ arguments: [Value], _ keywords: [Value.Entry]) throws -> Value
}

extension SessionObject {
  package var attributeNames: [String] {
    if case .dict(let entries)? = try? plain() { entries.map(\.key) } else { [] }
  }

  package func attribute(_ name: String) throws -> Value? { try plain()[name] }

  package func call(_ arguments: [Value], _ keywords: [Value.Entry]) throws -> Value {
    throw ValueError("\(typeName) cannot be called")
  }
}

/// Holds a session object in a value. Two are equal where their plain forms are.
package struct Object: Sendable, Equatable {
  package let base: any SessionObject

  package init(_ base: any SessionObject) { self.base = base }

  package static func == (left: Object, right: Object) -> Bool {
    guard let a = try? left.base.plain(), let b = try? right.base.plain() else { return false }
    return a == b
  }
}

/// What a session object throws: the evaluator adds where in the cell it happened.
package struct ValueError: Error, Sendable, Equatable {
  package var message: String
  package var hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
