extension ReadingOptions {
  /// Throws a `DataError` that names the first option of delimited text that was given for rows in another form.
  func refuseLayout(of form: String) throws {
    let options = [
      ("header", header != nil), ("separator", separator != nil), ("skip", skip != nil), ("comment", comment != nil),
    ]
    guard let name = options.first(where: \.1)?.0 else { return }
    throw DataError(
      "\(name)= is about delimited text, and the file holds \(form)", hint: "try without \(name)=", about: name)
  }
}
