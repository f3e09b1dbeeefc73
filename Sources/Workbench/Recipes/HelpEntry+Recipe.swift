import Vocabulary

extension HelpEntry {
  /// A recipe with each ingredient, its value for classes and why it is there.
  init(_ recipe: Recipe) {
    self.init(name: "network \(recipe.name)", kind: "recipe", summary: recipe.summary, usage: "network \(recipe.name)")
    parameters = recipe.ingredients.map { ingredient in
      Parameter(
        name: ingredient.name, expectation: "", standard: ingredient.value(nil)?.description, help: ingredient.why)
    }
    details =
      "Each is a default of network or train: what is given there, or searched in a space, takes its place. Rate and decay are those of the recipe's optimizer, and go with it."
    examples = ["network \(recipe.name)\ntrain"]
  }
}
