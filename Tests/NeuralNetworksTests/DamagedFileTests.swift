import Datasets
import Foundation
import NeuralNetworks
import Testing
import Vocabulary

/// A model's or a checkpoint's file with one of its numbers changed: negative, zero, huge, off by one, each in turn.
private struct Damage {
  let whole: [UInt8]
  private let headerLength: Int

  init(_ bytes: [UInt8]) {
    whole = bytes
    headerLength = Int(Damage.word(bytes, 8))
  }

  private var header: String { String(decoding: whole[16..<(16 + headerLength)], as: UTF8.self) }

  /// Every file with one number of the JSON header changed, and what was done.
  var headers: [(what: String, bytes: [UInt8])] {
    let text = header
    return text.matches(of: /[:\[,](-?[0-9][0-9.eE+-]*)/).flatMap { match in
      Self.replacements(String(match.1)).map { new in
        var changed = text
        changed.replaceSubrange(match.1.startIndex..<match.1.endIndex, with: new)
        let place = text[..<match.1.startIndex].suffix(30)
        return (
          "\(place)\(match.1) -> \(new)",
          Array(whole[..<8]) + Self.bytes(changed.utf8.count) + Array(changed.utf8)
            + Array(whole[(16 + headerLength)...])
        )
      }
    }
  }

  /// Every file with one of the binary counts changed: the header's length and each array's.
  var counts: [(what: String, bytes: [UInt8])] {
    var places = [8]
    var place = 16 + headerLength
    while place < whole.count {
      places.append(place)
      place += 8 + 4 * Int(Self.word(whole, place))
    }
    return places.flatMap { place in
      let count = Int(Self.word(whole, place))
      return [0, 1, count - 1, count + 1, -1, .max, .min, 1 << 32, 1 << 61].filter { $0 != count }.map { new in
        var bytes = whole
        bytes.replaceSubrange(place..<(place + 8), with: Self.bytes(new))
        return ("count at \(place): \(count) -> \(new)", bytes)
      }
    }
  }

  private static func replacements(_ number: String) -> [String] {
    let near =
      Int(number).map { ["\($0 - 1)", "\($0 + 1)", "\(-$0 - 1)", "\($0 + 100)"] } ?? ["\(number)1", "-\(number)"]
    return near.filter { $0 != number }
      + ["0", "-1", "2147483647", "1099511627776", "9223372036854775807", "-9223372036854775808", "1e300", "0.5"]
      .filter { $0 != number }
  }

  private static func word(_ bytes: [UInt8], _ place: Int) -> UInt64 {
    bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: UInt64.self) }
  }

  private static func bytes(_ count: Int) -> [UInt8] { withUnsafeBytes(of: count.littleEndian) { Array($0) } }
}

@Suite struct DamagedFileTests {
  /// Numbers from a table of a number and a text column.
  private static func table() throws -> Dataset {
    var target = DataColumn(name: "y", kind: .number, values: .numbers((0..<40).map { Double($0 % 5) }), missing: 0)
    target.role = .target
    let table = DataTable(
      name: "table", path: "table",
      columns: [
        DataColumn(name: "age", kind: .number, values: .numbers((0..<40).map { Double($0 % 7) }), missing: 0),
        DataColumn(
          name: "town", kind: .category, values: .codes((0..<40).map { $0 % 2 }, dictionary: ["Kiel", "Bonn"]),
          missing: 0), target,
      ], rows: 40)
    return try Dataset(table.examples(task: .regression))
  }

  private static func run(_ source: String, epochs: Int = 2) throws -> TrainingRun {
    var (network, plan) = (NetworkDescription(), TrainingPlan())
    (network.hidden, network.batchNormalization, network.dropout) = ([3, 2], true, 0.25)
    (plan.epochs, plan.accumulate) = (3, 2)
    plan.schedule = Call("warmup", [.init("epochs", .int(1)), .init("then", .call(Call("plateau")))])
    (plan.earlyStopping, plan.learningRate) = (.init(patience: 4), 0.01)
    plan.loss = source == "iris" ? nil : Call("huber", [.init("delta", .float(1.5))])
    let run = try TrainingRun(
      network, plan, data: source == "iris" ? try DataSources.dataset(Call(source)) : try table())
    try run.train(epochs: epochs)
    return run
  }

  @Test(arguments: ["iris", "table"]) func `a model with any number changed is refused or the same network`(
    source: String
  ) throws {
    let run = try Self.run(source)
    let damage = Damage(try run.model.bytes())
    let row = run.data.examples.row(0)
    for (what, bytes) in damage.headers {
      guard let model = try? TrainedModel(bytes: bytes) else { continue }
      var (found, expected) = (model.architecture.description, run.architecture.description)
      (found.dropout, expected.dropout) = (0, 0)
      #expect(found == expected && model.architecture.layers == run.architecture.layers, "\(what)")
      #expect(
        model.classNames == run.model.classNames && model.outputs(row).count == run.architecture.outputs, "\(what)")
      #expect((try? TrainedModel(bytes: model.bytes())) == model, "\(what)")
    }
    for (what, bytes) in damage.counts {
      #expect(throws: TrainingError.self, "\(what)") { try TrainedModel(bytes: bytes) }
    }
  }

  @Test func `a checkpoint with any number changed is refused or goes on`() throws {
    let run = try Self.run("iris")
    let damage = Damage(try run.checkpoint())
    var refused = 0
    for (what, bytes) in damage.headers {
      guard let again = try? TrainingRun(checkpoint: bytes, data: run.data) else {
        refused += 1
        continue
      }
      #expect(again.epochs == 2 && again.updates == run.updates && again.samples == run.samples, "\(what)")
      // A noise of 1e300 is allowed, and diverges.
      let reason = try again.train(epochs: 3)
      #expect(again.epochs == 3 || reason.word == "diverged", "\(what)")
    }
    #expect(refused > damage.headers.count / 2)
    for (what, bytes) in damage.counts {
      #expect(throws: TrainingError.self, "\(what)") { try TrainingRun(checkpoint: bytes, data: run.data) }
    }
  }

  private static func corpus(_ folder: String) throws -> [(name: String, bytes: [UInt8])] {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../fuzz/corpus/\(folder)")
    return try FileManager.default.contentsOfDirectory(atPath: path.path).sorted().map {
      ($0, [UInt8](try Data(contentsOf: path.appending(path: $0))))
    }
  }

  @Test func `models that read the heap are refused`() throws {
    let files = try Self.corpus("model")
    #expect(files.count >= 3)
    for (name, bytes) in files {
      #expect(
        throws: TrainingError("the file is not a whole model", hint: "write it again with save, or copy it again"),
        "\(name)"
      ) { try TrainedModel(bytes: bytes) }
    }
  }

  @Test func `weights whose shapes are not what is there are refused`() throws {
    let files = try Self.corpus("weights.json") + Self.corpus("weights.safetensors")
    #expect(files.count >= 2)
    for (name, bytes) in files {
      #expect(throws: TrainingError.self, "\(name)") {
        let tensors = try WeightFile.tensors(bytes, name: name)
        guard let sizes = Architecture.sizes(of: tensors), sizes.count > 1 else { throw TrainingError("no chain") }
      }
    }
  }
}
