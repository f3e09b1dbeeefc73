import Vocabulary

/// Workers that someone else starts: another scheduler, another machine's shell.
package struct OutsideLauncher: WorkerLauncher {
  package static let syntax = Syntax(
    "outside", "workers that you start yourself, by the command that is shown; the cell follows what they do",
    options: [Option("count", .int(1...100_000), default: .int(1), "how many are expected: the default of parallel")],
    example: "workers=outside(16)")

  package let count: Int

  package init(_ call: Call) { count = call.int("count", Self.syntax)! }

  package func launch(_ order: WorkerOrder) -> [WorkerJob] { [] }
  package static func states(of jobs: [WorkerJob]) -> [String: WorkerState] { [:] }
  package static func cancel(_ jobs: [WorkerJob]) {}
}
