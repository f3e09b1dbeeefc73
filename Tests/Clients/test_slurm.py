"""Workers as jobs of a real Slurm of one node: submitted, followed, cancelled, killed, at the end of their time."""

import os
import re
import signal
import subprocess
import textwrap

import postgres
import psutil
import pytest
import slurm
from conftest import ATTUNE, LANGUAGES
from studies import SPACE, attune, exists, finished, load, notes, running, table, until, write
from wire import Kernel

TUNE = "tune trials=12 epochs=20 sampler=tpe pruner=median(startup=4) seed=3 parallel=2"
ENDLESS = "tune trials=100000 epochs=300 seed=1"
pytestmark = pytest.mark.usefixtures("no_process_left")


@pytest.fixture(scope="module")
def cluster():
    reason = slurm.missing() or (None if postgres.programs() else "there is no PostgreSQL server (apt-get install postgresql)")
    if reason:
        message = f"NO SLURM COULD BE STARTED: {reason}; ITS WORKERS ARE NOT TESTED"
        # Who may install it has to; a machine of continuous integration is to show that it could not.
        pytest.fail(message) if os.geteuid() == 0 or os.environ.get("CI") else pytest.skip(message)
    with slurm.Slurm() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def server():
    with postgres.Server(connections=100) as server:
        yield server


@pytest.fixture
def database(cluster, server, request):
    yield server.new_database(re.sub(r"\W+", "_", request.node.name[5:]).lower()[-60:])
    # Whatever a test that failed has left in the queue.
    subprocess.run(["scancel", "--user=root", "--signal=KILL"], env=cluster.environment, check=False)
    subprocess.run(["scancel", "--user=root"], env=cluster.environment, check=False)


@pytest.fixture
def tune(cluster, tmp_path):
    """Begins a cell; its output comes through pipes."""
    def tune(cell, storage):
        return subprocess.Popen(
            [ATTUNE, "run", write(tmp_path, cell, storage)], cwd=tmp_path, env=cluster.environment, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
    return tune


def jobs(storage):
    return {job["id"]: job for job in notes(storage).get("attune:workers", []) if job["launcher"] == "slurm"}


def pid_of(trial):
    return trial.system_attrs["attune:owner"]["process"]


def test_an_array_of_jobs_gives_the_table_of_one_process(cluster, database, tmp_path):
    attune(tmp_path, f'study new "alone"\n{TUNE}', database)
    output = attune(
        tmp_path, f'study new "mine"\n{TUNE} workers=slurm(count=2, partition="cpu", time=1h)', database, env=cluster.environment)
    assert "of 12 trials: " in output
    assert len(table(database)) == 12 and table(database) == table(database, "alone")
    assert len(jobs(database)) == 2
    until(lambda: not cluster.queue())
    # Both worked, and each trial was done by one of them.
    told = [re.search(r"(\d+) of \d+ trials?", open(job["log"]).read()) for job in jobs(database).values()]
    assert all(told), [open(job["log"]).read() for job in jobs(database).values()]
    # What jobs say is kept where it is looked for, and nowhere else: sbatch's own slurm-1_1.out would be in the working folder.
    assert {os.path.dirname(job["log"]) for job in jobs(database).values()} == {str(tmp_path / "attune-logs")}
    assert not [name for folder in (tmp_path, cluster.folder, os.getcwd()) for name in os.listdir(folder) if name.endswith(".out")]


def test_jobs_start_the_program_that_the_cell_names(cluster, database, tmp_path):
    (tmp_path / "train.sh").write_text('#!/bin/sh\n[ -n "$SLURM_JOB_ID" ] && echo "value $1"\n')
    cells = f"""study storage "{database}"
space external
    x in 0.0..1.0
study new "mine" seed=1 sampler=random
tune program="sh train.sh {{x}}" trials=4 workers=slurm(count=2, partition="cpu", time=1h)"""
    done = subprocess.run([ATTUNE, "run", "-c", cells], cwd=tmp_path, env=cluster.environment, capture_output=True, text=True,
                          timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [(number, state, value == params["x"]) for number, state, params, value, _ in table(database)] == [
        (number, "COMPLETE", True) for number in range(4)]


def test_the_cell_shows_jobs_that_wait_and_trials_that_are_done(cluster, database, tmp_path):
    """Six jobs on four processors: two wait, and are cancelled when there is nothing left to do."""
    cells = textwrap.dedent(SPACE.format(storage=database, data="iris")) + 'study new "mine"\nset progress=rich\n'
    with Kernel(LANGUAGES["attune"].command, environment=cluster.environment, cwd=str(tmp_path)) as kernel:
        kernel.execute(cells)
        reply, published = kernel.execute("tune trials=120 epochs=500 seed=2 workers=slurm(count=6)", timeout=300)
    assert reply.content["status"] == "ok", reply
    shown = [m.content["data"]["text/plain"] for m in published if m.type in ("display_data", "update_display_data")]
    # How many have begun when one looks is Slurm's affair; once the line has a best trial there is no room for it.
    assert any(re.search(r"workers \d, [2-6] queued", text) for text in shown), shown[-3:]
    counts = [int(m[1]) for text in shown if (m := re.search(r"(\d+)/120", text))]
    assert counts == sorted(counts) and len(set(counts)) > 3, counts
    assert [t.number for t in load(database).trials] == list(range(120))
    assert all(t.state.name == "COMPLETE" for t in load(database).trials)
    until(lambda: not cluster.queue())


def test_an_interrupt_cancels_the_jobs(cluster, database, tune):
    cell = tune(f'study new "mine"\n{ENDLESS} workers=slurm(count=2)', database)
    until(lambda: exists(database) and finished(database) >= 3)
    assert set(cluster.queue()) == set(jobs(database))
    cell.send_signal(signal.SIGINT)
    output, errors = cell.communicate(timeout=120)
    assert cell.returncode == 130 and "its workers are cancelled" in errors, output + errors
    until(lambda: not cluster.queue())
    trials = load(database).trials
    assert not running(database) and sum(t.state.name == "WAITING" for t in trials) <= 2
    assert [t.number for t in trials] == list(range(len(trials)))


def test_a_job_that_dies_is_named_with_its_log(cluster, database, tune):
    cell = tune(f'study new "mine"\n{ENDLESS} workers=slurm(count=2)', database)
    processes = set()  # Gathered: between two of its trials a worker has none that runs.
    until(lambda: exists(database) and not processes.update(map(pid_of, running(database))) and len(processes) == 2)
    names = sorted(jobs(database))
    of = {}
    for process in processes:
        environment = psutil.Process(process).environ()
        of[f"{environment['SLURM_ARRAY_JOB_ID']}_{environment['SLURM_ARRAY_TASK_ID']}"] = process
    assert sorted(of) == names
    os.kill(of[names[0]], signal.SIGKILL)
    line = cell.stderr.readline()
    assert f"slurm {names[0]} was killed by signal 9" in line and f"attune-logs/slurm-{names[0]}.log" in line, line
    # The other one runs its trial again, and goes on.
    until(lambda: all(pid_of(t) == of[names[1]] for t in running(database)))
    cluster.run("scancel", names[1])
    output, errors = cell.communicate(timeout=120)
    assert cell.returncode != 0 and f"slurm {names[1]} was cancelled" in errors and "have ended before the study" in errors, errors
    assert not running(database)


def test_the_end_of_its_time_gives_the_trial_back(cluster, database, tune):
    """Slurm's shortest time is a minute; it tells the job half a minute before the end, or a little earlier."""
    cell = tune(f'study new "mine"\n{ENDLESS} workers=slurm(count=1, time=1min)', database)
    output, errors = cell.communicate(timeout=300)
    (name,) = jobs(database)
    assert cell.returncode != 0 and "its worker has ended before the study has" in errors, output + errors
    assert f"slurm {name} was asked to end" in errors, errors
    trials = load(database).trials
    assert not running(database) and sum(t.state.name == "WAITING" for t in trials) <= 1
    assert sum(t.state.name == "COMPLETE" for t in trials) >= 1


def test_what_slurm_refuses_is_said_in_its_words(cluster, database, tmp_path):
    output = attune(
        tmp_path, f'study new "mine"\n{TUNE} workers=slurm(partition="nowhere")', database, fails=True, env=cluster.environment)
    assert "sbatch refuses" in output and "invalid partition" in output
    assert not load(database).trials

