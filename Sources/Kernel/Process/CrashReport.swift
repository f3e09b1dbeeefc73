import Glibc

/// The last words of a process that dies of a trap or a fatal signal: one line on standard error that says which
/// cell was running. Without it a launcher's log shows nothing, and nobody knows why the kernel restarted.
///
/// The texts lie in memory claimed at the start, since a signal handler may not allocate.
enum CrashReport {
  private static let slotCount = 16
  private static let slotSize = 240

  /// Slot after slot, each a text ended by a zero byte; an empty one means that no cell runs there. Written by the
  /// thread that runs the cell, read only by the handler.
  nonisolated(unsafe) private static let slots: UnsafeMutablePointer<UInt8> = {
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: slotCount * slotSize)
    memory.initialize(repeating: 0, count: slotCount * slotSize)
    return memory
  }()

  /// Handles the fatal signals from now on, for the whole process.
  static func install() {
    _ = slots
    _ = prepareThread()
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { signal in CrashReport.speak(of: signal) }
    action.sa_flags = SA_ONSTACK | Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_NODEFER
    for signal in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { sigaction(signal, &action, nil) }
  }

  /// Gives the calling thread a stack for the handler, so that even an overflown stack can be told of.
  static func prepareThread() -> UnsafeMutableRawPointer {
    let size = 64 << 10
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    stack.ss_size = size
    sigaltstack(&stack, nil)
    return stack.ss_sp
  }

  /// Takes the stack back from the calling thread, which ends.
  static func releaseThread(_ memory: UnsafeMutableRawPointer) {
    var none = stack_t()
    none.ss_flags = Int32(SS_DISABLE)
    sigaltstack(&none, nil)
    memory.deallocate()
  }

  /// Notes what a shell is running; an empty text, that it runs nothing.
  static func note(_ text: String, in slot: Int) {
    let start = slots + (slot % slotCount) * slotSize
    var index = 0
    for byte in text.utf8.prefix(slotSize - 1) {
      start[index] = byte == UInt8(ascii: "\n") ? UInt8(ascii: " ") : byte
      index += 1
    }
    start[index] = 0
  }

  /// A log that is full loses the words; the process must end all the same.
  private static func say(_ text: StaticString) {
    if hasRoom(STDERR_FILENO) { write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount) }
  }

  private static func speak(of signal: Int32) {
    say("attune: the kernel died of ")
    switch signal {
    case SIGILL, SIGTRAP: say("a trap")
    case SIGABRT: say("an abort")
    case SIGSEGV: say("a segmentation fault")
    case SIGBUS: say("a bus error")
    default: say("an arithmetic fault")
    }
    var isRunning = false
    for slot in 0..<slotCount {
      let text = slots + slot * slotSize
      guard text[0] != 0 else { continue }
      say(isRunning ? ", and " : " while it ran ")
      isRunning = true
      if hasRoom(STDERR_FILENO) { write(STDERR_FILENO, text, strlen(text)) }
    }
    say(isRunning ? "\n" : " between cells\n")
    raise(signal)
  }
}
