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
}

/// No text begins outside of the picture.
private func expectInside(_ element: MarkupReader.Element, _ picture: Picture, _ context: String) {
  for (name, value) in element.attributes where name == "x" || name == "y" {
    guard let place = Double(value) else {
      Issue.record("\(context): \(name)=\(value)")
      continue
    }
    #expect(place >= -1 && place <= Double(name == "x" ? picture.width : picture.height) + 1, "\(context): \(element.text) at \(name)=\(value)")
  }
}
