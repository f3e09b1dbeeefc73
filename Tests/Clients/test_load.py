"""Much at once: nothing is lost, nothing is late, nothing grows."""

import contextlib
import sqlite3
import threading
import time

import pytest
import zmq
from conftest import only
from wire import PATIENCE, best, until


def test_ten_thousand_cells_are_answered_in_order(kernel, language):
    count = 10_000
    for number in range(count):
        kernel.send("shell", "execute_request", {"code": "" if language.name == "attune" else str(number), "silent": number % 2 == 0})
    counts = [kernel.receive("shell", timeout=60) for _ in range(count)]
    assert all(reply.content["status"] == "ok" for reply in counts)
    numbers = [reply.content["execution_count"] for reply in counts]
    assert numbers == sorted(numbers) and numbers[-1] == count // 2


def test_a_slow_subscriber_loses_nothing(kernel, language):
    """100,000 lines to a reader that waits before it reads, with libzmq's usual bounds on its own side."""
    count = 100_000
    slow = kernel.context.socket(zmq.SUB)
    slow.linger, slow.reconnect_ivl = 0, 1
    slow.subscribe(b"")
    slow.connect(kernel.endpoint("iopub"))
    assert kernel.receive("iopub", socket=slow).type == "iopub_welcome"
    displays = "\n".join([language.display] * 1500) if language.name == "echo" else ""
    identifier = kernel.send("shell", "execute_request", {"code": f"{language.lines(count)}\n{displays}"})
    kernel.reply("shell", identifier, timeout=120)
    time.sleep(1)
    text, shown = "", 0
    while True:
        message = kernel.receive("iopub", socket=slow, timeout=30)
        if message.type == "stream":
            text += message.content["text"]
        shown += message.type == "display_data"
        if message.parent.get("msg_id") == identifier and message.content.get("execution_state") == "idle":
            break
    assert text == "".join(f"line {i}\n" for i in range(count))
    assert shown == (1500 if language.name == "echo" else 0)


def test_twenty_clients_at_once(kernel, language):
    def client(number, results):
        shell = kernel.socket("shell", identity=f"client {number}".encode())
        for _ in range(50):
            identifier = kernel.send("shell", "execute_request", {"code": language.hello}, socket=shell)
            reply = kernel.receive("shell", socket=shell, timeout=30)
            results[number] += reply.parent["msg_id"] == identifier and reply.content["status"] == "ok"
        shell.close()

    results = [0] * 20
    threads = [threading.Thread(target=client, args=(number, results)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [50] * 20


def test_a_client_that_comes_again_takes_its_own_place(kernel, language):
    """A second connection under the first one's identity, while a cell runs, gets the replies."""
    kernel.execute(language.prepare)
    identifier = kernel.begin(language.endless, "hello, world")
    again = kernel.socket("shell")
    question = kernel.send("shell", "kernel_info_request", {}, socket=again)
    assert kernel.receive("shell", socket=again).parent["msg_id"] == question
    kernel.send("control", "interrupt_request", {})
    assert kernel.receive("shell", socket=again).parent["msg_id"] == identifier


def bursts(kernel, requests):
    """Sends so many requests, 500 at a time."""
    for start in range(0, len(requests), 500):
        for type, content in requests[start : start + 500]:
            kernel.send("shell", type, content)
        for _ in requests[start : start + 500]:
            assert kernel.receive("shell").content.get("status") != "error"
        while kernel.sockets["iopub"].poll(0):
            kernel.sockets["iopub"].recv_multipart()


def settled(kernel):
    """The least memory that a kernel has once all is quiet: what it had asked for on the way it gives back by itself."""
    least = kernel.resident
    end = time.monotonic() + 3
    while time.monotonic() < end:
        least = min(least, kernel.resident)
        time.sleep(0.05)
    return least


def assert_no_growth(kernel, requests, times):
    """So many requests over and over leave no more behind, 5 % at most, than the first did."""
    bursts(kernel, requests)
    before = settled(kernel)
    bursts(kernel, requests * times)
    try:
        until(lambda: kernel.resident < before * 1.05)
    except AssertionError:
        pytest.fail(f"{before} bytes became {settled(kernel)}")


def test_memory_does_not_grow_with_cells(kernel, language):
    kernel.execute(language.remember)
    assert_no_growth(kernel, [("execute_request", {"code": language.recall})] * 5_000, times=10)


def test_memory_does_not_grow_with_questions(kernel, language):
    kernel.execute(language.hello)
    assert_no_growth(kernel, [
        ("kernel_info_request", {}), ("complete_request", {"code": language.known, "cursor_pos": 2}),
        ("inspect_request", {"code": language.known, "cursor_pos": 2}), ("is_complete_request", {"code": language.known}),
        ("history_request", {"hist_access_type": "tail", "n": 5}), ("comm_info_request", {}), ("usage_request", {}),
    ] * 300, times=6)


@pytest.mark.parametrize("load", ["small batches", "large batches on all cores"])
def test_a_long_cell_delays_no_heartbeat_and_no_control_reply(kernel, language, load):
    kernel.execute(language.prepare)
    code = language.endless
    if load != "small batches" and language.name == "attune":
        kernel.execute("data blobs(n=20000, classes=10)\nnetwork hidden=[1024, 1024]")
        code = f"{language.hello}\ntrain epochs=1000000 batch_size=8192"
    identifier = kernel.begin(code, "hello, world")

    def window():
        waits = []
        end = time.monotonic() + 2
        while time.monotonic() < end:
            waits.append(kernel.heartbeat())
            for channel in ("control", "shell"):
                start = time.monotonic()
                kernel.reply(channel, kernel.send(channel, "kernel_info_request", {}))
                waits.append(time.monotonic() - start)
            time.sleep(0.01)
        return max(waits)

    best(window, 0.05)
    kernel.send("control", "interrupt_request", {})
    assert kernel.reply("shell", identifier).content["ename"] == "KeyboardInterrupt"


@only("echo")
def test_a_subscriber_that_stands_still_costs_a_bounded_amount(kernel, language):
    """150 MB printed, which it does not take; those who read get all of it, and the kernel answers on."""
    still = kernel.socket("iopub")
    still.rcvhwm = 1
    assert still.poll(PATIENCE * 1000)
    kernel.execute(language.hello)
    before = kernel.resident
    identifier = kernel.send("shell", "execute_request", {"code": "flood 150"})
    received, most = 0, 0
    while True:
        message = kernel.receive("iopub")
        most = max(most, kernel.resident)
        if message.parent.get("msg_id") != identifier:
            continue
        if message.type == "stream":
            received += len(message.content["text"])
        if message.type == "status" and message.content["execution_state"] == "idle":
            break
    assert received == 150 << 20
    assert most - before < 64 << 20, f"{(most - before) >> 20} MB"
    kernel.heartbeat()
    assert kernel.execute(language.hello)[0].content["status"] == "ok"


SPACE = "space\n    learning_rate in log(1e-4..1)\n    neurons in {4, 8, 16}\n    layers in 1..3"


@only("attune")
@pytest.mark.parametrize("progress", ["rich", "text"])
@pytest.mark.parametrize("code", [
    "train epochs=20 batch_size=256", "train epochs=200 batch_size=256", "train epochs=1500 batch_size=256",
    "tune trials=3 epochs=1 batch_size=512", "tune trials=30 epochs=1 batch_size=512", "tune trials=200 epochs=1 batch_size=512",
    "train neurons in {4, 8, 16} learning_rate in {1e-3, 1e-2} epochs=200 batch_size=256", "train epochs=200 repeat=4 batch_size=256",
])
def test_progress_keeps_to_its_budget(kernel, language, progress, code):
    """50 kB a second on average, however short the cell and whatever the speed of trials; what stays is sent once, whole."""
    kernel.execute(f"data digits\nset progress={progress}\nnetwork hidden=[16]\n{SPACE}")
    begun = time.monotonic()
    identifier = kernel.send("shell", "execute_request", {"code": code})
    live, shown = 0, {}
    while True:
        message = kernel.receive("iopub")
        if message.parent.get("msg_id") != identifier:
            continue
        size = sum(len(frame) for frame in message.frames)
        if message.type in ("display_data", "update_display_data"):
            name = message.content["transient"].get("display_id", message.header["msg_id"])
            # What a renewal takes the place of was for the moment.
            live += shown[name][1] if name in shown else 0
            shown[name] = (message.content["data"], size)
        elif message.type == "stream":
            live += size
        if message.type == "status" and message.content["execution_state"] == "idle":
            break
    seconds = time.monotonic() - begun
    assert live < 50_000 * seconds + 5_000, f"{live / seconds / 1000:.0f} kB/s over {seconds:.1f} s"
    final = [data for data, _ in shown.values()]
    assert any("<table" in data.get("text/html", "") for data in final)
    # Several settings are compared in a table.
    assert " in {" in code or any("image/svg+xml" in data for data in final)


@only("attune")
def test_a_subscriber_that_stands_still_costs_a_bounded_amount_of_pictures(kernel, language):
    """More pictures than libzmq would hold messages for it, each far larger than a text."""
    still = kernel.socket("iopub")
    still.rcvhwm = 1
    assert still.poll(PATIENCE * 1000)
    kernel.execute("data digits\nset progress=none plots=still\ntrain epochs=2000 batch_size=1024")
    before = kernel.resident
    identifier = kernel.send("shell", "execute_request", {"code": "plot loss\n" * 900})
    most = 0
    while True:
        message = kernel.receive("iopub")
        most = max(most, kernel.resident)
        if message.parent.get("msg_id") == identifier and message.content.get("execution_state") == "idle":
            break
    assert most - before < 64 << 20, f"{(most - before) >> 20} MB"
    assert kernel.execute(language.hello)[0].content["status"] == "ok"


@only("attune")
def test_a_long_history_is_searched_quickly(start, language, tmp_path):
    """170 sessions of 63 MB, some with cells of 1 MB, which is the longest that are kept."""
    first = start(environment={"XDG_DATA_HOME": str(tmp_path)})
    first.execute("1")
    first.stop()
    with contextlib.closing(sqlite3.connect(tmp_path / "attune/history/history.sqlite")) as database, database:
        for session in range(2, 171):
            cells = ["x" * 1_000_000] * 25 if session == 60 else [f"{session}{i} train epochs={i} # " + "y" * 2000 for i in range(110)]
            database.execute("INSERT INTO session (number) VALUES (?)", (session,))
            database.executemany("INSERT INTO cell (session, line, bytes, input) VALUES (?, ?, ?, ?)",
                                 [(session, line, len(cell), cell) for line, cell in enumerate(cells, 1)])
    kernel = start(environment={"XDG_DATA_HOME": str(tmp_path)})

    def ask(**content):
        begun = time.monotonic()
        reply, _ = kernel.request("shell", "history_request", {"raw": True, "output": False, **content})
        return reply.content["history"], time.monotonic() - begun

    for wanted, question in [
        (10, {"hist_access_type": "search", "pattern": "6?*7*", "n": 10}), (10, {"hist_access_type": "search", "pattern": "6?*7*", "n": 10, "unique": True}),
        (0, {"hist_access_type": "search", "pattern": "*nowhere*", "unique": True}), (50, {"hist_access_type": "tail", "n": 50}),
        (21, {"hist_access_type": "range", "session": 100, "start": 90}), (21, {"hist_access_type": "range", "session": -1, "start": 90}),
    ]:
        assert len(ask(**question)[0]) == wanted
        best(lambda: ask(**question)[1], 0.1)
