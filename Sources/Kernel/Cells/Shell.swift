import Jupyter

/// One line of execution: the parent shell, or a subshell beside it. Its state belongs to the I/O thread; its cells run
/// on a thread of its own.
final class Shell {
  /// Nil for the parent shell.
  let id: String?
  let crashSlot: Int
  let worker = Worker()
  let history: HistorySession
  var queue: ExecuteQueue<Job>
  /// The number of the last cell that counted.
  var executionCount = 0
  var running: Running?
  /// Deleted, and gone as soon as its last cell has been answered.
  var isRetired = false

  /// What the I/O thread can do to the cell that runs.
  struct Running {
    var request: Request
    var interruption: Interruption
    var outputs: CellOutputs
    var input: InputGate
    /// The messages that end it, once it is done.
    var closing: [Parcel] = []
  }

  init(id: String?, crashSlot: Int, history: HistorySession, isHeld: Bool) {
    queue = ExecuteQueue(isHeld: isHeld)
    self.id = id
    self.crashSlot = crashSlot
    self.history = history
  }

  /// Stops the cell that runs, if one does; the next one is not concerned.
  func interrupt() { running?.interruption.raise() }
}
