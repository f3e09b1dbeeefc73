/// Whether a value that was stored is one that its declaration allows.
///
/// A cell's arguments are checked when they are bound, with spans. What a file or a study holds never was in a cell of
/// this session: it is compared with the same declarations here, before anything is made of it.
extension Syntax {
  /// Returns true if every argument has a declared name and a value of its kind, and none that is required is missing.
  package func allows(_ call: Call) -> Bool {
    let names = Set(options.map(\.name))
    return call.name == name && call.arguments.allSatisfy { names.contains($0.name) }
      && options.allSatisfy { option in
        guard let value = call[option.name] else { return !option.isRequired || option.standard != nil }
        return option.kind.allows(value)
      }
  }
}

extension [Syntax] {
  /// Returns true if one of the declarations allows the call.
  package func allow(_ call: Call) -> Bool { contains { $0.allows(call) } }
}

extension Option.Kind {
  /// Returns true for a value of this kind and in its range.
  package func allows(_ value: Argument) -> Bool {
    switch (self, value) {
    case (.any, _), (.printed, _), (.bool, .bool): true
    case (.int(let range), .int(let number)): range.contains(number)
    case (.float(let range), .float(let number)): range.contains(number)
    case (.float(let range), .int(let number)): range.contains(Double(number))
    case (.share, .int(let count)): count >= 0
    case (.share, .float(let share)): FloatRange.share.contains(share)
    case (.duration, .int(let seconds)): seconds >= 0
    case (.duration, .float(let seconds)): FloatRange.nonNegative.contains(seconds)
    case (.text, .text), (.path, .text), (.name, .text), (.name, .call): true
    case (.word(let words), .text(let word)): words.contains(word)
    case (.word(let words), .call(let call)): call.arguments.isEmpty && words.contains(call.name)
    case (.call(let declared), .call(let call)): declared.allow(call)
    case (.call(let declared), .text(let name)): declared.allow(Call(name))
    case (.list(let kind), .list(let values)): values.allSatisfy(kind.allows)
    case (.either(let kinds), _): kinds.contains { $0.allows(value) }
    default: false
    }
  }
}
