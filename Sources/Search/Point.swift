/// One value of a parameter, as a program or a study file sees it: a JSON scalar.
package enum ParameterValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int)
  case float(Double)
  case text(String)
}

/// A configuration: the values of the parameters that are active in it, by name.
package typealias Point = [String: ParameterValue]
