import Datasets
import Foundation
import NeuralNetworks
import Testing
import Vocabulary

/// Networks as files; what other programs make of them is tested in Clients.
@Suite struct FormatTests {
  private static func model(_ change: (inout NetworkDescription) -> Void = { _ in }) throws -> TrainedModel {
    var network = NetworkDescription()
    network.hidden = [5, 3]
    change(&network)
    var plan = TrainingPlan()
    plan.epochs = 1
    let run = try TrainingRun(network, plan, data: DataSources.dataset(Call("iris")))
    try run.train()
    return run.model
  }

  @Test(arguments: ModelFormats.all.map(\.ending))
  func `every format writes the file that was named, last`(ending: String) throws {
    let format = try #require(ModelFormats.format(of: "a.\(ending.uppercased())"))
    let files = try format.files(try Self.model(), stem: "net")
    #expect(files.last?.name == "net.\(ending)")
    #expect(files.allSatisfy { !$0.bytes.isEmpty && $0.name.hasPrefix("net.") })
    // The same network gives the same bytes.
    #expect(files == (try format.files(try Self.model(), stem: "net")))
  }

  @Test(arguments: ["safetensors", "npz", "json", "attune"], Normalization.allCases)
  func `weights read back are the weights written`(ending: String, norm: Normalization) throws {
    let model = try Self.model { $0.normalization = norm }
    let path = FileManager.default.temporaryDirectory.path + "/attune-\(UUID().uuidString).\(ending)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bytes =
      ending == "attune"
      ? try model.bytes() : try #require(ModelFormats.format(of: path)?.files(model, stem: "w").last).bytes
    try Foundation.Data(bytes).write(to: URL(filePath: path))
    let tensors = try WeightFile.tensors(path: path)
    #expect(Architecture.sizes(of: tensors) == [4, 5, 3, 3])
    #expect(try model.architecture.parameters(from: tensors) == model.parameters)
    #expect(try model.architecture.statistics(from: tensors) == model.statistics)
    let names = model.tensors.map(\.name).filter { $0.hasPrefix("norms.0.") }.map { $0.dropFirst("norms.0.".count) }
    switch norm {
    case .none: #expect(names.isEmpty)
    case .batch: #expect(names == ["weight", "bias", "running_mean", "running_var"])
    case .layer: #expect(names == ["weight", "bias"])
    }
    #expect(tensors.sorted { $0.name < $1.name } == model.tensors.sorted { $0.name < $1.name })
  }

  @Test func `safetensors of other types are read as float32`() throws {
    // 1, -2 and 0.5 as F16, BF16 and F64, written by hand after the format's description.
    let header =
      #"{"b":{"dtype":"BF16","shape":[1],"data_offsets":[2,4]},"d":{"dtype":"F64","shape":[1,1],"data_offsets":[4,12]},"h":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}"#
    var bytes = [UInt8](repeating: 0, count: 8)
    bytes[0] = UInt8(header.utf8.count)
    bytes += header.utf8
    bytes += [0x00, 0x3c, 0x00, 0xc0]
    bytes += [0, 0, 0, 0, 0, 0, 0xe0, 0x3f]
    let tensors = try Safetensors.tensors(bytes, what: "file")
    #expect(tensors.map(\.name) == ["b", "d", "h"])
    #expect(tensors.map(\.values) == [[-2], [0.5], [1]])
    #expect(tensors[1].shape == [1, 1])
  }

  @Test func `a network that diverged is not written`() throws {
    var model = try Self.model()
    model.parameters[3] = .nan
    for format in ModelFormats.all {
      #expect(throws: TrainingError.self) { try format.files(model, stem: "x") }
    }
  }

  @Test func `the program quotes every name`() throws {
    var model = try Self.model()
    model.classNames = ["a\"b", "c\\d", "line\nbreak"]
    model.dataName = "odd \"\"\" name\\"
    let text = String(
      decoding: try #require(ModelFormats.format(of: "n.py")?.files(model, stem: "n").last).bytes, as: UTF8.self)
    #expect(text.contains(#"CLASSES = ["a\"b", "c\\d", "line\nbreak"]"#))
    #expect(text.contains(#"odd ''' name\\"#))
  }
}
