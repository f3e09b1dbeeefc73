/// Operands joined by `and`, or by `or`: however many there are, and however the parser keeps them.
package struct Junction {
  package enum Sign: String, Sendable {
    case and, or
  }

  package var sign: Sign
  /// Two or more, in written order.
  package var operands: [Expression]
}

extension Expression {
  /// The expression as a run of `and`, or of `or`; nil where it is neither.
  package var junction: Junction? {
    switch self {
    case .binary(let sign, let left, let right, _):
      Junction.Sign(rawValue: sign).map { Junction(sign: $0, operands: [left, right]) }
    case .chain(let first, let links, _):
      Junction.Sign(rawValue: links[0].sign).map { Junction(sign: $0, operands: [first] + links.map(\.operand)) }
    default: nil
    }
  }
}
