import Jupyter
import Language

extension Value {
  /// What `application/json` carries: ints are JSON ints, NaN and infinities null.
  package func json() throws -> JSON { Self.json(try plain()) }

  private static func json(_ plain: Value) -> JSON {
    switch plain {
    case .none: .null
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(number)
    case .float(let number), .duration(let number): number.isFinite ? .double(number) : .null
    case .string(let text), .word(let text): .string(text)
    case .list(let values), .set(let values): .array(values.map(json))
    case .dict(let entries): .object(Dictionary(entries.map { ($0.key, json($0.value)) }, uniquingKeysWith: { $1 }))
    default: .string(plain.description)
    }
  }
}
