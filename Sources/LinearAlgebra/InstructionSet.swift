import CProcessor

/// The kind of processor that the numeric loops of this program were compiled for. Programs of one kind give the same numbers
/// to the last digit; those of different kinds add in different orders.
package enum InstructionSet: String, Sendable, CaseIterable {
  case avx512 = "AVX-512"
  case avx2 = "AVX2"
  case baseline

  /// The one of this program.
  package static let current = InstructionSet(vectorBits: attune_vector_bits)

  private init(vectorBits: Int32) {
    switch vectorBits {
    case 512: self = .avx512
    case 256: self = .avx2
    default: self = .baseline
    }
  }
}
