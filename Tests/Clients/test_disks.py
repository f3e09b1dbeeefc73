"""Disks that are full, and files that may not be read or written: the cause is named, and the session lives on."""

import os
import resource
import subprocess
import sys

import pytest
from conftest import ATTUNE
from wire import Kernel, until

MODEL = "data digits\nnetwork layers=3 neurons=512\n"
# Each cell that writes more than the disk takes, and whether it fails.
WRITING = {
    "a model": (MODEL + 'train epochs=1\nsave "m.attune"', True),
    "an export": (MODEL + 'train epochs=1\nexport run to="m.safetensors"', True),
    "a checkpoint": (MODEL + 'train epochs=4 checkpoint="c.attune"', False),
    "a study file": ('study storage "s.db"\ndata iris\nstudy new "s"\nspace\n    neurons in 4..8\ntune trials=2 epochs=1', True),
}


def mounts():
    """Whether this user may mount a file system for a process alone."""
    return subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode == 0


@pytest.fixture
def full(tmp_path):
    """A kernel in a folder whose disk is full after 64 kB; where nothing can be mounted, no file may be longer."""
    folder = tmp_path / "small"
    folder.mkdir()
    if mounts():
        line = f'mount -t tmpfs -o size=64k none {folder} && cd {folder} && exec "$0" "$@"'
        command = ["unshare", "-m", "sh", "-c", line, ATTUNE, "kernel", "{connection_file}"]
    else:
        line = "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536)); os.execv(sys.argv[1], sys.argv[1:])"
        command = [sys.executable, "-c", line, ATTUNE, "kernel", "{connection_file}"]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    with Kernel(command, cwd=folder) as kernel:
        yield kernel


@pytest.mark.parametrize("case", WRITING)
def test_a_full_disk_is_said_once_and_the_session_lives_on(full, case):
    cell, fails = WRITING[case]
    reply, published = full.execute(cell, timeout=300)
    said = "".join(m.content["text"] for m in published if m.type == "stream") + reply.content.get("evalue", "")
    assert reply.content["status"] == ("error" if fails else "ok"), reply.content
    causes = said.count("is full") + said.lower().count("file too large") + said.lower().count("no space left")
    assert causes == 1, said
    assert full.execute("1 + 1")[1][-2].content["data"]["text/plain"] == "2"
    if "run" in cell or "train" in cell:
        assert full.execute("run.epochs")[0].content["status"] == "ok"


FORBIDDEN = {
    "a table": ('data csv("secret.csv")', "secret.csv"),
    "a model to load": ('load "secret.csv"', "secret.csv"),
    "a script": (None, "secret.csv"),
    "a model": ('data iris\ntrain epochs=1\nsave "locked/m.attune"', "locked"),
    "an export": ('data iris\ntrain epochs=1\nexport history to="locked/h.csv"', "locked"),
    "a plot": ('data iris\ntrain epochs=1\nplot loss to="locked/p.svg"', "locked"),
    "a checkpoint": ('data iris\ntrain epochs=2 checkpoint="locked/c.attune"', "locked"),
    "a study file": ('study storage "locked/s.db"', "locked"),
}


@pytest.mark.parametrize("case", FORBIDDEN)
def test_what_may_not_be_read_or_written_is_said(tmp_path, case):
    cell, place = FORBIDDEN[case]
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n3,4\n")
    (tmp_path / "secret.csv").chmod(0o000)
    (tmp_path / "locked").mkdir(mode=0o555)
    for parent in [tmp_path, *tmp_path.parents]:
        if os.access(parent, os.W_OK) and parent.stat().st_mode & 0o005 != 0o005:
            parent.chmod(parent.stat().st_mode | 0o055)
    nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    arguments = ["run", "secret.csv"] if cell is None else ["run", "-c", cell]
    done = subprocess.run([ATTUNE, *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=120, **nobody)
    assert done.returncode not in (0, -11, -4, -6), done
    words = ["permission denied", "cannot be written to"]
    assert place in done.stderr and any(word in done.stderr.lower() for word in words), done.stderr
    assert "doesn" not in done.stderr and list((tmp_path / "locked").iterdir()) == []


def test_a_checkpoint_that_cannot_be_written_any_more_is_complained_of_once(tmp_path):
    with Kernel([ATTUNE, "kernel", "{connection_file}"], cwd=tmp_path) as kernel:
        (tmp_path / "c").mkdir()
        identifier = kernel.send("shell", "execute_request", {"code": 'data iris\ntrain epochs=3000 checkpoint="c/c.attune"'})
        until(lambda: (tmp_path / "c" / "c.attune").exists())
        (tmp_path / "c").rename(tmp_path / "moved")
        assert kernel.reply("shell", identifier, 300).content["status"] == "ok"
        said = "".join(m.content["text"] for m in kernel.published(identifier) if m.type == "stream")
        assert said.count("c.attune") == 1 and "cannot be written" in said, said
        assert kernel.execute("run.epochs")[0].content["status"] == "ok"
