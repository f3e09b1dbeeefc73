import Datasets
import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension Command {
  package static let plot = Command(
    "plot", "draws a chart, as SVG and, for terminals, as text",
    positionals: [
      Option("kind", .word(PlotKind.all.map(\.name)), required: true, "what to draw"),
      Option(
        "subject",
        .either([
          .call(Schedules.syntaxes + Optimizers.syntaxes), .word(Split.allCases.map(\.rawValue)), .name(.subject),
        ]), "runs, parameters, schedules, optimizers, activations; the rows that a run is judged on"),
    ],
    repeatsLastPositional: true,
    options: [
      Option("to", .path, "writes the picture to this file as well: .svg, .html, .png or .pdf"),
      Option("replace", .bool, default: .bool(false), "overwrites an existing file"),
      Option(
        "scale", .word(PlotStyle.Scale.allCases.map(\.rawValue)), defaultText: "log over more than two decades",
        "of the axis that shows the values"),
      Option("title", .text, defaultText: "the chart's", "the picture's title"),
      Option("width", .int(200...4000), defaultText: "the chart's", "width in pixels"),
      Option("height", .int(60...4000), defaultText: "the chart's", "height of the frame in pixels"),
      Option("epochs", .int(1...1_000_000), default: .int(30), "epochs of a schedule"),
      Option("learning_rate", .float(.positive), default: .float(0.1), "where a schedule starts; the rate of a path"),
      Option("steps", .int(1...100_000), default: .int(50), "updates of a path"),
      Option("surface", .call(PathSurface.syntaxes), default: .call(Call("parabola")), "what a path goes over"),
      Option(
        "split", .word(Split.allCases.map(\.rawValue)), default: .text("validation"),
        "rows that a run is judged on; the bare word says it too"),
      Option(
        "metric", .either([.word(Metrics.all.map(\.syntax.name)), .text]),
        defaultText: "accuracy, or the first metric of the run",
        "what plot accuracy shows; what falls in plot permutation"),
      Option("bins", .int(1...1000), default: .int(15), "bins of a calibration curve"),
      Option("repeat", .int(1...1000), default: .int(5), "shuffles of each column in plot permutation"),
    ],
    changesSession: false,
    details: PlotKind.all.map { "\($0.name): \($0.help)" }.joined(separator: "\n\n"),
    examples: [
      "plot loss \"deep\" \"wide\" to=\"loss.svg\"",
      "plot schedule step(factor=0.5, every=5) exponential(decay=0.1) epochs=30", "plot contour learning_rate neurons",
      "plot roc test", "plot border x1 x2",
      "plot path sgd(momentum=0.9) adam surface=rosenbrock learning_rate=0.02 steps=200",
    ]
  ) { invocation, context in
    let name = invocation.text(at: 0)!
    let kind = PlotKind.all.first { $0.name == name }!
    let file = try invocation.text("to").map { try PictureFile($0, at: invocation.span(of: "to")) }
    if let file { try Files.checkWritable(file.name, replace: invocation.bool("replace")!) }
    let picture = try PlotStyle.$current.withValue(style(invocation)) {
      try kind.draw(PlotRequest(invocation: invocation, context: context))
    }
    if let file {
      try Files.write(file.bytes(picture), to: file.name, replace: invocation.bool("replace")!)
    }
    if let file = invocation.text("to"), !invocation.isQuiet { context.print("wrote \(file)") }
    context.show(picture, unless: invocation.isQuiet)
  }
}

private func style(_ invocation: Invocation) -> PlotStyle {
  var style = PlotStyle()
  style.scale = invocation.text("scale").flatMap(PlotStyle.Scale.init)
  style.title = invocation.text("title")
  style.width = invocation.int("width").map(Double.init)
  style.height = invocation.int("height").map(Double.init)
  return style
}

/// What a kind of plot is asked: its subjects and the session.
struct PlotRequest {
  let invocation: Invocation
  let context: CellContext

  var session: Session { context.session }
  /// The values behind the kind.
  var subjects: [Invocation.Bound] { Array(invocation.positionals.dropFirst()) }

  func takesNothing() throws {
    if let extra = subjects.first {
      throw Diagnostic("plot \(invocation.text(at: 0)!) takes no further values", at: extra.span)
    }
  }
}

/// A kind of plot by name: gathers its numbers from the session and draws them.
struct PlotKind: Sendable {
  let name: String
  let help: String
  /// What stands behind the kind: help, completion and the reference derive from it.
  let subject: Subject
  let draw: @Sendable (PlotRequest) throws -> Picture

  /// Its text is how it is written.
  enum Subject: String {
    case nothing = ""
    case runs = " [RUN ...]"
    case schedules = " SCHEDULE ... [epochs=30] [learning_rate=0.1]"
    case optimizers = " OPTIMIZER ... [surface=parabola] [learning_rate=0.1] [steps=50]"
    case parameters = " [NAME ...]"
    case parameterPair = " [NAME NAME]"
    case studies = " [STUDY ...]"
    case objective = " [OBJECTIVE]"
    case features = " [FEATURE FEATURE]"
    /// A run on its validation rows, or on those that are named.
    case judged = " [RUN] [test]"
    case judgedClasses = " [RUN] [CLASS ...] [test]"
    case border = " [RUN] [FEATURE FEATURE] [test]"
    case run = " [RUN]"
    case activations = " [ACTIVATION ...]"
  }

  static let all: [PlotKind] = [
    .loss, .accuracy, .learningRate, .schedule, .confusion, .history, .intermediate, .parallel, .slice, .contour,
    .importance, .edf, .rank, .timeline, .pareto, .data, .network, .path, .roc, .precisionRecall, .calibration, .errors,
    .mistakes, .predicted, .residuals, .permutation, .border, .weights, .activation,
  ]

  init(
    _ chart: any Chart.Type, _ subject: Subject = .nothing, draw: @escaping @Sendable (PlotRequest) throws -> Picture
  ) {
    name = chart.name
    help = chart.help
    self.subject = subject
    self.draw = draw
  }
}
