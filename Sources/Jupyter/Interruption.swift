import Synchronization

/// The one flag that an interrupt raises and that a running cell looks at once a batch.
package final class Interruption: Sendable {
  private let flag = Atomic<Bool>(false)

  package init() {}

  package var isRaised: Bool { flag.load(ordering: .relaxed) }
  package func raise() { flag.store(true, ordering: .relaxed) }
}
