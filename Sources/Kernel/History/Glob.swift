/// A pattern of a shell: `*` stands for anything, `?` for one character, `[abc]` and `[a-z]` for one of a set.
package struct Glob {
  private enum Part {
    case any, one
    case scalar(UnicodeScalar)
    case set([ClosedRange<UnicodeScalar>])
  }
  private var parts: [Part] = []

  package init(_ pattern: String) {
    let scalars = Array(pattern.unicodeScalars)
    var index = 0
    while index < scalars.count {
      switch scalars[index] {
      case "*": parts.append(.any)
      case "?": parts.append(.one)
      case "[":
        if let end = scalars[(index + 1)...].dropFirst().firstIndex(of: "]") {
          parts.append(.set(Self.ranges(scalars[(index + 1)..<end])))
          index = end
        } else {
          parts.append(.scalar("["))
        }
      case let scalar: parts.append(.scalar(scalar))
      }
      index += 1
    }
  }

  private static func ranges(_ text: ArraySlice<UnicodeScalar>) -> [ClosedRange<UnicodeScalar>] {
    var ranges: [ClosedRange<UnicodeScalar>] = []
    var rest = text
    while let first = rest.popFirst() {
      if rest.count >= 2, rest.first == "-", let last = rest.dropFirst().first, first <= last {
        ranges.append(first...last)
        rest = rest.dropFirst(2)
      } else {
        ranges.append(first...first)
      }
    }
    return ranges
  }

  /// Whether the whole text fits. Time is at most the product of the lengths: after a mismatch only the last `*` is
  /// tried again.
  package func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var place = 0
    var part = 0
    var retry: (part: Int, place: Int)?
    while place < scalars.count {
      if part < parts.count, case .any = parts[part] {
        retry = (part + 1, place)
        part += 1
      } else if part < parts.count, fits(parts[part], scalars[place]) {
        part += 1
        place += 1
      } else if let last = retry {
        retry = (last.part, last.place + 1)
        part = last.part
        place = last.place + 1
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { if case .any = $0 { true } else { false } }
  }

  private func fits(_ part: Part, _ scalar: UnicodeScalar) -> Bool {
    switch part {
    case .any, .one: true
    case .scalar(let own): own == scalar
    case .set(let ranges): ranges.contains { $0.contains(scalar) }
    }
  }
}
