"""A study's file that changes while it is used, may only be read, or is locked; and a copy of it."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import threading

import optuna
import pytest
from conftest import ATTUNE
from wire import Kernel, until

optuna.logging.set_verbosity(optuna.logging.ERROR)
KERNEL = [ATTUNE, "kernel", "{connection_file}"]
SPACE = "data iris\nspace\n    neurons in 4..64\n    learning_rate in log(1e-4..1e-1)\n"


def states(file, name="mine"):
    return [t.state.name for t in optuna.load_study(study_name=name, storage=f"sqlite:///{file}").trials]


@pytest.fixture
def kernel(tmp_path):
    with Kernel(KERNEL, cwd=tmp_path) as kernel:
        yield kernel


def run(kernel, cell):
    reply, published = kernel.execute(cell, timeout=300)
    assert reply.content["status"] == "ok", reply.content
    return published


def test_a_copy_of_the_file_alone_is_whole_after_each_command(kernel, tmp_path):
    run(kernel, 'study storage "s.db"\nstudy new "mine"\n' + SPACE)
    for count in [3, 5, 9]:
        run(kernel, f"tune trials={count - (0 if count == 3 else 3 if count == 5 else 5)} epochs=2")
        shutil.copy(tmp_path / "s.db", tmp_path / "copy.db")
        assert states(tmp_path / "copy.db") == ["COMPLETE"] * count


def change(file, way):
    """What happens to a study's file behind its back; `other.db` lies beside it for "replaced"."""
    if way == "deleted":
        file.unlink()
    elif way == "moved":
        file.rename(file.parent / "elsewhere.db")
    elif way == "replaced":
        (file.parent / "other.db").rename(file)
    else:
        os.truncate(file, 8192)


@pytest.mark.parametrize("way", ["deleted", "moved", "replaced", "cut"])
def test_a_file_that_changes_while_it_is_tuned_is_noticed_and_its_trials_kept(kernel, tmp_path, way):
    file = tmp_path / "s.db"
    run(kernel, 'study storage "s.db"\nstudy new "mine"\n' + SPACE + "tune trials=3 epochs=1")
    shutil.copy(file, tmp_path / "other.db")

    def began():
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            return db.execute("SELECT count(*) FROM trials").fetchone()[0] > 5
        return False

    watcher = threading.Thread(target=lambda: (until(began), change(file, way)))
    watcher.start()
    reply, _ = kernel.execute("tune trials=20000 epochs=1 parallel=1", timeout=300)
    watcher.join()
    assert reply.content["status"] == "error" and "s-kept.db" in reply.content["evalue"], reply.content
    kept = states(tmp_path / "s-kept.db")
    assert kept[:3] == ["COMPLETE"] * 3 and kept.count("COMPLETE") > 4
    # The session has the new file.
    run(kernel, "tune trials=1 epochs=1")
    assert states(tmp_path / "s-kept.db").count("COMPLETE") == kept.count("COMPLETE") + 1


@pytest.mark.parametrize("way", ["deleted", "moved", "replaced", "cut"])
def test_a_file_that_changes_between_cells_is_noticed_and_its_trials_kept(kernel, tmp_path, way):
    file = tmp_path / "s.db"
    run(kernel, 'study storage "s.db"\nstudy new "mine"\n' + SPACE + "tune trials=3 epochs=1")
    shutil.copy(file, tmp_path / "other.db")
    change(file, way)
    said = "".join(m.content.get("text", "") for m in run(kernel, "1 + 1"))
    assert "its 3 finished trials are kept in 's-kept.db'" in said, said
    for cell in ["trials;", "best;", 'export trials to="t.csv"', "tune trials=1 epochs=1", "ask"]:
        assert "s.db" not in "".join(m.content.get("text", "") for m in run(kernel, cell))
    assert states(tmp_path / "s-kept.db") == ["COMPLETE"] * 4 + ["RUNNING"]
    # What a program outside has worked out is not lost either.
    (tmp_path / "s-kept.db").unlink()
    run(kernel, "tell 4 0.3")
    assert states(tmp_path / "s-kept-kept.db") == ["COMPLETE"] * 5


def test_a_study_that_is_deleted_in_its_file_is_kept(kernel, tmp_path):
    run(kernel, 'study storage "s.db"\nstudy new "mine"\n' + SPACE + "tune trials=3 epochs=1")
    optuna.delete_study(study_name="mine", storage=f"sqlite:///{tmp_path / 's.db'}")
    reply, _ = kernel.execute("trials", timeout=300)
    assert reply.content["status"] == "error" and "s-kept.db" in reply.content["evalue"], reply.content
    run(kernel, "trials;\nbest\ntune trials=1 epochs=1")
    assert states(tmp_path / "s-kept.db") == ["COMPLETE"] * 4


def test_a_study_that_is_deleted_while_it_is_tuned_is_kept(kernel, tmp_path):
    file = tmp_path / "s.db"
    run(kernel, 'study storage "s.db"\nstudy new "mine"\n' + SPACE + "tune trials=3 epochs=1")

    def began():
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            return db.execute("SELECT count(*) FROM trials").fetchone()[0] > 5
        return False

    def delete():
        until(began)
        optuna.delete_study(study_name="mine", storage=f"sqlite:///{file}")

    watcher = threading.Thread(target=delete)
    watcher.start()
    reply, _ = kernel.execute("tune trials=20000 epochs=1 parallel=1", timeout=300)
    watcher.join()
    assert reply.content["status"] == "error" and "s-kept.db" in reply.content["evalue"], reply.content
    assert states(tmp_path / "s-kept.db").count("COMPLETE") > 4


def test_a_new_trial_has_a_number_of_its_own_where_numbers_have_gaps(kernel, tmp_path):
    storage = f"sqlite:///{tmp_path / 'o.db'}"
    study = optuna.create_study(study_name="mine", storage=storage)
    for value in [0.4, 0.1, 0.3, 0.2]:
        trial = study.ask()
        trial.suggest_float("x", 0, 1)
        study.tell(trial, value)
    with contextlib.closing(sqlite3.connect(tmp_path / "o.db")) as db:
        (gone,) = db.execute("SELECT trial_id FROM trials WHERE number = 1").fetchone()
        for table in ["trial_params", "trial_values", "trials"]:
            db.execute(f"DELETE FROM {table} WHERE trial_id = ?", [gone])
        db.commit()
    run(kernel, 'study open "mine" storage="o.db"\nask\ntell 3 0.5\nask\ntell 4 0.6')
    trials = optuna.load_study(study_name="mine", storage=storage).trials
    assert [(t.number, t.value) for t in trials] == [(0, 0.4), (2, 0.3), (3, 0.2), (4, 0.5), (5, 0.6)]


def test_trials_of_a_folder_that_is_gone_go_on_in_memory(kernel, tmp_path):
    (tmp_path / "sub").mkdir()
    file = tmp_path / "sub" / "s.db"
    run(kernel, 'study storage "sub/s.db"\nstudy new "mine"\n' + SPACE + "tune trials=3 epochs=1")

    def began():
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            return db.execute("SELECT count(*) FROM trials").fetchone()[0] > 5
        return False

    watcher = threading.Thread(target=lambda: (until(began), (tmp_path / "sub").rename(tmp_path / "gone")))
    watcher.start()
    reply, _ = kernel.execute("tune trials=20000 epochs=1 parallel=1", timeout=300)
    watcher.join()
    said = reply.content["evalue"]
    assert reply.content["status"] == "error" and "in this session alone" in said and "cannot be kept beside it" in said, said
    for cell in ["trials;", "best", "plot history", 'export trials to="kept.csv"', "tune trials=1 epochs=1", "trials", "retrain best epochs=1"]:
        run(kernel, cell)
    rows = (tmp_path / "kept.csv").read_text().splitlines()
    assert sum("complete" in row for row in rows) > 4, rows[:3]


def test_a_file_that_may_only_be_read_is_looked_at(tmp_path):
    (tmp_path / "a.attune").write_text('study storage "s.db"\nstudy new "mine"\n' + SPACE + "tune trials=3 epochs=1\n")
    assert subprocess.run([ATTUNE, "run", "a.attune"], cwd=tmp_path, capture_output=True).returncode == 0
    with contextlib.closing(sqlite3.connect(tmp_path / "s.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (tmp_path / "b.attune").write_text('study open "mine" storage="s.db"\nbest\nplot history\nprint "SEEN" len(trials)\n')
    (tmp_path / "c.attune").write_text('study open "mine" storage="s.db"\ntune trials=1 epochs=1\n')
    for path in [tmp_path / "s.db", tmp_path / "b.attune", tmp_path / "c.attune"]:
        path.chmod(0o444)
    tmp_path.chmod(0o555)
    for parent in tmp_path.parents:
        if parent.stat().st_mode & 0o005 != 0o005:
            parent.chmod(parent.stat().st_mode | 0o055)
    nobody = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
    seen = subprocess.run([ATTUNE, "run", "b.attune"], cwd=tmp_path, capture_output=True, text=True, **nobody)
    assert seen.returncode == 0 and "SEEN 3" in seen.stdout, seen.stdout + seen.stderr
    refused = subprocess.run([ATTUNE, "run", "c.attune"], cwd=tmp_path, capture_output=True, text=True, **nobody)
    assert refused.returncode == 1 and "can only be read" in refused.stderr, refused.stdout + refused.stderr
    tmp_path.chmod(0o755)


def test_a_locked_file_is_said_and_waiting_for_it_is_interrupted(kernel, tmp_path):
    run(kernel, 'study storage "s.db"\nstudy new "mine"\n' + SPACE + "tune trials=1 epochs=1")
    with contextlib.closing(sqlite3.connect(tmp_path / "s.db", isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        identifier = kernel.begin("enqueue neurons=17", "waiting for 's.db'")
        assert kernel.reply("control", kernel.send("control", "interrupt_request", {})).content == {"status": "ok"}
        reply = kernel.reply("shell", identifier)
        assert reply.content["status"] == "error" and reply.content["ename"] == "KeyboardInterrupt", reply.content
        kernel.published(identifier)
        database.execute("ROLLBACK")
    run(kernel, "enqueue neurons=17")
