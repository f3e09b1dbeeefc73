"""Every field that the messaging specification asks for, in every message that a kernel sends, with its type.

The table is the specification's (version 5.5), not the kernel's: what a session of all requests says is held against it.
"""

import re

import pytest
from conftest import only
from wire import Message

ANY = object
OK = {"status": str}
ERROR = {"status": str, "ename": str, "evalue": str, "traceback": [str]}
HEADER = {"msg_id": str, "msg_type": str, "session": str, "username": str, "date": str, "version": str}

# Of a list the element's type; of a dict its required fields; a tuple holds alternatives.
FIELDS = {
    "execute_reply": {**OK, "execution_count": int, "payload": [dict], "user_expressions": dict},
    "inspect_reply": {**OK, "found": bool, "data": dict, "metadata": dict},
    "complete_reply": {**OK, "matches": [str], "cursor_start": int, "cursor_end": int, "metadata": dict},
    "history_reply": {**OK, "history": [list]},
    "is_complete_reply": OK,
    "connect_reply": {f"{channel}_port": int for channel in ("shell", "iopub", "stdin", "hb", "control")},
    "comm_info_reply": {**OK, "comms": dict},
    "kernel_info_reply": {
        **OK, "protocol_version": str, "implementation": str, "implementation_version": str, "banner": str,
        "language_info": {"name": str, "version": str, "mimetype": str, "file_extension": str},
        "help_links": [dict], "supported_features": [str], "debugger": bool},
    "shutdown_reply": {**OK, "restart": bool},
    "interrupt_reply": OK,
    "debug_reply": {"type": str, "request_seq": int, "success": bool, "command": str},
    "create_subshell_reply": {**OK, "subshell_id": str},
    "delete_subshell_reply": OK,
    "list_subshell_reply": {**OK, "subshell_id": [str]},
    "usage_reply": dict,
    "input_request": {"prompt": str, "password": bool},
    "stream": {"name": str, "text": str},
    "display_data": {"data": dict, "metadata": dict, "transient": dict},
    "update_display_data": {"data": dict, "metadata": dict, "transient": {"display_id": str}},
    "execute_input": {"code": str, "execution_count": int},
    "execute_result": {"execution_count": int, "data": dict, "metadata": dict},
    "error": {"ename": str, "evalue": str, "traceback": [str]},
    "status": {"execution_state": str},
    "clear_output": {"wait": bool},
    "comm_close": {"comm_id": str, "data": dict},
    "iopub_welcome": {"subscription": str},
}
WORDS = {"status": {"ok", "error", "complete", "incomplete", "invalid", "unknown"}, "execution_state": {"starting", "busy", "idle"},
         "name": {"stdout", "stderr"}}


def holds(value, kind):
    if isinstance(kind, list):
        return isinstance(value, list) and all(holds(element, kind[0]) for element in value)
    if isinstance(kind, dict):
        return isinstance(value, dict) and all(name in value and holds(value[name], type) for name, type in kind.items())
    return isinstance(value, kind) and (kind is not int or not isinstance(value, bool))


def check(message):
    assert holds(message.header, HEADER), message.header
    assert message.header["version"] == "5.5"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:?\d\d)", message.header["date"]), message.header
    assert isinstance(message.metadata, dict) and isinstance(message.parent, dict) and isinstance(message.content, dict)
    assert message.type in FIELDS, f"{message.type} is not the specification's"
    wanted = FIELDS[message.type]
    if message.content.get("status") == "error":
        wanted = {**ERROR, "execution_count": int} if message.type == "execute_reply" else ERROR
    assert holds(message.content, wanted), message
    for name, words in WORDS.items():
        if name in message.content:
            assert message.content[name] in words, message
    if message.type == "is_complete_reply":
        assert ("indent" in message.content) == (message.content["status"] == "incomplete")
    data = message.content.get("data")
    if message.type in ("display_data", "update_display_data", "execute_result"):
        assert all(re.fullmatch(r"[\w\-+.]+/[\w\-+.]+", mime) for mime in data), data
    for expression in message.content.get("user_expressions", {}).values():
        assert holds(expression, ERROR if expression["status"] == "error" else {**OK, "data": dict, "metadata": dict})
    for item in message.content.get("metadata", {}).get("_jupyter_types_experimental", []) if message.type == "complete_reply" else []:
        assert holds(item, {"start": int, "end": int, "text": str, "type": str})


@pytest.fixture
def listened(kernel, monkeypatch):
    """A kernel of which every message that comes is checked."""
    seen = set()
    receive = kernel.receive

    def checked(*arguments, **options):
        message = receive(*arguments, **options)
        check(message)
        seen.add(message.type)
        return message

    monkeypatch.setattr(kernel, "receive", checked)
    kernel.seen = seen
    check(kernel.welcome)
    seen.add(kernel.welcome.type)
    return kernel


QUESTIONS = [
    ("kernel_info_request", {}), ("complete_request", {"code": "pr", "cursor_pos": 2}), ("complete_request", {}),
    ("inspect_request", {"code": "print", "cursor_pos": 2, "detail_level": 1}), ("inspect_request", {"code": "qqq", "cursor_pos": 1}),
    ("inspect_request", {"code": 1}), ("is_complete_request", {"code": "1"}), ("is_complete_request", {"code": "x = ["}),
    ("is_complete_request", {"code": "x = ]"}), ("is_complete_request", {}),
    *[("history_request", {"hist_access_type": kind, "n": 3, "output": output, "raw": True, "session": 0, "start": 0, "pattern": "*"})
      for kind in ("tail", "range", "search", "other") for output in (True, False)],
    ("comm_info_request", {}), ("comm_info_request", {"target_name": "jupyter.widget"}), ("connect_request", {}), ("usage_request", {}),
    ("debug_request", {"type": "request", "seq": 3, "command": "initialize", "arguments": {}}), ("interrupt_request", {}),
]


def test_every_message_has_every_field(listened, language):
    kernel = listened
    for channel in ("shell", "control"):
        for type, content in QUESTIONS:
            kernel.request(channel, type, content)
        kernel.published(kernel.send(channel, "comm_open", {"comm_id": "c", "target_name": "nowhere", "data": {}}))
    for code in (language.hello, language.warn, language.display, language.remember, language.recall, language.fail, ""):
        for options in ({}, {"silent": True}, {"store_history": False}, {"user_expressions": {"a": "7", "b": "no_such_thing +"}}):
            kernel.execute(code, **options)
    kernel.request("shell", "execute_request", {})
    subshell = kernel.request("control", "create_subshell_request", {})[0].content["subshell_id"]
    kernel.request("control", "list_subshell_request", {})
    for id in (subshell, subshell):  # The second time there is none.
        kernel.request("control", "delete_subshell_request", {"subshell_id": id})
    if language.name == "attune":
        kernel.execute("data digits\ntrain epochs=300 batch_size=16", header={"metadata": {"cellId": "a"}})
        kernel.execute("print 1\nclear\nhelp train\n?train")
        assert {"update_display_data", "clear_output"} <= kernel.seen
    kernel.request("control", "shutdown_request", {"restart": False})
    everywhere = set(FIELDS) - {"input_request", "update_display_data", "clear_output"}
    assert everywhere <= kernel.seen, everywhere - kernel.seen


@only("echo")  # The command language never asks.
def test_a_question_to_the_person_has_every_field(listened, language):
    kernel = listened
    identifier = kernel.send("shell", "execute_request", {"code": "ask name? ", "allow_stdin": True})
    assert kernel.receive("stdin").type == "input_request"
    kernel.send("stdin", "input_reply", {"value": "Ada"})
    kernel.reply("shell", identifier)


def test_the_table_itself_finds_what_is_missing():
    """A check that has never failed says nothing."""
    import json
    header = {"msg_id": "a", "msg_type": "stream", "session": "s", "username": "u", "date": "2026-01-01T00:00:00.000000Z", "version": "5.5"}

    def message(content, **changes):
        return Message([b"<IDS|MSG>", b"", *(json.dumps(part).encode() for part in ({**header, **changes}, {}, {}, content))])

    check(message({"name": "stdout", "text": ""}))
    for content, changes in [({"name": "stdout"}, {}), ({"name": "stdin", "text": ""}, {}), ({"name": "stdout", "text": 1}, {}),
                             ({"name": "stdout", "text": ""}, {"date": "2026-01-01"}), ({"name": "stdout", "text": ""}, {"msg_type": "streem"})]:
        with pytest.raises(AssertionError):
            check(message(content, **changes))
