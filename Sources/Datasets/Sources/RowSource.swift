import Foundation
import Vocabulary

/// Where rows without a target come from: one word of `predict`.
package struct RowSource: Sendable {
  package let syntax: Syntax
  /// Raw features, rows x columns, not standardised; or a table's rows. Throws `DataError`.
  package let load: @Sendable (Call, RowForm, LoadingContext) throws -> Examples.Values
}

/// What rows must look like for a network: the form of those it was trained on.
package struct RowForm: Sendable {
  package var columns: Int
  package var featureNames: [String]
  /// How the columns of a table became features.
  package var encoding: TableEncoding?
  /// What one step of a byte stands for, where the data was bytes.
  package var byteUnit: Float?
  /// Columns of a table that are wanted beside those that are needed.
  package var keeping: [String] = []

  package init(columns: Int, featureNames: [String], encoding: TableEncoding?, byteUnit: Float?) {
    (self.columns, self.featureNames, self.encoding, self.byteUnit) = (columns, featureNames, encoding, byteUnit)
  }

  func floats(_ bytes: [UInt8]) -> [Float] {
    let unit = byteUnit ?? 1
    return bytes.map { Float($0) * unit }
  }
}

/// Every source that `predict` knows.
package enum RowSources {
  package static let all: [RowSource] = [.csv, .json, .arff, .libsvm, .sqlite, .postgresql, .npz, .idx]

  /// The rows of a call: checked to be finite and of the network's width.
  package static func rows(_ call: Call, form: RowForm, context: LoadingContext) throws -> Examples.Values {
    guard let source = all.first(where: { $0.syntax.name == call.name }) else {
      throw DataError("no source of rows is called '\(call.name)'")
    }
    let values = try source.load(call, form, context)
    if case .floats(let values) = values, let bad = values.firstIndex(where: { !$0.isFinite }) {
      throw DataError(
        "row \(bad / form.columns + 1), feature \(bad % form.columns + 1) is \(values[bad])",
        hint: "remove or replace it")
    }
    return values
  }
}

extension RowSource {
  package static let csv = table(
    "csv", "a table with a header; columns by the names that the network was trained with, others are left out")
  package static let json = table("json", "rows that are JSON objects, columns by name")
  package static let arff = table("arff", "a table of Weka's or KEEL's, columns by name")
  package static let libsvm = table("libsvm", "rows of a label and pairs index:value; the label is left out")

  package static let sqlite = table(
    "sqlite", "rows of an SQLite file, columns by name",
    options: TableOrigin.sqliteOptions, example: "predict sqlite(\"shop.db\", query=\"select * from new_orders\")")
  package static let postgresql = table(
    "postgresql", "rows of a PostgreSQL server, columns by name",
    options: TableOrigin.postgresqlOptions,
    example: "predict postgresql(\"postgresql://host/shop\", query=\"select * from new_orders\")")

  /// Those that are tables.
  package static let tables = [csv, json, arff, libsvm, sqlite, postgresql]

  private static func table(
    _ name: String, _ summary: String, options: [Option]? = nil, example: String? = nil
  ) -> RowSource {
    let syntax = Syntax(
      name, summary, options: options ?? [Option("path", .path, required: true, "the file, plain or packed")],
      example: example ?? "predict \(name)(\"new.\(name)\")")
    return RowSource(syntax: syntax) { call, form, context in
      let origin = TableOrigin(call)
      if let encoding = form.encoding {
        return .table(try encoding.rows(of: origin, keeping: form.keeping, context: context))
      }
      return .floats(
        try NumberTable.rows(of: origin, featureNames: form.featureNames, count: form.columns, context: context))
    }
  }

  private static let npzSyntax = Syntax(
    "npz", "an array of a NumPy archive, rows x features or images",
    options: [
      Option("path", .path, required: true, "the archive"),
      Option("x", .text, default: .text("x"), "the array of features"),
    ], example: "predict npz(\"new.npz\", x=\"x\")")

  static let npz = RowSource(syntax: npzSyntax) { call, form, context in
    let file = try NPZFile(path: FileBytes.resolve(call.text("path", npzSyntax) ?? "", in: context.folder))
    let name = call.text("x", npzSyntax) ?? "x"
    let array = try file.array(name)
    let width = array.shape.dropFirst().reduce(1, *)
    if let encoding = form.encoding, array.shape.count >= 2, !encoding.columns.isEmpty {
      let table = DataTable(parts: [array.doubles], names: (0..<width).map { "feature \($0)" }, path: file.path)
      return .table(try EncodedTable(table, encoding))
    }
    guard array.shape.count >= 2, width == form.columns else {
      throw DataError(
        "'\(name)' of \(file.path) has the shape \(array.shape), but the network takes rows of \(form.columns) features"
      )
    }
    switch array.values {
    case .bytes(let bytes): return .floats(form.floats(bytes))
    case .integers(let integers): return .floats(integers.map(Float.init))
    case .naturals(let naturals): return .floats(naturals.map(Float.init))
    case .floats(let floats): return .floats(floats.map(Float.init))
    case .texts: throw DataError("'\(name)' of \(file.path) is text")
    }
  }

  private static let idxSyntax = Syntax(
    "idx", "images of an IDX file, or the test images of an MNIST-style folder",
    options: [Option("path", .path, required: true, "the file or the folder, plain or .gz")],
    example: "predict idx(\"t10k-images-idx3-ubyte.gz\")")

  static let idx = RowSource(syntax: idxSyntax) { call, form, context in
    var path = FileBytes.resolve(call.text("path", idxSyntax) ?? "", in: context.folder)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      let files = IDXFolder(path: path)
      guard let images = files.file("t10k-images") ?? files.file("train-images") else {
        throw DataError("\(path) has no file of images", hint: "expected the names of MNIST's files, plain or .gz")
      }
      path = images
    }
    let file = try IDXFile(path: path)
    guard file.sizes.dropFirst().reduce(1, *) == form.columns, file.sizes.count >= 2 else {
      let shape = file.sizes.dropFirst().map(String.init).joined(separator: " x ")
      throw DataError("\(path) holds rows of \(shape) values, but the network takes \(form.columns)")
    }
    return .floats(
      file.element == .byte ? try form.floats(file.bytes()) : try file.numbers().map(Float.init))
  }
}
