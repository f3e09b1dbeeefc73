import Jupyter
import Language
import Vocabulary

/// Help on the word at a cursor: in the sense that it has there. Between words, help on what they belong to.
struct Inspector {
  let store: SessionStore
  let source: Source
  private let text: String
  private let word: Span

  init(store: SessionStore, text: String, position: Int) {
    self.store = store
    self.text = text
    source = Source(text)
    var start = min(max(position, 0), source.count)
    var end = start
    while start > 0, source.scalars[start - 1].isInWord { start -= 1 }
    while end < source.count, source.scalars[end].isInWord { end += 1 }
    word = Span(start, end)
  }

  /// `detail` 1 adds, to a command, the calls that its parameters take.
  func bundle(detail: Int = 0) -> MIMEBundle? {
    let name = source.text(word)
    var context = CursorContext.at(word.end, in: text, Workbench.grammar)
    if let first = name.unicodeScalars.first, ("0"..."9").contains(first), case .nothing = context.place {
      // A number says nothing of itself: what it is given to does.
      context = CursorContext.at(word.start, in: text, Workbench.grammar)
      if case .nothing = context.place { return nil }
      return enclosing(context).map { Help.bundle([$0]) }
    }
    if name.isEmpty { return enclosing(context).map { Help.bundle([$0]) } }
    if context.isInString { return enclosing(context).map { Help.bundle([$0]) } }
    if let entry = entry(name, context) { return Help.bundle([entry] + (detail > 0 ? calls(of: name) : [])) }
    if let value = value(name, context) { return value }
    if case .nothing = context.place { return nil }
    return Help.bundle(for: [name])
  }

  private func calls(of command: String) -> [HelpEntry] {
    (Commands.byName[command]?.options ?? []).flatMap { option in
      option.kind.calls.map { HelpEntry($0, family: option.name) }
    }
  }

  /// The declaration that gives this word its meaning at this place.
  private func entry(_ name: String, _ context: CursorContext) -> HelpEntry? {
    switch context.place {
    case .statement: return Commands.byName[name].map { HelpEntry($0) }
    case .command(let place, let path):
      guard let command = Commands.byName[place.verb] else { return nil }
      if path.isEmpty { return part(name, of: command, place) }
      return inner(name, path, option: option(place, command))
    case .blockName:
      return Hyperparameters.option(name).map {
        HelpEntry($0, of: ["network", "train"].filter { Self.declares($0, name) })
      }
    case .blockDomain(let parameter, _, let path):
      let option = Hyperparameters.option(parameter)
      return path.isEmpty ? nil : inner(name, Array(path.dropFirst()), option: option)
    case .condition(let subject?, _, _): return Hyperparameters.option(subject).flatMap { word(name, of: $0) }
    case .condition(nil, _, _):
      return Hyperparameters.option(name).map {
        HelpEntry($0, of: ["network", "train"].filter { Self.declares($0, name) })
      }
    case .expression(let path): return inner(name, path, option: nil)
    default: return nil
    }
  }

  private static func declares(_ command: String, _ name: String) -> Bool {
    Commands.byName[command]?.options.contains { $0.name == name } ?? false
  }

  private func part(_ name: String, of command: Command, _ place: CursorContext.CommandPlace) -> HelpEntry? {
    if place.key == nil, isFollowedByEquals, let option = command.options.first(where: { $0.name == name }) {
      return HelpEntry(option, of: [command.name])
    }
    if command.name == "plot", place.positionals.isEmpty, place.key == nil {
      return HelpIndex.entries(for: ["plot", name]).first
    }
    if command.name == "help" { return HelpIndex.entries[name]?.first }
    if let option = option(place, command), let entry = word(name, of: option) { return entry }
    guard place.key == nil else { return nil }
    // A key that is still being typed has no `=` yet.
    return command.options.first { $0.name == name }.map { HelpEntry($0, of: [command.name]) }
  }

  private func option(_ place: CursorContext.CommandPlace, _ command: Command) -> Option? {
    if let key = place.key { return command.options.first { $0.name == key } ?? Hyperparameters.option(key) }
    if place.positionals.count < command.positionals.count { return command.positionals[place.positionals.count] }
    return command.repeatsLastPositional ? command.positionals.last : nil
  }

  /// A word of a closed list, or a call of a registry.
  private func word(_ name: String, of option: Option) -> HelpEntry? {
    if let syntax = (option.kind.calls + option.meanings).first(where: { $0.name == name }) {
      return HelpEntry(syntax, family: option.name)
    }
    guard option.kind.words.contains(name) else { return nil }
    return HelpEntry(
      name: name, kind: "value of \(option.name)", summary: option.help, usage: "\(option.name)=\(name)",
      details: option.kind.expectation)
  }

  /// Inside brackets: a key or value of the innermost call.
  private func inner(_ name: String, _ path: [CursorContext.Step], option: Option?) -> HelpEntry? {
    guard let (syntax, key, index) = call(path, option) else { return option.flatMap { word(name, of: $0) } }
    if key == nil, let own = syntax.options.first(where: { $0.name == name }) {
      return HelpEntry(own, of: [syntax.name])
    }
    let place =
      key.flatMap { key in syntax.options.first { $0.name == key } }
      ?? (index < syntax.options.count ? syntax.options[index] : nil)
    return place.flatMap { word(name, of: $0) }
  }

  /// The innermost call on the way, the key of the argument at the cursor, and its index.
  private func call(_ path: [CursorContext.Step], _ option: Option?) -> (Syntax, String?, Int)? {
    guard case .call(let name, let given, let key)? = path.last(where: { if case .call = $0 { true } else { false } })
    else {
      return nil
    }
    let syntax =
      option?.kind.calls.first { $0.name == name }
      ?? HelpIndex.syntaxes.first { $0.syntax.name == name }?.syntax
    return syntax.map { ($0, key, given.count) }
  }

  private var isFollowedByEquals: Bool {
    var place = word.end
    while place < source.count, source.scalars[place] == " " { place += 1 }
    return place < source.count && source.scalars[place] == "="
  }

  // MARK: Values and surroundings

  private func value(_ name: String, _ context: CursorContext) -> MIMEBundle? {
    var text = name
    if case .attribute(let base) = context.place { text = base + "." + name }
    let scope = SessionScope(store: store, isChecking: false)
    guard case .attribute = context.place else {
      guard scope.names.contains(name) else { return nil }
      return value(of: text, scope)
    }
    return value(of: text, scope)
  }

  private func value(of text: String, _ scope: SessionScope) -> MIMEBundle? {
    guard let expression = ExpressionText.read(text) else { return nil }
    do {
      let value = try scope.value(of: expression)
      let kind = value.kindText
      let cut = value.text(limit: 2_000)
      return MIMEBundle([
        "text/plain": .string("\(text) (\(kind)): \(cut)"),
        "text/html": .string(
          "<p><b>\(HelpEntry.escaped(text))</b> <i>(\(HelpEntry.escaped(kind)))</i></p><pre>\(HelpEntry.escaped(cut))</pre>"
        ),
      ])
    } catch let mistake as Diagnostic {
      return MIMEBundle(text: "\(text): \(mistake.sentence)")
    } catch { return nil }
  }

  private func enclosing(_ context: CursorContext) -> HelpEntry? {
    switch context.place {
    case .command(let place, let path):
      guard let command = Commands.byName[place.verb] else { return nil }
      let option = option(place, command)
      if let (syntax, key, index) = call(path, option) {
        if let key, let own = syntax.options.first(where: { $0.name == key }) {
          return HelpEntry(own, of: [syntax.name])
        }
        let isNumber = !source.text(word).isEmpty && syntax.options.indices.contains(index)
        return isNumber
          ? HelpEntry(syntax.options[index], of: [syntax.name]) : HelpEntry(syntax, family: option?.name ?? "call")
      }
      if place.key != nil, let option { return HelpEntry(option, of: [command.name]) }
      return HelpEntry(command)
    case .blockName(let command, _), .blockDomain(_, let command, _), .condition(_, let command, _):
      return Commands.byName[command.verb].map { HelpEntry($0) }
    case .expression(let path): return call(path, nil).map { HelpEntry($0.0, family: "call") }
    default: return nil
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isInWord: Bool { self == "_" || properties.isXIDContinue }
}
