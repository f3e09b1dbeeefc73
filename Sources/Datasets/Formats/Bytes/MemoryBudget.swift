import Foundation

/// The memory that this process may still ask for, so that a size is checked before it is asked for.
///
/// The least of what Linux says is available, what the control group leaves and what the limit on the address space
/// (`ulimit -v`) leaves. A share is kept back for the rest of the program.
package enum MemoryBudget {
  /// Bytes that can be asked for now.
  package static var available: Int {
    let limits = [systemAvailable ?? physical, groupAvailable, addressSpaceAvailable].compactMap { $0 }
    return max(0, (limits.min() ?? .max) / 10 * 9)
  }

  /// Whether this process has a limit of its own on its address space.
  package static var isLimited: Bool { addressSpaceAvailable != nil }

  /// Throws a `DataError` if `bytes` are not to be had; `purpose` names what they are for: "2,000 columns of 'a.csv'".
  package static func check(_ bytes: Int, for purpose: @autoclosure () -> String) throws {
    // Small sizes are not worth a look at /proc.
    guard bytes > 1 << 24 else { return }
    let available = available
    guard bytes <= available else {
      throw DataError(
        "\(purpose()) would take \(megabytes(bytes)) of memory, but only \(megabytes(available)) are available")
    }
  }

  /// Throws a `DataError` if a limit on this process (`ulimit -v`) leaves less than `bytes` for `purpose`.
  package static func checkAddressSpace(_ bytes: Int, for purpose: String) throws {
    guard let left = addressSpaceAvailable, left < bytes else { return }
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(UInt32(RLIMIT_AS.rawValue)), &limit)
    throw DataError(
      "\(purpose) needs about \(bytes >> 20) MB of memory, but the limit (ulimit -v \(limit.rlim_cur >> 10)) leaves"
        + " \(left >> 20) MB", hint: "use a larger limit, such as ulimit -v \((limit.rlim_cur >> 10) * 2)")
  }

  /// The product of sizes, or a `DataError` if it does not fit 64 bits.
  package static func product(_ sizes: [Int], for purpose: @autoclosure () -> String) throws -> Int {
    var result = 1
    for size in sizes {
      let (product, overflow) = result.multipliedReportingOverflow(by: size)
      guard !overflow, size >= 0 else { throw DataError("\(purpose()) has an impossible size: \(sizes)") }
      result = product
    }
    return result
  }

  static func megabytes(_ bytes: Int) -> String {
    bytes >= 10 << 30 ? "\(bytes >> 30) GB" : "\(max(1, bytes >> 20)) MB"
  }

  private static var systemAvailable: Int? {
    text("/proc/meminfo").flatMap { number(in: $0, after: "MemAvailable:") }.map { $0 << 10 }
  }

  private static var physical: Int { Int(clamping: ProcessInfo.processInfo.physicalMemory) }

  private static var groupAvailable: Int? {
    guard let limit = text("/sys/fs/cgroup/memory.max").flatMap({ Int($0.trimmed) }),
      let used = text("/sys/fs/cgroup/memory.current").flatMap({ Int($0.trimmed) })
    else { return nil }
    return max(0, limit - used)
  }

  private static var addressSpaceAvailable: Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(UInt32(RLIMIT_AS.rawValue)), &limit) == 0, limit.rlim_cur < UInt(Int.max),
      let pages = text("/proc/self/statm").flatMap({ Int($0.prefix { $0 != " " }) })
    else { return nil }
    return max(0, Int(limit.rlim_cur) - pages * sysconf(Int32(_SC_PAGESIZE)))
  }

  private static func number(in text: String, after key: String) -> Int? {
    guard let range = text.range(of: key) else { return nil }
    return Int(text[range.upperBound...].drop { $0 == " " }.prefix { $0.isNumber })
  }

  private static func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }
}
