import Dispatch

/// libdispatch, which the history's database uses, opens descriptors when it first waits for something, and ends the process
/// where one is refused: it begins while there are some.
enum DispatchStart {
  static func begin() { DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(1)) {} }
}
