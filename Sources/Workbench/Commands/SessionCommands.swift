import Jupyter
import Language
import Vocabulary

extension Command {
  package static let set = Command(
    "set", "changes the settings of the session",
    options: [
      Option(
        "progress", .word(ProgressMode.allCases.map(\.rawValue)), default: .text("auto"),
        "how running commands show progress: auto, rich (displays that update themselves), text (one line) or none"),
      Option(
        "threads", .either([.int(1...1024), .word(["auto"])]), defaultText: "all cores",
        "threads for training; results do not depend on it"),
      Option("seed", .int(0 ... .max), default: .int(0), "everything random is derived from it"),
      Option(
        "plots", .word(PlotMode.allCases.map(\.rawValue)), default: .text("live"),
        "live pictures answer to the pointer where scripts may run; still ones are images"),
      Option(
        "output", .word(OutputMode.allCases.map(\.rawValue)), default: .text("full"),
        "plain cells show text alone, at most 2,000 characters each, what a decision needs first: for scripts and language models"
      ),
    ],
    details:
      "With output=plain pictures are described in words, and explain says what a study knows.",
    examples: ["set progress=none seed=1", "set threads=2", "set plots=still", "set output=plain"]
  ) { invocation, context in
    context.store.update { session in
      if let mode = invocation.said("progress")?.text.flatMap(ProgressMode.init) { session.settings.progress = mode }
      if let threads = invocation.said("threads") { session.settings.threads = threads.int }
      if let seed = invocation.said("seed")?.int { session.settings.seed = UInt64(seed) }
      if let mode = invocation.said("plots")?.text.flatMap(PlotMode.init) { session.settings.plots = mode }
      if let mode = invocation.said("output")?.text.flatMap(OutputMode.init) { session.settings.output = mode }
    }
    if invocation.options.isEmpty {
      let settings = context.session.settings
      context.print(
        "progress=\(settings.progress.rawValue) threads=\(settings.threads.map(String.init) ?? "auto") seed=\(settings.seed) plots=\(settings.plots.rawValue) output=\(settings.output.rawValue)"
      )
    }
  }

  package static let reset = Command("reset", "clears the session: data, network, space, study, runs and variables") {
    _, context in
    context.store.update { $0 = Session() }
  }

  package static let print = Command(
    "print", "writes values to standard output, separated by spaces",
    positionals: [Option("value", .printed, "a value")], repeatsLastPositional: true,
    options: [Option("to", .word(["stdout", "stderr"]), default: .text("stdout"), "which stream")],
    changesSession: false, examples: ["print \"width is\" width", "print \"careful\" to=stderr"]
  ) { invocation, context in
    let line = invocation.positionals.map { $0.value.printed }.joined(separator: " ")
    context.output.write(Secrets.hidden(line) + "\n", to: invocation.text("to") == "stderr" ? .stderr : .stdout)
  }

  package static let clear = Command("clear", "clears the cell's output", changesSession: false) { _, context in
    context.output.clear(wait: false)
  }

  package static let exit = ending("exit")
  package static let quit = ending("quit")

  private static func ending(_ name: String) -> Command {
    Command(
      name, "ends the kernel from a console, or the run of a file",
      positionals: [Option("status", .int(0...255), default: .int(0), "exit status of attune run")],
      options: [Option("keep", .bool, default: .bool(false), "leave the console and keep the kernel")],
      changesSession: false,
      details:
        "A console that is attached to a notebook's kernel would end the notebook's session too: keep=true leaves it alone.",
      examples: [name, "\(name) keep=true"]
    ) { invocation, context in
      context.add(
        .askExit(keepKernel: invocation.bool("keep") ?? false, status: invocation.positionals.first?.value.int ?? 0))
    }
  }
}
