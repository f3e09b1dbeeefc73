import Datasets
import NeuralNetworks
import Vocabulary

/// Settings of network and training that go together: what one word of `network` stands for.
///
/// Each ingredient depends on the data at most, so that a recipe follows the data that is loaded after it.
package struct Recipe: Sendable {
  /// A setting of `network` or `train`, and why it is there.
  struct Ingredient: Sendable {
    let name: String
    let why: String
    /// nil leaves the setting's default.
    let value: @Sendable (Dataset?) -> Argument?

    init(_ name: String, _ why: String, value: @escaping @Sendable (Dataset?) -> Argument?) {
      (self.name, self.why, self.value) = (name, why, value)
    }

    init(_ name: String, _ value: Argument, _ why: String) { self.init(name, why) { _ in value } }
  }

  package let name: String
  let summary: String
  let ingredients: [Ingredient]

  /// What it sets of `network` for a dataset; without one as for classes.
  func network(for data: Dataset?) -> [String: Argument] { settings(data) { NetworkSettings.isName($0) } }

  /// What it sets of `train` where nothing else is said. Rate and decay belong to the recipe's own optimizer: they are left out if
  /// `names`, which are said otherwise, hold another.
  func training(for data: Dataset?, unless names: Set<String> = []) -> [String: Argument] {
    settings(data) { name in
      !NetworkSettings.isName(name) && !names.contains(name)
        && !(names.contains("optimizer") && ["learning_rate", "weight_decay", "weight_decay_schedule"].contains(name))
    }
  }

  private func settings(_ data: Dataset?, where isWanted: (String) -> Bool) -> [String: Argument] {
    ingredients.filter { isWanted($0.name) }.reduce(into: [:]) { $0[$1.name] = $1.value(data) }
  }

  /// For `network` and its help.
  var syntax: Syntax { Syntax(name, summary) }
}

/// Every recipe that `network` knows.
package enum Recipes {
  package static let all: [Recipe] = [.plain, .best]

  static func named(_ name: String?) -> Recipe? { all.first { $0.name == name } }
}

extension Recipe {
  /// The defaults, by name.
  static let plain = Recipe(
    name: "plain", summary: "the defaults: one hidden layer of 128, adam, 10 epochs", ingredients: [])
}

extension Session {
  /// The settings of the current network: its recipe's, for the data there is, and over them what was said.
  var networkSettings: [String: Argument] {
    guard let recipe = Recipes.named(network.recipe) else { return network.said }
    return Recipe.merged(recipe.network(for: data?.dataset), network.said)
  }

  /// What the network's recipe sets of a training beside `names`, which are said elsewhere.
  func recipeTraining(on data: LoadedData?, unless names: Set<String>) -> [String: Argument] {
    Recipes.named(network.recipe)?.training(for: data?.dataset, unless: names) ?? [:]
  }
}

extension Recipe {
  /// Settings of a network over a recipe's. Another way to say the widths takes the place of the recipe's.
  static func merged(_ recipe: [String: Argument], _ said: [String: Argument]) -> [String: Argument] {
    NetworkSettings.said([recipe, said])
  }
}
