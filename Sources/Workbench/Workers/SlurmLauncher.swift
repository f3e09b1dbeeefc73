import Foundation
import Vocabulary

/// Workers as jobs of Slurm: one array, submitted by `sbatch`, followed by `scontrol`, cancelled by `scancel`.
package struct SlurmLauncher: WorkerLauncher {
  package static let syntax = Syntax(
    "slurm", "workers as an array of Slurm jobs; the notebook's folder and attune must be there on the nodes too",
    options: [
      Option("count", .int(1...100_000), default: .int(4), "how many"),
      Option("partition", .text, "where they run"),
      Option(
        "time", .either([.duration, .text]),
        "how long each may run: 30min, 1h, or as Slurm writes it; a trial that is cut is given back"),
      Option("cpus", .int(1...4096), default: .int(1), "processors of each, and the threads that its trainings use"),
      Option("memory", .text, "of each, as Slurm writes it: \"4G\""),
      Option("account", .text, "who pays"),
      Option("options", .list(of: .text), "further options of sbatch: [\"--qos=low\"]"),
    ], example: "workers=slurm(count=8, partition=\"cpu\", time=1h)")

  package let count: Int
  private let options: [String]
  private let cpus: Int

  package init(_ call: Call) {
    count = call.int("count", Self.syntax)!
    cpus = call.int("cpus", Self.syntax)!
    var options = ["--cpus-per-task=\(cpus)"]
    for (name, option) in [("partition", "partition"), ("memory", "mem"), ("account", "account")] {
      if let value = call.text(name, Self.syntax) { options.append("--\(option)=\(value)") }
    }
    if let time = call["time"] { options.append("--time=" + Self.time(time)) }
    options += call["options"]?.list?.compactMap(\.text) ?? []
    self.options = options
  }

  /// Seconds or a text (`1h`, `90min`) as `hours:minutes:seconds`; another text is Slurm's own form.
  static func time(_ said: Argument) -> String {
    var seconds = said.float
    if seconds == nil, let text = said.text {
      for (unit, factor) in [("min", 60.0), ("h", 3600), ("s", 1), ("d", 86_400)] where text.hasSuffix(unit) {
        seconds = seconds ?? Double(text.dropLast(unit.count)).map { $0 * factor }
      }
      if seconds == nil { return text }
    }
    let whole = Int((seconds ?? 0).rounded(.up))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(whole / 3600)):\(two(whole / 60 % 60)):\(two(whole % 60))"
  }

  package func launch(_ order: WorkerOrder) throws -> [WorkerJob] {
    let quoted = (order.command + ["--threads", "\(cpus)"]).map(ShellWord.quoted)
    try WorkerLog.checkFolder(order.folder + "/" + WorkerOrder.logs)
    let script = "#!/bin/sh\nexec " + quoted.joined(separator: " ") + "\n"
    // The worker is asked to end half a minute before Slurm would end it.
    let answer = try ToolRun.output(
      [
        "sbatch", "--parsable", "--job-name=attune-\(order.label)", "--array=1-\(count)", "--chdir=\(order.folder)",
        "--output=\(order.folder)/\(WorkerOrder.logs)/slurm-%A_%a.log", "--signal=B:TERM@30", "--no-requeue",
      ] + options,
      input: script)
    // With several clusters it is `job;cluster`.
    guard let job = answer.split(whereSeparator: { ";\n".contains($0) }).first.map(String.init), Int(job) != nil else {
      throw Files.Refusal(message: "sbatch answered '\(answer)', not a job's number", hint: nil)
    }
    return (1...count).map { index in
      WorkerJob(
        launcher: Self.syntax.name, id: "\(job)_\(index)",
        log: "\(order.folder)/\(WorkerOrder.logs)/slurm-\(job)_\(index).log")
    }
  }

  /// Whether it is `job_index`, in digits: nothing else is handed to Slurm's tools.
  static func isJob(_ id: String) -> Bool {
    let parts = id.split(separator: "_", omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { (1...18).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  package static func states(of all: [WorkerJob]) -> [String: WorkerState] {
    let jobs = all.filter { isJob($0.id) }
    var states: [String: WorkerState] = [:]
    for array in Set(jobs.map { array(of: $0) }) {
      let own = jobs.filter { Self.array(of: $0) == array }
      guard let text = try? ToolRun.output(["scontrol", "--oneliner", "show", "job", array]) else {
        // Slurm forgets a job some minutes after its end; a controller that is away says nothing of it.
        if (try? ToolRun.output(["scontrol", "ping"])) != nil {
          for job in own { states[job.id] = .ended(failure: nil) }
        }
        continue
      }
      let records = text.split(separator: "\n").map(SlurmRecord.init)
      for job in own {
        states[job.id] = records.first { $0.holds(job.id) }?.state ?? .ended(failure: nil)
      }
    }
    return states
  }

  package static func cancel(_ all: [WorkerJob]) {
    let jobs = all.filter { isJob($0.id) }
    if jobs.isEmpty { return }
    _ = try? ToolRun.output(["scancel"] + jobs.map(\.id))
  }

  private static func array(of job: WorkerJob) -> String { String(job.id.prefix { $0 != "_" }) }
}

/// A line of `scontrol --oneliner show job`: words of `Key=value`.
struct SlurmRecord {
  private let values: [Substring: Substring]

  init(_ line: Substring) {
    values = Dictionary(
      line.split(separator: " ").compactMap { word in
        word.firstIndex(of: "=").map { (word[..<$0], word[word.index(after: $0)...]) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether the record is of `job_index`; one of tasks that wait stands for many: `1-8`, `2,5-7%2`.
  func holds(_ id: String) -> Bool {
    guard let job = values["ArrayJobId"], let tasks = values["ArrayTaskId"], id.hasPrefix(job + "_"),
      let index = Int(id.dropFirst(job.count + 1))
    else { return false }
    return tasks.prefix { $0 != "%" }.split(separator: ",").contains { part in
      let ends = part.split(separator: "-").compactMap { Int($0) }
      return ends.count == 2 ? (ends[0]...max(ends[0], ends[1])).contains(index) : ends.first == index
    }
  }

  var state: WorkerState {
    let word = values["JobState"] ?? ""
    switch word {
    case "PENDING", "CONFIGURING", "REQUEUED", "SUSPENDED": return .waiting
    case "RUNNING", "COMPLETING", "STAGE_OUT": return .running
    case "COMPLETED": return .ended(failure: nil)
    case "CANCELLED": return .ended(failure: "was cancelled")
    case "TIMEOUT": return .ended(failure: "was still there at the end of its time, and was killed")
    case "FAILED": return .ended(failure: failure)
    default: return .ended(failure: "ended as \(word)")
    }
  }

  /// `ExitCode=status:signal`.
  private var failure: String {
    let parts = (values["ExitCode"] ?? "").split(separator: ":").compactMap { Int32($0) }
    return WorkerState.failure(status: parts.first ?? 1, signal: parts.last ?? 0) ?? "ended as FAILED"
  }
}

/// Runs a scheduler's tools.
enum ToolRun {
  /// What the tool writes. Throws a `Files.Refusal` with what it complains of.
  static func output(_ command: [String], input: String? = nil) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let (output, errors, source) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = source
    do { try process.run() } catch {
      throw Files.Refusal(message: "\(command[0]) cannot be run", hint: nil)
    }
    if let input { try? source.fileHandleForWriting.write(contentsOf: Foundation.Data(input.utf8)) }
    try? source.fileHandleForWriting.close()
    // What these tools say is a few lines: both pipes hold it.
    let said = (try? output.fileHandleForReading.readToEnd()) ?? nil
    let complaint = (try? errors.fileHandleForReading.readToEnd()) ?? nil
    process.waitUntilExit()
    if process.terminationStatus == 127 {
      throw Files.Refusal(
        message: "there is no \(command[0]) on this machine", hint: "workers=processes(4) needs no scheduler")
    }
    if process.terminationStatus != 0 {
      let text = String(decoding: complaint ?? Foundation.Data(), as: UTF8.self).split(separator: "\n").joined(
        separator: "; ")
      throw Files.Refusal(message: "\(command[0]) refuses: \(text)", hint: nil)
    }
    return String(decoding: said ?? Foundation.Data(), as: UTF8.self)
  }
}
