import Glibc
import Jupyter

/// Measures the process for `usage_request`.
struct UsageMeter {
  private var last: (wall: ContinuousClock.Instant, busy: Double) = (.now, UsageMeter.processorSeconds)

  mutating func read() -> ResourceUsage {
    let wall = ContinuousClock.now
    let busy = Self.processorSeconds
    let elapsed = (wall - last.wall) / .seconds(1)
    let percent = elapsed > 0 ? (busy - last.busy) / elapsed * 100 : 0
    last = (wall, busy)
    return ResourceUsage(
      processID: Int(getpid()), residentBytes: Self.residentBytes, processorPercent: max(0, percent))
  }

  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static var residentBytes: Int {
    let fields = readFile("/proc/self/statm").map { String(decoding: $0, as: UTF8.self).split(separator: " ") } ?? []
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, 255)
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
