import Jupyter

/// When a cell's outputs leave, so that a busy cell does not drown its clients.
///
/// Text is gathered for up to 50 ms, so a short cell's lines are one message whatever the machine's mood. Renewals of a
/// display leave ten times a second at most, and the last one always. Everything else leaves at once, after the text
/// that was written before it.
package struct OutputPacer: Sendable {
  package typealias Instant = ContinuousClock.Instant

  package static let gathering = Duration.milliseconds(50)
  package static let renewal = Duration.milliseconds(100)
  package static let fullText = 64 << 10

  private var text = ""
  private var stream = OutputStream.stdout
  private var textDue: Instant?
  private var renewals: [String: Renewal] = [:]

  private struct Renewal: Sendable {
    var sentAt: Instant
    var held: MIMEBundle?
  }

  package init() {}

  /// When `due` has something to say.
  package var deadline: Instant? {
    let held = renewals.values.lazy.filter { $0.held != nil }.map { $0.sentAt + Self.renewal }.min()
    return [textDue, held].compactMap(\.self).min()
  }

  package mutating func write(_ added: String, to target: OutputStream, at now: Instant) -> [Message] {
    guard !added.isEmpty else { return [] }
    let before = target == stream ? [] : takeText()
    stream = target
    text += added
    if textDue == nil { textDue = now + Self.gathering }
    return text.utf8.count >= Self.fullText ? before + takeText() : before
  }

  package mutating func display(_ bundle: MIMEBundle, id: String?, at now: Instant) -> [Message] {
    if let id { renewals[id] = Renewal(sentAt: now, held: nil) }
    return takeText() + [.displayData(bundle, id: id)]
  }

  package mutating func update(_ bundle: MIMEBundle, id: String, at now: Instant) -> [Message] {
    if let last = renewals[id], now < last.sentAt + Self.renewal {
      renewals[id]!.held = bundle
      return []
    }
    renewals[id] = Renewal(sentAt: now, held: nil)
    return takeText() + [.updateDisplayData(bundle, id: id)]
  }

  package mutating func clear(wait: Bool) -> [Message] { flush() + [.clearOutput(wait: wait)] }

  /// What has been held long enough.
  package mutating func due(at now: Instant) -> [Message] {
    var messages = textDue.map { $0 <= now } == true ? takeText() : []
    for (id, renewal) in renewals.sorted(by: { $0.key < $1.key }) {
      guard let held = renewal.held, renewal.sentAt + Self.renewal <= now else { continue }
      renewals[id] = Renewal(sentAt: now, held: nil)
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

  private mutating func takeText() -> [Message] {
    guard !text.isEmpty else { return [] }
    defer {
      text = ""
      textDue = nil
    }
    return [.stream(text, to: stream)]
  }
}
