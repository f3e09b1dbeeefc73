import Glibc

/// Writes a text, however many calls that takes. Returns 0, or the error number of what could not be written.
@discardableResult
func writeWhole(_ text: String, to descriptor: Int32) -> Int32 {
  var text = text
  return text.withUTF8 { bytes in
    var start = 0
    while start < bytes.count {
      let count = write(descriptor, bytes.baseAddress! + start, bytes.count - start)
      if count >= 0 {
        start += count
      } else if errno == EAGAIN {
        // Whoever shares the descriptor has made it non-blocking.
        var item = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&item, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}

/// Writes a line where that does not block, and drops it where it would: a log that nobody reads must not stop a heartbeat.
func writeUnlessFull(_ line: String, to descriptor: Int32) {
  // A pipe that reports room has room for so much.
  let bytes = Array(line.utf8.prefix(Int(PIPE_BUF)))
  if hasRoom(descriptor) { write(descriptor, bytes, bytes.count) }
}

/// Whether a short write would not block. Safe in a signal handler.
func hasRoom(_ descriptor: Int32) -> Bool {
  var item = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
  return poll(&item, 1, 0) > 0 && item.revents & Int16(POLLOUT) != 0
}
