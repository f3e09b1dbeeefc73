import FileAccess
import Foundation
import Vocabulary

private let idxSyntax = Syntax(
  "idx", "a folder of IDX files named as MNIST's, EMNIST's or QMNIST's, plain or .gz",
  source: "http://yann.lecun.com/exdb/mnist",
  options: [
    Option("folder", .path, required: true, "folder of the files"),
    Option("name", .text, defaultText: "the only set", "how the files' names begin, if the folder holds several sets"),
  ], example: "data idx(\"folder\")")

private let fashionSyntax = Syntax(
  "fashion_mnist", "60,000 + 10,000 images of clothes, 28x28, in ten classes",
  source: "H. Xiao, K. Rasul, R. Vollgraf, 2017; Debian's package dataset-fashion-mnist",
  options: [Option("folder", .path, defaultText: "the system package's", "folder of the four files")],
  example: "data fashion_mnist")

extension DataSource {
  static let idx = DataSource(idxSyntax) { call, context in
    let folder = FileBytes.resolve(call.text("folder", idxSyntax) ?? ".", in: context.folder)
    return try IDXFolder(path: folder, set: call.text("name", idxSyntax)).examples(
      name: "idx", classNames: nil, isCancelled: context.isCancelled)
  }

  static let fashionMNIST = DataSource(fashionSyntax) { call, context in
    let said = call.text("folder", fashionSyntax).map { FileBytes.resolve($0, in: context.folder) }
    let folders =
      said.map { [$0] } ?? [
        "/usr/share/datasets/fashion-mnist", HomeFolder.path() + "/.cache/attune/fashion_mnist",
      ]
    guard let folder = folders.lazy.map({ IDXFolder(path: $0) }).first(where: \.isComplete) else {
      throw DataError(
        "Fashion-MNIST's four files are not in \(folders.joined(separator: " nor in "))",
        hint: "apt install dataset-fashion-mnist, or put the files there")
    }
    var examples = try folder.examples(
      name: "fashion_mnist",
      classNames: [
        "T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
      ], isCancelled: context.isCancelled)
    examples.customaryValidation = 10_000
    return examples
  }
}
