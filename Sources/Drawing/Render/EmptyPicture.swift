extension Picture {
  /// The honest picture of nothing: the title and why there is nothing to see.
  static func empty(title: String, message: String, width: Double = 640) -> Picture {
    let size = (width: Int(width), height: 120)
    let title = Shortening.bounded(title, to: 200)
    let message = Shortening.bounded(message, to: 400)
    let sentence = message.prefix(1).uppercased() + message.dropFirst() + "."
    var svg = SVG(width: size.width, height: size.height, title: title, description: sentence)
    svg.label(Helvetica.cut(title, to: width - 32, size: 14, isBold: true), x: 16, y: 28, size: 14, isBold: true)
    svg.label(Helvetica.cut(message, to: width - 32, size: 12), x: 16, y: 66, size: 12, color: .text)
    return Picture(
      svg: svg.finished(),
      text: [title, "  " + message].map { TextWidth.cut(TextWidth.singleLine($0), to: 80).trimmedRight }
        .joined(separator: "\n"),
      title: title, description: sentence, width: size.width, height: size.height)
  }
}
