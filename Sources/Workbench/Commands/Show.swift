import Drawing
import Language
import Vocabulary

extension Command {
  package static let show = Command(
    "show", "lists what the session holds: data, network, space, study, runs, variables and settings",
    changesSession: false
  ) { invocation, context in
    context.show(SessionReport.table(context.session), unless: invocation.isQuiet)
  }
}
