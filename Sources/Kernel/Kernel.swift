import Jupyter
import Logging

/// A Jupyter kernel: serves one interpreter over five sockets.
///
/// The thread that calls `run` is the I/O thread. It owns the sockets, the mailbox and all state here, and never runs a
/// cell, so a heartbeat, an interrupt or a question is answered within milliseconds whatever the cells do. Each shell
/// runs its cells on a thread of its own, which speaks to the I/O thread by the mailbox alone.
package final class Kernel {
  let interpreter: any Interpreter
  let connection: Connection
  let channels: any Exchange
  let authenticator: Authenticator
  let composer: Composer
  let mailbox = Mailbox()
  let logger: Logger
  let history: HistoryStore
  let widgets = WidgetBoard()
  /// Does what takes longer than a heartbeat may wait, and is no cell: reads history files, gives memory back.
  let clerk = Worker()
  private let signals: Signals?
  private let parentWatch: ParentWatch?

  var replays = ReplayGuard()
  var complaints = Complaints()
  var usage = UsageMeter()
  var memory = MemoryKeeper()
  /// Whether anyone has ever subscribed; until then cells are held.
  var hasListener = false
  let parentShell: Shell
  var subshells: [String: Shell] = [:]
  var subshellsMade = 0
  var timers: [(output: CellOutputs, at: ContinuousClock.Instant)] = []
  var outbox = Outbox()
  /// When the cells that were noted are written into the history.
  private var historyDue: ContinuousClock.Instant?
  var ending: Ending?
  var isOver = false

  /// Binds the sockets; throws what the launcher should read if that cannot be.
  package convenience init(
    serving interpreter: any Interpreter, on connection: Connection, options: KernelOptions
  ) throws {
    let channels = try Channels(binding: connection)
    var connection = connection
    connection.ports = channels.ports
    try self.init(serving: interpreter, through: channels, as: connection, options: options)
  }

  /// Serves what comes through an exchange, whatever is behind it.
  package init(
    serving interpreter: any Interpreter, through exchange: any Exchange, as connection: Connection,
    options: KernelOptions
  ) throws {
    signals = options.handlesSignals ? try Signals() : nil
    parentWatch = options.watchesParent ? ParentWatch(environment: options.environment) : nil
    channels = exchange
    self.connection = connection
    self.interpreter = interpreter
    logger = options.logger
    authenticator = Authenticator(scheme: connection.scheme, key: connection.key)
    composer = Composer(authenticator: authenticator)
    history = HistoryStore(folder: options.historyFolder) { interpreter.remembered($0) }
    parentShell = Shell(id: nil, crashSlot: 0, history: history.session(), isHeld: true)
    guard parentShell.worker.start() else { throw ThreadRefused() }
  }

  /// Serves until a client, a signal or the parent's death ends the kernel. Returns the process's exit status.
  package func run() throws -> Int32 {
    channels.listen(to: mailbox.event.descriptor)
    if let signals { channels.listen(to: signals.descriptor) }
    publish(.status(.starting), answering: nil)
    // Under a limit on memory the clerk's thread, with its stack, starts when there is something to keep.
    if !ProcessStart.isMemoryLimited { _ = clerk.submit { DispatchStart.begin() } }
    if history.hasOldFiles { _ = clerk.submit { [history] in history.migrate() } }
    while !isOver {
      try channels.wait(milliseconds: patience)
      if channels.isReadable(.heartbeat) { echoHeartbeats() }
      // Looked at whatever the poll says: a signal that broke it off is not reported by it.
      obeySignals()
      if channels.isReadable(.control) { serve(.control, atMost: 64) }
      readMail()
      if channels.isReadable(.stdin) { serve(.stdin, atMost: 64) }
      if channels.isReadable(.shell) { serve(.shell, atMost: 64) }
      if channels.isReadable(.iopub) { greetSubscribers() }
      if hasListener { releaseCells() }
      // What a short cell has left meanwhile need not wait for another round.
      readMail()
      lookAtTimers()
    }
    return finishEnding()
  }

  /// How long the poll may wait: until the next timer, and a second at most while a parent is watched.
  private var patience: Int {
    var deadlines = timers.map(\.at) + allShells.compactMap(\.queue.deadline)
    if let ending { deadlines.append(ending.deadline) }
    if let due = memory.deadline { deadlines.append(due) }
    if let historyDue { deadlines.append(historyDue) }
    if !outbox.isEmpty { deadlines.append(.now + Outbox.pause) }
    let longest = parentWatch == nil ? -1 : 1000
    guard let next = deadlines.min() else { return longest }
    let milliseconds = max(0, Int((next - .now) / .milliseconds(1)) + 1)
    return longest < 0 ? milliseconds : min(milliseconds, longest)
  }

  var allShells: [Shell] { [parentShell] + subshells.values }

  private func lookAtTimers() {
    let now = ContinuousClock.now
    flushOutbox(at: now)
    if let historyDue, now >= historyDue { saveHistory() }
    if !timers.isEmpty {
      let due = timers.filter { $0.at <= now }
      timers.removeAll { $0.at <= now }
      for timer in due {
        if let next = timer.output.sendDue() { timers.append((timer.output, next)) }
      }
    }
    for shell in allShells where shell.queue.deadline != nil { carryOut(shell.queue.tick(at: now), on: shell) }
    if memory.isDue(at: now, whileRunning: allShells.contains { $0.running != nil }) {
      _ = clerk.submit { MemoryKeeper.giveBack() }
    }
    if ending == nil, let parentWatch, parentWatch.isParentGone {
      logger.warning("the process that started this kernel is gone; ending")
      end(.abandoned)
    }
    continueEnding(at: now)
  }

  /// A signal stops the cells that it finds running. So it is also looked for between a request's arrival and its service:
  /// obeyed a round later it would stop a cell that was sent after it.
  func obeySignals() {
    while let signal = signals?.next() {
      logger.debug("signal \(signal) arrived")
      if signal == Signals.interrupt {
        interruptAll()
      } else if Signals.warnings.contains(signal) {
        logger.warning("\(Signals.name(of: signal)) arrived; the running cell is interrupted")
        interruptAll()
      } else {
        end(.terminated)
      }
    }
  }

  /// Writes cells down soon: a burst of them together, and not on the way to their answers.
  func noteHistory() { historyDue = historyDue ?? .now + .milliseconds(100) }

  private func saveHistory() {
    historyDue = nil
    let sessions = allShells.map(\.history)
    let save: Worker.Work = { for session in sessions { session.save() } }
    if !clerk.submit(save) { save() }
  }

  func interruptAll() { for shell in allShells { shell.interrupt() } }
}
