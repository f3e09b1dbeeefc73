import Foundation
import Jupyter
import Language
import Workbench

/// What is typed: half-written, odd, and cells that mostly run.
extension FuzzTarget {
  static let parser = FuzzTarget("parser", seeds: { examples }) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    let (_, mistakes) = Parser(Workbench.grammar).parse(text)
    _ = mistakes.rendered(in: Source(text))
    _ = Readiness.of(text, Workbench.grammar)
  }

  /// Tab and Shift-Tab at every position.
  static let completer = FuzzTarget("completer", seeds: { examples }) { bytes in
    let text = String(decoding: bytes.prefix(200), as: UTF8.self)
    for position in 0...text.unicodeScalars.count {
      _ = bench.complete(text, at: position)
      _ = bench.inspect(text, at: position, detail: position % 2)
    }
  }

  /// The bytes choose commands, options and values by their declarations.
  static let cells = FuzzTarget("cells", seeds: { (0..<40).map(Self.noise) }) { bytes in
    var writer = CellWriter(bytes, folder: Scratch.folder)
    run(writer.cell())
  }

  /// Runs a cell that is interrupted after two seconds: it has to end then.
  static func run(_ source: String) {
    let interruption = Interruption()
    let timer = DispatchSource.makeTimerSource(queue: .global())
    timer.schedule(deadline: .now() + 2)
    timer.setEventHandler { interruption.raise() }
    timer.resume()
    defer { timer.cancel() }
    _ = bench.execute(Cell(source: source, interruption: interruption), output: Nowhere())
  }

  private static var examples: [[UInt8]] { Commands.all.flatMap(\.examples).map { Array($0.utf8) } }

  private static let bench: Workbench = {
    let bench = Workbench()
    let start =
      "set progress=none\ndata iris\nspace\n    neurons in {2, 4}\n    rate in log(1e-3..1)\nx = [1, 2.5, \"a\"]"
    _ = bench.execute(Cell(source: start), output: Nowhere())
    return bench
  }()

  private static func noise(_ seed: Int) -> [UInt8] {
    var random = Generator(seed: UInt64(seed))
    return (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
  }
}

/// SplitMix64: the same inputs for the same seed.
package struct Generator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// An output that nobody reads.
package struct Nowhere: CellOutput {
  package init() {}
  package func write(_ text: String, to stream: Jupyter.OutputStream) {}
  package func display(_ bundle: MIMEBundle, id: String?) {}
  package func update(_ bundle: MIMEBundle, id: String) {}
  package func clear(wait: Bool) {}
}
