/// A number as a study's tables have it: infinities and a NaN are a type beside an empty value.
enum StoredNumber {
  static func columns(of value: Double) -> (number: Double?, type: String) {
    if value.isNaN { return (nil, "NAN") }
    return value.isFinite ? (value, "FINITE") : (nil, value > 0 ? "INF_POS" : "INF_NEG")
  }

  /// nil if the columns do not fit each other: a finite number without a value, an unknown type.
  static func value(_ number: Double?, _ type: String?) -> Double? {
    switch type {
    case "INF_POS": .infinity
    case "INF_NEG": -.infinity
    case "NAN": .nan
    case "FINITE": number
    default: nil
    }
  }
}
