import Drawing
import Language
import NeuralNetworks
import Search
import Vocabulary

extension Command {
  package static let space = Command(
    "space", "defines the search space, one parameter per line; alone, shows it",
    positionals: [Option("kind", .word(["external"]), "external: any names, for an external program")],
    takesBlock: true,
    details: """
      A line is NAME in DOMAIN [step N] [when CONDITION]. A domain is a range 1..4, log(1e-5..1), or a set {a, b}. A
      condition compares earlier names. 'subject to' lines are rules on whole configurations; one that names a metric, such as
      val_accuracy >= 0.9, is kept or broken by the trained trial, and what breaks it is not the best. Any parameter of network
      and train can stand in a space; 'hidden[0] in 16..256' gives a layer its own width. A new block replaces the old one.
      """,
    examples: [
      "space\n    layers        in 1..4\n    learning_rate in log(1e-5..1)\n    optimizer     in {sgd, adam}\n    momentum      in 0.0..0.99 when optimizer == sgd\n    subject to parameters <= 500000"
    ],
    check: { written, scope in
      if !written.block.isEmpty { _ = try read(written.block, written, scope) }
    }
  ) { invocation, context in
    if !invocation.block.isEmpty {
      let scope = SessionScope(store: context.store, isChecking: false)
      let description = try read(
        invocation.block, external: invocation.text(at: 0) == "external", invocation.span, scope)
      context.store.update { $0.space = description }
      for warning in NoEffect.warnings(description, network: context.session.networkSettings) {
        context.output.write(warning, to: .stderr)
      }
    }
    guard let description = context.session.space else {
      throw Diagnostic(
        "there is no space yet", at: invocation.span, hint: "give each parameter an indented line: layers in 1..4")
    }
    // A new block is for a study still to come.
    let study = invocation.block.isEmpty ? context.session.study : nil
    context.show(SpaceReport.table(description, of: study), unless: invocation.isQuiet)
  }

  private static func read(_ block: [BlockLine], _ written: Language.Command, _ scope: any Scope) throws
    -> SpaceDescription
  {
    var isExternal = false
    if case .name("external", _)? = written.positionals.first { isExternal = true }
    return try read(block, external: isExternal, written.verb.span, scope)
  }

  private static func read(_ block: [BlockLine], external: Bool, _ span: Span, _ scope: any Scope) throws
    -> SpaceDescription
  {
    let binder = ArgumentBinder(scope: scope, callFromText: ExpressionText.read)
    let description = try SpaceReader(binder: binder, known: Hyperparameters.all, isExternal: external).read(
      block, at: span)
    do { try description.space(fixed: [:], known: Hyperparameters.standard).check() } catch {
      try Interrupting.check()
      throw Diagnostic(error.message, at: error.parameter.flatMap { description.spans[$0] } ?? span, hint: error.hint)
    }
    try RuleTrial(description).check()
    return description
  }
}

/// What can stand in a space: every parameter of `network` and of `train`.
enum Hyperparameters {
  static let all: [Option] = NetworkSettings.options + TrainingSettings.options
  static let names: Set<String> = Set(all.map(\.name))

  /// The values where nothing is said, for conditions on what is not searched; what depends on the optimizer is not among them.
  static let standard: [String: Argument] = Dictionary(
    all.filter { !ofOptimizers.contains($0.name) }.compactMap { option in
      (option.standard ?? (option.standardText == "none" ? .text("none") : nil)).map { (option.name, $0) }
    }, uniquingKeysWith: { $1 })

  /// Options that only some optimizers have, or that have another default in each.
  static let ofOptimizers = Set(Optimizers.syntaxes.flatMap { $0.options.map(\.name) })
    .subtracting(["learning_rate", "weight_decay"])

  /// The defaults of an optimizer's own options.
  static func standard(of optimizer: Call) -> [String: Argument] {
    let options = Optimizers.syntaxes.first { $0.name == optimizer.name }?.options ?? []
    return Dictionary(
      options.filter { ofOptimizers.contains($0.name) }.compactMap { option in
        (optimizer[option.name] ?? option.standard).map { (option.name, $0) }
      }, uniquingKeysWith: { $1 })
  }

  static func option(_ name: String) -> Option? {
    all.first { $0.name == name }
      ?? (NetworkSettings.layerIndex(name) == nil ? nil : all.first { $0.name == "neurons" })
  }
}
