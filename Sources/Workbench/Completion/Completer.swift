import Jupyter
import Language
import Vocabulary

/// What could stand at a cursor: from the declarations, and from the session's latest published state. Safe to ask
/// while a cell runs; a few milliseconds at most.
struct Completer {
  let store: SessionStore

  func completion(of source: String, at position: Int) -> Completion {
    let context = CursorContext.at(position, in: source, Workbench.grammar)
    var span = context.span
    var partial = context.partial
    var found = candidates(context)
    if context.isInString, wantsFiles(context) {
      // Only the last part of a path is replaced.
      let folder = partial.lastIndex(of: "/").map { String(partial[...$0]) } ?? ""
      let isForData = context.isForData
      found += FileNames.candidates(
        in: folder, hidden: partial.dropFirst(folder.count).hasPrefix("."), dataFirst: isForData)
      span.start += folder.unicodeScalars.count
      partial = String(partial.dropFirst(folder.count))
    }
    var seen: Set<String> = []
    var matches = found.filter { $0.matches(partial) && seen.insert($0.text).inserted }
    if !context.isInString, !partial.isEmpty {
      // What another program calls so, if it fits here: `train lr` is completed to learning_rate.
      let meant = OtherName.all(partial).flatMap(\.names)
      matches += found.filter { meant.contains($0.text) && seen.insert($0.text).inserted }
    }
    // Where a declared word fits, what the session holds would only be in the way.
    if matches.contains(where: { !$0.isOfSession }), context.place != .statement {
      matches.removeAll(where: \.isOfSession)
    }
    return Completion(matches: matches.map(\.match), start: span.start, end: span.end)
  }

  private func candidates(_ context: CursorContext) -> [Candidate] {
    switch context.place {
    case .nothing: return []
    case .statement:
      let assertion = Candidate("assert", .keyword, "assert CONDITION, \"text\": an error unless the condition holds")
      return Commands.all.map { Candidate($0) } + [assertion] + names
    case .question: return HelpIndex.words.map { Candidate($0, .keyword, HelpIndex.entries[$0]?.first?.summary ?? "") }
    case .attribute(let base): return attributes(of: base)
    case .blockWord(let words): return words.map { Candidate($0, .keyword) }
    case .blockName(let command, let earlier): return blockNames(command, earlier)
    case .blockDomain(let name, _, let path): return domain(of: name, path, context.isInString)
    case .condition(let name?, _, _): return values(of: Hyperparameters.option(name), [], context.isInString)
    case .condition(nil, let command, let earlier): return conditionNames(command, earlier)
    case .command(let place, let path): return parts(of: place, path, context.isInString)
    case .expression(let path): return context.isInString ? sessionTexts(path) : inner(path) + names + functions
    }
  }

  // MARK: Names of the session

  /// Variables and what the session holds.
  var names: [Candidate] {
    let variables = store.current.variables
    return variables.names.map { Candidate($0, .value, variables[$0]?.summary ?? "") }
      + SessionNames.all.map { name in
        var candidate = Candidate(name, .value, "of the session")
        candidate.isOfSession = true
        return candidate
      }
  }

  private var functions: [Candidate] {
    Builtins.help.map { Candidate(String($0.signature.prefix { $0 != "(" }), .function, $0.summary) }
  }

  /// `run("` takes the name of a run.
  private func sessionTexts(_ path: [CursorContext.Step]) -> [Candidate] {
    guard case .call("run", _, _)? = path.last else { return [] }
    return store.current.runs.names.map { Candidate($0, .value, "a run") }
  }

  private func attributes(of base: String) -> [Candidate] {
    guard let expression = ExpressionText.read(base),
      let value = try? SessionScope(store: store, isChecking: false).value(of: expression)
    else { return [] }
    switch value {
    case .dict(let entries): return entries.map { Candidate($0.key, .property, $0.value.kindText) }
    case .object(let object):
      return object.base.attributeNames.map { name in
        Candidate(name, .property, "of \(object.base.typeName)")
      }
    default: return []
    }
  }

  // MARK: Spaces

  private func blockNames(_ command: CursorContext.CommandPlace, _ earlier: [String]) -> [Candidate] {
    let rule = [Candidate("subject", .keyword, "subject to CONDITION: a rule on whole configurations")]
    if command.positionals.first == "external" { return rule }
    return Hyperparameters.all.filter { !earlier.contains($0.name) }.map { option in
      var candidate = Candidate(option)
      candidate.text = option.name.replacingIndex
      return candidate
    } + rule
  }

  private func domain(of name: String, _ path: [CursorContext.Step], _ isInString: Bool) -> [Candidate] {
    let option = Hyperparameters.option(name)
    guard case .element? = path.first else {
      if path.isEmpty {
        let log = option.map { $0.kind.numberKind != nil } ?? true
        return (log ? [Candidate("log", .function, "log(1e-5..1): spread evenly in the logarithm")] : []) + names
      }
      return names
    }
    return values(of: option, Array(path.dropFirst()), isInString)
  }

  private func conditionNames(_ command: CursorContext.CommandPlace, _ earlier: [String]) -> [Candidate] {
    let own = earlier.filter { $0 != "subject" }.map { Candidate($0, .property, "of the space") }
    if command.positionals.first == "external" { return own }
    return own + SpaceDescription.measures.map { Candidate($0, .property, "of the network") }
      + Hyperparameters.all.map { Candidate($0) }.filter { !$0.text.contains("[") }
      + [Candidate("not", .keyword)]
  }
}

extension CursorContext {
  /// Whether a file that is typed here is read as data.
  fileprivate var isForData: Bool {
    switch place {
    case .command(let command, _): ["data", "predict", "evaluate"].contains(command.verb)
    case .expression: true
    default: false
    }
  }
}

extension Candidate {
  /// By prefix. Nothing is case-folded.
  func matches(_ partial: String) -> Bool {
    partial.isEmpty || text.hasPrefix(partial) || text.hasPrefix("\"" + partial)
  }
}

extension String {
  /// `hidden[i]` as the first one that can be typed.
  fileprivate var replacingIndex: String { hasSuffix("[i]") ? dropLast(3) + "[0]" : self }
}
