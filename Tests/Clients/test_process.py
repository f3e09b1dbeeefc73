"""How the process starts, where it listens, and what it says when it dies."""

import json
import os
import signal
import stat
import subprocess
import sys
import time

import pytest
import zmq
from conftest import only
from wire import CHANNELS, PATIENCE, Kernel, until


def run(language, path, **options):
    command = [part.replace("{connection_file}", str(path)) for part in language.command]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, **options)


def free_ports():
    import socket
    sockets = [socket.socket() for _ in CHANNELS]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = {f"{c}_port": s.getsockname()[1] for c, s in zip(CHANNELS, sockets)}
    for s in sockets:
        s.close()
    return ports


@pytest.mark.parametrize("content, reason", [
    (None, "No such file"), ("{", "not JSON"), ("[]", "not a JSON object"), ('{"transport": "udp"}', "udp"),
    ('{"signature_scheme": "hmac-md5", "key": "k"}', "hmac-md5"), ('{"shell_port": -1}', "shell_port"),
    ('{"ip": "no.such.host.invalid"}', "bind"),
])
def test_what_cannot_be_served_is_one_clear_line(language, tmp_path, content, reason):
    path = tmp_path / "kernel.json"
    if content is not None:
        path.write_text(content)
        path.chmod(0o600)
    result = run(language, path)
    assert result.returncode != 0 and result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if "warning" not in line]
    assert len(lines) == 1 and lines[0].startswith("attune: ") and reason in lines[0], result.stderr


def test_a_port_that_is_taken_is_one_clear_line(start, language, tmp_path):
    kernel = start()
    path = tmp_path / "kernel.json"
    path.write_text(json.dumps({**kernel.info, "control_port": 0}))
    path.chmod(0o600)
    result = run(language, path)
    assert result.returncode != 0 and "Address already in use" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_file_for_all_eyes_earns_a_warning(start, language, tmp_path):
    with open(tmp_path / "stderr", "w+") as stderr:
        kernel = start(stderr=stderr)
        assert os.path.getsize(stderr.name) == 0, "a proper start says nothing"
        kernel.stop()
        os.chmod(kernel.path, 0o644)
        kernel.start()
        until(lambda: "can be read by other users" in open(stderr.name).read())


def test_a_kernel_without_a_key_believes_everyone_and_says_so(start, language, tmp_path):
    with open(tmp_path / "stderr", "w+") as stderr:
        kernel = start(key="", stderr=stderr)
        assert kernel.execute(language.hello)[0].content["status"] == "ok"
        assert kernel.execute(language.hello)[0].signature == b""
        assert "no key" in open(stderr.name).read()


def test_ports_given_are_used_and_ports_of_zero_are_chosen(start):
    ports = free_ports()
    kernel = start(connection={**ports, "control_port": 0, "kernel_name": "attune", "unknown": [1]})
    assert {**ports, "control_port": 0} | {"control_port": kernel.info["control_port"]} == {k: kernel.info[k] for k in ports}
    assert kernel.info["control_port"] > 0 and kernel.info["unknown"] == [1]
    assert stat.S_IMODE(os.stat(kernel.path).st_mode) == 0o600
    reply = kernel.request("shell", "connect_request", {})[0].content
    assert {k: reply[k] for k in ports} == {k: kernel.info[k] for k in ports}


def test_ports_may_be_written_as_texts(start, language):
    kernel = start(connection={k: str(v) for k, v in free_ports().items()})
    assert kernel.execute(language.hello)[0].content["status"] == "ok"


def test_sha512_signs_too(start, language):
    kernel = start(connection={"signature_scheme": "hmac-sha512"})
    reply = kernel.execute(language.hello)[0]
    assert len(reply.signature) == 128 and kernel.sign(reply.frames[-4:]) == reply.signature


@pytest.mark.parametrize("ports", [{}, {f"{c}_port": i + 1 for i, c in enumerate(CHANNELS)}])
def test_ipc_works_and_its_files_are_ones_own_and_go(start, language, ports):
    kernel = start(transport="ipc", connection=ports)
    assert kernel.execute(language.hello)[0].content["status"] == "ok"
    kernel.heartbeat()
    files = [f"{kernel.info['ip']}-{kernel.info[f'{c}_port']}" for c in CHANNELS]
    assert len(set(files)) == 5
    assert all(stat.S_IMODE(os.stat(f).st_mode) & 0o077 == 0 for f in files)
    kernel.request("control", "shutdown_request", {})
    assert kernel.process.wait(PATIENCE) == 0
    assert not any(os.path.exists(f) for f in files)


def test_curve_encrypts_all_five_sockets(start, language):
    public, secret = (key.decode() for key in zmq.curve_keypair())
    kernel = start(connection={"curve_publickey": public, "curve_secretkey": secret})
    assert kernel.execute(language.hello)[0].content["status"] == "ok"
    kernel.heartbeat()
    for channel, kind in CHANNELS.items():
        plain = kernel.context.socket(kind)
        plain.linger = 0
        if kind == zmq.SUB:
            plain.subscribe(b"")
        plain.connect(kernel.endpoint(channel))
        if kind == zmq.SUB:
            kernel.execute(language.hello)
        else:
            plain.send_multipart(kernel.frames("kernel_info_request", {})[1] if kind == zmq.DEALER else [b"ping"], zmq.DONTWAIT)
        assert not plain.poll(200), f"{channel} speaks to who has no key"
        plain.close()


def test_the_history_folder_may_be_unwritable(start, language):
    kernel = start(environment={"XDG_DATA_HOME": "/proc/nowhere"})
    assert kernel.execute(language.hello)[0].content["status"] == "ok"
    reply = kernel.request("shell", "history_request", {"hist_access_type": "tail", "n": 5})[0]
    assert reply.content == {"status": "ok", "history": []}


def test_a_kernel_does_not_outlive_its_launcher(language, tmp_path):
    script = f"""
import sys, os, time
sys.path.insert(0, {os.path.dirname(__file__)!r})
os.environ["JPY_PARENT_PID"] = str(os.getpid())
from wire import Kernel
kernel = Kernel({language.command!r})
print(kernel.process.pid, flush=True)
time.sleep(100000)
"""
    launcher = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    kernel = int(launcher.stdout.readline())
    time.sleep(1.5)  # The kernel has looked for its launcher once at least, and stays while that one lives.
    os.kill(kernel, 0)
    launcher.kill()
    launcher.wait()

    def is_gone():
        try:
            return open(f"/proc/{kernel}/stat").read().split(") ")[1][0] == "Z"
        except FileNotFoundError:
            return True

    try:
        until(is_gone)
    except AssertionError:
        os.kill(kernel, signal.SIGKILL)
        pytest.fail("the kernel was left behind")


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGILL, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE])
def test_a_crash_says_which_cell_was_running(start, language, tmp_path, number):
    with open(tmp_path / "stderr", "w+") as stderr:
        kernel = start(stderr=stderr)
        kernel.execute(language.prepare)
        kernel.begin(language.endless, "hello, world")
        kernel.process.send_signal(number)
        assert kernel.process.wait(PATIENCE) == -number
        assert f"while it ran cell 2: {language.hello} {language.sleep}\n" in open(stderr.name).read()


@only("echo")  # Attune has no command that breaks a precondition.
def test_a_trap_says_which_cell_was_running(start, language, tmp_path):
    with open(tmp_path / "stderr", "w+") as stderr:
        kernel = start(stderr=stderr)
        kernel.send("shell", "execute_request", {"code": "trap beyond"})
        assert kernel.process.wait(PATIENCE) < 0
        assert "attune: the kernel died of a trap while it ran cell 1: trap beyond\n" in open(stderr.name).read()


@only("attune")  # The echo kernel has no command line.
def test_the_program_says_its_version_and_refuses_nonsense(language):
    program = language.command[0]
    assert subprocess.run([program, "--version"], capture_output=True, text=True).stdout.startswith("Attune ")
    for arguments in (["nonsense"], ["kernel"], ["install", "--user", "--sys-prefix"]):
        result = subprocess.run([program, *arguments], capture_output=True, text=True)
        assert result.returncode != 0 and "Usage: attune" in result.stderr
