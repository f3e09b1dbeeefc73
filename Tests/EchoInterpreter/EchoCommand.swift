import Glibc
import Jupyter

/// What a command of the echo language works with.
struct EchoContext {
  let argument: String
  let cell: Cell
  let output: any CellOutput
  let interpreter: EchoInterpreter
}

/// One word of the echo language.
struct EchoCommand: Sendable {
  let word: String
  let help: String
  let run: @Sendable (EchoContext, inout Outcome) throws(Failure) -> Void

  static let all = [
    EchoCommand(word: "print", help: "Writes to stdout.") { context, _ in
      context.output.write(context.argument + "\n", to: .stdout)
    },
    EchoCommand(word: "warn", help: "Writes to stderr.") { context, _ in
      context.output.write(context.argument + "\n", to: .stderr)
    },
    EchoCommand(word: "lines", help: "Writes so many numbered lines.") { context, _ in
      for number in 0..<(Int(context.argument) ?? 0) { context.output.write("line \(number)\n", to: .stdout) }
    },
    EchoCommand(word: "flood", help: "Writes so many megabytes.") { context, _ in
      let piece = String(repeating: "0123456789abcde\n", count: 1 << 16)
      for _ in 0..<(Int(context.argument) ?? 0) { context.output.write(piece, to: .stdout) }
    },
    EchoCommand(word: "display", help: "Displays a text under an id.") { context, _ in
      context.output.display(
        MIMEBundle([
          "text/plain": .string(context.argument), "text/html": .string("<b>\(context.argument)</b>"),
          "image/svg+xml": "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
        ]), id: context.argument)
    },
    EchoCommand(word: "update", help: "Renews display 'ID' so many times: ID N.") { context, _ in
      let parts = context.argument.split(separator: " ")
      for number in 1...(Int(parts.last ?? "") ?? 1) {
        context.output.update(MIMEBundle(text: "update \(number)"), id: String(parts.first ?? ""))
      }
    },
    EchoCommand(word: "clear", help: "Clears the output.") { context, _ in
      context.output.clear(wait: context.argument == "wait")
    },
    EchoCommand(word: "result", help: "Is a result of several kinds.") { context, outcome in
      outcome.result = MIMEBundle(["text/plain": .string(context.argument), "text/html": .string(context.argument)])
    },
    EchoCommand(word: "fail", help: "Fails.") { context, _ throws(Failure) in
      throw Failure(name: "EchoError", message: context.argument, traceback: ["EchoError: \(context.argument)"])
    },
    EchoCommand(word: "sleep", help: "Waits so many seconds, or for an interrupt.") { context, _ throws(Failure) in
      let end = ContinuousClock.now + .seconds(Double(context.argument) ?? 0)
      while ContinuousClock.now < end {
        if context.cell.interruption.isRaised { throw .interrupted("while asleep") }
        usleep(1000)
      }
    },
    EchoCommand(word: "deaf", help: "Waits so many seconds and heeds no interrupt.") { context, _ in
      usleep(UInt32((Double(context.argument) ?? 0) * 1e6))
    },
    EchoCommand(word: "remember", help: "Keeps a word for `recall`.") { context, _ in
      context.interpreter.memory.withLock { $0 = context.argument }
    },
    EchoCommand(word: "recall", help: "Is the word that was kept.") { context, outcome in
      outcome.result = MIMEBundle(text: context.interpreter.memory.withLock { $0 })
    },
    EchoCommand(word: "await", help: "Waits until that word is kept, or for an interrupt.") {
      context, _ throws(Failure) in
      while context.interpreter.memory.withLock({ $0 != context.argument }) {
        if context.cell.interruption.isRaised { throw .interrupted("while waiting") }
        usleep(1000)
      }
    },
    EchoCommand(word: "ask", help: "Asks the client for a line, which is the result.") {
      context, outcome throws(Failure) in
      guard let input = context.cell.input else {
        let message = "this client takes no input"
        throw Failure(name: "StdinNotAllowed", message: message, traceback: ["StdinNotAllowed: \(message)"])
      }
      outcome.result = MIMEBundle(text: try input.read(prompt: context.argument, isPassword: false))
    },
    EchoCommand(word: "page", help: "Shows a text in the pager.") { context, outcome in
      outcome.payloads.append(.page(MIMEBundle(text: context.argument)))
    },
    EchoCommand(word: "next", help: "Puts a text into the next cell.") { context, outcome in
      outcome.payloads.append(.setNextInput(context.argument, replace: false))
    },
    EchoCommand(word: "exit", help: "Asks the client to leave.") { _, outcome in
      outcome.payloads.append(.askExit(keepKernel: false))
    },
    EchoCommand(word: "shell", help: "Is the id of the subshell that runs it.") { context, outcome in
      outcome.result = MIMEBundle(text: context.cell.subshell ?? "parent")
    },
    EchoCommand(word: "late", help: "Writes from a thread that outlives the cell.") { context, _ in
      let output = context.output
      let argument = context.argument
      Task.detached {
        usleep(200_000)
        output.write(argument + "\n", to: .stdout)
      }
    },
    EchoCommand(word: "trap", help: "Breaks a precondition, as a mistake of the program's own would.") { context, _ in
      let empty: [Int] = []
      context.output.write("\(empty[context.argument.utf8.count])", to: .stdout)
    },
  ]
}
