/// A small strict reader of XML: whether a document is well formed, and its elements with their attributes.
struct MarkupReader {
  struct Element {
    var name: String
    var attributes: [(name: String, value: String)]
    var text: String
  }

  struct Fault: Error, CustomStringConvertible {
    var description: String
  }

  private(set) var elements: [Element] = []

  init(_ document: String) throws {
    var rest = Substring(document)
    var open: [Int] = []
    var hasRoot = false
    while let character = rest.first {
      guard character == "<" else {
        let text = rest.prefix { $0 != "<" }
        try Self.check(text)
        if let top = open.last {
          elements[top].text += text
        } else if !text.allSatisfy(\.isWhitespace) {
          throw Fault(description: "text outside of the root: \(text.prefix(20))")
        }
        rest = rest.dropFirst(text.count)
        continue
      }
      guard let end = Self.end(of: rest) else { throw Fault(description: "an open tag: \(rest.prefix(30))") }
      let tag = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.first == "/" {
        guard let top = open.popLast(), elements[top].name == tag.dropFirst() else {
          throw Fault(description: "</\(tag.dropFirst())> closes nothing")
        }
        continue
      }
      if open.isEmpty, hasRoot { throw Fault(description: "a second root") }
      hasRoot = true
      let isEmpty = tag.last == "/"
      elements.append(try Self.element(isEmpty ? tag.dropLast() : tag))
      if !isEmpty { open.append(elements.count - 1) }
    }
    if !open.isEmpty { throw Fault(description: "<\(elements[open[0]].name)> is not closed") }
    if !hasRoot { throw Fault(description: "no root") }
  }

  /// The `>` of a tag, not one within quotes.
  private static func end(of text: Substring) -> Substring.Index? {
    var isQuoted = false
    for index in text.indices {
      if text[index] == "\"" { isQuoted.toggle() }
      if text[index] == ">", !isQuoted { return index }
    }
    return nil
  }

  private static func element(_ tag: Substring) throws -> Element {
    let name = tag.prefix { !$0.isWhitespace }
    guard let first = name.first, first.isLetter else { throw Fault(description: "no name in <\(tag)>") }
    var element = Element(name: String(name), attributes: [], text: "")
    var rest = tag.dropFirst(name.count).drop { $0.isWhitespace }
    while !rest.isEmpty {
      let key = rest.prefix { $0 != "=" }
      rest = rest.dropFirst(key.count + 1)
      guard !key.isEmpty, !key.contains(where: \.isWhitespace), rest.first == "\"" else {
        throw Fault(description: "a broken attribute in <\(tag.prefix(60))>")
      }
      let value = rest.dropFirst().prefix { $0 != "\"" }
      try check(value)
      if element.attributes.contains(where: { $0.name == key }) { throw Fault(description: "\(key) twice") }
      element.attributes.append((String(key), String(value)))
      rest = rest.dropFirst(value.count + 2)
      guard rest.isEmpty || rest.first?.isWhitespace == true else { throw Fault(description: "no space after \(key)") }
      rest = rest.drop { $0.isWhitespace }
    }
    return element
  }

  /// Every `&` begins a known entity or a character reference to something XML allows.
  private static func check(_ text: Substring) throws {
    guard !text.contains("<") else { throw Fault(description: "< in \(text)") }
    for piece in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
      guard let end = piece.firstIndex(of: ";") else { throw Fault(description: "& alone in \(text)") }
      let entity = piece[..<end]
      if ["amp", "lt", "gt", "quot", "apos"].contains(entity) { continue }
      guard entity.first == "#", let code = UInt32(entity.dropFirst()), code >= 0x20, Unicode.Scalar(code) != nil else {
        throw Fault(description: "&\(entity); is no entity")
      }
    }
  }
}
