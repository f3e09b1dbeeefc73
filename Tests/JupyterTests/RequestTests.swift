import Jupyter
import Testing

@Suite struct RequestTests {
  private func fields(_ text: String) throws -> Fields { Fields(try JSON(parsing: text), of: "x_request") }

  @Test func `An execute request has the specification's defaults`() throws {
    let request = try ExecuteRequest(fields(#"{"code":"1"}"#))
    #expect(request.storesHistory && request.stopsOnError && !request.isSilent && !request.allowsInput)
    #expect(request.userExpressions.isEmpty)
    #expect(try !ExecuteRequest(fields(#"{"code":"1","silent":true}"#)).storesHistory)
    #expect(try !ExecuteRequest(fields(#"{"code":"1","silent":true,"store_history":true}"#)).storesHistory)
    #expect(try ExecuteRequest(fields(#"{"code":"1","silent":null,"user_expressions":null}"#)).storesHistory)
  }

  @Test(arguments: [
    "{}", #"{"code":42}"#, #"{"code":null}"#, #"{"code":"","silent":1}"#, #"{"code":"","store_history":"yes"}"#,
    #"{"code":"","user_expressions":[]}"#, #"{"code":"","user_expressions":{"a":1}}"#, #"{"code":"","allow_stdin":{}}"#,
    #"{"code":"","stop_on_error":0}"#,
  ])
  func `An execute request of wrong kinds says which`(content: String) throws {
    let fields = try fields(content)
    let error = #expect(throws: MalformedContent.self) { try ExecuteRequest(fields) }
    #expect(error?.message.hasPrefix("x_request: '") == true)
  }

  /// Positions count Unicode scalars: an e with a combining accent is two, a family of emoji seven.
  @Test(arguments: [
    ("{\"code\":\"abc\"}", 3), ("{\"code\":\"abc\",\"cursor_pos\":999}", 3),
    ("{\"code\":\"abc\",\"cursor_pos\":-5}", 0),
    ("{\"code\":\"e\u{301}x\",\"cursor_pos\":3}", 3), ("{\"code\":\"👨‍👩‍👧‍👦\"}", 7),
    ("{\"code\":\"abc\",\"cursor_pos\":null}", 3),
  ])
  func `A position is counted in scalars and clamped`(content: String, expected: Int) throws {
    #expect(try CompleteRequest(fields(content)).position == expected)
    #expect(try InspectRequest(fields(content)).position == expected)
  }

  @Test func `History requests of the three kinds are read`() throws {
    #expect(try HistoryRequest(fields(#"{"hist_access_type":"tail","n":3}"#)).access == .tail(3))
    #expect(try HistoryRequest(fields(#"{"hist_access_type":"tail"}"#)).access == .tail(10))
    #expect(
      try HistoryRequest(fields(#"{"hist_access_type":"range","session":-1,"start":2,"stop":null}"#)).access
        == .range(session: -1, start: 2, stop: nil))
    #expect(
      try HistoryRequest(fields(#"{"hist_access_type":"search","pattern":"a*","unique":true,"n":2}"#)).access
        == .search(pattern: "a*", limit: 2, unique: true))
  }

  @Test(arguments: ["{}", #"{"hist_access_type":"all"}"#, #"{"hist_access_type":"tail","n":"3"}"#])
  func `A history request that is none is refused`(content: String) throws {
    let fields = try fields(content)
    #expect(throws: MalformedContent.self) { try HistoryRequest(fields) }
  }

  @Test func `Reply types follow request types`() {
    #expect(Message.replyType(of: "foo_request") == "foo_reply")
    #expect(Message.replyType(of: "comm_msg") == nil)
  }
}
