#if canImport(Glibc)
  import Glibc
#endif
import COpenBLAS
import Synchronization

/// The working memory that OpenBLAS takes with its first call and keeps.
///
/// If the system refuses it, OpenBLAS asks again without end, and no interrupt reaches it: so it is asked for here first.
package enum BLASBuffer {
  /// The size that OpenBLAS 0.3 asks for on x86-64, and some room beside it.
  private static let bytes = 134_221_824 + (1 << 20)
  private static let isTaken = Atomic<Bool>(false)

  /// Whether OpenBLAS can be called: it has its buffer, or takes it now. The memory is only reserved, not touched.
  package static func reserve() -> Bool {
    if isTaken.load(ordering: .acquiring) { return true }
    guard let room = malloc(bytes) else { return false }
    free(room)
    var (uplo, size, matrix, info) = (CChar(UInt8(ascii: "U")), Int32(1), 1.0, Int32(0))
    dpotrf_(&uplo, &size, &matrix, &size, &info)
    isTaken.store(true, ordering: .releasing)
    return true
  }
}
