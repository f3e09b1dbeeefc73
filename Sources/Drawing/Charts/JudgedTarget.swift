/// One number that a regression predicts, on the rows it is judged on.
package struct JudgedTarget: Sendable {
  package var name: String
  package var truth: [Double]
  package var predicted: [Double]

  package init(_ name: String, truth: [Double], predicted: [Double]) {
    (self.name, self.truth, self.predicted) = (name, truth, predicted)
  }

  /// Rows with a true and a predicted number.
  var known: [Int] { (0..<min(truth.count, predicted.count)).filter { truth[$0].isFinite && predicted[$0].isFinite } }

  /// True less predicted.
  var residuals: [Double] { zip(truth, predicted).map { $0 - $1 } }

  var range: ClosedRange<Double>? {
    let values = known.flatMap { [truth[$0], predicted[$0]] }
    guard let low = values.min(), let high = values.max() else { return nil }
    let margin = 0.03 * (high / 2 - low / 2) * 2
    return margin > 0 && margin.isFinite ? (low - margin)...(high + margin) : nil
  }

  /// The most that one picture shows.
  static let most = 9

  static func words(_ judged: Judged, _ targets: [JudgedTarget]) -> String {
    judged.text + (targets.count > most ? "; \(most) of \(Number.count(targets.count)) targets" : "")
  }
}
