/// The words of the command line. `CommandLine` reads them from /proc, which a container or a jail may not have; the C
/// library hands them to whatever is to run before `main`.
enum ProcessArguments {
  static var words: [String] {
    let fromSystem = CommandLine.arguments.dropFirst()
    guard CommandLine.argc == 0, let start = argumentsAtStart else { return Array(fromSystem) }
    return (1..<max(1, Int(start.count))).compactMap { start.values[$0].map { String(cString: $0) } }
  }
}

private typealias Words = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

/// Written once, before any other code of the program runs.
nonisolated(unsafe) private var argumentsAtStart: (count: Int32, values: Words)?

@section(".init_array") @used private let noteArguments: @convention(c) (Int32, Words, Words) -> Void = {
  count, values, _ in
  argumentsAtStart = (count, values)
}
