extension Message {
  /// Tells a new subscriber that its subscription holds: nothing published from now on will be missed
  /// (Jupyter enhancement proposal 65).
  package static func iopubWelcome(subscription: String) -> Message {
    Message("iopub_welcome", ["subscription": .string(subscription)])
  }
}
