import Glibc

/// Notices that the process which started the kernel is gone, so that no kernel is left behind.
///
/// The launcher's id comes in `JPY_PARENT_PID`. Under a service manager an orphan's new parent is not process 1, so what
/// counts is that the parent has changed, or that the launcher, if it is not the parent, no longer exists.
struct ParentWatch {
  private let launcher: pid_t
  private let parent: pid_t

  /// Nil where no launcher wants to be watched.
  init?(environment: [String: String]) {
    guard let launcher = environment["JPY_PARENT_PID"].flatMap({ pid_t($0) }), launcher > 1 else { return nil }
    self.launcher = launcher
    parent = getppid()
    if parent != launcher, !Self.exists(launcher) { return nil }
  }

  var isParentGone: Bool { launcher == parent ? getppid() != parent : !Self.exists(launcher) }

  private static func exists(_ process: pid_t) -> Bool { kill(process, 0) == 0 || errno != ESRCH }
}
