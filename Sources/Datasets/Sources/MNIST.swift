import CSodium
import FileAccess
import Foundation
import Vocabulary

private let mnistSyntax = Syntax(
  "mnist", "60,000 + 10,000 handwritten digits, 28x28: from a known folder, else fetched and checked",
  source: "Y. LeCun, C. Cortes, C. Burges",
  options: [
    Option("folder", .path, defaultText: "attune's, torchvision's or Keras' place", "folder of the four files"),
    Option("url", .text, defaultText: "PyTorch's mirror", "where to fetch the files from (or set ATTUNE_MNIST_URL)"),
  ], example: "data mnist")

extension DataSource {
  static let mnist = DataSource(mnistSyntax) { call, context in
    if let said = call.text("folder", mnistSyntax) {
      let folder = IDXFolder(path: FileBytes.resolve(said, in: context.folder))
      return try MNISTFiles.examples(folder, isCancelled: context.isCancelled)
    }
    let folders = MNISTFiles.knownFolders(context.folder).map { IDXFolder(path: $0) }
    if let folder = folders.first(where: \.isComplete) {
      return try MNISTFiles.examples(folder, isCancelled: context.isCancelled)
    }
    let keras = HomeFolder.path() + "/.keras/datasets/mnist.npz"
    if FileManager.default.fileExists(atPath: keras) {
      let file = try NPZFile(path: keras)
      var examples = try NPZReading(file, Call("npz"), LoadingContext()).examples()
      (examples.name, examples.customaryValidation) = ("mnist", 10_000)
      return examples
    }
    guard context.mayFetch else {
      throw DataError("MNIST is not on this machine, and is not fetched for a study", hint: "data mnist fetches it")
    }
    let address = call.text("url", mnistSyntax) ?? ProcessInfo.processInfo.environment["ATTUNE_MNIST_URL"]
    try MNISTFiles.fetch(from: address ?? MNISTFiles.address, to: MNISTFiles.cache, context)
    return try MNISTFiles.examples(IDXFolder(path: MNISTFiles.cache), isCancelled: context.isCancelled)
  }
}

/// Where MNIST's four files are, and what they must be.
package enum MNISTFiles {
  static let address = "https://ossci-datasets.s3.amazonaws.com/mnist/"
  static var cache: String { HomeFolder.path() + "/.cache/attune/mnist" }

  /// The SHA-256 of each gzipped file.
  package static let sums: [(name: String, sum: String)] = [
    ("train-images-idx3-ubyte.gz", "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
    ("train-labels-idx1-ubyte.gz", "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
    ("t10k-images-idx3-ubyte.gz", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
    ("t10k-labels-idx1-ubyte.gz", "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
  ]

  /// Attune's own place and torchvision's (`MNIST/raw` under `data` or a root).
  static func knownFolders(_ folder: String) -> [String] {
    let home = HomeFolder.path()
    return [cache] + [folder, folder + "/data", home + "/data", home + "/.cache/torchvision"].map { $0 + "/MNIST/raw" }
  }

  static func examples(_ folder: IDXFolder, isCancelled: () -> Bool) throws -> Examples {
    var examples = try folder.examples(
      name: "mnist", classNames: (0..<10).map(String.init), isCancelled: isCancelled)
    examples.customaryValidation = 10_000
    return examples
  }

  /// Fetches, checks, and puts a file in its place only when it is right.
  /// `files`: their names, each with the SHA-256 that is expected of it.
  package static func fetch(
    from address: String, to folder: String, files: [(name: String, sum: String)] = sums, _ context: LoadingContext
  ) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (index, file) in files.enumerated() {
      let target = folder + "/" + file.name
      if let bytes = try? FileBytes.read(target), digest(bytes) == file.sum { continue }
      context.progress("fetching \(file.name)", Double(index) / Double(files.count))
      let part = target + ".part"
      try download((address.hasSuffix("/") ? address : address + "/") + file.name, to: part, context)
      guard digest(try FileBytes.read(part)) == file.sum else {
        try? FileManager.default.removeItem(atPath: part)
        throw DataError("\(file.name) from \(address) is not the file it should be: its SHA-256 differs")
      }
      try? FileManager.default.removeItem(atPath: target)
      try FileManager.default.moveItem(atPath: part, toPath: target)
    }
    context.progress("fetched mnist", 1)
  }

  private static func download(_ url: String, to path: String, _ context: LoadingContext) throws {
    do {
      try Download.fetch(url, to: path, mostBytes: 1 << 30, protocols: "=http,https,file", context)
    } catch let error as DataError {
      throw DataError(
        "MNIST: \(error.message)",
        hint: "put the four files in \(cache), say data mnist(folder=\"...\"), or set ATTUNE_MNIST_URL to a mirror")
    }
  }

  static func digest(_ bytes: [UInt8]) -> String {
    var hash = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    _ = crypto_hash_sha256(&hash, bytes, UInt64(bytes.count))
    return hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
