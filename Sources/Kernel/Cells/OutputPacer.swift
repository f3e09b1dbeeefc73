import Jupyter

/// When a cell's outputs leave, so that a busy cell does not drown its clients.
///
/// Text is gathered for up to 50 ms, so a short cell's lines are one message whatever the machine's mood. A line that renews itself
/// leaves four times a second, and only its newest form. Renewals of a display leave ten times a second at most, and never more than
/// 40 kB a second of them all: a server keeps everything for a page that is closed, and what stays at the end comes on top. What has not left gives way to what
/// comes after it; the last one always leaves, whole. Everything else leaves at once, after the text that was written before it.
package struct OutputPacer: Sendable {
  package typealias Instant = ContinuousClock.Instant

  package static let gathering = Duration.milliseconds(50)
  package static let lineRenewal = Duration.milliseconds(250)
  package static let renewal = Duration.milliseconds(100)
  package static let fullText = 64 << 10

  /// Displays share a budget by their size: a line with a bar need not wait for a plot.
  private enum Class: Int, CaseIterable {
    case line, picture

    static func of(_ size: Int) -> Class { size <= 4096 ? .line : .picture }
    var bytesPerSecond: Double { self == .line ? 15_000 : 25_000 }
  }
  /// The header, the parent's header and the signature of a message, about.
  private static let envelope = 700

  private var text = ""
  private var stream = OutputStream.stdout
  private var textDue: Instant?
  private var renewals: [String: Renewal] = [:]
  /// When the next renewal of each class may leave.
  private var budgets: [Instant?] = Class.allCases.map { _ in nil }

  private struct Renewal: Sendable {
    var sentAt: Instant
    var held: MIMEBundle?
  }

  package init() {}

  /// When `due` has something to say.
  package var deadline: Instant? {
    let held = renewals.values.lazy.compactMap { renewal in renewal.held.map { self.due(renewal, $0.size) } }.min()
    return [textDue, held].compactMap(\.self).min()
  }

  /// When a renewal of this size may leave.
  private func due(_ renewal: Renewal, _ size: Int) -> Instant {
    let next = renewal.sentAt + Self.renewal
    return budgets[Class.of(size).rawValue].map { max(next, $0) } ?? next
  }

  private mutating func spend(_ size: Int, at now: Instant) {
    let kind = Class.of(size)
    let begin = max(now, budgets[kind.rawValue] ?? now)
    budgets[kind.rawValue] = begin + .seconds(Double(size + Self.envelope) / kind.bytesPerSecond)
  }

  package mutating func write(_ added: String, to target: OutputStream, at now: Instant) -> [Message] {
    guard !added.isEmpty else { return [] }
    let before = target == stream ? [] : takeText()
    stream = target
    let isRenewed = added.first == "\r"
    if isRenewed, let line = text.lastIndex(of: "\r"), !text[line...].contains("\n") {
      // What it covers of the line before need not be sent; the rest of that line is wiped.
      let rest = text[line...].unicodeScalars.count - added.unicodeScalars.count
      text = text[..<line] + added + String(repeating: " ", count: max(0, rest))
    } else {
      text += added
    }
    if textDue == nil { textDue = now + (isRenewed ? Self.lineRenewal : Self.gathering) }
    return text.utf8.count >= Self.fullText ? before + takeText() : before
  }

  package mutating func display(_ bundle: MIMEBundle, id: String?, at now: Instant) -> [Message] {
    if let id {
      renewals[id] = Renewal(sentAt: now, held: nil)
      spend(bundle.size, at: now)
    }
    return takeText() + [.displayData(bundle, id: id)]
  }

  package mutating func update(_ bundle: MIMEBundle, id: String, at now: Instant) -> [Message] {
    let size = bundle.size
    if let last = renewals[id], now < due(last, size) {
      renewals[id]!.held = bundle
      return []
    }
    renewals[id] = Renewal(sentAt: now, held: nil)
    spend(size, at: now)
    return takeText() + [.updateDisplayData(bundle, id: id)]
  }

  package mutating func clear(wait: Bool) -> [Message] { flush() + [.clearOutput(wait: wait)] }

  /// What has been held long enough.
  package mutating func due(at now: Instant) -> [Message] {
    var messages = textDue.map { $0 <= now } == true ? takeText() : []
    // Who has waited longest first: each that leaves uses up what the others may send.
    for (id, renewal) in renewals.sorted(by: { ($0.value.sentAt, $0.key) < ($1.value.sentAt, $1.key) }) {
      guard let held = renewal.held, due(renewal, held.size) <= now else { continue }
      renewals[id] = Renewal(sentAt: now, held: nil)
      spend(held.size, at: now)
      messages.append(.updateDisplayData(held, id: id))
    }
    return messages
  }

  /// All that is held, as the cell ends.
  package mutating func flush() -> [Message] {
    let messages = takeText()
    let held = renewals.sorted { $0.key < $1.key }.compactMap { id, renewal in
      renewal.held.map { Message.updateDisplayData($0, id: id) }
    }
    for id in renewals.keys { renewals[id]!.held = nil }
    return messages + held
  }

  /// The text that is held, before whatever is not held.
  mutating func takeText() -> [Message] {
    guard !text.isEmpty else { return [] }
    defer {
      text = ""
      textDue = nil
    }
    return [.stream(text, to: stream)]
  }
}

extension MIMEBundle {
  /// About the bytes that it takes in a message.
  var size: Int { data.values.reduce(0) { $0 + ($1.string?.utf8.count ?? 100) } }
}
