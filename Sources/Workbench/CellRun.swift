import Datasets
import FileAccess
import Jupyter
import Language
import Storage
import Vocabulary

/// One cell from source to outcome: parsed whole, checked whole, then run statement by statement.
struct CellRun {
  let cell: Cell
  let context: CellContext
  let store: SessionStore

  init(cell: Cell, output: any CellOutput, store: SessionStore) {
    self.cell = cell
    // A subshell looks at a copy, so nothing it does reaches the session.
    self.store = cell.subshell == nil ? store : SessionStore(copying: store)
    context = CellContext(cell: cell, output: output, store: self.store)
  }

  func outcome() -> Outcome {
    let interruption = cell.interruption
    return Interrupting.during({ interruption.isRaised }, interruptibleOutcome)
  }

  private func interruptibleOutcome() -> Outcome {
    let program: Program
    let mistakes: [Diagnostic]
    do {
      let interruption = cell.interruption
      (program, mistakes) = try Parser(Workbench.grammar).parse(cell.source) { interruption.isRaised }
    } catch {
      return Outcome(failure: .from(error, in: cell.source).cleaned)
    }
    let checks = CellCheck(store: store, isSubshell: cell.subshell != nil).mistakes(in: program)
    if cell.interruption.isRaised { return Outcome(failure: .from(CancellationError(), in: cell.source).cleaned) }
    guard mistakes.isEmpty && checks.isEmpty else {
      return Outcome(failure: .mistakes((mistakes + checks).inOrder, in: cell.source).cleaned)
    }
    do {
      let result = try run(program)
      var outcome = Outcome(result: (result?.cleaned).map(context.reduced), payloads: context.payloads)
      outcome.userExpressions = UserExpressions(store: store).evaluate(cell.userExpressions)
      return outcome
    } catch {
      return Outcome(payloads: context.payloads, failure: .from(error, in: cell.source).cleaned)
    }
  }

  private func run(_ program: Program) throws -> MIMEBundle? {
    let interruption = cell.interruption
    var result: MIMEBundle?
    var echo = cell.isEchoed ? StatementEcho(of: cell.source) : nil
    let notes = AssignmentNote(program, of: cell)
    for (index, statement) in program.statements.enumerated() {
      if cell.interruption.isRaised { throw CancellationError() }
      if let lines = echo?.lines(through: statement) { context.output.write(lines, to: .stdout) }
      // An interrupt also ends the waiting for a database that is away, or a file that is locked.
      let storage = store.current.storage
      storage.giveUp { interruption.isRaised }
      storage.tell { [context] in context.warn($0) }
      // A copy of a study's file is whole after each statement.
      defer { store.current.storage.settle() }
      if case .assignment(let name, _) = statement.kind,
        let note = notes.note(at: index, isKnown: store.current.variables[name.text] != nil)
      {
        context.warn(note)
      }
      if cell.subshell == nil, let said = StudyRescue(context: context).keepLost(at: statement.span) {
        context.warn(said)
      }
      do { result = try run(statement) } catch let loss as StorageError where loss.isLoss {
        throw StudyRescue(context: context).rescue(from: loss, at: statement.span)
      }
    }
    return result
  }

  /// The value of an expression; commands show their results themselves.
  private func run(_ statement: Statement) throws -> MIMEBundle? {
    let scope = SessionScope(store: store, isChecking: false)
    switch statement.kind {
    case .assignment(let name, let expression):
      let value = try scope.value(of: expression)
      store.update { $0.variables[name.text] = value }
      return nil
    case .expression(let expression):
      let value = try scope.value(of: expression)
      if statement.hidesResult { return nil }
      if case .object(let object) = value {
        // What the session does not hold yet is a mistake, not an empty answer.
        do { _ = try object.base.plain() } catch let error as ValueError {
          throw Diagnostic(error.message, at: expression.span, hint: error.hint)
        }
      }
      return value == .none ? nil : MIMEBundle(text: ValueReport.text(value))
    case .assertion(let condition, let text):
      try Assertion(condition: condition, text: text, scope: scope).evaluate()
      return nil
    case .question(let word):
      context.page(Help.page(for: word.text))
      return nil
    case .command(let written):
      guard let command = Commands.byName[written.verb.text] else {
        throw Diagnostic("unknown command '\(written.verb.text)'", at: written.verb.span)
      }
      let arguments = ArgumentBinder(scope: scope, callFromText: ExpressionText.read)
      let invocation = try CommandBinder(command, arguments: arguments).bind(written, quiet: statement.hidesResult)
      return try run(invocation)
    }
  }

  /// The world's refusals become diagnostics under the command, or under the argument that they are about.
  private func run(_ invocation: Invocation) throws -> MIMEBundle? {
    let before = store.current
    do {
      try checkMemory(for: invocation)
      try checkDescriptors(for: invocation)
      try invocation.command.run(invocation, context)
      return context.takeResult()
    } catch {
      store.update { $0.undo(error, to: before) }
      throw said(error, invocation)
    }
  }

  /// What trains claims memory in many places that cannot fail: under a limit it is refused before.
  private func checkMemory(for invocation: Invocation) throws {
    let command = invocation.command
    let trains = command.options.contains { $0.name == "optimizer" }
    do {
      try MemoryBudget.checkAddressSpace(trains ? 24 << 20 : 8 << 20, for: "'\(command.name)'")
    } catch let error as DataError {
      throw Diagnostic(error.message, at: invocation.verb.span, hint: error.hint)
    }
  }

  /// Commands that start programs, open databases or look at the machine, which libraries do for them.
  private func checkDescriptors(for invocation: Invocation) throws {
    let needsMany =
      switch invocation.command.name {
      case "data", "predict", "evaluate":
        invocation.positionals.first?.value.call.map { !$0.arguments.isEmpty || $0.name == "mnist" } ?? false
      case "plot": invocation.text("to") != nil
      case "tune": invocation.has("workers") || invocation.has("program")
      case "find_learning_rate", "bench", "study", "export": true
      default: false
      }
    guard needsMany, let reason = Descriptors.refusal(of: 10) else { return }
    throw Diagnostic(
      "\(invocation.command.name) cannot open the files that it needs: \(reason)", at: invocation.verb.span,
      hint: "close other programs' files or raise the limit")
  }

  private func said(_ error: any Error, _ invocation: Invocation) -> any Error {
    switch error {
    case let error as SettingError:
      return Diagnostic(error.message, at: invocation.span(of: error.parameter), hint: error.hint)
    case let refusal as StorageError where refusal.kind == .interrupted:
      return Stopped(message: refusal.message)
    case let loss as StorageError where loss.isLoss:
      return StudyRescue(context: context).rescue(from: loss, at: invocation.span)
    case let refusal as any Refusal:
      let span = (refusal as? Files.Refusal)?.file.flatMap(invocation.span(ofFile:)) ?? invocation.span
      return Diagnostic(refusal.message, at: span, hint: refusal.hint)
    default: return error
    }
  }
}

extension Session {
  /// Takes back what a command that has failed had set: data, network, space, storage and settings, and a study in which nothing
  /// has begun. Finished runs and trials stay, as does all that an interrupt has left.
  fileprivate mutating func undo(_ error: any Error, to before: Session) {
    if error is Stopped || error is CancellationError { return }
    (data, network, space, settings) = (before.data, before.network, before.space, before.settings)
    let isKept = study.map { $0 !== before.study && $0.hasBegun } ?? false
    if !isKept { (storage, study) = (before.storage, before.study) }
  }
}

/// What other rooms throw when a person asked for something that cannot be: said in words, with a hint.
protocol Refusal: Error {
  var message: String { get }
  var hint: String? { get }
}
