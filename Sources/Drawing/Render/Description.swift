/// A picture in words, for who cannot see it and for search.
enum Description {
  static func of(_ plot: Plot, _ scene: Scene) -> String {
    var sentences: [String] = []
    if let subtitle = plot.subtitle, !subtitle.isEmpty { sentences.append(Shortening.bounded(subtitle, to: 400)) }
    sentences += axes(scene)
    let names = Legend(scene).entries.map(\.name)
    if !names.isEmpty {
      sentences.append(
        "Shown: " + names.prefix(12).map(short).joined(separator: ", ")
          + (names.count > 12 ? " and \(names.count - 12) more" : "")
      )
    }
    sentences += plot.remarks.map { Shortening.bounded($0, to: 400) }
    sentences += notes(scene, marks: plot.marks)
    return sentences.map { $0.last == "." ? $0 : $0 + "." }.joined(separator: " ")
  }

  /// What the picture leaves out.
  static func notes(_ scene: Scene, marks: String = "point") -> [String] {
    var notes: [String] = []
    if scene.missing > 0 {
      let isLog = scene.panels.contains { $0.x.isLog || $0.y.isLog }
      let what = isLog ? "not finite or not positive" : "not finite"
      notes.append("\(counted(scene.missing, "value")) \(what), left out")
    }
    if scene.outside > 0 { notes.append("\(counted(scene.outside, marks)) beyond the axes, marked at the edge") }
    if scene.drawn < scene.points {
      notes.append("\(Number.count(scene.points)) points, drawn by \(Number.count(scene.drawn))")
    }
    return notes
  }

  /// A name as a sentence has room for it.
  static func short(_ name: String) -> String { Shortening.bounded(name, to: 80) }

  private static func counted(_ count: Int, _ noun: String) -> String {
    Number.count(count) + " " + noun + (count == 1 ? "" : "s")
  }

  private static func axes(_ scene: Scene) -> [String] {
    guard scene.panels.count == 1, let panel = scene.panels.first else {
      return ["\(scene.panels.count) panels"]
    }
    return [("x", panel.xAxis), ("y", panel.yAxis)].compactMap { letter, axis in
      guard !axis.isHidden, !axis.name.isEmpty else { return nil }
      let count = axis.categories.map { ", \(counted($0.count, "category"))".replacingPlural } ?? ""
      return "\(letter): \(short(axis.label))\(count)"
    }
  }
}

extension String {
  fileprivate var replacingPlural: String { hasSuffix("categorys") ? dropLast(9) + "categories" : self }
}
