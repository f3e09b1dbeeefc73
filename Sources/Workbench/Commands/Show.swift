import Drawing
import Language
import Vocabulary

extension Command {
  package static let show = Command(
    "show", "lists what the session holds: data, network, space, study, runs, variables and settings",
    positionals: [Option("what", .word(["runs"]), "runs: those of the session, side by side; all unless given")],
    changesSession: false, examples: ["show", "show runs"]
  ) { invocation, context in
    if invocation.text(at: 0) == "runs" {
      let runs = try context.runs([], at: invocation.span)
      return context.show(CompareReport.table(runs, showsTimes: context.showsTimes), unless: invocation.isQuiet)
    }
    context.show(SessionReport.table(context.session), unless: invocation.isQuiet)
  }
}
