import Foundation
import NeuralNetworks
import Testing
import Vocabulary

/// PyTorch's paths, written by Tests/References/optimizer_paths.py.
@Suite struct OptimizerPathTests {
  struct Reference: Decodable, Sendable, CustomTestStringConvertible {
    let surface, optimizer: String
    let x, y: [Double]
    var testDescription: String { "\(optimizer) on \(surface)" }
  }

  private struct File: Decodable {
    let rate: Double
    let paths: [Reference]
  }

  private static let file: File = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../References/optimizer_paths.json")
    return try! JSONDecoder().decode(File.self, from: Data(contentsOf: url))
  }()

  static let references = file.paths

  /// "sgd nesterov" in the words of a call.
  private static func call(_ name: String) -> Call {
    switch name {
    case "sgd momentum": Call("sgd", [.init("momentum", .float(0.9))])
    case "sgd nesterov": Call("sgd", [.init("momentum", .float(0.9)), .init("nesterov", .bool(true))])
    default: Call(name)
    }
  }

  @Test(arguments: references) func `a path is PyTorch's`(_ reference: Reference) throws {
    let surface = try PathSurface(Call(reference.surface))
    let path = try OptimizerPath(
      Self.call(reference.optimizer), learningRate: Self.file.rate, steps: reference.x.count - 1, over: surface)
    #expect(path.x.count == reference.x.count)
    // Single against double precision over forty steps.
    for (ours, theirs) in zip(path.x + path.y, reference.x + reference.y) { #expect(abs(ours - theirs) < 2e-5) }
  }

  @Test func `every optimizer has a reference, and every surface`() {
    let names = Set(Self.references.map { $0.optimizer.split(separator: " ")[0] }.map(String.init))
    #expect(names == Set(Optimizers.syntaxes.map(\.name)))
    #expect(Set(Self.references.map(\.surface)) == Set(PathSurface.syntaxes.map(\.name)))
  }

  @Test(arguments: PathSurface.syntaxes.map(\.name)) func `a slope is the height's`(_ name: String) throws {
    let surface = try PathSurface(Call(name))
    let h = 1e-5
    for (x, y) in [(-1.5, 2.0), (0.3, -0.4), (1.0, 1.0)] {
      let slope = surface.slope(x, y)
      #expect(abs(slope.x - (surface.value(x + h, y) - surface.value(x - h, y)) / (2 * h)) < 1e-5)
      #expect(abs(slope.y - (surface.value(x, y + h) - surface.value(x, y - h)) / (2 * h)) < 1e-5)
    }
    if let minimum = surface.minimum { #expect(surface.slope(minimum.x, minimum.y) == (0, 0)) }
    #expect(surface.x.contains(surface.start.x) && surface.y.contains(surface.start.y))
  }

  @Test func `a path that flies away ends`() throws {
    let path = try OptimizerPath(Call("sgd"), learningRate: 5, steps: 100, over: PathSurface(Call("parabola")))
    #expect(path.x.count < 10)
    for place in path.x + path.y { #expect(place.isFinite) }
  }
}
