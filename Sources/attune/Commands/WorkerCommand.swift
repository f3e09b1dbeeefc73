import ArgumentParser
import Jupyter
import Kernel
import Workbench

struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Runs trials of a study from a storage, beside whoever else does.",
    discussion: """
      Data, network, fixed settings, space, sampler, pruner and seed are the study's own; data with another checksum is \
      refused, as are files that lie in no folder named by --data. Any scheduler can start many workers on one file or database. A worker that is interrupted or terminated \
      gives its running trial back; the trial of one that is lost is found by the others and run again. Where the study has \
      a plan (tune workers=...), the worker joins it and ends with it. A database's password comes from ~/.pgpass or PGPASSWORD.
      """)

  @Option(
    help: ArgumentHelp("The file or the database (postgresql://host/name) that keeps the study.", valueName: "storage"),
    completion: .file())
  var storage: String

  @Option(help: ArgumentHelp("The study's name.", valueName: "name"))
  var study: String

  @Option(
    help:
      "How many trials this worker runs (as many as the study's plan asks for; 20 if it has none and no time is given)."
  )
  var trials: Int?

  @Option(help: ArgumentHelp("Starts no trial after this time: 30s, 10min, 2h.", valueName: "time"))
  var timeout: String?

  @Option(
    help: ArgumentHelp(
      "A folder, or a file, that the study's data may be read from; may be repeated.", valueName: "folder"),
    completion: .directory)
  var data: [String] = []

  @Option(
    help: ArgumentHelp(
      "What each trial starts, for a study of tune program=...; a program that a study names is not started.",
      valueName: "text"))
  var program: String?

  @Option(help: ArgumentHelp("Ends a run of the program after this time: 30s, 10min, 2h.", valueName: "time"))
  var trialTimeout: String?

  @Option(help: "Trials side by side in this worker.")
  var parallel = 1

  @Option(help: "Threads that its trainings use (all cores); changes no result.")
  var threads: Int?

  func validate() throws {
    if trialTimeout != nil, program == nil { throw ValidationError("--trial-timeout is for --program.") }
    if let trials, trials < 1 { throw ValidationError("--trials is a whole number, at least 1.") }
    if let threads, threads < 1 { throw ValidationError("--threads is a whole number, at least 1.") }
    if parallel < 1 { throw ValidationError("--parallel is a whole number, at least 1.") }
  }

  func run() throws {
    let worker = StudyWorker(
      StudyWorker.Order(
        storage: storage, study: study, trials: trials, timeout: timeout, parallel: parallel, threads: threads,
        data: data, program: program, trialTimeout: trialTimeout))
    throw ExitCode(ScriptRun(on: worker)([Notebook.CodeCell(source: StudyWorker.source, mayFail: false)]))
  }
}
