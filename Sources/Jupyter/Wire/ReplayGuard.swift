/// Remembers the signatures of the last messages, so that a recorded message cannot be played again.
///
/// Holds the first eight bytes of the last 16,384 signatures in memory claimed once. Only verified signatures are
/// entered: an attacker without the key can neither fill it nor block a genuine message.
package struct ReplayGuard: Sendable {
  private static let capacity = 1 << 14
  private static let slots = capacity * 2
  private var order = [UInt64](repeating: 0, count: capacity)
  /// Open addressing with linear probing; zero is an empty slot.
  private var table = [UInt64](repeating: 0, count: slots)
  private var next = 0

  package init() {}

  /// Enters a signature; false if it has been seen before. An empty one (no key) is always new.
  package mutating func admit(_ signature: [UInt8]) -> Bool {
    guard !signature.isEmpty else { return true }
    // Sixteen hex characters are eight bytes of the digest; one in 2^64 would be zero, and is moved.
    var digest: UInt64 = 0
    for character in signature.prefix(16) {
      digest = digest << 4 | UInt64(character & 15 + (character > UInt8(ascii: "9") ? 9 : 0))
    }
    digest = max(digest, 1)
    guard !contains(digest) else { return false }
    if order[next] != 0 { remove(order[next]) }
    order[next] = digest
    next = (next + 1) % Self.capacity
    table[emptySlot(for: digest)] = digest
    return true
  }

  private func home(_ digest: UInt64) -> Int { Int(digest % UInt64(Self.slots)) }

  private func contains(_ digest: UInt64) -> Bool {
    var slot = home(digest)
    while table[slot] != 0 {
      if table[slot] == digest { return true }
      slot = (slot + 1) % Self.slots
    }
    return false
  }

  private func emptySlot(for digest: UInt64) -> Int {
    var slot = home(digest)
    while table[slot] != 0 { slot = (slot + 1) % Self.slots }
    return slot
  }

  /// Takes an entry out and closes the gap (Knuth, The Art of Computer Programming 3, 6.4, algorithm R).
  private mutating func remove(_ digest: UInt64) {
    var gap = home(digest)
    while table[gap] != digest { gap = (gap + 1) % Self.slots }
    table[gap] = 0
    var slot = (gap + 1) % Self.slots
    while table[slot] != 0 {
      let wanted = home(table[slot])
      let distance = (slot - wanted + Self.slots) % Self.slots
      if distance >= (slot - gap + Self.slots) % Self.slots {
        table[gap] = table[slot]
        table[slot] = 0
        gap = slot
      }
      slot = (slot + 1) % Self.slots
    }
  }
}
