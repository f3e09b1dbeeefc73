import Foundation
import Vocabulary

/// The four files of MNIST's family in a folder, plain or gzipped.
struct IDXFolder {
  let path: String

  static let parts = ["train-images", "train-labels", "t10k-images", "t10k-labels"]

  /// The file of a part: `train-images-idx3-ubyte.gz`, `train-images.idx3-ubyte`, `train-images-idx3-ubyte` ...
  func file(_ part: String) -> String? {
    let rank = part.hasSuffix("images") ? "idx3" : "idx1"
    let names = ["\(part)-\(rank)-ubyte", "\(part).\(rank)-ubyte"]
    let candidates = names.flatMap { ["\(path)/\($0)", "\(path)/\($0).gz"] }
    return candidates.first { FileManager.default.fileExists(atPath: $0) }
  }

  var isComplete: Bool { Self.parts.allSatisfy { file($0) != nil } }

  func examples(name: String, classNames: [String]?, isCancelled: () -> Bool) throws -> Examples {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      throw DataError("there is no folder \(path)", hint: "relative paths start at the notebook's folder")
    }
    var files: [IDXFile?] = []
    for part in Self.parts {
      if isCancelled() { throw LoadingCancelled() }
      files.append(try file(part).map { try IDXFile(path: $0) })
    }
    guard let images = files[0], let labels = files[1] else {
      throw DataError(
        "\(path) has no file \(files[0] == nil ? "train-images-idx3-ubyte" : "train-labels-idx1-ubyte")",
        hint: "expected the names of MNIST's files, plain or .gz")
    }
    let hasTest = files[2] != nil && files[3] != nil
    return try joined(
      name, images, labels, test: hasTest ? (files[2]!, files[3]!) : nil, classNames: classNames,
      isCancelled: isCancelled)
  }

  private func joined(
    _ name: String, _ images: IDXFile, _ labels: IDXFile, test: (images: IDXFile, labels: IDXFile)?,
    classNames: [String]?, isCancelled: () -> Bool
  ) throws -> Examples {
    let columns = images.sizes.dropFirst().reduce(1, *)
    try match(images, labels, "train")
    if let test {
      try match(test.images, test.labels, "test")
      guard test.images.sizes.dropFirst() == images.sizes.dropFirst() else {
        throw DataError("\(path): training and test images differ in shape")
      }
    }
    // One allocation for both parts, unpacked to where they stay.
    let total = images.count + (test?.images.count ?? 0)
    let pixels = try [UInt8](unsafeUninitializedCapacity: total) { buffer, filled in
      try images.read(into: .init(rebasing: buffer[..<images.count]), isCancelled: isCancelled)
      try test?.images.read(into: .init(rebasing: buffer[images.count..<total]), isCancelled: isCancelled)
      filled = total
    }
    let classes = try (labels.bytes() + (test?.labels.bytes() ?? [])).map(Int32.init)
    let count = Int(classes.max() ?? 0) + 1
    var examples = Examples(
      name: name, columns: columns, values: .bytes(pixels, unit: 1 / 255), targets: .classes(classes))
    if let classNames, count > classNames.count {
      throw DataError("\(path) has the label \(count - 1), but \(name) has \(classNames.count) classes")
    }
    examples.classNames = classNames ?? (0..<count).map(String.init)
    if images.sizes.count >= 3 {
      examples.imageShape = .init(
        height: images.sizes[1], width: images.sizes[2], channels: images.sizes.count > 3 ? images.sizes[3] : 1)
    }
    examples.testRows = test == nil ? nil : labels.count..<classes.count
    return examples
  }

  private func match(_ images: IDXFile, _ labels: IDXFile, _ part: String) throws {
    guard labels.sizes.count == 1 else { throw DataError("\(path): the \(part) labels are not a plain list") }
    guard images.sizes[0] == labels.sizes[0] else {
      throw DataError("\(path): \(images.sizes[0]) \(part) images, but \(labels.sizes[0]) labels")
    }
  }
}
