import Jupyter
import Kernel
import Testing

/// What a kernel answers, without sockets: handlers, order, subshells and endings.
@Suite struct ServingTests {
  @Test func `a cell's messages leave in order`() throws {
    let kernel = try KernelInProcess()
    let answers = try kernel.answers(to: kernel.execute("print one\nwarn two\nresult three"))
    #expect(
      KernelInProcess.words(answers) == [
        "status busy", "execute_input", "stream", "stream", "execute_result", "execute_reply ok", "status idle",
      ])
    #expect(answers[2].content["text"] == "one\n" && answers[3].content["name"] == "stderr")
    #expect(answers[5].content["execution_count"] == 1)
  }

  @Test(arguments: [
    "kernel_info_request", "connect_request", "comm_info_request", "list_subshell_request", "usage_request",
    "interrupt_request",
  ])
  func `questions are answered between busy and idle`(type: String) throws {
    let kernel = try KernelInProcess()
    let answers = try kernel.answers(to: kernel.send(type, on: .control))
    let reply = type.replacing("_request", with: "_reply")
    #expect(
      KernelInProcess.words(answers).map { $0.replacing(" ok", with: "") } == ["status busy", reply, "status idle"])
    #expect(answers[1].content["status"]?.string ?? "ok" == "ok")
  }

  @Test func `completion, inspection and completeness reach the interpreter`() throws {
    let kernel = try KernelInProcess()
    let completion = try kernel.ask("complete_request", ["code": "prin", "cursor_pos": 4])
    #expect(completion.content["matches"] == ["print"])
    let inspection = try kernel.ask("inspect_request", ["code": "print", "cursor_pos": 2, "detail_level": 0])
    #expect(inspection.content["found"] == true)
    #expect(try kernel.ask("is_complete_request", ["code": "print \\"]).content["status"] == "incomplete")
  }

  @Test(arguments: [
    ("no_such_request", Channel.shell), ("execute_request", .control), ("create_subshell_request", .shell),
  ])
  func `what is not known on a channel is refused, and ends in idle`(type: String, channel: Channel) throws {
    let kernel = try KernelInProcess()
    let answers = try kernel.answers(to: kernel.send(type, on: channel))
    #expect(answers.contains { $0.channel == channel && $0.content["status"] == "error" })
    #expect(try kernel.ask("kernel_info_request").content["status"] == "ok")
  }

  @Test func `a failure aborts the cells that were sent with it, and they wear no number`() throws {
    let kernel = try KernelInProcess()
    let ids = [kernel.execute("fail now"), kernel.execute("print a"), kernel.execute("print b")]
    let replies = try ids.map { id in try kernel.answer(to: id) { $0.type == "execute_reply" } }
    #expect(replies.map { $0.content["ename"]?.string } == ["EchoError", "ExecutionAborted", "ExecutionAborted"])
    #expect(replies.map { $0.content["execution_count"] } == [1, .null, .null])
    let later = try kernel.answers(to: kernel.execute("print c"))
    #expect(later.contains { $0.type == "stream" })
    #expect(later.first { $0.type == "execute_reply" }?.content["execution_count"] == 2)
  }

  @Test func `control answers while a cell runs, and an interrupt ends the cell`() throws {
    let kernel = try KernelInProcess()
    let cell = kernel.execute("await word")
    _ = try kernel.answer(to: cell) { $0.type == "execute_input" }
    #expect(try kernel.ask("kernel_info_request", on: .control).content["status"] == "ok")
    // A question beside a cell must not leave front ends with "idle".
    let states = try #require(
      kernel.exchange.sent { sent in
        let all = KernelInProcess.answers(sent).compactMap { $0.content["execution_state"]?.string }
        return all.last == "busy" ? all : nil
      })
    #expect(states.last == "busy")
    kernel.send("interrupt_request", on: .control)
    let reply = try kernel.answer(to: cell) { $0.type == "execute_reply" }
    #expect(reply.content["ename"] == "KeyboardInterrupt")
    #expect(try kernel.answers(to: kernel.execute("print on")).contains { $0.type == "stream" })
  }

  @Test func `a subshell runs beside the parent, and is listed until it is deleted`() throws {
    let kernel = try KernelInProcess()
    let id = try #require(try kernel.ask("create_subshell_request", on: .control).content["subshell_id"]?.string)
    #expect(try kernel.ask("list_subshell_request", on: .control).content["subshell_id"] == [.string(id)])
    let waiting = kernel.execute("await word")
    _ = try kernel.answer(to: waiting) { $0.type == "execute_input" }
    // It can only end if the subshell's cell runs meanwhile.
    let other = try kernel.answers(to: kernel.execute("remember word\nshell", subshell: id))
    #expect(other.contains { $0.content["data"]?["text/plain"] == .string(id) })
    #expect(try kernel.answers(to: waiting).contains { $0.type == "execute_reply" && $0.content["status"] == "ok" })
    #expect(
      try kernel.ask("delete_subshell_request", ["subshell_id": .string(id)], on: .control).content["status"] == "ok")
    #expect(try kernel.ask("list_subshell_request", on: .control).content["subshell_id"] == [])
    let late = try kernel.answers(to: kernel.execute("print x", subshell: id))
    #expect(late.contains { $0.type == "execute_reply" && $0.content["status"] == "error" })
  }

  @Test func `input is asked of the client that allows it`() throws {
    let kernel = try KernelInProcess()
    let cell = kernel.execute("ask name", input: true)
    let prompt = try kernel.answer(to: cell) { $0.type == "input_request" }
    #expect(prompt.channel == .stdin && prompt.content["prompt"] == "name")
    kernel.send("input_reply", ["value": "Ada"], on: .stdin, parent: ["msg_id": .string(cell)])
    let result = try kernel.answer(to: cell) { $0.type == "execute_result" }
    #expect(result.content["data"]?["text/plain"] == "Ada")
    let refused = try kernel.answers(to: kernel.execute("ask name", input: false))
    #expect(refused.contains { $0.content["ename"] == "StdinNotAllowed" })
  }

  @Test func `who does not have the key is not answered, and a message counts once`() throws {
    let kernel = try KernelInProcess()
    var forged = kernel.frames("execute_request", ["code": "print forged"], id: "forged")
    forged[2][0] = forged[2][0] == 0x30 ? 0x31 : 0x30
    let twice = kernel.frames("kernel_info_request", [:], id: "twice")
    for frames in [forged, twice, twice, [[1, 2, 3]], []] { kernel.exchange.deliver(frames, on: .shell) }
    // Served in order, so all of those have been looked at when this one is answered.
    _ = try kernel.ask("kernel_info_request")
    let parents = try #require(kernel.exchange.sent { KernelInProcess.answers($0).map { ($0.type, $0.parent) } })
    #expect(!parents.contains { $0.1 == "forged" })
    #expect(parents.count { $0.0 == "kernel_info_reply" && $0.1 == "twice" } == 1)
  }

  @Test func `what subscribers have no room for waits, and leaves whole and in order`() throws {
    let kernel = try KernelInProcess()
    _ = try kernel.ask("kernel_info_request")
    kernel.exchange.setFull(true)
    let cell = kernel.execute("lines 5000")
    // The reply does not pass iopub; its cell has written everything by then.
    _ = try kernel.answer(to: cell) { $0.type == "execute_reply" }
    kernel.exchange.setFull(false)
    let text = try kernel.answers(to: cell).compactMap { $0.type == "stream" ? $0.content["text"]?.string : nil }
      .joined()
    #expect(text == (0..<5000).map { "line \($0)\n" }.joined())
  }

  @Test func `cells are held until somebody subscribes`() throws {
    let kernel = try KernelInProcess(hears: false)
    let cell = kernel.execute("print early")
    _ = try kernel.ask("kernel_info_request", on: .control)
    let before = try #require(kernel.exchange.sent { KernelInProcess.answers($0) })
    #expect(!before.contains { $0.parent == cell })
    kernel.exchange.deliver([[1]], on: .iopub)
    #expect(try kernel.answers(to: cell).contains { $0.type == "stream" })
  }

  @Test(arguments: [false, true]) func `a shutdown interrupts, answers and ends`(restart: Bool) throws {
    let kernel = try KernelInProcess()
    let cell = kernel.execute("await word")
    _ = try kernel.answer(to: cell) { $0.type == "execute_input" }
    let id = kernel.send("shutdown_request", ["restart": .bool(restart)], on: .control)
    let reply = try kernel.answer(to: id) { $0.type == "shutdown_reply" }
    #expect(reply.content["restart"] == .bool(restart))
    #expect(try kernel.answer(to: cell) { $0.type == "execute_reply" }.content["status"] == "error")
    #expect(kernel.exitStatus() == 0)
  }
}
