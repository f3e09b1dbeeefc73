"""What the system refuses, leaves out or has closed: an error that names the cause, or less speed; never a hang, a trap or a wrong success."""

import json
import os
import resource
import signal
import subprocess
import sys
import time

import pytest
from conftest import ATTUNE, LANGUAGES, only
from wire import PATIENCE, Kernel, until

TRAIN = "data digits\nnetwork hidden=[16]\ntrain epochs=2"
# The default sampler's model multiplies matrices from its first trials on.
TUNE = "data iris\nset progress=none\nspace\n    learning_rate in log(1e-4..1)\n    neurons in 4..16\ntune trials=8 epochs=1 start=none"
SAVE = f'{TRAIN}\nnetwork layers=3 neurons=512\ntrain epochs=1\nsave "big.attune"'
# Limits on processes do not bind root.
NOBODY = "setpriv --reuid 65534 --regid 65534 --clear-groups -- " if os.geteuid() == 0 else ""


def shell(text, folder, script="1 + 1", **environment):
    """Runs a line of sh in which $attune is the program and $file a script."""
    folder.chmod(0o777)
    file = folder / "script.attune"
    file.write_text(script)
    return subprocess.run(["bash", "-c", text], capture_output=True, text=True, timeout=PATIENCE, cwd=folder,
                          env={**os.environ, "attune": ATTUNE, "file": str(file), "HOME": str(folder), **environment})


# The circumstance, the script, the status (None: any but 0) and what is said.
RUNS = {
    **{f"nproc {n}": (f"exec {NOBODY}prlimit --nproc={n}:{n} $attune run - < $file", TRAIN, 0, "loss") for n in (1, 2, 3, 5)},
    "nproc 3, side by side": (f"exec {NOBODY}prlimit --nproc=3:3 $attune run - < $file",
                              "data digits\nspace\n    layers in 1..2\ntune trials=4 epochs=1 parallel=4", 0, "4 complete"),
    **{f"memory {n} MB": (f"ulimit -v {n}000; exec $attune run $file", TRAIN, 0, "loss") for n in (250, 300, 350)},
    **{f"memory {n} MB, tuning": (f"ulimit -v {n}000; exec $attune run $file", TUNE, 0, "8 complete") for n in (300, 400, 700)},
    "a network over the limit on memory": (
        "ulimit -v 1000000; exec $attune run $file", "data digits\nnetwork layers=3 neurons=8000\ntrain epochs=1", 1, "a larger limit (ulimit -v)"),
    "one trial over the limit on memory": (
        "ulimit -v 1000000; exec $attune run $file",
        "set progress=none\ndata digits\nspace\n    neurons in {16, 8000}\n    layers in 2..3\ntune trials=4 epochs=1 sampler=grid", 0,
        "2 complete, 2 failed"),
    "seven descriptors": ("ulimit -n 7; exec $attune run $file", 'study storage "s.db"\nstudy new "a"', 1, "too many open files (ulimit -n is 7)"),
    "a study file over the limit": ("ulimit -f 64; exec $attune run $file", 'study storage "s.db"\nstudy new "a"', 1, "ulimit -f"),
    "six descriptors": ("ulimit -n 6; exec $attune run $file", "1 + 1", 0, "2\n"),
    "a file over the limit": ("ulimit -f 64; exec $attune run $file", SAVE, 1, "big.attune"),
    "no stdin": ("exec $attune run $file <&-", "1 + 1", 0, "2\n"),
    "no stdout": ("exec $attune run $file >&-", "1 + 1", 1, "cannot write to standard output: Bad file descriptor"),
    "no stdout, and a file to write": ("exec $attune run $file >&-", f'{TRAIN}\nsave "m.attune"', 1, "cannot write"),
    "a full disk": ("exec $attune run $file >/dev/full", "1 + 1", 1, "cannot write to standard output: No space left on device"),
    "a full disk for errors": ("exec $attune run $file 2>/dev/full", 'print "a" to=stderr\n1 + 1', 0, "2\n"),
    "nothing at all": ("exec $attune run $file <&- >&- 2>&-", "1 + 1", 1, ""),
    "nobody reads": ("$attune run $file | true; exit ${PIPESTATUS[0]}", "print 1\n" * 30_000, 141, ""),
    "head": ("$attune run $file | head -n 1; exit ${PIPESTATUS[0]}",
             'print "one"\n' * 30_000 + "data digits\ntrain epochs=1000000", 141, "one\n"),
    "a pipe that does not block": (
        f"{sys.executable} -c 'import os, subprocess, sys, time; r, w = os.pipe(); os.set_blocking(w, False);"
        "p = subprocess.Popen([os.environ[\"attune\"], \"run\", os.environ[\"file\"]], stdout=w); os.close(w); time.sleep(0.5);"
        "print(len(open(r).read().splitlines())); sys.exit(p.wait())'", "print 1\n" * 50_000, 0, "50000\n"),
    "a folder that is gone": ("mkdir gone; cd gone; rmdir ../gone; exec $attune run $file", "1 + 1", 0, "2\n"),
    "a folder that is gone, commands": ("mkdir gone; cd gone; rmdir ../gone; exec $attune run -c '1 + 1'", "", 0, "2\n"),
    "HOME unset": ("unset HOME; exec $attune run $file", "1 + 1", 0, "2\n"),
    "HOME empty": ("HOME= exec $attune run $file", "1 + 1", 0, "2\n"),
    "no environment": ("exec env -i $attune run $file", TRAIN, 0, "loss"),
}


@pytest.mark.parametrize("circumstance", RUNS)
def test_a_run_ends_as_it_should(tmp_path, circumstance):
    line, script, status, said = RUNS[circumstance]
    result = shell(line, tmp_path, script)
    assert result.returncode == status, (result.returncode, result.stdout[-300:], result.stderr[-1000:])
    assert said in (result.stdout if status in (0, 141) else result.stderr)
    assert "died" not in result.stderr and "OpenBLAS" not in result.stderr
    if circumstance == "no stdout, and a file to write":
        # What is printed did not go into the file that was opened next.
        assert not (tmp_path / "m.attune").exists() or b"loss" not in (tmp_path / "m.attune").read_bytes()[:200]


@pytest.mark.parametrize("size", [180, 200, 220, 240, 260, 280])
@pytest.mark.parametrize("script", [TRAIN, TUNE], ids=["train", "tune"])
def test_any_limit_on_memory_ends_in_a_result_or_in_words(tmp_path, size, script):
    result = shell(f"ulimit -v {size}000; exec $attune run $file", tmp_path, script)
    # 127: the system's loader had no room for the libraries, and says so.
    assert result.returncode in (0, 1, 127), (result.returncode, result.stderr[-500:])
    assert "loss" in result.stdout if result.returncode == 0 else "memory" in result.stderr or "libraries" in result.stderr
    assert "died" not in result.stderr


@pytest.fixture
def confined(tmp_path):
    """Starts a kernel behind a line of sh; it need not come up."""
    kernels = []

    def start(prefix, name="attune", **options):
        command = LANGUAGES[name].command
        kernel = Kernel(["sh", "-c", f'{prefix} exec {NOBODY if "nproc" in prefix else ""}"$0" "$@"', *command], wait=False,
                        cwd=tmp_path, **options)
        kernels.append(kernel)
        return kernel

    yield start
    for kernel in kernels:
        kernel.stop()


KERNELS = {
    "descriptors": ("ulimit -n 20;", "Too many open files (ulimit -n is 20)"),
    **{f"memory {n}": (f"ulimit -v {n}000;", None) for n in (250, 300, 350)},
    "file size": ("ulimit -f 8;", None),
    "stderr closed": ("exec 2>&-;", None),
    "all closed": ("exec <&- >&- 2>&-;", None),
    "a folder that is gone": ("mkdir gone; cd gone; rmdir ../gone;", None),
    "HOME empty": ("export HOME= XDG_DATA_HOME=;", None),
}


@pytest.mark.parametrize("circumstance", KERNELS)
def test_a_kernel_answers_or_says_why_not(confined, tmp_path, circumstance):
    prefix, refusal = KERNELS[circumstance]
    with open(tmp_path / "stderr", "w+") as stderr:
        kernel = confined(prefix, stderr=stderr)
        if refusal:
            assert kernel.process.wait(PATIENCE) == 1
            lines = open(stderr.name).read().splitlines()
            assert len(lines) == 1 and lines[0].startswith("attune: cannot ") and refusal in lines[0]
            return
        kernel.connect()
        for cell in ("1 + 1", TRAIN, 'save "s.attune" replace=true' if circumstance == "file size" else "1 + 1", "1 + 1"):
            reply, _ = kernel.execute(cell)
            said = reply.content.get("evalue", "")
            # Which limit is too small depends on the size of the program.
            assert reply.content["status"] == "ok" or cell.startswith("save") or "(ulimit -v" in said, reply.content
        assert "died" not in open(stderr.name).read()


@pytest.mark.parametrize("threads", [2, 3, 4, 5, 6])
def test_a_kernel_with_few_threads(tmp_path, threads):
    """Too few to serve are named; else it trains with those that there are, and answers on."""
    folder = tmp_path
    while folder != folder.parent and NOBODY:  # The user without rights must reach the connection file.
        folder.chmod(folder.stat().st_mode | 0o755)
        folder = folder.parent
    path = tmp_path / "kernel.json"
    ports = {f"{c}_port": 0 for c in ("shell", "control", "stdin", "iopub", "hb")}
    path.write_text(json.dumps({"ip": "127.0.0.1", "transport": "tcp", "key": "k", "signature_scheme": "hmac-sha256", **ports}))
    path.chmod(0o666)
    tmp_path.chmod(0o777)
    command = [*NOBODY.split(), "prlimit", f"--nproc={threads}:{threads}", ATTUNE, "kernel", str(path)]
    with open(tmp_path / "stderr", "w+") as stderr:
        process = subprocess.Popen(command, stderr=stderr, stdin=subprocess.DEVNULL, env={**os.environ, "HOME": str(tmp_path)})
        try:
            until(lambda: process.poll() is not None or json.loads(path.read_text() or "{}").get("hb_port"))
            if process.poll() is not None:
                said = open(stderr.name).read()
                assert process.returncode == 1 and threads < 5, said
                assert f"ulimit -u is {threads}" in said and "died" not in said
                return
            client = Kernel.__new__(Kernel)
            client.attach(json.loads(path.read_text()), process)
            for cell in ("1 + 1", TRAIN, "1 + 1"):
                assert client.execute(cell)[0].content["status"] == "ok"
            subshell = client.request("control", "create_subshell_request", {})[0].content["subshell_id"]
            reply = client.execute("1 + 1", header={"subshell_id": subshell})[0].content
            assert reply["status"] == "ok" or "cannot start a thread" in reply["evalue"]
            assert client.execute("1 + 1")[0].content["status"] == "ok"
        finally:
            process.kill()
            process.wait()


def test_a_full_standard_error_stops_nothing(start, language):
    """Sixty bad messages, each worth a line in a log that nobody reads and that is full."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        while True:
            os.write(writer, b"x" * 4096)
    except BlockingIOError:
        pass
    os.set_blocking(writer, True)
    kernel = start(stderr=writer)
    for _ in range(60):
        header, frames = kernel.frames("kernel_info_request", {})
        frames[1] = b"0" * 64
        kernel.sockets["shell"].send_multipart(frames)
    assert kernel.execute(language.hello)[0].content["status"] == "ok"
    kernel.heartbeat()
    kernel.process.send_signal(signal.SIGSEGV)
    assert kernel.process.wait(PATIENCE) == -signal.SIGSEGV, "its last words kept it alive"
    os.close(reader)
    os.close(writer)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT])
def test_a_run_goes_on_where_a_signal_was_ignored_at_its_start(tmp_path, number):
    script = tmp_path / "long.attune"
    script.write_text(f'{TRAIN}\nprint "begun"\ntrain epochs=300\nprint "done"\n')
    handler = signal.signal(number, signal.SIG_IGN)
    try:
        process = subprocess.Popen([ATTUNE, "run", str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   restore_signals=False)
    finally:
        signal.signal(number, handler)
    while process.stdout.readline() != "begun\n":
        assert process.poll() is None
    for _ in range(3):
        process.send_signal(number)
        time.sleep(0.01)
    output, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0 and output.endswith("done\n"), errors


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT])
def test_a_kernel_goes_on_where_a_signal_was_ignored_at_its_start(start, language, number):
    handler = signal.signal(number, signal.SIG_IGN)
    try:
        kernel = start()
    finally:
        signal.signal(number, handler)
    kernel.execute(language.prepare)
    identifier = kernel.begin(language.endless, "hello, world")
    kernel.process.send_signal(number)
    assert kernel.request("control", "kernel_info_request", {})[0].content["status"] == "ok"
    kernel.send("control", "interrupt_request", {})  # A request is no signal.
    assert kernel.reply("shell", identifier).content["ename"] == "KeyboardInterrupt"
    assert kernel.execute(language.hello)[0].content["status"] == "ok"


@pytest.mark.parametrize("number", [signal.SIGXCPU, signal.SIGUSR1, signal.SIGUSR2])
def test_a_batch_system_s_warning_stops_the_cell_and_keeps_the_session(start, language, tmp_path, number):
    with open(tmp_path / "stderr", "w+") as stderr:
        kernel = start(stderr=stderr)
        kernel.execute(language.prepare)
        kernel.execute(language.remember)
        identifier = kernel.begin(language.endless, "hello, world")
        kernel.process.send_signal(number)
        assert kernel.reply("shell", identifier).content["ename"] == "KeyboardInterrupt"
        assert kernel.execute(language.recall)[0].content["status"] == "ok"
        assert number.name in open(stderr.name).read()


@pytest.mark.parametrize("address", ["localhost", "::1", "[::1]", "127.0.0.1", "0.0.0.0"])
def test_addresses_of_every_form_are_bound(start, language, address):
    kernel = start(connection={"ip": address})
    assert kernel.execute(language.hello)[0].content["status"] == "ok"


@only("attune")
def test_arguments_that_are_not_known_are_a_warning(language, tmp_path, jupyter):
    script = tmp_path / "a.attune"
    script.write_text('print "from a file"\n')
    result = subprocess.run(["jupyter", "run", "--kernel", "attune", str(script)], env=jupyter, capture_output=True, text=True,
                            timeout=PATIENCE)
    assert result.returncode == 0 and "from a file" in result.stdout, result.stderr


@only("attune")
def test_a_missing_proc_costs_nothing(language, tmp_path):
    script = tmp_path / "a.attune"
    script.write_text(TRAIN)
    line = f"mount -t tmpfs none /proc && exec {ATTUNE} run {script}"
    namespace = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    result = subprocess.run([*namespace, "sh", "-c", line], capture_output=True, text=True, timeout=PATIENCE)
    assert result.returncode == 0 and "loss" in result.stdout, result.stderr


@only("attune")
@pytest.mark.parametrize("left", [0, 1, 2, 5])
def test_a_kernel_without_descriptors_answers_every_cell(start, language, tmp_path, left):
    """Each cell is right or says what there is too little of; none ends the session."""
    (tmp_path / "a.csv").write_text("a,b\n" + "1,x\n2,y\n" * 20)
    kernel = start(cwd=tmp_path)
    kernel.execute("data iris\nset progress=none\ntrain epochs=1\nkept = 42")
    kernel.execute("", silent=True, user_expressions={"a": "kept"})
    limits = resource.prlimit(kernel.process.pid, resource.RLIMIT_NOFILE)
    for cell in [
        'data csv("http://127.0.0.1:1/x.csv")', "data mnist", 'plot loss to="q.png"', 'plot loss to="q.pdf"', 'plot loss to="q.svg"',
        "find_learning_rate", 'data sqlite("a.db", query="select 1", target="a")', 'study storage "fd.db"',
        'data postgresql("postgresql://127.0.0.1:1/x", query="select 1", target="a")', 'study storage "postgresql://127.0.0.1:1/x"',
        'data csv("*.csv")', 'data "a.csv"', "data iris", "train epochs=1", 'save "m.attune" replace=true', "bench seconds=0.01",
        'export run to="m.onnx" replace=true', 'load "m.attune"', "kept",
    ]:
        used = len(os.listdir(f"/proc/{kernel.process.pid}/fd"))
        resource.prlimit(kernel.process.pid, resource.RLIMIT_NOFILE, (used + left, limits[1]))
        reply, _ = kernel.execute(cell)
        resource.prlimit(kernel.process.pid, resource.RLIMIT_NOFILE, limits)
        said = reply.content.get("evalue", "")
        assert "InternalError" not in said and "apt install" not in said and "called like" not in said, (cell, said)
    assert kernel.execute("assert kept == 42")[0].content["status"] == "ok"


@only("attune")
def test_a_deleted_folder_is_named_and_leads_nowhere(start, language, tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    kernel = start(cwd=folder)
    kernel.execute("data iris\nset progress=none\ntrain epochs=1")
    folder.rmdir()
    for cell in ['data csv("etc/passwd")', 'data "a.csv"', 'save "a.attune"', 'plot loss to="a.svg"', 'load "a.attune"', 'predict csv("a.csv")']:
        assert "the notebook's folder was deleted" in kernel.execute(cell)[0].content.get("evalue", ""), cell
    assert kernel.execute(f'save "{tmp_path}/b.attune"')[0].content["status"] == "ok"
