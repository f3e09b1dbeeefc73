"""Cells that would wait for ever, or work for long: an interrupt ends each, and the kernel goes on."""

import os
import socket
import subprocess

import pytest
from conftest import ATTUNE, only
from wire import PATIENCE

MANY = 300_000


def silent_server():
    """Somebody who takes connections and never says a word, and at which port."""
    server = socket.create_server(("127.0.0.1", 0))
    return server, server.getsockname()[1]


def table(path, header, rows):
    path.write_text(header + "\n" + "\n".join(rows) + "\n")


def wide(folder):
    row = ",".join(str(i % 7) for i in range(MANY))
    table(folder / "wide.csv", ",".join(f"c{i}" for i in range(MANY)) + ",y", [f"{row},{i % 2}" for i in range(4)])


def classes(folder):
    table(folder / "classes.csv", "x,y", [f"{i % 17},name{i}" for i in range(MANY)])


# Each cell that never ends by itself, with what is to be there. `PORT` is that of a silent server.
ENDLESS = {
    "a pipe that nobody writes": ('data csv("pipe")', lambda folder: os.mkfifo(folder / "pipe")),
    "a pipe whose form is not said": ('data "pipe"', lambda folder: os.mkfifo(folder / "pipe")),
    "a pipe for an archive": ('data npz("pipe", x="x", y="y")', lambda folder: os.mkfifo(folder / "pipe")),
    "a pipe of weights": ('data iris\nimport weights from="pipe.npz"', lambda folder: os.mkfifo(folder / "pipe.npz")),
    "a pipe of new rows": ('data iris\ntrain epochs=1;\npredict csv("pipe")', lambda folder: os.mkfifo(folder / "pipe")),
    "a database that does not answer": ('study storage "postgresql://me@127.0.0.1:PORT/db"', None),
    "rows of one": ('data postgresql("postgresql://me@127.0.0.1:PORT/db", query="select 1")', None),
    "an address that does not answer": ('data csv("http://127.0.0.1:PORT/t.csv")', None),
    "a training": ("data iris\ntrain epochs=1000000 batch_size=1", None),
    "a comparison of speeds": ("data iris\nbench seconds=1h", None),
    "a search": ("data iris\nspace\n    neurons in 4..64\ntune trials=1000000 epochs=1 sampler=random", None),
}
# Each cell that is a long piece of work: the interrupt may come before its end or after it.
LONG = {
    "columns": ('data csv("wide.csv")', wide),
    "classes": ('data csv("classes.csv")', classes),
    "the classes' reports": ('data csv("classes.csv")\ndata\ndata.classes\nplot data', classes),
    "the columns' reports": ('data csv("wide.csv")\ndata columns\ndata.columns\nplot data\ndescribe', wide),
    "made data": ("data spirals(n=3000000)", None),
    "a list": ("x = [" + ", ".join(map(str, range(MANY))) + "]\nx\nlen(str(x))\nx == x", None),
    "a set": ("x = {" + ", ".join(map(str, range(MANY))) + "}\nx\nlen(str(x))\nx == x", None),
    "a set of a space": ("space external\n    x in {" + ", ".join(map(str, range(MANY))) + "}", None),
    "a rule": ("space external\n    x in 0..9\n    subject to " + " and ".join(["x >= 0"] * 30_000), None),
    "nested values": ("x = [1]\n" + "x = [x, x]\n" * 17 + "x\nlen(str(x))\nx == x\nshow", None),
}


def begin(kernel, cell):
    """Sends a cell and waits until it runs."""
    identifier = kernel.send("shell", "execute_request", {"code": cell})
    while True:
        message = kernel.receive("iopub")
        if message.type == "execute_input" and message.parent.get("msg_id") == identifier:
            return identifier


def interrupted(kernel, cell, wait=lambda: None):
    """What a cell answers that is interrupted when `wait` has seen it at work."""
    identifier = begin(kernel, cell)
    wait()
    assert kernel.reply("control", kernel.send("control", "interrupt_request", {})).content == {"status": "ok"}
    answer = kernel.reply("shell", identifier).content
    kernel.published(identifier)
    assert kernel.execute("1 + 1")[0].content["status"] == "ok"
    return answer


@only("attune")
@pytest.mark.parametrize("case", ENDLESS)
def test_an_endless_cell_is_interrupted(start, tmp_path, case):
    cell, prepare = ENDLESS[case]
    if prepare:
        prepare(tmp_path)
    server, port = silent_server()
    with server:
        # The kernel waits for an answer once it has called.
        calls = []
        wait = (lambda: calls.append(server.accept())) if "PORT" in cell else lambda: None
        answer = interrupted(start(cwd=tmp_path), cell.replace("PORT", str(port)), wait)
    assert answer["status"] == "error" and answer["ename"] == "KeyboardInterrupt", answer


@only("attune")
@pytest.mark.parametrize("cell", ['study storage "pipe"', 'study list storage="pipe"', 'load "pipe"', 'data idx("folder")'])
def test_a_pipe_that_cannot_be_a_file_is_refused_at_once(start, tmp_path, cell):
    (tmp_path / "folder").mkdir()
    for path in ["pipe", "folder/train-images-idx3-ubyte", "folder/train-labels-idx1-ubyte"]:
        os.mkfifo(tmp_path / path)
    reply, _ = start(cwd=tmp_path).execute(cell)
    assert reply.content["status"] == "error" and "not a regular file" in reply.content["evalue"], reply.content


@only("attune")
@pytest.mark.parametrize("case", LONG)
def test_a_long_cell_is_interrupted_or_done(start, tmp_path, case):
    cell, prepare = LONG[case]
    if prepare:
        prepare(tmp_path)
    answer = interrupted(start(cwd=tmp_path), cell)
    assert answer["status"] == "ok" or answer["ename"] == "KeyboardInterrupt", answer


@pytest.mark.parametrize("case", ENDLESS)
def test_a_run_that_is_terminated_ends(tmp_path, case):
    cell, prepare = ENDLESS[case]
    if prepare:
        prepare(tmp_path)
    server, port = silent_server()
    with server:
        (tmp_path / "a.attune").write_text('print "BEGUN"\n' + cell.replace("PORT", str(port)) + "\n")
        with subprocess.Popen([ATTUNE, "run", "a.attune"], cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout.readline() == "BEGUN\n"
            if "PORT" in cell:
                # Kept: a connection that is dropped is closed, which is an answer.
                call = server.accept()  # noqa: F841
            process.terminate()
            try:
                assert process.wait(PATIENCE) == 130
            finally:
                process.kill()


def test_a_run_that_hears_nothing_ends_by_itself_after_being_terminated(tmp_path):
    # What is written to a pipe that nobody reads waits in the system and hears no interrupt.
    (tmp_path / "a.attune").write_text('print "' + "x" * 200_000 + '"\n')
    reader, writer = os.pipe()
    with subprocess.Popen([ATTUNE, "run", "a.attune"], cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE, text=True) as process:
        assert os.read(reader, 1) == b"x"
        process.terminate()
        try:
            assert process.wait(PATIENCE) == 130
        finally:
            process.kill()
        assert "ending" in process.stderr.read()
    os.close(reader)
    os.close(writer)
