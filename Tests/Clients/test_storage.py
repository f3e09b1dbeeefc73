"""A study's file where the world is unkind: kills at any moment, a full disk, a folder and files that may not be used."""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time

import numpy as np
import optuna
import pytest
from conftest import ATTUNE
from wire import PATIENCE, Kernel, until

optuna.logging.set_verbosity(optuna.logging.ERROR)
KERNEL = [ATTUNE, "kernel", "{connection_file}"]
SPACE = "data iris\nspace\n    neurons in 4..64\n    learning_rate in log(1e-4..1e-1)\n"
FINISHED = ("complete", "pruned", "failed")


def run(kernel, *cells):
    for cell in cells:
        reply, published = kernel.execute(cell, timeout=300)
        assert reply.content["status"] == "ok", reply.content
    return published


def refused(kernel, cell):
    """What a cell that must fail says; the session stays usable."""
    reply, _ = kernel.execute(cell, timeout=300)
    assert reply.content["status"] == "error", reply.content
    assert kernel.execute("1 + 1")[0].content["status"] == "ok"
    return reply.content["evalue"]


def value(kernel, expression):
    reply, _ = kernel.execute("", silent=True, user_expressions={"value": expression})
    answer = reply.content["user_expressions"]["value"]
    return answer["data"]["application/json"] if answer["status"] == "ok" else None


def rows(file, sql):
    """What a file holds for another program; nothing where it is not there yet."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            return database.execute(sql).fetchall()
    except sqlite3.OperationalError:
        return []


def table(file):
    study = optuna.load_study(study_name="mine", storage=f"sqlite:///{file}")
    return [(t.number, t.state, t.params, t.values, t.intermediate_values) for t in study.trials]


# Kills

TRIALS = 60
REPORTS = ("SELECT number, step, intermediate_value FROM trials JOIN trial_intermediate_values USING (trial_id)"
           " ORDER BY number, step")
ENDS = ("SELECT number, state, value FROM trials LEFT JOIN trial_values USING (trial_id)"
        " WHERE state NOT IN ('RUNNING', 'WAITING') ORDER BY number")


def tuning(left):
    return (f'data digits\n{SPACE.split(chr(10), 1)[1]}study storage "tuning.db"\nstudy open "mine" create=true seed=5 sampler=tpe\n'
            f"tune trials={left} epochs=30 sampler=tpe seed=5 pruner=median(startup=20) parallel=2\n")


class Watched:
    """A kernel that tunes, and a subshell that asks what there is to see."""

    def __init__(self, folder, left):
        self.kernel = Kernel(KERNEL, cwd=folder)
        self.subshell = self.kernel.request("control", "create_subshell_request", {})[0].content["subshell_id"]
        self.cell = self.kernel.send("shell", "execute_request", {"code": tuning(left)})
        self.reports = {}
        self.isDone = False

    def look(self):
        """Notes every report that a client is shown; the trials."""
        question = {"code": "", "silent": True, "user_expressions": {"trials": "trials"}}
        identifier = self.kernel.send("shell", "execute_request", question, subshell_id=self.subshell)
        while (reply := self.kernel.receive("shell")).parent["msg_id"] != identifier:
            assert reply.content["status"] == "ok", reply.content
            self.isDone = True
        answer = reply.content["user_expressions"]["trials"]
        trials = answer["data"]["application/json"] if answer["status"] == "ok" else []
        for trial in trials:
            for step, loss in trial["intermediate"].items():
                self.reports[trial["number"], int(step)] = loss
        return trials

    def kill(self):
        self.kernel.process.kill()
        self.kernel.process.wait()
        self.kernel.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("cell", ["tune trials=100000 epochs=3", "tune trials=100000 epochs=3 parallel=2", "train epochs=1000000"])
def test_a_kernel_that_is_told_to_end_leaves_a_whole_file(tmp_path, number, cell):
    """In the middle of a training: every finished trial is in the file alone, and the study goes on with it."""
    with Kernel(KERNEL, cwd=tmp_path) as kernel:
        run(kernel, SPACE + 'set progress=none\nstudy storage "a.db"\nstudy new "mine"\ntune trials=3 epochs=1')
        kernel.begin(f'print "begun"\n{cell}', "begun")
        if cell.startswith("tune"):
            until(lambda: len(rows(tmp_path / "a.db", "SELECT 1 FROM trials WHERE state = 'COMPLETE'")) > 5)
        kernel.process.send_signal(number)
        assert kernel.process.wait(PATIENCE) == 0
    (tmp_path / "copy").mkdir()
    shutil.copy(tmp_path / "a.db", tmp_path / "copy/a.db")
    assert rows(tmp_path / "copy/a.db", "PRAGMA integrity_check") == [("ok",)]
    trials = optuna.load_study(study_name="mine", storage=f"sqlite:///{tmp_path}/copy/a.db").trials
    done = [t for t in trials if t.state == optuna.trial.TrialState.COMPLETE]
    assert len(done) >= (6 if cell.startswith("tune") else 3) and all(np.isfinite(t.value) for t in done)
    with Kernel(KERNEL, cwd=tmp_path / "copy") as kernel:
        run(kernel, SPACE + 'set progress=none\nstudy open "mine" storage="a.db"\ntune trials=2 epochs=1')
        states = [trial["state"] for trial in value(kernel, "trials")]
        assert states.count("complete") == len(done) + 2 and "running" not in states


def test_kills_at_any_moment_lose_nothing_and_change_nothing(tmp_path):
    """Twelve kills at moments drawn with a seed; each time the study is opened and goes on. Every fourth falls into the start:
    the process, the data, the opening of the file; the others while trials run."""
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    with Kernel(KERNEL, cwd=whole) as kernel:
        began = time.monotonic()
        run(kernel, tuning(TRIALS))
        took = time.monotonic() - began
    moments = random.Random(12)
    file = broken / "tuning.db"
    shown, ends = {}, {}
    for kill in range(12):
        watched = Watched(broken, TRIALS - len(ends))
        if kill % 4 == 0:
            time.sleep(moments.uniform(0, 0.1))
        else:
            until(lambda: any(trial["state"] == "running" for trial in watched.look()) or watched.isDone)
            end = time.monotonic() + moments.uniform(0, took / 10)
            while time.monotonic() < end:
                watched.look()
        watched.kill()
        assert not watched.isDone, f"the study was done before kill {kill + 1}"
        shown |= watched.reports
        assert rows(file, "PRAGMA integrity_check") in ([("ok",)], [])
        kept = {(number, step): loss for number, step, loss in rows(file, REPORTS)}
        assert {key: kept.get(key) for key in shown} == shown, "a report that was shown is gone or changed"
        now = {number: (state, loss) for number, state, loss in rows(file, ENDS)}
        assert {number: now.get(number) for number in ends} == ends, "a finished trial is gone or changed"
        ends = now
        numbers = [number for number, in rows(file, "SELECT number FROM trials ORDER BY trial_id")]
        assert sorted(numbers) == list(range(len(numbers))), "a number is doubled or left out"
    assert shown and 0 < len(ends) < TRIALS
    with Kernel(KERNEL, cwd=broken) as kernel:
        run(kernel, tuning(TRIALS - len(ends)))
    assert table(file) == table(whole / "tuning.db")


# Places that cannot be used

MOUNT = 'mount -t tmpfs -o size=6m tmpfs "$0" && %s && exec "$@"'


@pytest.fixture
def disk(tmp_path):
    """A kernel in a folder whose `disk` is a file system of its own, of 6 MB, that only this kernel sees."""
    if subprocess.run(["unshare", "--map-root-user", "--mount", "true"], capture_output=True).returncode != 0:
        pytest.skip("this machine does not let one make a file system of one's own (unshare --map-root-user --mount)")
    kernels = []
    (tmp_path / "disk").mkdir()

    def start(prepare="true"):
        command = ["unshare", "--map-root-user", "--mount", "sh", "-c", MOUNT % prepare, str(tmp_path / "disk"), *KERNEL]
        kernels.append(Kernel(command, cwd=tmp_path))
        return kernels[-1], f"/proc/{kernels[-1].process.pid}/root{tmp_path}/disk"

    yield start
    for kernel in kernels:
        kernel.stop()


def test_a_full_disk_costs_a_step_and_nothing_else(disk, tmp_path):
    kernel, inside = disk('head -c 2500000 /dev/zero >"$0/ballast"')
    run(kernel, SPACE, 'study storage "disk/tuning.db"\nstudy new "mine" seed=3')
    tune = "tune trials=10000 epochs=20 sampler=random seed=3 parallel=2"
    said = refused(kernel, tune)
    assert "the disk of 'disk/tuning.db' is full" in said
    before = [trial for trial in value(kernel, "trials") if trial["state"] in FINISHED]
    assert before
    assert "is full" in refused(kernel, "tune trials=500 epochs=20")
    # A network cannot be written either, and says so without leaving half a file.
    filled = open(f"{inside}/filler", "wb")
    with contextlib.suppress(OSError):
        while True:
            filled.write(b"x" * 4096)
            filled.flush()
    refused(kernel, 'train epochs=1\nexport run to="disk/run.json"')
    with contextlib.suppress(OSError):
        filled.close()
    shutil.copy(f"{inside}/tuning.db", tmp_path / "full.db")
    with open(f"{inside}/tuning.db-wal", "rb") as log:
        (tmp_path / "full.db-wal").write_bytes(log.read())
    kept = {number: loss for number, state, loss in rows(tmp_path / "full.db", ENDS) if state == "COMPLETE"}
    assert {t["number"]: t["value"] for t in before if t["state"] == "complete"}.items() <= kept.items()
    assert not os.path.exists(f"{inside}/run.json")
    for name in ("ballast", "filler"):
        os.remove(f"{inside}/{name}")
    run(kernel, "tune trials=5 epochs=20")
    trials = value(kernel, "trials")
    assert [trial["number"] for trial in trials] == list(range(len(trials)))
    again = {trial["number"]: trial for trial in trials}
    assert all(again[trial["number"]] == trial for trial in before)
    kernel.request("control", "shutdown_request", {})
    assert kernel.process.wait(PATIENCE) == 0


def test_a_small_disk_holds_what_its_trials_come_to(disk):
    """A hundred trials come to a quarter of a megabyte in the file, and to twenty in the log beside it, which is used again."""
    kernel, inside = disk('head -c 4200000 /dev/zero >"$0/ballast"')
    run(kernel, SPACE, 'study storage "disk/tuning.db"\nstudy new "mine" seed=3')
    run(kernel, "tune trials=100 epochs=20 sampler=random seed=3 parallel=2")
    assert len(value(kernel, "trials")) == 100
    assert all(trial["state"] in FINISHED for trial in value(kernel, "trials"))


def test_a_folder_that_may_only_be_read_is_left_alone(disk, tmp_path):
    with Kernel(KERNEL, cwd=tmp_path) as kernel:
        run(kernel, SPACE, 'study storage "kept.db"\nstudy new "mine"', "tune trials=2 epochs=1")
    kernel, inside = disk(f'cp "{tmp_path}/kept.db" "$0/" && mount -o remount,ro "$0"')
    content = (tmp_path / "kept.db").read_bytes()
    run(kernel, 'study open "mine" storage="disk/kept.db"')
    assert len(value(kernel, "trials")) == 2 and value(kernel, "best.value") is not None
    assert "'disk/kept.db' can only be read here" in refused(kernel, "tune trials=1 epochs=1")
    assert "can only be read" in refused(kernel, 'study new "other"')
    run(kernel, "study storage none")
    assert "cannot be written to" in refused(kernel, 'study storage "disk/new.db"')
    assert os.listdir(inside) == ["kept.db"] and open(f"{inside}/kept.db", "rb").read() == content
    # The session still keeps its studies where it did.
    run(kernel, SPACE, "tune trials=1 epochs=1")


@pytest.fixture
def kernel(tmp_path):
    with Kernel(KERNEL, cwd=tmp_path) as kernel:
        yield kernel


@pytest.mark.parametrize("content, reason", [
    (b"not a database, but long enough to be one", "is not a study file"), (b"SQLite format 3\0" + b"x" * 5000, "is not a study file"),
    (None, "is a folder, not a study file"),
])
def test_what_is_no_study_file_is_left_alone(kernel, tmp_path, content, reason):
    file = tmp_path / "tuning.db"
    file.mkdir() if content is None else file.write_bytes(content)
    assert f"'tuning.db' {reason}" in refused(kernel, 'study storage "tuning.db"')
    assert [path.name for path in tmp_path.iterdir()] == ["tuning.db"]
    assert content is None or file.read_bytes() == content
    run(kernel, SPACE, "tune trials=1 epochs=1")


@pytest.mark.parametrize("change, reason", [
    ("UPDATE alembic_version SET version_num = 'v9'", "schema revision v9"),
    ("UPDATE version_info SET schema_version = 11", "schema version 11"),
    ("DROP TABLE studies", "is a database of another program"),
])
def test_another_programs_or_versions_database_is_left_alone(kernel, tmp_path, change, reason):
    run(kernel, SPACE, 'study storage "tuning.db"\nstudy new "mine"', "tune trials=2 epochs=1", "study storage none")
    with contextlib.closing(sqlite3.connect(tmp_path / "tuning.db")) as database:
        database.execute(change)
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (tmp_path / "tuning.db").read_bytes()
    assert reason in refused(kernel, 'study storage "tuning.db"')
    assert (tmp_path / "tuning.db").read_bytes() == before


def test_a_file_that_is_damaged_while_it_is_used_ends_a_tune_in_words(kernel, tmp_path):
    run(kernel, SPACE, 'study storage "tuning.db"\nstudy new "mine"', "tune trials=2 epochs=1")
    with contextlib.closing(sqlite3.connect(tmp_path / "tuning.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    # Not shorter than it was: a file that was cut is noticed, and its trials are kept.
    size = (tmp_path / "tuning.db").stat().st_size
    (tmp_path / "tuning.db").write_bytes(b"overwritten by a careless hand" * (size // 30 + 1))
    assert "'tuning.db'" in refused(kernel, "tune trials=2 epochs=1")


# The network of a study that another session has run

def test_the_best_network_of_an_opened_study_is_the_one_that_was_measured(tmp_path):
    """`export best` and `evaluate` train the best trial again, and get the same numbers as the session that ran it."""
    prepare = f'{SPACE}study storage "tuning.db"\n'
    with Kernel(KERNEL, cwd=tmp_path) as kernel:
        run(kernel, prepare + 'study new "mine" seed=4', "tune trials=5 epochs=6 sampler=random seed=4 parallel=2",
            'export best to="here.npz"', "evaluate test")
        first = value(kernel, "evaluate"), value(kernel, "[best.number, best.value, best.params]")
    with Kernel(KERNEL, cwd=tmp_path) as kernel:
        run(kernel, "data iris", 'study storage "tuning.db"\nstudy open "mine"')
        published = run(kernel, 'export best to="there.npz"')
        said = "".join(m.content["text"] for m in published if m.type == "stream" and m.content["name"] == "stdout")
        assert "training it again" in said and f"val_loss is {first[1][1]}, as the study has it" in said
        assert not [m for m in published if m.type == "stream" and m.content["name"] == "stderr"]
        run(kernel, "evaluate test")
        assert (value(kernel, "evaluate"), value(kernel, "[best.number, best.value, best.params]")) == first
        # It is kept: a second export trains nothing.
        again = run(kernel, 'export best to="once_more.npz"')
        assert not any("training it again" in m.content["text"] for m in again if m.type == "stream")
    here, there = np.load(tmp_path / "here.npz"), np.load(tmp_path / "there.npz")
    assert set(here) == set(there) and all((here[name] == there[name]).all() for name in here)
    with Kernel(KERNEL, cwd=tmp_path) as kernel:
        # The study knows its data, and loads it.
        run(kernel, 'study storage "tuning.db"\nstudy open "mine"')
        assert value(kernel, "data.train.rows") == 90
        run(kernel, "data iris seed=9")
        assert "data" in refused(kernel, 'export best to="no.npz"')
        run(kernel, "data iris", "evaluate test")
        assert value(kernel, "evaluate") == first[0]
        run(kernel, 'space external\n    x in 0.0..1.0\nstudy new "outside"\nask\ntell 0 0.5')
        assert "a program outside" in refused(kernel, 'export best to="no.npz"')
    assert not (tmp_path / "no.npz").exists()


def test_deviations_of_repeats_and_folds_are_kept(tmp_path):
    with Kernel(KERNEL, cwd=tmp_path) as kernel:
        run(kernel, "data iris folds=3", SPACE.split("\n", 1)[1], 'study storage "tuning.db"\nstudy new "mine" seed=4')
        shown = run(kernel, "tune trials=3 epochs=3 repeat=2 seed=4")
        assert any("deviation" in m.content["data"]["text/plain"] for m in shown if m.type == "display_data")
        trials = value(kernel, "trials")
    study = optuna.load_study(study_name="mine", storage=f"sqlite:///{tmp_path}/tuning.db")
    assert [trial.user_attrs["spread"] for trial in study.trials] == [trial["spread"] for trial in trials]
    assert all(trial["spread"][0] > 0 for trial in trials)
    with Kernel(KERNEL, cwd=tmp_path) as kernel:
        run(kernel, 'study storage "tuning.db"\nstudy open "mine"')
        assert [trial["spread"] for trial in value(kernel, "trials")] == [trial["spread"] for trial in trials]
        assert "deviation" in run(kernel, "trials")[-2].content["data"]["text/plain"]
