/// The places of columns by name, for whoever looks up many of a wide table: O(1) each. Of equal names the first counts.
struct ColumnPlaces {
  private let places: [String: Int]

  init(_ names: some Sequence<String>) {
    places = Dictionary(zip(names, 0...), uniquingKeysWith: { first, _ in first })
  }

  subscript(name: String) -> Int? { places[name] }
}
