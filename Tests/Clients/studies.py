"""Cells that tune, run by `attune run`, and what the storage says came of them."""

import subprocess
import textwrap
import time

import optuna
import psycopg
from conftest import ATTUNE

optuna.logging.set_verbosity(optuna.logging.ERROR)
SPACE = """
    data {data}
    space
        learning_rate in log(1e-4..1e-1)
        layers        in 1..3
        neurons       in {{4, 8, 16}}
        optimizer     in {{sgd, adam}}
        momentum      in 0.0..0.9 step 0.1 when optimizer == sgd
    study storage "{storage}"
    """


def write(folder, cell, storage, data="iris"):
    file = folder / f"cell-{len(list(folder.glob('cell-*')))}.attune"
    file.write_text(textwrap.dedent(SPACE.format(storage=storage, data=data)) + textwrap.dedent(cell))
    return file.name


def attune(folder, cell, storage, fails=False, data="iris", **options):
    done = subprocess.run(
        [ATTUNE, "run", write(folder, cell, storage, data)], cwd=folder, capture_output=True, text=True, timeout=300, **options)
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def worker(folder, storage, *arguments, name="mine"):
    return subprocess.Popen(
        [ATTUNE, "worker", "--storage", storage, "--study", name, "--threads", "1", *arguments], cwd=folder,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def load(storage, name="mine"):
    return optuna.load_study(study_name=name, storage=storage if "://" in storage else f"sqlite:///{storage}")


def notes(storage, name="mine"):
    """What the study's programs keep with it for themselves."""
    study = load(storage, name)
    return study._storage.get_study_system_attrs(study._study_id)


def table(storage, name="mine"):
    return [(t.number, t.state.name, t.params, t.value, t.intermediate_values) for t in load(storage, name).trials]


def until(condition, seconds=120):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "it did not come to be"
        time.sleep(0.02)


def running(storage, name="mine"):
    return [t for t in load(storage, name).trials if t.state.name == "RUNNING"]


def finished(storage, name="mine"):
    return sum(t.state.is_finished() for t in load(storage, name).trials)


def exists(storage, name="mine"):
    """Asked of a database that may have no tables yet: Optuna would make them."""
    with psycopg.connect(storage) as connection:
        if connection.execute("SELECT to_regclass('studies')").fetchone()[0] is None:
            return False
        return connection.execute("SELECT 1 FROM studies WHERE study_name = %s", (name,)).fetchone() is not None
