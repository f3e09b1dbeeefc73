/// Sizes of memory in words.
package enum Memory {
  /// "1.5 GB"
  package static func text(_ bytes: Double) -> String {
    for (unit, size) in [("PB", 1e15), ("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)] where bytes >= size {
      return "\((bytes / size * 10).rounded() / 10) \(unit)"
    }
    return "\(Int(bytes)) bytes"
  }
}
