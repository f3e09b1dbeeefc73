import Jupyter

extension RequestHandler {
  /// The files may be long, so they are read on the archivist's thread; the reply passes the mailbox.
  static let history = RequestHandler(type: "history_request", channels: anywhere) { kernel, request, fields in
    let wanted = try HistoryRequest(fields)
    let shell = try kernel.shell(for: request)
    let (session, composer, mailbox) = (shell.history, kernel.composer, kernel.mailbox)
    kernel.archivist.submit {
      let reply = Message.historyReply(session.entries(for: wanted.access), withOutput: wanted.withOutput)
      let frames = composer.frames(reply, answering: request.header, to: request.identities)
      mailbox.post(.send(Parcel(channel: request.channel, frames: frames)))
      let idle = composer.publication(.status(.idle), answering: request.header)
      mailbox.post(.send(Parcel(channel: .iopub, frames: idle)))
    }
    return .later
  }
}
