import Datasets
import Vocabulary

extension Recipe {
  /// Tests/Benchmarks/recipes.py measures it beside `plain`.
  static let best = Recipe(
    name: "best",
    summary: "ahead of the defaults on the six tables that it was measured on: more epochs, of which the best is kept",
    ingredients: [
      Ingredient("epochs", "100 up to 10,000 training rows, fewer for more") { .int(epochs($0)) },
      Ingredient("early_stopping", "no epoch is left out, and the one of the least validation loss is kept") { data in
        guard let data, !data.validation.isEmpty || !data.folds.isEmpty else { return nil }
        return .call(Call("patience", [.init("epochs", .int(epochs(data)))]))
      },
      ofNumbers("hidden", .list([.int(256), .int(256), .int(256)]), "three layers of 256, as in RealMLP"),
      ofNumbers("activation", .text("mish"), "mish, as in RealMLP"),
      ofNumbers("dropout", .float(0.15), "0.15: less learning by heart"),
      ofNumbers(
        "optimizer", .call(Call("adamw", [.init("beta2", .float(0.95))])), "adamw(beta2=0.95) follows the cycles"),
      ofNumbers("learning_rate", .float(0.003), "0.003 suits this width"),
      ofNumbers("schedule", .call(Call("coslog4")), "coslog4: four cycles, each a chance for the best epoch"),
      ofNumbers("batch_size", .int(256), "256: full use of a core"),
    ])

  /// For a target of numbers alone: with classes it lost on some tables.
  private static func ofNumbers(_ name: String, _ value: Argument, _ why: String) -> Ingredient {
    Ingredient(name, "for numbers " + why + "; for classes the default") { $0?.task == .regression ? value : nil }
  }

  /// Passes over the rows: as many as are worth their time.
  private static func epochs(_ data: Dataset?) -> Int {
    let rows = data?.training.count ?? 0
    return rows <= 10_000 ? 100 : max(10, 1_000_000 / rows)
  }
}
