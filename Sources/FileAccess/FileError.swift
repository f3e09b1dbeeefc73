import Glibc

/// Why a file cannot be read or written: the system's own reason, in words.
package struct FileError: Error, Equatable, CustomStringConvertible {
  package enum Action: String, Sendable {
    case read, written
  }

  /// As typed.
  package let path: String
  package let action: Action
  /// "permission denied", "the disk is full".
  package let reason: String
  /// Nothing is there.
  package let isMissing: Bool

  package init(_ path: String, _ action: Action, _ reason: String) {
    (self.path, self.action, self.reason, isMissing) = (path, action, reason, false)
  }

  package init(_ path: String, _ action: Action, errno code: Int32) {
    (self.path, self.action, reason, isMissing) = (path, action, Self.reason(code), code == ENOENT)
  }

  package var description: String { "'\(path)' cannot be \(action.rawValue): \(reason)" }

  /// What an error number means, as a clause: the system's words, but for the two that people ask about.
  package static func reason(_ code: Int32) -> String {
    switch code {
    case ENOSPC: return "the disk is full"
    case EDQUOT: return "the disk quota is used up"
    default:
      // glibc's strerror keeps its text per thread.
      let text = String(cString: strerror(code))
      // "Permission denied" becomes a clause; "RPC failed" stays.
      guard let second = text.dropFirst().first, second.isLowercase else { return text }
      return text.prefix(1).lowercased() + text.dropFirst()
    }
  }
}
