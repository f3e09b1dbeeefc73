import CZeroMQ
import Glibc

/// A descriptor that another thread makes readable (eventfd): how the I/O thread is woken from its poll.
package final class EventDescriptor: Sendable {
  package let descriptor: Int32

  package init() {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    precondition(descriptor >= 0, "no event descriptor: the process is out of file descriptors")
  }

  deinit { close(descriptor) }

  package func raise() { eventfd_write(descriptor, 1) }

  package func lower() {
    var count: eventfd_t = 0
    eventfd_read(descriptor, &count)
  }
}
