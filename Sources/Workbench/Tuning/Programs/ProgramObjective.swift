import Foundation
import Search
import Studies
import Vocabulary

/// What a trial of `tune program=...` is: one run of the program.
struct ProgramObjective: Sendable {
  let template: CommandTemplate
  /// Values of names that are not searched.
  let fixed: [String: String]
  let study: String
  /// Seconds that a trial may take; nil for no limit.
  let timeout: Double?

  func evaluate(_ trial: TrialContext) throws -> [Double] {
    let configuration = TrialConfiguration(
      settings: trial.point.mapValues { Argument($0) }, seed: trial.seed, repeats: 1)
    trial.keep(configuration, metrics: [:])
    let folder: ProgramFolder
    let process: ProgramProcess
    do {
      folder = try ProgramFolder(study: study, trial: trial.number)
      process = try ProgramProcess(
        arguments(trial, folder), in: folder.path, log: folder.log, environment: environment(trial, folder))
    } catch let refusal as Files.Refusal {
      // No trial could be run: there is no use in trying the others.
      throw TrialAbort(refusal)
    }
    defer { process.end() }
    let answer = try follow(process, trial)
    if let failure = process.failure { throw TrialFailed(Self.failure("the program " + failure, folder)) }
    guard case .values(let values, let metrics)? = answer else {
      throw TrialFailed(Self.failure("the program printed no line 'value 0.38'", folder))
    }
    trial.keep(configuration, metrics: metrics)
    return values
  }

  /// Reads what the program prints until it ends; nil if it gave no value.
  private func follow(_ process: ProgramProcess, _ trial: TrialContext) throws -> ProgramOutput.Line? {
    var output = ProgramOutput()
    var answer: ProgramOutput.Line?
    func take(_ lines: [ProgramOutput.Line]) throws {
      for line in lines {
        guard case .step(let step, let value) = line else {
          answer = line
          continue
        }
        if try trial.report(step: step, value: value) { throw TrialPruned(reason: "after step \(step)") }
      }
    }
    let begun = ContinuousClock.now
    while let bytes = process.read(waiting: 50) {
      try take(output.take(bytes))
      if trial.isCancelled { throw TrialCancelled() }
      if let timeout, (ContinuousClock.now - begun) / .seconds(1) > timeout {
        throw TrialFailed("ended after trial_timeout=\(Argument.float(timeout))s")
      }
    }
    try take(output.finish())
    return answer
  }

  private func arguments(_ trial: TrialContext, _ folder: ProgramFolder) -> [String] {
    var values = fixed
    values["trial"] = "\(trial.number)"
    values["seed"] = "\(Self.seed(trial))"
    values["folder"] = folder.path
    for (name, value) in trial.point { values[name] = value.description }
    return template.filled(values).map(ProgramFolder.resolved)
  }

  /// Names that may stand in braces beside the space's.
  static let ownNames = ["trial", "seed", "folder"]

  /// The trial's seed as most libraries take one: from 0 below 2^31.
  private static func seed(_ trial: TrialContext) -> UInt64 { trial.seed >> 33 }

  private func environment(_ trial: TrialContext, _ folder: ProgramFolder) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["ATTUNE_TRIAL"] = "\(trial.number)"
    environment["ATTUNE_SEED"] = "\(Self.seed(trial))"
    environment["ATTUNE_FOLDER"] = folder.path
    // Python keeps what it prints to a pipe back until it ends, and steps have to be seen while it runs.
    if environment["PYTHONUNBUFFERED"] == nil { environment["PYTHONUNBUFFERED"] = "1" }
    return environment
  }

  private static func failure(_ what: String, _ folder: ProgramFolder) -> String {
    what + (ProgramFolder.lastLines(folder.log).map { ": " + $0 } ?? "")
  }
}

extension Argument {
  fileprivate init(_ value: ParameterValue) {
    self =
      switch value {
      case .null: .none
      case .bool(let flag): .bool(flag)
      case .int(let number): .int(number)
      case .float(let number): .float(number)
      case .text(let text): .text(text)
      }
  }
}
