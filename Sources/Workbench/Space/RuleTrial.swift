import Language
import LinearAlgebra
import Search
import Vocabulary

/// Works out the rules and conditions of a space in some of its configurations, as a cell would: an integer that overflows and a
/// division by zero are mistakes there, where a search would only take the rule as broken.
struct RuleTrial {
  let description: SpaceDescription
  private let space: Search.Space

  /// Configurations that are drawn, beside those of all least and all greatest values.
  private static let draws = 200

  init(_ description: SpaceDescription) {
    self.description = description
    space = description.space(fixed: [:], known: Hyperparameters.standard)
  }

  /// Throws a `Diagnostic` that names the mistake under what it is in, and the configuration.
  func check() throws {
    let conditions = description.parameters.filter { $0.condition?.calculates ?? false }
    let rules = description.constraints.filter { $0.expression.calculates }
    if conditions.isEmpty && rules.isEmpty { return }
    var random = RandomStream(seed: 0, "rule trial")
    for draw in -2..<Self.draws {
      try Interrupting.check()
      let point = space.configuration { parameter in
        switch draw {
        case -2: parameter.domain.ends.first ?? parameter.domain.draw(&random)
        case -1: parameter.domain.ends.last ?? parameter.domain.draw(&random)
        default: parameter.domain.draw(&random)
        }
      }
      let whole = space.fixed.merging(point) { $1 }
      for parameter in conditions {
        guard let mistake = parameter.condition?.mistake(in: whole) else { continue }
        let span = description.spans[parameter.name] ?? Span(0, 0)
        throw Diagnostic(
          mistake + configuration(parameter.condition?.names ?? [], whole), at: span, hint: Self.hint)
      }
      for rule in rules { try check(rule, point, whole) }
    }
  }

  private func check(_ rule: SpaceDescription.Rule, _ point: Point, _ whole: Point) throws {
    let inactive = Set(space.parameters.lazy.map(\.name).filter { point[$0] == nil })
    let names = RuleNames(
      point: whole, inactive: inactive, isExternal: description.isExternal, measure: { _ in nil })
    do {
      _ = try Evaluator(RuleEnvironment(lookUp: names.lookUp), keepsWords: true).value(of: rule.expression)
    } catch let mistake as Diagnostic where mistake.isArithmetic {
      throw Diagnostic(
        mistake.message + configuration(rule.expression.freeNames.map(\.0), whole), at: mistake.span, hint: Self.hint)
    } catch is Diagnostic {
      // What has no value here is not compared.
    }
  }

  private static let hint = "use other ranges, or write a comparison before it: x > 0 and 12 / x > 3"

  private func configuration(_ names: [String], _ point: Point) -> String {
    let searched = Set(names).sorted().filter { space[$0] != nil }.prefix(5)
    let values = searched.compactMap { name in point[name].map { "\(ParameterName.typed(name))=\($0)" } }
    return values.isEmpty ? "" : ", with \(values.joined(separator: ", "))"
  }
}

extension Diagnostic {
  fileprivate var isArithmetic: Bool { fact == .arithmetic }
}

extension Expression {
  /// Whether it has more than comparisons.
  fileprivate var calculates: Bool {
    var isFound = false
    _ = mapped { part in
      switch part {
      case .binary(let sign, _, _, _): if Self.signs.contains(sign) { isFound = true }
      case .chain(_, let links, _): if links.contains(where: { Self.signs.contains($0.sign) }) { isFound = true }
      case .unary("-", _, _), .call: isFound = true
      default: break
      }
      return nil
    }
    return isFound
  }

  private static let signs: Set<String> = ["+", "-", "*", "/", "//", "%", "**"]
}
