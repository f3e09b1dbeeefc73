/// Paints layers into a canvas of characters.
struct TextPainter {
  private(set) var canvas: TextCanvas
  /// Whether points are told apart by a digit for their place on the colour scale.
  let hasScale: Bool

  init(columns: Int, rows: Int, hasScale: Bool) {
    canvas = TextCanvas(columns: columns, rows: rows)
    self.hasScale = hasScale
  }

  mutating func draw(_ layer: Scene.Layer) {
    switch layer.form {
    case .path(let u, let v, let isClosed): path(u, v, layer.ink, isClosed: isClosed)
    case .points(let u, let v, let shares): points(u, v, shares, layer.ink)
    case .boxes(let boxes): self.boxes(boxes, layer)
    case .cells(let cells): self.cells(cells)
    case .levels(let levels): self.levels(levels, layer.ink)
    case .labels(let labels): self.labels(labels)
    case .vertical(let u):
      guard (0...1).contains(u) else { return }
      for row in 0..<canvas.rows where canvas.isFree(column: column(u), row: row) {
        canvas.put("\u{250A}", column: column(u), row: row)
      }
    case .horizontal(let v):
      guard (0...1).contains(v) else { return }
      for column in 0..<canvas.columns where canvas.isFree(column: column, row: row(v)) {
        canvas.put("\u{2508}", column: column, row: row(v))
      }
    case .rail(let rail): self.rail(rail)
    case .strands(let u, let lines, _):
      for line in lines.suffix(6) { path(u, line, Ink(.black, mark: nil), isClosed: false) }
    }
  }

  mutating func put(_ character: Character, column: Int, row: Int) { canvas.put(character, column: column, row: row) }
  mutating func shade(_ character: Character, column: Int, row: Int) {
    canvas.shade(character, column: column, row: row)
  }
  mutating func put(_ text: String, at column: Int, row: Int) { canvas.put(text, column: column, row: row) }

  func column(_ u: Double) -> Int { min(max(Int(u * Double(canvas.columns)), 0), canvas.columns - 1) }
  func row(_ v: Double) -> Int { min(max(Int((1 - v) * Double(canvas.rows)), 0), canvas.rows - 1) }

  /// The nearest dot; far outside it is brought near, or a line to it would take as long as it is.
  private func dot(_ u: Double, _ v: Double) -> (x: Int, y: Int) {
    let (near, far) = (-1.0, 2.0)
    return (
      Int((min(max(u, near), far) * Double(2 * canvas.columns - 1)).rounded()),
      Int(((1 - min(max(v, near), far)) * Double(4 * canvas.rows - 1)).rounded())
    )
  }

  private mutating func path(_ u: [Double], _ v: [Double], _ ink: Ink, isClosed: Bool) {
    var phase = 0
    var last: (x: Int, y: Int)?
    let order = isClosed && !u.isEmpty ? Array(u.indices) + [0] : Array(u.indices)
    for index in order {
      guard u[index].isFinite, v[index].isFinite else {
        last = nil
        continue
      }
      let here = dot(u[index], v[index])
      canvas.line(from: last ?? here, to: here, dash: ink.dash, phase: &phase)
      last = here
    }
    if let mark = ink.mark, !isClosed { marks(u, v, mark.rawValue) }
  }

  /// A handful of marks on a line, so that series are told apart without colour.
  private mutating func marks(_ u: [Double], _ v: [Double], _ mark: Character) {
    let places = u.indices.filter { u[$0].isFinite && v[$0].isFinite && isInside(u[$0], v[$0]) }
    let every = max(1, (places.count + 6) / 7)
    for (place, index) in places.enumerated() where place % every == every / 2 {
      canvas.put(mark, column: column(u[index]), row: row(v[index]))
    }
  }

  private func isInside(_ u: Double, _ v: Double) -> Bool {
    (-1e-9...1 + 1e-9).contains(u) && (-1e-9...1 + 1e-9).contains(v)
  }

  private mutating func points(_ u: [Double], _ v: [Double], _ shares: [Double]?, _ ink: Ink) {
    let mark = ink.mark?.rawValue ?? "o"
    for index in u.indices {
      guard isInside(u[index], v[index]) else {
        let arrow: Character =
          v[index] > 1 ? "\u{2191}" : (v[index] < 0 ? "\u{2193}" : (u[index] > 1 ? "\u{2192}" : "\u{2190}"))
        canvas.put(arrow, column: column(u[index]), row: row(v[index]))
        continue
      }
      if u.count > 300 || ink.mark == .dot, shares == nil {
        let place = dot(u[index], v[index])
        canvas.dot(place.x, place.y)
      } else if let share = shares?[index], share.isFinite, hasScale {
        canvas.put(Self.digit(share), column: column(u[index]), row: row(v[index]))
      } else {
        canvas.put(mark, column: column(u[index]), row: row(v[index]))
      }
    }
  }

  /// `0` for the low end of the colour scale, `9` for the high end.
  static func digit(_ share: Double) -> Character {
    Character(String(min(max(Int(share * 10), 0), 9)))
  }
}
