import COpenBLAS
import Glibc
import Synchronization

/// The working memory of OpenBLAS under a limit on memory (`ulimit -v`, `ulimit -d`).
///
/// OpenBLAS takes some 130 MB of address space for each thread that calls it at the same time, and if it is refused them, it
/// asks again without end. So under a limit one such block is tried out and claimed before the first call, and the calls take
/// turns with it. If there is no room for it, OpenBLAS is not called at all.
package enum BLASMemory {
  /// Whether calls may be made. Decided once, before the first call.
  package static let isAvailable = !isLimited || claim()

  /// A sentence on what is missing; nil if nothing is.
  package static var shortage: String? {
    isAvailable ? nil : "the limit on memory (\(limits)) leaves less than \(size >> 20) MB for matrix products"
  }

  /// What the block of one thread takes at most, and some more for what comes with it.
  private static let size = 160 << 20

  private static let isLimited = ![RLIMIT_AS, RLIMIT_DATA].allSatisfy { limit($0) == .max }
  private static let turn = Mutex(())

  /// Runs calls of OpenBLAS, one thread after another under a limit. Not reentrant.
  @inline(__always) static func taking<T>(_ body: () -> T) -> T {
    isLimited ? turn.withLock { _ in body() } : body()
  }

  private static func claim() -> Bool {
    guard let room = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
      room != MAP_FAILED
    else { return false }
    munmap(room, size)
    // Any routine that needs the block takes it, and OpenBLAS keeps it for the next.
    var (uplo, n, info) = (CChar(UInt8(ascii: "U")), Int32(1), Int32(0))
    var one = 1.0
    var row = n
    dpotrf_(&uplo, &n, &one, &row, &info)
    return true
  }

  private static func limit(_ resource: __rlimit_resource) -> UInt {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    return limit.rlim_cur
  }

  /// "ulimit -v 300000", as it was typed: in kB.
  private static var limits: String {
    [(RLIMIT_AS, "ulimit -v"), (RLIMIT_DATA, "ulimit -d")].filter { limit($0.0) != .max }
      .map { "\($0.1) \(limit($0.0) >> 10)" }.joined(separator: ", ")
  }
}
