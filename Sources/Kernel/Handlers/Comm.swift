import Jupyter

/// Comms are the widgets' of running cells, and the one by which a widget manager says that it is there. Any other is closed
/// at once.
extension RequestHandler {
  static let commInfo = RequestHandler(type: "comm_info_request", channels: anywhere) { kernel, _, fields in
    .reply(.commInfoReply(kernel.widgets.comms(of: try fields.string("target_name", default: ""))))
  }

  static let commOpen = RequestHandler(type: "comm_open", channels: anywhere) { kernel, request, fields in
    let comm = try CommOpen(fields)
    if comm.target == WidgetBoard.managerTarget {
      kernel.widgets.greet(comm.id)
    } else {
      kernel.publish(.commClose(comm.id), answering: request.header)
    }
    return .nothing
  }

  static let commMessage = RequestHandler(type: "comm_msg", channels: anywhere) { kernel, request, fields in
    for answer in kernel.widgets.receive(try CommMessage(fields)) { kernel.publish(answer, answering: request.header) }
    return .nothing
  }

  static let commClose = RequestHandler(type: "comm_close", channels: anywhere) { kernel, _, fields in
    kernel.widgets.leave(try fields.string("comm_id"))
    return .nothing
  }
}
