/// Reads a call's arguments by the declared options: a missing one has its default.
///
/// The workbench has checked kinds and ranges against the declaration before, with spans; here a mismatch is ours.
extension Call {
  package func float(_ name: String, _ syntax: Syntax) -> Double? {
    switch value(name, syntax) {
    case .float(let value)?: value
    case .int(let value)?: Double(value)
    default: nil
    }
  }

  package func int(_ name: String, _ syntax: Syntax) -> Int? {
    if case .int(let value)? = value(name, syntax) { value } else { nil }
  }

  package func bool(_ name: String, _ syntax: Syntax) -> Bool? {
    if case .bool(let value)? = value(name, syntax) { value } else { nil }
  }

  package func text(_ name: String, _ syntax: Syntax) -> String? {
    switch value(name, syntax) {
    case .text(let value)?: value
    case .call(let call)?: call.name
    default: nil
    }
  }

  package func call(_ name: String, _ syntax: Syntax) -> Call? {
    switch value(name, syntax) {
    case .call(let call)?: call
    case .text(let name)?: Call(name)
    default: nil
    }
  }

  package func floats(_ name: String, _ syntax: Syntax) -> [Double]? {
    guard case .list(let values)? = value(name, syntax) else { return nil }
    return values.compactMap {
      switch $0 {
      case .float(let value): value
      case .int(let value): Double(value)
      default: nil
      }
    }
  }

  private func value(_ name: String, _ syntax: Syntax) -> Argument? {
    self[name] ?? syntax.options.first { $0.name == name }?.standard
  }
}
