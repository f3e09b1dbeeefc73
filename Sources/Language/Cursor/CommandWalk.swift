/// Follows a statement's tokens up to the position: the part of the command, and the brackets that are still open.
struct CommandWalk {
  private struct Frame {
    enum Kind { case call(String), element, group }
    var kind: Kind
    var given: [CursorContext.GivenArgument] = []
    var key: String?
    /// Where the argument being typed starts.
    var start: Int?
  }

  private let reader: CursorReader
  private var command: CursorContext.CommandPlace
  private var frames: [Frame] = []
  /// Whether the part of the command has a value that only an operator could go on with.
  private var hasOperand = false
  private var partStart: Int?
  /// `print(...)`: the command's parts stand in brackets.
  private var isCallForm = false
  private var lastToken: Token?

  init(verb: String, reader: CursorReader) {
    command = CursorContext.CommandPlace(verb: verb)
    self.reader = reader
  }

  var path: [CursorContext.Step] {
    frames.compactMap { frame in
      switch frame.kind {
      case .call(let name): .call(name, given: frame.given, key: frame.key)
      case .element: .element
      case .group: nil
      }
    }
  }

  mutating func read(_ tokens: ArraySlice<Token>) {
    var index = tokens.startIndex
    while index < tokens.endIndex {
      let token = tokens[index]
      let next = index + 1 < tokens.endIndex ? tokens[index + 1] : nil
      if let key = token.name, next?.isSymbol("=") == true {
        startKey(key)
        lastToken = next
        index += 2
        continue
      }
      read(token, isFirst: index == tokens.startIndex)
      lastToken = token
      index += 1
    }
  }

  private mutating func startKey(_ key: String) {
    if frames.isEmpty {
      endPart()
      command.key = key
      command.keys.append(key)
      hasOperand = false
    } else {
      frames[frames.count - 1].key = key
      frames[frames.count - 1].start = nil
    }
  }

  private mutating func read(_ token: Token, isFirst: Bool) {
    switch token.kind {
    case .symbol("("), .symbol("["), .symbol("{"): open(token, isFirst: isFirst)
    case .symbol(")"), .symbol("]"), .symbol("}"):
      if !frames.isEmpty { frames.removeLast() }
      if frames.isEmpty { hasOperand = true }
    case .symbol(","):
      if frames.isEmpty { if isCallForm { endPart() } } else { endArgument(at: token) }
    case .symbol("."): break
    case .symbol, .name("and"), .name("or"), .name("in"), .name("not"):
      if frames.isEmpty { startOperand(token, isOperator: true) }
    default:
      if frames.isEmpty { startOperand(token, isOperator: false) } else { markStart(token) }
    }
  }

  private mutating func markStart(_ token: Token) {
    if frames[frames.count - 1].start == nil { frames[frames.count - 1].start = token.span.start }
  }

  private mutating func open(_ token: Token, isFirst: Bool) {
    if isFirst, token.isSymbol("("), !token.isSpacedBefore, !command.verb.isEmpty {
      isCallForm = true
      return
    }
    let isPostfix = !token.isSpacedBefore && lastToken.map(endsOperand) ?? false
    if frames.isEmpty, !isPostfix { startOperand(token, isOperator: false) }
    if !frames.isEmpty { markStart(token) }
    switch (token.kind, isPostfix, lastToken?.name) {
    case (.symbol("("), true, let name?): frames.append(Frame(kind: .call(name)))
    case (.symbol("["), false, _), (.symbol("{"), _, _): frames.append(Frame(kind: .element))
    default: frames.append(Frame(kind: .group))
    }
  }

  private func endsOperand(_ token: Token) -> Bool {
    switch token.kind {
    case .name(let text): !["and", "or", "in", "not"].contains(text)
    case .symbol(")"), .symbol("]"), .string: true
    default: false
    }
  }

  private mutating func startOperand(_ token: Token, isOperator: Bool) {
    if isOperator {
      hasOperand = false
      return
    }
    if hasOperand, token.isSpacedBefore { endPart() }
    if partStart == nil { partStart = token.span.start }
    hasOperand = true
  }

  private mutating func endArgument(at comma: Token) {
    var frame = frames.removeLast()
    let text = frame.start.map { reader.source.text(Span($0, comma.span.start)) } ?? ""
    frame.given.append(.init(key: frame.key, text: text))
    frame.key = nil
    frame.start = nil
    frames.append(frame)
  }

  private mutating func endPart() {
    if let start = partStart {
      let text = reader.source.text(Span(start, lastToken?.span.end ?? start))
      if let key = command.key { command.values[key] = text } else { command.positionals.append(text) }
    }
    command.key = nil
    partStart = nil
    hasOperand = false
  }

  func place(isSpaced: Bool, keysBehind: [String]) -> CursorContext.Place {
    var walk = self
    if walk.frames.isEmpty {
      if walk.hasOperand, isSpaced { walk.endPart() }
      walk.command.isWithinValue = walk.partStart != nil
    }
    walk.command.keys += keysBehind
    return .command(walk.command, path: walk.path)
  }
}
