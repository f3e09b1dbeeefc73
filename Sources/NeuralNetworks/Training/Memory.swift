import Foundation

/// The machine's memory.
package enum Memory {
  /// Bytes that can be had without swapping, as Linux says (MemAvailable); the physical memory where it does not.
  package static func available() -> Double {
    if let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
      let kilobytes = Double(line.split(separator: " ")[1])
    {
      return kilobytes * 1024
    }
    return Double(ProcessInfo.processInfo.physicalMemory)
  }

  /// "1.5 GB"
  package static func text(_ bytes: Double) -> String {
    for (unit, size) in [("PB", 1e15), ("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)] where bytes >= size {
      return "\((bytes / size * 10).rounded() / 10) \(unit)"
    }
    return "\(Int(bytes)) bytes"
  }
}
