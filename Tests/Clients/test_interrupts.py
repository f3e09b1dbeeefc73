"""Interrupts by message and by signal, subshells, and the ends of a kernel."""

import os
import signal
import time

import pytest
from conftest import LANGUAGES, only
from wire import PATIENCE, Kernel, best, until


def begin(kernel, language):
    """A cell that would run for ever, under way."""
    assert kernel.execute(f"{language.prepare}\n{language.remember}")[0].content["status"] == "ok"
    return kernel.begin(language.endless, "hello, world")


@pytest.mark.parametrize("way", ["message", "signal", "group signal"])
def test_an_interrupt_stops_the_cell_and_keeps_the_session(kernel, language, way):
    def interrupt():
        identifier = begin(kernel, language)
        start = time.monotonic()
        if way == "message":
            assert kernel.reply("control", kernel.send("control", "interrupt_request", {})).content == {"status": "ok"}
        elif way == "signal":
            kernel.process.send_signal(signal.SIGINT)
        else:
            os.killpg(kernel.process.pid, signal.SIGINT)
        reply = kernel.reply("shell", identifier)
        elapsed = time.monotonic() - start
        assert reply.content["status"] == "error" and reply.content["ename"] == "KeyboardInterrupt"
        kernel.published(identifier)
        return elapsed

    best(interrupt, 0.1)
    assert kernel.execute(language.recall)[1][2].content["data"]["text/plain"] == "42"


def test_an_interrupt_of_nothing_does_nothing(start, language, tmp_path):
    with open(tmp_path / "stderr", "w+") as stderr:
        kernel = start(stderr=stderr, environment={"ATTUNE_LOG": "debug"})
        for count in range(1, 4):
            kernel.request("control", "interrupt_request", {})
            kernel.process.send_signal(signal.SIGINT)
            # A signal is delivered when the system likes; that the kernel has seen it stands in its log.
            until(lambda: open(stderr.name).read().count(f"signal {signal.SIGINT:d} arrived") == count)
            assert kernel.execute(language.hello)[0].content["status"] == "ok"


def test_an_interrupt_that_is_answered_stops_no_later_cell(kernel, language):
    """It arrives while a short cell begins, runs, ends or has ended: that cell may be stopped, the next one never."""
    ends = set()
    for number in range(200):
        first = kernel.send("shell", "execute_request", {"code": language.hello, "stop_on_error": False})
        time.sleep(number % 20 / 10_000)
        kernel.reply("control", kernel.send("control", "interrupt_request", {}))
        second = kernel.send("shell", "execute_request", {"code": language.hello, "stop_on_error": False})
        ends.add(kernel.reply("shell", first).content.get("ename", "ok"))
        assert kernel.reply("shell", second).content["status"] == "ok", number
    assert "ok" in ends and ends <= {"ok", "KeyboardInterrupt"}


def test_an_interrupt_also_stops_the_cells_behind(kernel, language):
    identifier = begin(kernel, language)
    behind = kernel.send("shell", "execute_request", {"code": language.hello})
    kernel.request("control", "interrupt_request", {})
    assert kernel.reply("shell", identifier).content["ename"] == "KeyboardInterrupt"
    assert kernel.reply("shell", behind).content["ename"] == "ExecutionAborted"


def test_questions_are_answered_while_a_cell_runs(kernel, language):
    identifier = begin(kernel, language)
    for type, content in [("complete_request", {"code": "pr", "cursor_pos": 2}), ("is_complete_request", {"code": "1"}),
                          ("inspect_request", {"code": language.known, "cursor_pos": 1}),
                          ("history_request", {"hist_access_type": "tail", "n": 1}), ("comm_info_request", {})]:
        assert kernel.reply("shell", kernel.send("shell", type, content))
    kernel.send("control", "interrupt_request", {})
    kernel.reply("shell", identifier)


def statuses(kernel, last):
    """The statuses heard until the one given: what each says and whom it answers."""
    heard = []
    while not heard or heard[-1] != last:
        message = kernel.receive("iopub")
        if message.type == "status":
            heard.append((message.content["execution_state"], message.parent.get("msg_id")))
    return heard


@pytest.mark.parametrize("channel, type, content", [
    ("shell", "complete_request", {"code": "pr", "cursor_pos": 2}),
    ("shell", "is_complete_request", {"code": "1\n" * 40_000}),  # Answered on a thread of its own.
    ("control", "kernel_info_request", {}), ("shell", "teleport_request", {}), ("shell", "inspect_request", {"code": 1}),
])
def test_a_question_does_not_make_a_busy_kernel_idle(kernel, language, channel, type, content):
    """Front ends show the status that they heard last, whoever asked, and a server ends kernels that seem idle."""
    cell = begin(kernel, language)
    question = kernel.send(channel, type, content)
    assert statuses(kernel, ("busy", cell)) == [("busy", question), ("idle", question), ("busy", cell)]
    interrupt = kernel.send("control", "interrupt_request", {})
    heard = statuses(kernel, ("idle", cell))
    assert heard[:2] == [("busy", interrupt), ("idle", interrupt)] and set(heard[2:-1]) <= {("busy", cell)}


def test_who_comes_later_hears_what_the_kernel_does(kernel, language):
    def first_status():
        socket = kernel.socket("iopub")
        while (message := kernel.receive("iopub", socket=socket)).type != "status":
            assert message.type == "iopub_welcome", "something came before the welcome"
        socket.close()
        return message.content["execution_state"], message.parent.get("msg_id")

    assert first_status() == ("idle", None)
    cell = begin(kernel, language)
    assert first_status() == ("busy", cell)


# Subshells


def test_a_cell_of_a_subshell_does_not_make_a_busy_kernel_idle(kernel, language):
    cell = begin(kernel, language)
    subshell = kernel.request("control", "create_subshell_request", {})[0].content["subshell_id"]
    look = kernel.send("shell", "execute_request", {"code": language.recall}, subshell_id=subshell)
    assert ("idle", look) not in statuses(kernel, ("idle", look))[:-1]
    assert statuses(kernel, ("busy", cell)) == [("busy", cell)]


def test_a_subshell_looks_while_the_parent_trains(kernel, language):
    running = begin(kernel, language)
    create = kernel.reply("control", kernel.send("control", "create_subshell_request", {}))
    subshell = create.content["subshell_id"]
    listed = kernel.reply("control", kernel.send("control", "list_subshell_request", {}))
    assert listed.content["subshell_id"] == [subshell]
    look = kernel.send("shell", "execute_request", {"code": language.recall}, subshell_id=subshell)
    reply = kernel.reply("shell", look)
    assert reply.content["status"] == "ok" and reply.content["execution_count"] == 1
    assert reply.parent["subshell_id"] == subshell
    result = [m for m in kernel.published(look) if m.type == "execute_result"]
    assert result[0].content["data"]["text/plain"] == "42"
    assert kernel.reply("control", kernel.send("control", "delete_subshell_request", {"subshell_id": subshell})).content["status"] == "ok"
    assert kernel.reply("control", kernel.send("control", "list_subshell_request", {})).content["subshell_id"] == []
    gone = kernel.send("shell", "execute_request", {"code": language.recall}, subshell_id=subshell)
    assert kernel.reply("shell", gone).content["status"] == "error"
    kernel.published(gone)
    kernel.send("control", "interrupt_request", {})
    assert kernel.reply("shell", running).content["ename"] == "KeyboardInterrupt"


LOOKS = {
    "trials": "text/html", "trials top=3": "text/html", "best": "text/html", "show": "text/html",
    "importance": "text/html", "plot history": "image/svg+xml", "plot intermediate": "image/svg+xml",
    "plot parallel": "image/svg+xml", "plot slice": "image/svg+xml", "best.value": "text/plain",
    'trials[0].state == "complete"': "text/plain",
}


@pytest.fixture
def tuning():
    """Attune with a study of trials that has some, and goes on until it is interrupted."""
    with Kernel(LANGUAGES["attune"].command) as kernel:
        space = "space\n    neurons in 4..64\n    learning_rate in log(1e-4..1e-1)\n"
        assert kernel.execute(f"data iris\n{space}")[0].content["status"] == "ok"
        cell = kernel.send("shell", "execute_request", {"code": "tune trials=1000000 epochs=2 sampler=random parallel=1"})

        def finished():
            question = {"code": "", "silent": True, "user_expressions": {"trials": "trials"}}
            subshell = kernel.subshell = getattr(kernel, "subshell", None) or kernel.request(
                "control", "create_subshell_request", {})[0].content["subshell_id"]
            identifier = kernel.send("shell", "execute_request", question, subshell_id=subshell)
            trials = kernel.reply("shell", identifier).content["user_expressions"]["trials"]
            kernel.published(identifier)
            if trials["status"] != "ok":
                return 0
            return sum(trial["state"] == "complete" for trial in trials["data"]["application/json"])

        kernel.finished = finished
        until(lambda: finished() >= 10)
        yield kernel
        kernel.send("control", "interrupt_request", {})
        assert kernel.reply("shell", cell).content["ename"] == "KeyboardInterrupt"


def test_tables_and_plots_of_a_running_study_come_through_a_subshell(tuning):
    for code, kind in LOOKS.items():
        identifier = tuning.send("shell", "execute_request", {"code": code}, subshell_id=tuning.subshell)
        reply = tuning.reply("shell", identifier)
        assert reply.content["status"] == "ok", (code, reply.content)
        shown = [m for m in tuning.published(identifier) if m.type in ("display_data", "execute_result")]
        assert len(shown) == 1 and kind in shown[0].content["data"], code
    before = tuning.finished()
    until(lambda: tuning.finished() > before)  # The study has gone on all the while.


@pytest.mark.parametrize("code", ["train epochs=1", "x = 1", "study new \"other\"", "data digits", "enqueue neurons=4"])
def test_a_change_asked_for_in_a_subshell_is_a_mistake(tuning, code):
    identifier = tuning.send("shell", "execute_request", {"code": code}, subshell_id=tuning.subshell)
    reply = tuning.reply("shell", identifier).content
    assert reply["status"] == "error" and "a subshell only looks" in reply["evalue"]


def test_subshells_that_do_not_exist_are_refused(kernel):
    for channel, type, content, header in [
        ("shell", "execute_request", {"code": ""}, {"subshell_id": "none"}),
        ("shell", "history_request", {"hist_access_type": "tail"}, {"subshell_id": "none"}),
        ("control", "delete_subshell_request", {"subshell_id": "none"}, {}),
        ("control", "delete_subshell_request", {}, {}),
    ]:
        reply, published = kernel.request(channel, type, content, **header)
        assert reply.content["status"] == "error"
        assert [m.content["execution_state"] for m in published] == ["busy", "idle"]


@only("echo")  # What a subshell may run beside the parent is the echo language's to show.
def test_subshells_have_queues_of_their_own(kernel, language):
    ids = [kernel.request("control", "create_subshell_request", {})[0].content["subshell_id"] for _ in range(3)]
    # Three wait for the word that the last one says: if one had to wait for another, none would ever end.
    codes = {None: "await go", ids[0]: "await go", ids[1]: "await go", ids[2]: "remember go"}
    for id, code in codes.items():
        kernel.send("shell", "execute_request", {"code": code}, **({"subshell_id": id} if id else {}))
    assert [kernel.receive("shell").content["status"] for _ in codes] == ["ok"] * 4
    for code in ("sleep 100000", "1"):
        kernel.send("shell", "execute_request", {"code": code}, subshell_id=ids[0])
    # The two have been received: a later request on the same socket is answered.
    kernel.reply("shell", kernel.send("shell", "kernel_info_request", {}))
    kernel.send("control", "delete_subshell_request", {"subshell_id": ids[0]})
    assert {kernel.receive("shell").content["ename"] for _ in range(2)} == {"KeyboardInterrupt", "ExecutionAborted"}
    assert kernel.execute("1")[0].content["status"] == "ok"


# Ends


@pytest.mark.parametrize("channel", ["control", "shell"])
@pytest.mark.parametrize("restart", [True, False])
@pytest.mark.parametrize("busy", [True, False])
def test_a_shutdown_is_answered_and_the_process_ends(kernel, language, channel, restart, busy):
    identifier = begin(kernel, language) if busy else None
    ending = kernel.send(channel, "shutdown_request", {"restart": restart})
    if busy:
        assert kernel.reply("shell", identifier).content["ename"] == "KeyboardInterrupt"
    reply = kernel.reply(channel, ending)
    assert reply.content == {"status": "ok", "restart": restart}
    assert kernel.process.wait(PATIENCE) == 0
    types = [(m.type, m.content.get("execution_state")) for m in kernel.published(ending)]
    assert ("shutdown_reply", None) in types and types[-1] == ("status", "idle")
    assert os.path.exists(kernel.path), "the connection file is the launcher's"


@only("echo")  # No command of Attune's is deaf to an interrupt.
def test_a_kernel_ends_although_a_cell_is_deaf(kernel, language):
    kernel.begin("print begun\ndeaf 4000", "begun")
    assert kernel.reply("control", kernel.send("control", "shutdown_request", {})).content["status"] == "ok"
    assert kernel.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_cleanly(kernel, language, number):
    begin(kernel, language)
    kernel.process.send_signal(number)
    assert kernel.process.wait(PATIENCE) == 0


def test_a_kernel_starts_again_on_the_same_ports(kernel, language):
    for _ in range(3):
        begin(kernel, language)
        kernel.reply("control", kernel.send("control", "shutdown_request", {"restart": True}))
        kernel.process.wait(PATIENCE)
        for socket in kernel.sockets.values():
            socket.close()
        ports = {k: v for k, v in kernel.info.items() if k.endswith("_port")}
        kernel.start()
        kernel.connect()
        assert ports == {k: v for k, v in kernel.info.items() if k.endswith("_port")}
        assert kernel.execute(language.hello)[0].content["execution_count"] == 1
