"""Every message type on every channel: its fields, and busy, replies and idle in their order."""

import time

import pytest
from conftest import only

REQUESTS = [
    ("kernel_info_request", {}), ("complete_request", {"code": "pr", "cursor_pos": 2}),
    ("inspect_request", {"code": "print", "cursor_pos": 2, "detail_level": 0}), ("is_complete_request", {"code": "1"}),
    ("history_request", {"hist_access_type": "tail", "n": 5}), ("comm_info_request", {"target_name": "jupyter.widget"}),
    ("connect_request", {}), ("debug_request", {"type": "request", "seq": 3, "command": "attach", "arguments": {}}),
    ("usage_request", {}), ("interrupt_request", {}),
]
CONTROL_ONLY = [("create_subshell_request", {}), ("list_subshell_request", {})]


def states(messages):
    return [m.content["execution_state"] for m in messages if m.type == "status"]


def types(messages):
    return [m.type for m in messages]


@pytest.mark.parametrize("channel", ["shell", "control"])
def test_every_request_is_framed_by_busy_and_idle(kernel, channel):
    for type, content in REQUESTS + (CONTROL_ONLY if channel == "control" else []):
        header, frames = kernel.frames(type, content, unknown_field=[1, {"a": None}])
        kernel.sockets[channel].send_multipart(frames)
        reply = kernel.reply(channel, header["msg_id"])
        published = kernel.published(header["msg_id"])
        assert reply.type == type.replace("request", "reply"), type
        assert states(published) == ["busy", "idle"], type
        assert published[0].type == published[-1].type == "status", type
        assert all(m.raw_parent == frames[2] for m in [reply, *published]), "the parent header is not what was sent"
        assert all(kernel.sign(m.frames[-4:]) == m.signature for m in [reply, *published])
        assert len({m.header["session"] for m in [reply, *published]}) == 1
        assert type == "debug_request" or reply.content["status"] in ("ok", "complete"), reply


@pytest.mark.parametrize("channel", ["shell", "control"])
def test_unknown_requests_are_refused_and_unknown_messages_pass(kernel, channel):
    reply, published = kernel.request(channel, "teleport_request", {})
    assert reply.type == "teleport_reply" and reply.content["status"] == "error"
    assert set(reply.content) >= {"ename", "evalue", "traceback"}
    assert states(published) == ["busy", "idle"]
    assert states(kernel.published(kernel.send(channel, "teleport", {}))) == ["busy", "idle"]


def test_kernel_info_has_every_field(kernel):
    info = kernel.request("control", "kernel_info_request", {})[0].content
    assert info["status"] == "ok" and info["protocol_version"] == "5.5"
    assert {"implementation", "implementation_version", "banner", "help_links", "supported_features"} <= set(info)
    assert {"name", "version", "mimetype", "file_extension", "pygments_lexer"} <= set(info["language_info"])
    assert info["language_info"]["file_extension"].startswith(".")
    assert "kernel subshells" in info["supported_features"]


def test_a_cell_speaks_in_order(kernel, language):
    reply, published = kernel.execute(f"{language.hello}\n{language.warn}\n{language.display}\n{language.remember}\n{language.recall}")
    assert reply.content["status"] == "ok" and reply.content["payload"] == []
    assert reply.content["execution_count"] == 1
    assert types(published) == ["status", "execute_input", "stream", "stream", "display_data", "execute_result", "status"]
    assert published[2].content == {"name": "stdout", "text": "hello, world\n"}
    assert published[3].content["name"] == "stderr"
    assert published[5].content["execution_count"] == published[1].content["execution_count"] == 1
    assert published[5].content["data"]["text/plain"] == "42"
    assert "metadata" in published[4].content and "transient" in published[4].content
    assert "started" in reply.metadata


def test_an_error_is_told_once_and_leaves_the_session_usable(kernel, language):
    kernel.execute(language.remember)
    reply, published = kernel.execute(language.fail)
    assert types(published) == ["status", "execute_input", "error", "status"]
    assert reply.content["status"] == "error" and reply.content["execution_count"] == 2
    for field in ("ename", "evalue", "traceback"):
        assert reply.content[field] == published[2].content[field]
    assert reply.content["traceback"] and all(isinstance(line, str) for line in reply.content["traceback"])
    assert kernel.execute(language.recall)[1][2].content["data"]["text/plain"] == "42"


def test_silent_cells_say_nothing_and_count_for_nothing(kernel, language):
    reply, published = kernel.execute("", silent=True)
    assert reply.content["execution_count"] == 0 and types(published) == ["status", "status"]
    reply, published = kernel.execute(f"{language.hello}\n{language.remember}", silent=True, store_history=True)
    assert types(published) == ["status", "status"]
    assert types(kernel.execute(language.fail, silent=True)[1]) == ["status", "status"]
    assert kernel.execute(language.recall)[0].content["execution_count"] == 1


def test_cells_outside_the_history_show_but_do_not_count(kernel, language):
    kernel.execute(language.remember)
    reply, published = kernel.execute(language.recall, store_history=False)
    assert reply.content["execution_count"] == 1
    assert types(published) == ["status", "execute_input", "execute_result", "status"]
    assert {m.content.get("execution_count") for m in published[1:3]} == {1}
    history = kernel.request("shell", "history_request", {"hist_access_type": "range", "session": 0})[0]
    assert [line[2] for line in history.content["history"]] == [language.remember]


@pytest.mark.parametrize("code", ["", "\n\n", "   ", "# nothing", "\r\n"])
def test_empty_cells_are_fine(kernel, language, code):
    assert kernel.execute(code)[0].content["status"] == "ok"


def test_user_expressions_stand_each_for_itself(kernel, language):
    kernel.execute(language.remember)
    good, bad = ("7", "fail") if language.name == "echo" else ("kept", "no_such_thing")
    reply, _ = kernel.execute("", silent=True, user_expressions={"good": good, "bad": bad})
    values = reply.content["user_expressions"]
    assert reply.content["status"] == "ok"
    assert values["good"]["status"] == "ok" and "text/plain" in values["good"]["data"] and "metadata" in values["good"]
    assert values["bad"]["status"] == "error" and {"ename", "evalue", "traceback"} <= set(values["bad"])
    assert "user_expressions" not in kernel.execute(language.fail, user_expressions={"good": good})[0].content


def test_a_failure_stops_the_cells_sent_with_it_and_nothing_else(kernel, language):
    """[fail, cell, kernel_info, cell, inspect], all waiting when the first one fails: error, error, ok, error, ok."""
    kernel.execute(language.prepare)
    before = kernel.begin(language.endless, "hello, world", stop_on_error=False)
    sent = [
        kernel.send("shell", "execute_request", {"code": language.fail}),
        kernel.send("shell", "execute_request", {"code": language.hello}),
        kernel.send("shell", "kernel_info_request", {}),
        kernel.send("shell", "execute_request", {"code": language.hello}),
        kernel.send("shell", "inspect_request", {"code": language.known}),
    ]
    replies = {}

    def collect(count):
        while len(replies) < count:
            reply = kernel.receive("shell")
            replies[reply.parent["msg_id"]] = reply.content

    collect(2)
    assert set(replies) == {sent[2], sent[4]}, "a question waited for the cells before it"
    kernel.send("control", "interrupt_request", {})
    collect(6)
    assert replies[before]["ename"] == "KeyboardInterrupt"
    assert [replies[id]["status"] for id in sent] == ["error", "error", "ok", "error", "ok"]
    aborted = replies[sent[1]]
    assert aborted["ename"] == "ExecutionAborted" and aborted["execution_count"] is None and aborted["traceback"]
    published = {id: [] for id in sent}
    while any(states(messages)[-1:] != ["idle"] for messages in published.values()):
        message = kernel.receive("iopub")
        if message.parent["msg_id"] in published:
            published[message.parent["msg_id"]].append(message)
    assert types(published[sent[1]]) == ["status", "status"]
    assert kernel.execute(language.hello)[0].content["status"] == "ok"


@pytest.mark.parametrize("failing", [0, 3])
def test_cells_of_a_burst_that_is_still_arriving_are_stopped_too(kernel, language, failing):
    """24 requests, 20 ms apart: nothing after the failing one runs, and what is sent when all has been answered does."""
    kernel.execute(language.prepare)
    for _ in range(5):
        sent, gaps, last = [], [], time.monotonic()
        for number in range(24):
            sent.append(kernel.send("shell", "execute_request", {"code": language.fail if number == failing else language.hello}))
            time.sleep(0.02)
            gaps.append(time.monotonic() - last)
            last = time.monotonic()
        replies = [kernel.reply("shell", id).content for id in sent]
        assert all(reply["status"] == "ok" for reply in replies[:failing])
        assert replies[failing]["ename"] not in ("ExecutionAborted", "KeyboardInterrupt") and replies[failing]["execution_count"]
        assert kernel.execute(language.hello)[0].content["status"] == "ok", "a client that waits for its answers was not heard"
        if max(gaps) < 0.04:
            behind = replies[failing + 1 :]
            assert {(reply.get("ename"), reply["execution_count"]) for reply in behind} == {("ExecutionAborted", None)}
            return
        # This client was itself held up: the requests were no burst.
    pytest.fail(f"the machine is too busy to send a request every 20 ms: {gaps}")


def test_a_client_that_waits_for_each_answer_is_never_aborted(kernel, language):
    for _ in range(5):
        assert kernel.execute(language.fail)[0].content["ename"] != "ExecutionAborted"
        assert kernel.execute(language.hello)[0].content["status"] == "ok"


def test_a_failure_may_be_told_to_stop_nothing(kernel, language):
    sent = [kernel.send("shell", "execute_request", {"code": code, "stop_on_error": False})
            for code in (language.fail, language.hello, language.fail, language.hello)]
    assert [kernel.reply("shell", id).content["status"] for id in sent] == ["error", "ok", "error", "ok"]


def test_completion_gives_types_and_counts_scalars(kernel, language):
    text, match = language.completion
    for before in ("", "x" * 3 + " "):
        if before and language.name != "echo":
            continue
        reply = kernel.request("shell", "complete_request", {"code": before + text, "cursor_pos": len(before + text)})[0].content
        assert match in reply["matches"] and reply["cursor_start"] == len(before)
        assert reply["cursor_end"] == len(before + text)
        items = reply["metadata"]["_jupyter_types_experimental"]
        assert [item["text"] for item in items] == reply["matches"] and all(item["type"] for item in items)
    for code in ("e\u0301 pr", "👨‍👩‍👧‍👦 pr", "𝒳 pr"):
        reply = kernel.request("shell", "complete_request", {"code": code, "cursor_pos": len(code)})[0].content
        assert reply["cursor_start"] <= reply["cursor_end"] <= len(code)
        assert reply["cursor_end"] == len(code)
    for position in (-5, 999, None):
        assert kernel.request("shell", "complete_request", {"code": text, "cursor_pos": position})[0].content["status"] == "ok"


def test_inspection_has_two_levels(kernel, language):
    texts = []
    for level in (0, 1):
        content = {"code": language.known, "cursor_pos": 2, "detail_level": level}
        reply = kernel.request("shell", "inspect_request", content)[0].content
        assert reply["found"] and reply["status"] == "ok"
        texts.append(reply["data"]["text/plain"])
    assert len(texts[1]) > len(texts[0])
    missing = kernel.request("shell", "inspect_request", {"code": "qqq", "cursor_pos": 1, "detail_level": 0})[0].content
    assert missing == {"status": "ok", "found": False, "data": {}, "metadata": {}}


def test_history_is_kept_across_sessions(start, language):
    first = start()
    for code in (language.hello, language.remember, language.hello):
        first.execute(code)
    shared = {"XDG_DATA_HOME": first.environment["XDG_DATA_HOME"]}
    first.stop()
    second = start(environment=shared)

    def ask(**content):
        return second.request("shell", "history_request", {"raw": True, "output": False, **content})[0].content["history"]

    assert [line[2] for line in ask(hist_access_type="tail", n=2)] == [language.remember, language.hello]
    second.execute(language.recall if language.name == "echo" else "1 + 1")
    tail = ask(hist_access_type="tail", n=10, output=True)
    assert [line[:2] for line in tail] == [[1, 1], [1, 2], [1, 3], [2, 1]]
    assert all(len(line[2]) == 2 for line in tail)
    assert [line[2] for line in ask(hist_access_type="range", session=1, start=2, stop=3)] == [language.remember]
    assert [line[0] for line in ask(hist_access_type="range", session=-1, start=1)] == [1, 1, 1]
    assert len(ask(hist_access_type="search", pattern="*hello*")) == 2
    assert len(ask(hist_access_type="search", pattern="*hello*", unique=True)) == 1


def test_comms_to_unknown_targets_are_closed(kernel):
    published = kernel.published(kernel.send("shell", "comm_open", {"comm_id": "c", "target_name": "nowhere", "data": {}}))
    assert types(published) == ["status", "comm_close", "status"] and published[1].content["comm_id"] == "c"
    for type in ("comm_msg", "comm_close"):
        assert types(kernel.published(kernel.send("shell", type, {"comm_id": "c", "data": {}}))) == ["status", "status"]


def test_a_debugger_is_refused_politely(kernel):
    reply = kernel.request("control", "debug_request", {"type": "request", "seq": 3, "command": "initialize"})[0].content
    assert reply["success"] is False and reply["request_seq"] == 3 and reply["command"] == "initialize"


def test_a_cell_waits_for_its_first_listener(start, language):
    """A client's sockets find a kernel that starts one by one, shell perhaps a tenth of a second before iopub; what the
    first cell says must not be lost in between, least of all that it is done."""
    kernel = start(wait=False)
    kernel.ports()
    for channel in ("shell", "control"):
        kernel.sockets[channel] = kernel.socket(channel)
    identifier = kernel.send("shell", "execute_request", {"code": language.hello})
    assert not kernel.sockets["shell"].poll(100), "it ran although nobody listened"
    question = kernel.send("shell", "kernel_info_request", {})
    assert kernel.receive("shell").parent["msg_id"] == question, "only cells wait"
    kernel.sockets["iopub"] = kernel.socket("iopub")
    assert types(kernel.published(identifier)) == ["status", "execute_input", "stream", "status"]
    assert kernel.reply("shell", identifier).content["status"] == "ok"


def test_a_client_that_never_listens_is_served_all_the_same(start, language):
    kernel = start(wait=False)
    kernel.ports()
    kernel.sockets["shell"] = kernel.socket("shell")
    for _ in range(2):
        assert kernel.reply("shell", kernel.send("shell", "execute_request", {"code": language.hello})).content["status"] == "ok"


def test_every_subscriber_is_welcomed_first(kernel, language):
    """Three more, each to its own topic, while cells run."""
    for topic in (b"", b"kernel", b""):
        socket = kernel.socket("iopub")
        if topic:
            socket.unsubscribe(b"")
            socket.subscribe(topic)
        first = kernel.receive("iopub", socket=socket)
        while first.type != "iopub_welcome":
            assert topic, "something came before the welcome"
            first = kernel.receive("iopub", socket=socket)
        kernel.execute(language.hello)
        assert first.parent == {} and first.content["subscription"] in ("", topic.decode())
        assert kernel.receive("iopub", socket=socket).type in ("status", "iopub_welcome")


def test_upstream_bytes_that_are_no_text_are_no_subscription(kernel):
    import zmq
    socket = kernel.context.socket(zmq.XSUB)
    socket.connect(kernel.endpoint("iopub"))
    socket.send(b"\x01\xff\xfe")
    time.sleep(0.1)
    assert not socket.poll(300)
    kernel.request("shell", "kernel_info_request", {})


@only("echo")  # The command language never asks.
def test_input_is_asked_for_only_where_it_is_allowed(kernel, language):
    refused = kernel.execute("ask name? ", allow_stdin=False)[0]
    assert refused.content["ename"] == "StdinNotAllowed"
    kernel.send("stdin", "input_reply", {"value": "stale"})
    # Refused, and so a sign that what came before it has been read.
    kernel.reply("stdin", kernel.send("stdin", "kernel_info_request", {}))
    identifier = kernel.send("shell", "execute_request", {"code": "print before\nask name? ", "allow_stdin": True})
    question = kernel.receive("stdin")
    assert question.type == "input_request" and question.content == {"prompt": "name? ", "password": False}
    assert question.parent["msg_id"] == identifier
    kernel.send("stdin", "input_reply", {"value": "another's"}, parent={"msg_id": "another"})
    kernel.send("stdin", "input_reply", {"value": "Ada"})
    assert kernel.reply("shell", identifier).content["status"] == "ok"
    assert [m.content["data"]["text/plain"] for m in kernel.published(identifier) if m.type == "execute_result"] == ["Ada"]
    identifier = kernel.send("shell", "execute_request", {"code": "ask ", "allow_stdin": True})
    kernel.receive("stdin")
    kernel.request("control", "interrupt_request", {})
    assert kernel.reply("shell", identifier).content["ename"] == "KeyboardInterrupt"


@only("echo")  # Only the echo language leaves threads behind.
def test_text_that_comes_late_bears_its_own_cells_name(kernel, language):
    identifier = kernel.send("shell", "execute_request", {"code": "late word"})
    kernel.published(identifier)
    kernel.execute("1")
    message = kernel.receive("iopub")
    assert message.type == "stream" and message.parent["msg_id"] == identifier


def test_texts_of_all_sizes_and_scripts_pass(kernel, language):
    if language.name == "echo":
        for text in ("é e\u0301 👨‍👩‍👧‍👦 𝒳", "x" * (1 << 20), "a\tb \\ \" \u007f"):
            assert kernel.execute("result " + text)[1][2].content["data"]["text/plain"] == text
    else:
        for text in ("é e\u0301 👨‍👩‍👧‍👦 𝒳", "x" * (1 << 20)):
            # A long text leaves in pieces, in their order, so that it can wait for its readers.
            pieces = [m.content["text"] for m in kernel.execute(f'print "{text}"')[1] if m.type == "stream"]
            assert "".join(pieces) == text + "\n" and max(map(len, pieces)) <= 1 << 16
    assert kernel.execute(f"{language.hello}\r\n{language.hello}")[0].content["status"] == "ok"


@only("attune")  # The echo language has no brackets.
def test_long_cells_are_judged(kernel, language):
    """A megabyte each; an answer may take a while, and no heartbeat waits for it."""
    size = 1 << 20
    for start, part, expected in [("x = 1", " + 1", "complete"), ("", "x = 1\n", "complete"), ("x = [", "1, ", "incomplete"),
                                  ("", "]", "invalid"), ("# ", "a", "complete"), ("x = true", " and true", "complete")]:
        code = start + part * (size // len(part))
        identifier = kernel.send("shell", "is_complete_request", {"code": code})
        kernel.heartbeat()
        assert kernel.reply("shell", identifier).content["status"] == expected, (start, part)
        kernel.published(identifier)
    code = "train " + "epochs=1 " * 100_000 + "optimizer=ada"
    reply = kernel.request("shell", "complete_request", {"code": code, "cursor_pos": len(code)})[0].content
    assert reply["matches"] == ["adagrad", "adam", "adamw", "adadelta"]
    reply = kernel.request("shell", "inspect_request", {"code": code, "cursor_pos": 2, "detail_level": 0})[0].content
    assert reply["found"]
    reply = kernel.execute("x = 0" + " + 1" * 250_000 + "\nx", timeout=120)[1]
    assert [m.content["data"]["text/plain"] for m in reply if m.type == "execute_result"] == ["250000"]


@only("attune")  # The echo language has no numbers.
def test_numbers_that_are_none_stay_out_of_json_and_pictures(kernel, language):
    """A training that diverges, values that are not finite: a browser's JSON knows neither NaN nor Infinity."""
    import json
    from xml.etree import ElementTree

    def strict(message):
        for frame in message.frames[-4:]:
            json.loads(frame, parse_constant=lambda word: pytest.fail(f"{word} in {frame[:200]}"))

    cells = ["data digits\nnetwork hidden=[64] activation=identity\nset progress=rich", "train epochs=40 optimizer=sgd learning_rate=1e6",
             "plot loss", "x = [nan, -inf, inf]\nx", "plot schedule step epochs=3", "space\n    learning_rate in log(1e-3..1e6)",
             "tune trials=6 epochs=3 optimizer=sgd seed=2", "plot history", "plot parallel", "plot slice", "trials"]
    pictures = 0
    for cell in cells:
        reply, published = kernel.execute(cell, user_expressions={"x": "x", "run": "run", "trials": "trials", "best": "best"})
        for message in [reply, *published]:
            strict(message)
            picture = message.content.get("data", {}).get("image/svg+xml") if message.type != "execute_input" else None
            if picture:
                ElementTree.fromstring(picture)
                assert "nan" not in picture.lower() and "Infinity" not in picture
                pictures += 1
    assert pictures >= 4
    trials = reply.content["user_expressions"]["trials"]["data"]["application/json"]
    assert any(trial["state"] == "failed" for trial in trials) and any(trial["state"] == "complete" for trial in trials)
