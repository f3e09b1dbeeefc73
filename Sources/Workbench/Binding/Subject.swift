import Language
import Vocabulary

/// What a message calls the place of a value, and the name of the parameter there: "epochs of train".
struct Subject: CustomStringConvertible {
  var description: String
  /// nil if no declaration is at hand.
  var parameter: String?
  /// The command or call; nil as above.
  var owner: String?
  /// What stands there may be several things: a study's name, or where studies are kept.
  var isPositional = false

  init(_ parameter: String, of owner: String, isPositional: Bool = false) {
    description = (isPositional ? "the " : "") + "\(parameter) of \(owner)"
    self.parameter = parameter
    self.owner = owner
    self.isPositional = isPositional
  }
}

extension Subject: ExpressibleByStringInterpolation {
  /// A parameter that is known by its name alone, as a space has it.
  init(stringLiteral name: String) { (description, parameter, owner, isPositional) = (name, name, nil, false) }
}

extension OtherName {
  /// The declared parameter that is meant: what another program calls so, else the nearest by its letters.
  static func nearestParameter(to word: String, among names: [String]) -> String? {
    parameter(word)?.names.first(where: names.contains) ?? Suggestion.nearest(to: word, among: names)
  }
}
