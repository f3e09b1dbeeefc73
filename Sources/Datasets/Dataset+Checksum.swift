import CSodium

extension Dataset {
  /// What tells this data from any other: the first 128 bits of SHA-256, as hexadecimal digits, of the features, the targets and the rows of each part.
  ///
  /// Of the values as they were read, before standardising. Linear in the size of the data, some hundred megabytes a second.
  package var checksum: String {
    var state = crypto_hash_sha256_state()
    crypto_hash_sha256_init(&state)
    func add<Element>(_ values: [Element]) {
      // Lengths too, so that no two lists of parts look alike.
      withUnsafeBytes(of: UInt64(values.count)) { bytes in
        _ = crypto_hash_sha256_update(
          &state, bytes.baseAddress!.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
      }
      values.withUnsafeBytes { bytes in
        if bytes.isEmpty { return }
        _ = crypto_hash_sha256_update(
          &state, bytes.baseAddress!.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
      }
    }
    func add(_ column: DataColumn) {
      add(Array(column.name.utf8))
      switch column.values {
      case .numbers(let numbers): add(numbers)
      case .codes(let codes, let dictionary):
        add(codes)
        add(Array(dictionary.joined(separator: "\n").utf8))
      }
    }
    switch examples.values {
    case .bytes(let bytes, let unit):
      add(bytes)
      add([unit])
    case .floats(let floats): add(floats)
    case .table(let table): for column in table.table.columns where column.role == .feature { add(column) }
    }
    switch examples.targets {
    case .classes(let classes): add(classes)
    // As float32, whatever they are kept as: studies remember this.
    case .numbers(let numbers, _): add(numbers.map(Float.init))
    }
    if !examples.weights.isEmpty { add(examples.weights) }
    for part in [training, validation, test] + folds { add(part) }
    var hash = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    crypto_hash_sha256_final(&state, &hash)
    let digits = Array("0123456789abcdef")
    return String(hash.prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
