/// What a judging chart is about: a run's network on a part of the data.
package struct Judged: Sendable {
  package var run: String
  /// `validation`, `test`.
  package var split: String
  package var rows: Int

  package init(run: String, split: String, rows: Int) {
    (self.run, self.split, self.rows) = (run, split, rows)
  }

  /// `360 validation rows`.
  var text: String { "\(Number.count(rows)) \(split == "train" ? "training" : split) row\(rows == 1 ? "" : "s")" }
}

/// A curve over thresholds for one class against the rest, and what it encloses.
package struct AreaCurve: Sendable {
  /// The class.
  package var name: String
  package var x: [Double]
  package var y: [Double]
  /// NaN if the curve is not defined: one side has no rows.
  package var area: Double

  package init(_ name: String, x: [Double], y: [Double], area: Double) {
    (self.name, self.x, self.y, self.area) = (name, x, y, area)
  }
}

/// The curves that a picture has room for: all of a few classes, of many those with the least area.
struct CurveChoice {
  let shown: [AreaCurve]
  private let defined: Int
  private let undefined: Int
  private let mean: Double
  private static let most = 10

  init(_ curves: [AreaCurve]) {
    let known = curves.filter { $0.area.isFinite }
    (defined, undefined) = (known.count, curves.count - known.count)
    mean = known.reduce(0) { $0 + $1.area } / Double(max(known.count, 1))
    let worst = known.indices.sorted { (known[$0].area, $0) < (known[$1].area, $1) }
    shown = known.count <= Self.most ? known : worst.prefix(Self.most).map { known[$0] }
  }

  /// The mean area and what is left out; nil for one curve.
  func words(_ area: String) -> String? {
    var parts: [String] = []
    if defined > 1 { parts.append("mean \(area) \(Number.fixed(mean, decimals: 4))") }
    if shown.count < defined { parts.append("the \(shown.count) least of \(Number.count(defined)) classes") }
    if undefined > 0 {
      parts.append("\(Number.count(undefined)) class\(undefined == 1 ? "" : "es") without rows to tell")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// A layer's name: the area first, which is kept where a long class name is shortened.
  static func name(_ curve: AreaCurve, _ area: String) -> String {
    "\(area) \(Number.fixed(curve.area, decimals: 4)), \(curve.name)"
  }
}
