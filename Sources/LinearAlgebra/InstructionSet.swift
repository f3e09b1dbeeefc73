import CProcessor

/// The kind of processor that the numeric loops of this program were compiled for. Programs of one kind give the same numbers
/// to the last digit; those of different kinds add in different orders.
package enum InstructionSet: String, Sendable, CaseIterable {
  case avx512 = "AVX-512"
  case avx2 = "AVX2"
  case baseline

  /// The one of this program.
  package static let current: InstructionSet =
    switch attune_vector_bits {
    case 512: .avx512
    case 256: .avx2
    default: .baseline
    }
}
