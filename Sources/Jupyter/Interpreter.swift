/// The language behind a kernel: source in, outputs out. The kernel knows nothing else of it.
///
/// `execute` is called on the execution thread, or on a subshell's; everything else may be called from the I/O thread
/// while a cell runs, so it must answer from state that is safe to read there, within a few milliseconds.
package protocol Interpreter: AnyObject, Sendable {
  var identity: InterpreterIdentity { get }

  /// Runs a whole cell. An interrupted cell answers with `Failure.interrupted`.
  func execute(_ cell: Cell, output: any CellOutput) -> Outcome

  /// What could stand at a position, counted in Unicode scalars and clamped to the source.
  func complete(_ source: String, at position: Int) -> Completion

  /// Help for the word at a position, or nil where there is none.
  func inspect(_ source: String, at position: Int, detail: Int) -> MIMEBundle?

  func completeness(of source: String) -> Completeness

  /// A cell's source as the history keeps it: without what nobody may read there.
  func remembered(_ source: String) -> String

  /// Called once when the kernel ends; nothing is executed afterwards.
  func shutdown()
}

extension Interpreter {
  package func remembered(_ source: String) -> String { source }
}

/// What a kernel says of its language in `kernel_info_reply`.
package struct InterpreterIdentity: Sendable {
  package var implementation: String
  package var version: String
  package var languageName: String
  package var languageVersion: String
  package var mimeType: String
  package var fileExtension: String
  package var pygmentsLexer: String
  /// A name, or an object of name and MIME type of which a front end takes what it knows.
  package var codeMirrorMode: JSON?
  package var banner: String
  package var helpLinks: [(text: String, url: String)]

  package init(
    implementation: String, version: String, languageName: String, languageVersion: String, mimeType: String,
    fileExtension: String, pygmentsLexer: String, codeMirrorMode: JSON?, banner: String,
    helpLinks: [(text: String, url: String)]
  ) {
    self.implementation = implementation
    self.version = version
    self.languageName = languageName
    self.languageVersion = languageVersion
    self.mimeType = mimeType
    self.fileExtension = fileExtension
    self.pygmentsLexer = pygmentsLexer
    self.codeMirrorMode = codeMirrorMode
    self.banner = banner
    self.helpLinks = helpLinks
  }
}

/// A cell to run, with what its client said of it.
package struct Cell: Sendable {
  package var source: String
  /// Evaluated after the cell succeeded, in the client's order of keys.
  package var userExpressions: [String: String]
  package var isSilent: Bool
  package var storesHistory: Bool
  package var allowsInput: Bool
  /// The request's own metadata; a notebook front end names the cell there (`cellId`).
  package var metadata: JSON
  /// The subshell that runs it; nil for the parent shell.
  package var subshell: String?
  package var executionCount: Int
  package var interruption: Interruption
  /// Asks the person at the client for a line; nil where the client does not allow it.
  package var input: (any CellInput)?
  /// Whether each statement is written before what it says, where nothing else shows the source.
  package var isEchoed = false

  package init(
    source: String, userExpressions: [String: String] = [:], isSilent: Bool = false, storesHistory: Bool = true,
    allowsInput: Bool = false, metadata: JSON = [:], subshell: String? = nil, executionCount: Int = 1,
    interruption: Interruption = Interruption(), input: (any CellInput)? = nil
  ) {
    self.source = source
    self.userExpressions = userExpressions
    self.isSilent = isSilent
    self.storesHistory = storesHistory
    self.allowsInput = allowsInput
    self.metadata = metadata
    self.subshell = subshell
    self.executionCount = executionCount
    self.interruption = interruption
    self.input = input
  }
}

/// The way back from a running cell to the person who runs it.
package protocol CellInput: Sendable {
  /// Shows a prompt and waits for a line; throws `Failure.interrupted` if the cell is interrupted meanwhile.
  func read(prompt: String, isPassword: Bool) throws(Failure) -> String
}

/// Where a running cell's outputs go. Every call returns at once; order is kept. Safe from any thread.
package protocol CellOutput: Sendable {
  func write(_ text: String, to stream: OutputStream)
  func display(_ bundle: MIMEBundle, id: String?)
  /// Renews every display that was made with this id.
  func update(_ bundle: MIMEBundle, id: String)
  func clear(wait: Bool)
  /// A control with a button of this text; nil where nobody draws widgets.
  func control(button: String) -> (any CellControl)?
  /// The width of a line that renews itself, in characters.
  var columns: Int { get }
}

extension CellOutput {
  package func control(button: String) -> (any CellControl)? { nil }
  package var columns: Int { 79 }
}

package enum OutputStream: String, Sendable {
  case stdout, stderr
}

/// One output in several kinds, from which a client picks the one it likes best.
package struct MIMEBundle: Sendable, Equatable {
  /// Kind to content: a string for texts, any JSON for `application/json`.
  package var data: [String: JSON]
  package var metadata: [String: JSON]

  package init(_ data: [String: JSON], metadata: [String: JSON] = [:]) {
    self.data = data
    self.metadata = metadata
  }

  package init(text: String) { self.init(["text/plain": .string(text)]) }
}

/// How a cell ended.
package struct Outcome: Sendable {
  /// The value of the cell's last expression (`execute_result`).
  package var result: MIMEBundle?
  package var payloads: [Payload]
  package var userExpressions: [String: Result<MIMEBundle, Failure>]
  package var failure: Failure?

  package init(
    result: MIMEBundle? = nil, payloads: [Payload] = [], userExpressions: [String: Result<MIMEBundle, Failure>] = [:],
    failure: Failure? = nil
  ) {
    self.result = result
    self.payloads = payloads
    self.userExpressions = userExpressions
    self.failure = failure
  }
}

/// A cell's error as a client shows it. The last line of the traceback says it all: test runners show only that.
package struct Failure: Error, Sendable, Equatable {
  package var name: String
  package var message: String
  package var traceback: [String]

  package init(name: String, message: String, traceback: [String]) {
    self.name = name
    self.message = message
    self.traceback = traceback
  }

  package static func interrupted(_ message: String) -> Failure {
    Failure(name: "KeyboardInterrupt", message: message, traceback: ["KeyboardInterrupt: \(message)"])
  }
}

/// A deprecated but still used side effect of an `execute_reply`.
package enum Payload: Sendable, Equatable {
  case page(MIMEBundle)
  case setNextInput(String, replace: Bool)
  /// `status` is for a run of a file, which has one.
  case askExit(keepKernel: Bool, status: Int = 0)
}

package struct Completion: Sendable {
  package struct Match: Sendable, Equatable {
    package var text: String
    /// A word that front ends show as an icon: keyword, function, property, value, path.
    package var type: String
    package var signature: String

    package init(text: String, type: String, signature: String = "") {
      self.text = text
      self.type = type
      self.signature = signature
    }
  }
  package var matches: [Match]
  /// The span that a match replaces, in Unicode scalars.
  package var start: Int
  package var end: Int

  package init(matches: [Match], start: Int, end: Int) {
    self.matches = matches
    self.start = start
    self.end = end
  }
}

package enum Completeness: Sendable, Equatable {
  case complete
  case incomplete(indent: String)
  case invalid
  case unknown
}
