import Drawing
import Testing

/// What every picture keeps, whatever it was drawn from.
func expectSound(_ picture: Picture, _ context: String) {
  #expect(picture.svg.utf8.allSatisfy { $0 < 0x80 && ($0 >= 0x20 || $0 == 0x0A) }, "\(context): not ASCII")
  #expect(picture.svg.utf8.count < 60_000, "\(context): \(picture.svg.utf8.count) bytes")
  #expect(!picture.title.isEmpty && !picture.description.isEmpty, "\(context)")
  expectSoundText(picture.text, context)
  do {
    let reader = try MarkupReader(picture.svg)
    expectSoundElements(reader.elements, picture, context)
  } catch {
    Issue.record("\(context): \(error)")
  }
}

private func expectSoundText(_ text: String, _ context: String) {
  #expect(!text.isEmpty, "\(context)")
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    #expect(TextWidth.of(line) <= 80, "\(context): wide line \(line)")
    #expect(line.last != " ", "\(context): a space at the end of \(line)")
  }
}

private func expectSoundElements(_ elements: [MarkupReader.Element], _ picture: Picture, _ context: String) {
  let allowed: Set = ["svg", "title", "desc", "rect", "path", "text", "image"]
  let forbidden: Set = ["style", "class", "id", "clip-path", "href", "filter", "mask"]
  #expect(elements.map(\.name).filter { !allowed.contains($0) } == [], "\(context)")
  let root = Dictionary(elements[0].attributes.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  #expect(root["xmlns"] == "http://www.w3.org/2000/svg", "\(context)")
  #expect(root["width"] == "\(picture.width)" && root["height"] == "\(picture.height)", "\(context)")
  #expect(root["viewBox"] == "0 0 \(picture.width) \(picture.height)", "\(context)")
  #expect(picture.width >= 100 && picture.width <= 2000 && picture.height >= 60 && picture.height <= 3000, "\(context)")
  #expect(elements.count > 3 && elements[1].name == "title" && elements[2].name == "desc", "\(context)")
  #expect(elements[3].name == "rect" && elements[3].attributes.contains { $0 == ("fill", "#ffffff") }, "\(context)")
  for element in elements {
    for (name, value) in element.attributes {
      #expect(!forbidden.contains(name), "\(context): \(name)")
      if name == "xlink:href" {
        #expect(value.hasPrefix("data:image/png;base64,"), "\(context)")
      } else {
        let word = value.lowercased()
        #expect(!word.contains("nan") && !word.contains("inf"), "\(context): \(name)=\(value.prefix(40))")
      }
    }
    if element.name == "text" { expectInside(element, picture, context) }
  }
  expectApart(elements.filter { $0.name == "text" }.compactMap(TextBox.init), context)
}

/// Where a text stands. Slanted texts are left out, and the white rims of texts that may stand over lines.
private struct TextBox {
  let text: String
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>

  init?(_ element: MarkupReader.Element) {
    let attributes = Dictionary(element.attributes.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    guard attributes["stroke"] == nil, let x = attributes["x"].flatMap(Double.init),
      let y = attributes["y"].flatMap(Double.init)
    else { return nil }
    let size = attributes["font-size"].flatMap(Double.init) ?? 11
    text = element.text
    // Widths are estimates for other fonts than Helvetica; entities count as one character of a middling width.
    let plain = text.replacing(/(&#[0-9]+;&#8205;)+/, with: "").replacing(/&[#a-z0-9]+;/, with: "n")
    let width = Helvetica.width(plain, size: size) - 1
    let start =
      x - (attributes["text-anchor"] == "middle" ? width / 2 : (attributes["text-anchor"] == "end" ? width : 0))
    let turn = attributes["transform"] ?? ""
    if turn.hasPrefix("rotate(-90") {
      self.x = (x - size * 0.7)...x
      self.y = (y - width / 2)...(y + max(width / 2, 0))
    } else if turn.isEmpty {
      self.x = start...(start + max(width, 0))
      self.y = (y - size * 0.7)...y
    } else {
      return nil
    }
  }
}

private func expectApart(_ boxes: [TextBox], _ context: String) {
  for (index, a) in boxes.enumerated() {
    for b in boxes[(index + 1)...] where a.x.overlaps(b.x) && a.y.overlaps(b.y) {
      Issue.record("\(context): \"\(a.text)\" and \"\(b.text)\" overlap")
      return
    }
  }
}

/// No text begins outside of the picture.
private func expectInside(_ element: MarkupReader.Element, _ picture: Picture, _ context: String) {
  for (name, value) in element.attributes where name == "x" || name == "y" {
    guard let place = Double(value) else {
      Issue.record("\(context): \(name)=\(value)")
      continue
    }
    #expect(
      place >= -1 && place <= Double(name == "x" ? picture.width : picture.height) + 1,
      "\(context): \(element.text) at \(name)=\(value)")
  }
}
