import Jupyter

extension Kernel {
  /// Serves one request: busy, what it causes, a reply, idle. Whatever is wrong with it, it ends in idle.
  func dispatch(_ request: Request) {
    let type = request.header.messageType
    guard let handler = RequestHandler.table[type], handler.channels.contains(request.channel) else {
      return refuse(request, "\(type) is not known on \(request.channel.rawValue)")
    }
    if handler.isFramed { publish(.status(.busy), answering: request.header) }
    do {
      switch try handler.serve(self, request, try request.content.get()) {
      case .reply(let message): reply(message, to: request)
      case .nothing: break
      case .slow(let answer): return makeSlowly(answer, for: request)
      case .later: return
      }
    } catch {
      if !handler.isFramed { publish(.status(.busy), answering: request.header) }
      replyError("MalformedRequest", (error as? MalformedContent)?.message ?? "\(error)", to: request)
    }
    publishIdle(answering: request.header)
  }

  /// The reply and the idle status pass the mailbox once the reply is made.
  private func makeSlowly(_ answer: @escaping @Sendable () -> Message, for request: Request) {
    let work: Worker.Work = { [composer, mailbox] in
      let reply = composer.frames(answer(), answering: request.header, to: request.identities)
      let idle = composer.publication(.status(.idle), answering: request.header)
      mailbox.post(
        .answered([Parcel(channel: request.channel, frames: reply), Parcel(channel: .iopub, frames: idle)]))
    }
    // Without a thread it is made here, and a heartbeat waits for it.
    if !clerk.submit(work) { work() }
  }

  private func refuse(_ request: Request, _ reason: String) {
    // Only clients' requests are expected on stdin: input_reply. Anything else there has nobody who waits.
    publish(.status(.busy), answering: request.header)
    replyError("UnknownRequest", reason, to: request)
    publishIdle(answering: request.header)
  }

  private func replyError(_ name: String, _ message: String, to request: Request) {
    guard let type = Message.replyType(of: request.header.messageType) else {
      complaints.note("\(name): \(message)", to: logger)
      return
    }
    let failure = Failure(name: name, message: message, traceback: ["\(name): \(message)"])
    let count = type == "execute_reply" ? parentShell.executionCount : nil
    reply(.errorReply(type, failure, executionCount: count), to: request)
  }
}
