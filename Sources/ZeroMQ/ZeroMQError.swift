import CZeroMQ

/// A call of libzmq that failed.
package struct ZeroMQError: Error, Equatable, Sendable, CustomStringConvertible {
  package let operation: String
  package let code: Int32

  package var description: String { "\(operation): \(String(cString: zmq_strerror(code)))" }

  static func last(_ operation: String) -> ZeroMQError { ZeroMQError(operation: operation, code: zmq_errno()) }
}
