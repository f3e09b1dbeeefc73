import ArgumentParser
import Jupyter
import Kernel
import Workbench

struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Runs trials of a study from a storage file, beside whoever else does.",
    discussion: """
      Data, network, fixed settings, space, sampler, pruner and seed are the study's own. Any scheduler can start many \
      workers on one file. A worker that is interrupted or terminated gives its running trial back; the trial of one that is \
      lost waits again as soon as the study is opened.
      """)

  @Option(help: ArgumentHelp("The file that keeps the study.", valueName: "file"), completion: .file())
  var storage: String

  @Option(help: ArgumentHelp("The study's name.", valueName: "name"))
  var study: String

  @Option(help: "How many trials this worker runs (20 unless a time is said).")
  var trials: Int?

  @Option(help: ArgumentHelp("Starts no trial after this time: 30s, 10min, 2h.", valueName: "time"))
  var timeout: String?

  @Option(help: "Trials side by side.")
  var parallel = 1

  func validate() throws {
    if let trials, trials < 1 { throw ValidationError("--trials is a whole number, at least 1.") }
    if parallel < 1 { throw ValidationError("--parallel is a whole number, at least 1.") }
  }

  func run() throws {
    let worker: StudyWorker
    do {
      worker = try StudyWorker(storage: storage, study: study, trials: trials, timeout: timeout, parallel: parallel)
    } catch let refusal as StudyWorker.Refusal {
      throw ValidationError(refusal.description)
    }
    let cells = worker.cells.map { Notebook.CodeCell(source: $0, mayFail: false) }
    throw ExitCode(ScriptRun(on: Workbench())(cells))
  }
}
