/// How much each parameter matters to the objective.
package struct ImportanceChart: Chart {
  package static let name = "importance"
  package static let help = "how much each parameter matters to the objective"

  package struct Share: Sendable {
    package var name: String
    /// In 0...1.
    package var value: Double
    /// One standard deviation, where the method gives one.
    package var spread: Double?

    package init(_ name: String, _ value: Double, spread: Double? = nil) {
      self.name = name
      self.value = value
      self.spread = spread
    }
  }

  package var shares: [Share]
  package var objective: String
  /// How they were computed: `fANOVA`.
  package var method: String

  package init(shares: [Share], objective: String, method: String = "") {
    self.shares = shares
    self.objective = objective
    self.method = method
  }

  package func draw() -> Picture { plot.draw() }
}
