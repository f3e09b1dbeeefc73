import FileAccess
import Foundation
import Vocabulary

/// The files of MNIST's family in a folder, plain or gzipped.
struct IDXFolder {
  let path: String
  /// How the files' names begin before `train`; nil: the only ones.
  var set: String?

  static let parts = ["train-images", "train-labels", "t10k-images", "t10k-labels"]

  /// The file of a part: `train-images-idx3-ubyte.gz`, `train-images.idx3-ubyte` ..., else one that has a name before it, as
  /// `emnist-letters-test-images-idx3-ubyte.gz` and `qmnist-train-labels-idx2-int.gz` have.
  func file(_ part: String) -> String? {
    if set == nil {
      let rank = part.hasSuffix("images") ? "idx3" : "idx1"
      let names = ["\(part)-\(rank)-ubyte", "\(part).\(rank)-ubyte"]
      let candidates = names.flatMap { ["\(path)/\($0)", "\(path)/\($0).gz"] }
      if let file = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) { return file }
    }
    return named(part).first { set == nil || $0.set == set }.map { "\(path)/\($0.name)" }
  }

  var isComplete: Bool { Self.parts.allSatisfy { file($0) != nil } }

  /// Files of a part in other sets' names: what is before `train`, `t10k` or `test`, and the whole name.
  private func named(_ part: String) -> [(set: String, name: String)] {
    let words = part.split(separator: "-").map(String.init)
    let forms = words[0] == "train" ? ["train"] : ["t10k", "test"]
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    return names.compactMap { name in
      guard name.contains("idx"), let form = forms.first(where: { name.contains("\($0)-\(words[1])") }),
        let place = name.range(of: "\(form)-\(words[1])")
      else { return nil }
      let before = name[..<place.lowerBound]
      return (String(before.last.map { "-_.".contains($0) } ?? false ? before.dropLast() : before), name)
    }
  }

  func examples(name: String, classNames: [String]?, isCancelled: () -> Bool) throws -> Examples {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      throw DataError("there is no folder \(path)", hint: WorkingFolder.hint)
    }
    try checkSets()
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
    let train = Part(images: images, labels: labels)
    var test: Part?
    if let images = files[2], let labels = files[3] { test = Part(images: images, labels: labels) }
    return try joined(name, train, test, classNames: classNames, isCancelled: isCancelled)
  }

  /// Throws a `DataError` that names the sets of a folder if there are several, or not the one that was asked for.
  private func checkSets() throws {
    let sets = Set(named("train-images").map(\.set)).sorted()
    if let set, !sets.contains(set) {
      throw DataError(
        "\(path) has no files whose names begin with '\(set)'",
        hint: sets.isEmpty ? nil : "it holds: " + sets.prefix(10).joined(separator: ", "), about: "name")
    }
    guard set == nil, sets.count > 1, !sets.contains(""), let first = sets.first else { return }
    throw DataError(
      "\(path) holds \(sets.count) sets: \(sets.prefix(10).joined(separator: ", "))", hint: "use name=\"\(first)\"")
  }

  /// Images with their labels.
  private struct Part {
    var images: IDXFile
    var labels: IDXFile
  }

  private func joined(
    _ name: String, _ train: Part, _ test: Part?, classNames: [String]?, isCancelled: () -> Bool
  ) throws -> Examples {
    let sizes = train.images.sizes
    try match(train, "train")
    if let test {
      try match(test, "test")
      guard test.images.sizes.dropFirst() == sizes.dropFirst() else {
        throw DataError("\(path): training and test images differ in shape")
      }
    }
    let values = try values([train.images] + (test.map { [$0.images] } ?? []), isCancelled)
    let labels = try ([train.labels] + (test.map { [$0.labels] } ?? [])).map(labels)
    let (classes, names) = try classes(labels.flatMap { $0 }, name, classNames)
    var examples = Examples(
      name: name, columns: sizes.dropFirst().reduce(1, *), values: values, targets: .classes(classes))
    examples.classNames = names
    if sizes.count >= 3 { examples.imageShape = .init(sizes: sizes) }
    examples.testRows = test == nil ? nil : labels[0].count..<classes.count
    return examples
  }

  /// The pixels of both parts: bytes if all are, else numbers.
  private func values(_ images: [IDXFile], _ isCancelled: () -> Bool) throws -> Examples.Values {
    guard images.allSatisfy({ $0.element == .byte }) else {
      return .floats(
        try images.flatMap { file -> [Float] in
          if isCancelled() { throw LoadingCancelled() }
          return try file.numbers().map(Float.init)
        })
    }
    // One allocation for both parts, unpacked to where they stay.
    let total = images.reduce(0) { $0 + $1.count }
    let pixels = try [UInt8](unsafeUninitializedCapacity: total) { buffer, filled in
      for file in images {
        try file.read(into: .init(rebasing: buffer[filled..<(filled + file.count)]), isCancelled: isCancelled)
        filled += file.count
      }
    }
    return .bytes(pixels, unit: 1 / 255)
  }

  /// A label for each image. QMNIST's have eight numbers each, of which the first is the digit.
  private func labels(_ file: IDXFile) throws -> [Int] {
    let width = file.sizes.count == 2 ? file.sizes[1] : 1
    let numbers = try file.numbers()
    return try stride(from: 0, to: file.count, by: max(width, 1)).map { place in
      guard let label = Int(exactly: numbers[place]) else {
        throw DataError("\(file.path): the label \(numbers[place]) of image \(place / width + 1) is not a whole number")
      }
      return label
    }
  }

  /// Classes by the names that a set is known to have, else by the labels that appear.
  private func classes(_ labels: [Int], _ name: String, _ known: [String]?) throws -> ([Int32], [String]) {
    guard let known else {
      let distinct = Set(labels).sorted()
      let places = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
      return (labels.map { places[$0] ?? 0 }, distinct.map(String.init))
    }
    if let bad = labels.first(where: { !known.indices.contains($0) }) {
      throw DataError("\(path) has the label \(bad), but \(name) has \(known.count) classes")
    }
    return (labels.map { Int32($0) }, known)
  }

  private func match(_ part: Part, _ name: String) throws {
    let (images, labels) = (part.images.sizes, part.labels.sizes)
    guard labels.count == 1 || labels.count == 2 && labels[1] == 8 else {
      throw DataError("\(path): the \(name) labels are not a plain list")
    }
    guard images[0] == labels[0] else {
      throw DataError("\(path): \(images[0]) \(name) images, but \(labels[0]) labels")
    }
  }
}
