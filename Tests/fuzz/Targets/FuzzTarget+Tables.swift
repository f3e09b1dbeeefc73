import Datasets
import NeuralNetworks
import Vocabulary

extension FuzzTarget {
  /// Every format that `data` reads, by the file's ending.
  static let tables: [FuzzTarget] = [
    table("csv", "t.csv", seeds: [Array("a,b,c\n1,2,x\n3,\"4\",y\n,nan,x\n".utf8), Array("a;b\n1,5;2\n".utf8)]),
    table(
      "jsonl", "t.jsonl",
      seeds: [Array("{\"a\": 1, \"b\": {\"c\": \"x\\u00e9\"}, \"y\": 2}\n{\"a\": [1], \"y\": null}\n".utf8)]),
    table(
      "arff", "t.arff",
      seeds: [Array("@relation r\n@attribute a real\n@attribute 'b c' {x, 'y z'}\n@data\n1, 'y z'\n{0 2}\n?,x\n".utf8)]),
    table("libsvm", "t.libsvm", seeds: [Array("1 qid:1 1:0.5 3:2 # c\n0 2:1e3\n".utf8)]),
    table("csv.gz", "t.csv.gz"), table("npz", "t.npz", seeds: [archive]), table("npy", "t.npy"),
    FuzzTarget("idx") { bytes in
      Scratch.with(bytes, as: "train-images-idx3-ubyte") { path in
        Scratch.with([0, 0, 8, 1, 0, 0, 0, 2, 0, 1], as: "train-labels-idx1-ubyte") { _ in
          load("idx", String(path.dropLast("/train-images-idx3-ubyte".count)))
        }
      }
    },
  ]

  private static func table(_ name: String, _ file: String, seeds: [[UInt8]] = []) -> FuzzTarget {
    let source = file.hasSuffix("npz") || file.hasSuffix("npy") ? "npz" : "csv"
    return FuzzTarget(name, seeds: { seeds }) { bytes in Scratch.with(bytes, as: file) { load(source, $0) } }
  }

  private static func load(_ source: String, _ path: String) {
    _ = try? DataSources.dataset(Call(source, [.init("path", .text(path))]))
  }

  private static var archive: [UInt8] {
    let arrays: [NPZFile.Floats] = [
      .init(name: "x", shape: [4, 2], values: [1, 2, 3, 4, 5, 6, 7, 8]),
      .init(name: "y", shape: [4], values: [0, 1, 0, 1]),
    ]
    return (try? NPZFile.bytes(arrays)) ?? []
  }
}
