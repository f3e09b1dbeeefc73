"""The program without Jupyter: installing, and running files."""

import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from conftest import ATTUNE, ROOT

KERNELSPEC = ROOT / "kernelspec"


def attune(*arguments, environment=None, **options):
    return subprocess.run([ATTUNE, *map(str, arguments)], capture_output=True, text=True, timeout=120,
                          env={**os.environ, **(environment or {})}, **options)


@pytest.mark.parametrize("place", ["prefix", "user", "data folder", "sys-prefix"])
def test_install_and_uninstall(tmp_path, place):
    arguments, environment, base = {
        "prefix": (["--prefix", tmp_path], {}, "share/jupyter"),
        "user": (["--user"], {"HOME": str(tmp_path), "JUPYTER_DATA_DIR": "", "XDG_DATA_HOME": ""}, ".local/share/jupyter"),
        "data folder": ([], {"JUPYTER_DATA_DIR": str(tmp_path / "data")}, "data"),
        "sys-prefix": (["--sys-prefix"], {"VIRTUAL_ENV": str(tmp_path)}, "share/jupyter"),
    }[place]
    folder = tmp_path / base / "kernels/attune"
    for _ in range(2):
        assert attune("install", *arguments, environment=environment).returncode == 0
        spec = json.loads((folder / "kernel.json").read_text())
        assert spec["argv"][1:] == ["kernel", "{connection_file}"] and os.path.isabs(spec["argv"][0])
        assert os.access(spec["argv"][0], os.X_OK)
        assert spec["language"] == "attune" and spec["interrupt_mode"] == "message"
        assert spec["env"]["OPENBLAS_NUM_THREADS"] == "1" and spec["metadata"]["supported_encryption"] == ["curve"]
        for logo in ("logo-32x32.png", "logo-64x64.png", "logo-svg.svg"):
            assert (folder / logo).read_bytes() == (KERNELSPEC / logo).read_bytes()
        assert sorted(p.name for p in folder.parent.iterdir()) == ["attune"]
    assert attune("uninstall", *arguments, environment=environment).returncode == 0
    assert not folder.exists()
    assert "There is no Attune kernel" in attune("uninstall", *arguments, environment=environment).stdout


def test_jupyter_lists_the_kernel(jupyter):
    specs = json.loads(subprocess.run(["jupyter", "kernelspec", "list", "--json"], env=jupyter, check=True,
                                      capture_output=True, text=True).stdout)["kernelspecs"]
    assert specs["attune"]["spec"]["display_name"] == "Attune"


def test_the_installed_program_needs_no_toolchain(tmp_path):
    result = subprocess.run([ATTUNE, "--version"], env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
                            capture_output=True, text=True)
    assert result.returncode == 0
    libraries = subprocess.run(["ldd", ATTUNE], capture_output=True, text=True).stdout
    if "build/installed" in ATTUNE:
        assert "libswiftCore" not in libraries and "libFoundation" not in libraries


def script(folder, text, name="tune.attune"):
    path = folder / name
    path.write_text(text)
    return path


def test_a_file_runs_and_its_text_comes_out(tmp_path):
    result = attune("run", script(tmp_path, 'print "hello"\nwidth = 3\nprint "careful" to=stderr\nwidth * 2\n'))
    assert (result.returncode, result.stdout, result.stderr) == (0, "hello\n6\n", "careful\n")


def test_an_error_is_the_exit_status(tmp_path):
    result = attune("run", script(tmp_path, 'print "hello"\ntrain epochs=20 learning_rat=0.1\n'))
    assert result.returncode == 1 and "^~~~" in result.stderr and "learning_rate" in result.stderr


def test_a_training_shows_its_table_and_plot_and_no_progress_in_a_file(tmp_path):
    result = attune("run", script(tmp_path, "data digits\nnetwork hidden=[16]\ntrain epochs=2\n"))
    assert result.returncode == 0, result.stderr
    assert "\r" not in result.stdout and "\x1b" not in result.stdout
    assert "loss" in result.stdout and len(result.stdout.splitlines()) > 10


def test_a_terminal_sees_progress(tmp_path):
    path = script(tmp_path, "data digits\ntrain epochs=60\n")
    pid, descriptor = pty.fork()
    if pid == 0:
        os.execv(ATTUNE, [ATTUNE, "run", str(path)])
    output = b""
    try:
        while chunk := os.read(descriptor, 4096):
            output += chunk
    except OSError:
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert b"\r" in output.replace(b"\r\n", b"\n")


def test_a_notebook_runs_cell_by_cell(tmp_path):
    def cell(source, *tags):
        return {"cell_type": "code", "source": source, "metadata": {"tags": list(tags)}, "outputs": [], "execution_count": None}

    cells = [cell('width = 3\nwidth'), {"cell_type": "markdown", "source": "text", "metadata": {}},
             cell("no_such_thing", "raises-exception"), cell(["width\n", "width + 1"])]
    path = script(tmp_path, json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "n.ipynb")
    result = attune("run", path)
    assert (result.returncode, result.stdout) == (0, "3\n4\n")
    assert "no_such_thing" in result.stderr


@pytest.mark.parametrize("name, text", [("missing.attune", None), ("broken.ipynb", "{"), ("other.ipynb", "[]")])
def test_files_that_cannot_be_run_are_one_clear_error(tmp_path, name, text):
    if text is not None:
        script(tmp_path, text, name)
    result = attune("run", tmp_path / name)
    assert result.returncode != 0 and name in result.stderr and result.stdout == ""


def test_paths_start_at_the_files_folder(tmp_path):
    folder = tmp_path / "inner"
    folder.mkdir()
    (folder / "flowers.csv").write_text("a,b,kind\n" + "".join(f"{i},{i % 7},{'xy'[i % 2]}\n" for i in range(60)))
    result = attune("run", script(folder, 'data csv("flowers.csv", target="kind")\ndata.train.rows\n'), cwd=tmp_path)
    assert result.returncode == 0, result.stderr


def test_ctrl_c_stops_a_run(tmp_path):
    path = script(tmp_path, 'data digits\nprint "begun"\ntrain epochs=1000000\n')
    process = subprocess.Popen([ATTUNE, "run", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while process.stdout.readline() != "begun\n":
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130 and "KeyboardInterrupt" in stderr


PLAIN = "# defaults\nn = 4\nwords = [1,\n         2]\n\nprint n words\n"


def book(folder, *cells, name="n.ipynb"):
    def cell(source, *tags):
        return {"cell_type": "code", "source": source, "metadata": {"tags": list(tags)}, "outputs": [], "execution_count": None}

    return script(folder, json.dumps({"cells": [cell(*c) for c in cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), name)


@pytest.mark.parametrize("arguments, said", [
    (["-c", "print 6 * 7"], "42\n"), (["-c", "-3"], "-3\n"), (["-c", "n = 1\nprint n", "-p", "n=8"], "8\n"),
    (["-c", "n = 1", "-c", "print n"], "1\n"), (["-c", "n = 1", "-c", "print n", "-p", "n=8"], "8\n"), (["-c", "--3"], "3\n"),
    (["plain"], "4 [1, 2]\n"), (["plain", "-p", "n=8"], "8 [1, 2]\n"), (["plain", "-p", "n=0.5", "-p", "words=two words"], "0.5 two words\n"),
    (["plain", "-p", "n=houses.csv"], "houses.csv [1, 2]\n"), (["plain", "-p", 'n="a=b"'], "a=b [1, 2]\n"),
    (["plain", "-p", "n=[1, 'x', true, none]"], "[1, \"x\", true, none] [1, 2]\n"), (["plain", "-p", "n=-1e-3"], "-0.001 [1, 2]\n"),
    (["plain", "-p", "n="], " [1, 2]\n"), (["plain", "-p", 'n=say "hi"'], 'say "hi" [1, 2]\n'),
    (["book"], "9\n4\n"), (["book", "-p", "n=8"], "9\n8\n"), (["untagged", "-p", "n=8"], "8\n"),
    (["plain", "--echo", "-p", "n=8"], "> # defaults\n> n = 4\n> words = [1,\n>          2]\n> n = 8\n> print n words\n8 [1, 2]\n"),
    (["book", "--echo"], "> print 9\n9\n> n = 4\n> print n\n4\n"),
])
def test_what_is_run_and_with_which_values(tmp_path, arguments, said):
    files = {"plain": script(tmp_path, PLAIN), "untagged": book(tmp_path, ["print n"], name="u.IPYNB"),
             "book": book(tmp_path, ["print 9"], ["n = 4", "parameters"], ["print n"], name="b.IPYNB")}
    result = attune("run", *[files.get(a, a) for a in arguments])
    assert (result.returncode, result.stdout) == (0, said), result.stderr


@pytest.mark.parametrize("arguments, said", [
    ([], "-c"), (["-c", "1", "file"], "-c"), (["-c", "1", "-p", "n"], "'n' is not name=value"), (["-c", "1", "-p", "1=2"], "'1' is not a name"),
    (["--bogus"], "Unknown option '--bogus'"), (["-c", "1", "--eco"], "Unknown option '--eco'"),
    (["bytes.attune"], "line 2 has 0xff at byte 8"),
])
def test_what_cannot_be_run_is_said(tmp_path, arguments, said):
    (tmp_path / "bytes.attune").write_bytes(b"n = 1\n\"\xff\"\n")
    result = attune("run", *arguments, cwd=tmp_path)
    assert result.returncode != 0 and said in result.stderr and result.stdout == ""


def test_standard_input_and_pipes_are_files_too(tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n" + "".join(f"{i},{i}\n" for i in range(60)))
    assert attune("run", "-", input="print 6 * 7\n").stdout == "42\n"
    assert attune("run", "-", input=book(tmp_path, ["print 6 * 7"]).read_text()).stdout == "42\n"
    line = f"{ATTUNE} run <(echo 'data csv(\"x.csv\", target=\"b\")'; echo 'print data.train.rows + 0')"
    result = subprocess.run(["bash", "-c", line], capture_output=True, text=True, cwd=tmp_path, timeout=120)
    assert result.returncode == 0 and result.stdout.splitlines()[-1].isdigit(), result.stderr


def test_a_line_keeps_its_number_where_values_are_set(tmp_path):
    result = attune("run", script(tmp_path, PLAIN + "foo\n"), "-p", "n=8")
    assert result.returncode == 1 and "line 7: unknown name 'foo'" in result.stderr


@pytest.mark.parametrize("code, status", [("exit", 0), ("exit 3", 3), ("quit 255", 255), ("exit keep=true", 0), ("exit 256", 1), ("foo", 1)])
def test_the_exit_status(code, status):
    result = attune("run", "-c", f'print "before"\n{code}' if status != 1 else code)
    assert result.returncode == status and ("before" in result.stdout) == (status != 1)


def test_progress_fits_a_narrow_terminal(tmp_path):
    path = script(tmp_path, "data digits\ntrain epochs=60\n")
    pid, descriptor = pty.fork()
    if pid == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
        os.execv(ATTUNE, [ATTUNE, "run", str(path)])
    output = b""
    try:
        while chunk := os.read(descriptor, 4096):
            output += chunk
    except OSError:
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    frames = [frame for line in output.decode().replace("\r\n", "\n").split("\n") for frame in line.split("\r") if "epoch" in frame and "/60" in frame]
    assert frames and all(len(frame.replace("\x1b[K", "").rstrip()) < 40 for frame in frames), frames[:3]
