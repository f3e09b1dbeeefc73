extension Number {
  /// A span of time in at most two units: `85 us`, `12 ms`, `1.2 s`, `3 min 20 s`, `1 h 05 min`, `2 d 3 h`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite else { return shortest(seconds) }
    if seconds < 0 { return "-" + duration(-seconds) }
    if seconds == 0 { return "0 s" }
    if seconds < 0.0009995 { return significant(seconds * 1e6, digits: 3) + " us" }
    if seconds < 0.9995 { return significant(seconds * 1e3, digits: 3) + " ms" }
    if seconds < 9.95 { return fixed(seconds, decimals: 1) + " s" }
    guard seconds < 1e15 else { return significant(seconds / 86_400) + " d" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
    let minutes = Int((seconds / 60).rounded())
    if minutes < 24 * 60 { return "\(minutes / 60) h \(twoDigits(minutes % 60)) min" }
    let hours = Int((seconds / 3600).rounded())
    return "\(hours / 24) d \(hours % 24) h"
  }

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
