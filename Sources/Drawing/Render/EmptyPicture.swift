extension Picture {
  /// The honest picture of nothing: the title and why there is nothing to see.
  static func empty(title: String, message: String, width: Double = 640) -> Picture {
    let size = (width: Int(width), height: 120)
    let sentence = message.prefix(1).uppercased() + message.dropFirst() + "."
    var svg = SVG(width: size.width, height: size.height, title: title, description: sentence)
    svg.label(title, x: 16, y: 28, size: 14, isBold: true)
    svg.label(message, x: 16, y: 66, size: 12, color: .text)
    return Picture(
      svg: svg.finished(), text: TextWidth.cut(TextWidth.singleLine(title), to: 80) + "\n  " + message,
      title: title, description: sentence, width: size.width, height: size.height)
  }
}
