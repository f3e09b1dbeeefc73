/// One option of a command or a call, declared once: binding, checks, completion and help derive from it.
package struct Option: Sendable {
  /// What may follow the `=`.
  package indirect enum Kind: Sendable {
    case bool
    case int(ClosedRange<Int>)
    case float(FloatRange)
    /// A share below 1 or a count.
    case share
    case text
    /// A file's path: completed by file names.
    case path
    /// One of a closed list of words.
    case word([String])
    /// One of a registry's calls, with its own options.
    case call([Syntax])
    case list(of: Kind)
    /// Seconds, said as `30s`, `10min`, `2h`.
    case duration
    /// Several kinds may be typed here; the first that fits wins.
    case either([Kind])
    /// Words that only the session knows: run names, columns, metrics. Completed through the session.
    case name(NameKind)
    case any
    /// Anything at all, taken as the text that prints it.
    case printed
  }

  package enum NameKind: String, Sendable {
    case run, study, metric, parameter, column, split
    /// A word that help knows.
    case topic
    /// What a plot may be of; which of them, the kind of plot says.
    case subject = "run, parameter or feature"
  }

  package var name: String
  package var kind: Kind
  /// nil: has no value unless said.
  package var standard: Argument?
  /// Where the default is worked out, what it is in words: "the optimizer's".
  package var standardText: String?
  /// One line: what it means.
  package var help: String
  /// What the words of a closed list mean, where each has a meaning of its own.
  package var meanings: [Syntax]
  package var isRequired: Bool

  package init(
    _ name: String, _ kind: Kind, default standard: Argument? = nil, defaultText: String? = nil, required: Bool = false,
    _ help: String, meanings: [Syntax] = []
  ) {
    self.name = name
    self.kind = kind
    self.standard = standard
    self.standardText = defaultText
    self.isRequired = required
    self.help = help
    self.meanings = meanings
  }
}

/// A range of floats whose ends may be open: `0 ..< 1`, `> 0`.
package struct FloatRange: Sendable, Hashable {
  package var low: Double
  package var high: Double
  package var lowIsOpen: Bool
  package var highIsOpen: Bool
  /// Whether what is no number fits too.
  package var holdsNaN: Bool

  package init(
    _ low: Double, _ high: Double, lowIsOpen: Bool = false, highIsOpen: Bool = false, holdsNaN: Bool = false
  ) {
    self.low = low
    self.high = high
    self.lowIsOpen = lowIsOpen
    self.highIsOpen = highIsOpen
    self.holdsNaN = holdsNaN
  }

  package static let positive = FloatRange(0, .infinity, lowIsOpen: true, highIsOpen: true)
  package static let nonNegative = FloatRange(0, .infinity, highIsOpen: true)
  package static let finite = FloatRange(-.infinity, .infinity, lowIsOpen: true, highIsOpen: true)
  /// What a program has measured: nan and the infinities too.
  package static let measured = FloatRange(-.infinity, .infinity, holdsNaN: true)
  /// 0 ..< 1
  package static let share = FloatRange(0, 1, highIsOpen: true)

  package func contains(_ value: Double) -> Bool {
    value.isNaN
      ? holdsNaN : (lowIsOpen ? value > low : value >= low) && (highIsOpen ? value < high : value <= high)
  }

  /// As a sentence needs it: "greater than 0", "from 0 to below 1".
  package var description: String {
    switch (low.isFinite, high.isFinite) {
    case (false, false): holdsNaN ? "a number, nan or inf" : "any finite number"
    case (true, false): (lowIsOpen ? "greater than " : "at least ") + number(low)
    case (false, true): (highIsOpen ? "less than " : "at most ") + number(high)
    case (true, true):
      (lowIsOpen ? "above " : "from ") + number(low) + (highIsOpen ? " to below " : " to ") + number(high)
    }
  }

  private func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}

/// The declaration of a call: its name, what it is, its formula and its options in positional order.
package struct Syntax: Sendable {
  package var name: String
  /// One line: what it is.
  package var summary: String
  /// The formula in plain characters, where there is one.
  package var formula: String?
  /// Where it comes from: a paper, a library's convention.
  package var source: String?
  package var options: [Option]
  package var example: String?

  package init(
    _ name: String, _ summary: String, formula: String? = nil, source: String? = nil, options: [Option] = [],
    example: String? = nil
  ) {
    self.name = name
    self.summary = summary
    self.formula = formula
    self.source = source
    self.options = options
    self.example = example
  }
}
