"""Studies that several processes and machines share: in PostgreSQL and SQLite, with workers that are killed, stopped, cut off."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

import optuna
import postgres
import pytest
from conftest import ATTUNE
from studies import attune, exists, load, notes, running, table, until, worker, write
from test_optuna import objective

pytestmark = pytest.mark.usefixtures("no_process_left")
needs_server = pytest.mark.skipif(
    postgres.programs() is None, reason="NO POSTGRESQL SERVER IS INSTALLED (apt-get install postgresql): NOT TESTED")


@pytest.fixture(scope="module")
def server():
    with postgres.Server(connections=200) as server:
        yield server


@pytest.fixture
def database(server, request):
    return server.new_database(re.sub(r"\W+", "_", request.node.name[5:]).lower()[-60:])


@needs_server
def test_the_tables_are_optunas(server, database, tmp_path):
    """Every column, type, default, constraint and index that Optuna makes, and no other."""
    catalog = """
        SELECT table_name, column_name, data_type, udt_name, is_nullable, character_maximum_length, column_default
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT tablename, indexname, indexdef, '', '', NULL, '' FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', NULL, '' FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT typname, enumlabel, enumsortorder::text, '', '', NULL, '' FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
        ORDER BY 1, 2, 3"""
    theirs = server.new_database("theirs")
    optuna.create_study(storage=theirs)
    attune(tmp_path, 'study new "mine"', database)
    ours = server.sql(catalog, database.split("/")[-1])
    assert len(ours.splitlines()) > 80 and ours == server.sql(catalog, "theirs")


@needs_server
def test_tables_that_optuna_makes_at_the_same_moment_are_used(server, tmp_path):
    """Optuna may fail at it, which is its own; ours waits for whoever was first."""
    for number in range(6):
        database = server.new_database(f"race_{number}")
        cell = subprocess.Popen(
            [ATTUNE, "run", write(tmp_path, 'study new "mine"', database)], cwd=tmp_path, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)
        try:
            optuna.create_study(storage=database, study_name="theirs")
        except Exception:
            pass
        output, _ = cell.communicate(timeout=60)
        assert cell.returncode == 0, output


@needs_server
def test_optuna_goes_on_and_we_go_on_after_it(database, tmp_path):
    attune(tmp_path, """
        study new "mine"
        tune trials=12 epochs=3 sampler=tpe pruner=median(startup=4) seed=1 parallel=2
        enqueue learning_rate=0.01 layers=2
        """, database)
    study = load(database)
    assert study.trials[12].state.name == "WAITING"
    assert study.trials[12].system_attrs["fixed_params"] == {"learning_rate": 0.01, "layers": 2}
    study.optimize(objective, n_trials=20)
    assert study.trials[12].params["learning_rate"] == 0.01
    attune(tmp_path, 'study open "mine"\ntune trials=3 epochs=1', database)
    trials = load(database).trials
    assert [t.number for t in trials] == list(range(35)) and all(t.state.is_finished() for t in trials)
    theirs = optuna.create_study(study_name="theirs", storage=database)
    theirs.optimize(objective, n_trials=15)
    output = attune(tmp_path, 'study open "theirs"\nask\ntell 15 0.125\ntrials', database)
    assert "0.125" in output and load(database, "theirs").trials[15].value == 0.125


@needs_server
def test_the_dashboard_shows_our_study(database, tmp_path):
    from optuna_dashboard import wsgi

    attune(tmp_path, 'study new "mine"\ntune trials=6 epochs=3', database)
    app = wsgi(database.replace("postgresql://", "postgresql+psycopg://"))
    for path in ("/dashboard", "/api/meta", "/api/studies", "/api/studies/1", "/api/studies/1/param_importances", "/csv/1"):
        answer = {}
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
            "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr}
        body = b"".join(app(environ, lambda status, headers, exc_info=None: answer.update(status=status)))
        assert answer["status"].startswith("200"), (path, answer, body[:300])
        if path == "/api/studies/1":
            assert len(json.loads(body)["trials"]) == 6


@needs_server
def test_any_number_of_workers_gives_the_same_table(database, tmp_path):
    tune = "tune trials=14 epochs=8 sampler=tpe pruner=median(startup=4) seed=3 parallel=4"
    attune(tmp_path, f'study new "alone"\n{tune}', database)
    for count in (1, 2, 4):
        attune(tmp_path, f'study new "w{count}"\n{tune} workers=processes({count})', database)
    alone = table(database, "alone")
    assert len(alone) == 14
    for count in (1, 2, 4):
        assert table(database, f"w{count}") == alone, count


@needs_server
def test_other_data_is_refused(database, tmp_path):
    (tmp_path / "a.csv").write_text("x,y\n" + "".join(f"{i},{i % 3}\n" for i in range(60)))
    data = 'csv("a.csv", target="y") task=regression'
    attune(tmp_path, 'study new "mine"\ntune trials=2 epochs=2', database, data=data)
    (tmp_path / "a.csv").write_text("x,y\n" + "".join(f"{i},{i % 4}\n" for i in range(60)))
    process = worker(tmp_path, database, "--trials", "1", "--data", "a.csv")
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 1 and "checksum" in output
    assert len(load(database).trials) == 2


@needs_server
@pytest.mark.parametrize("fixed", ["epochs=100000", "epochs=100000 batch_size=all hidden=[2048, 2048]"], ids=["small", "big"])
def test_sigterm_gives_the_trial_back_before_the_worker_ends(database, tmp_path, fixed):
    """In the middle of a training that would last for hours; of batches that take long too."""
    cell = subprocess.Popen(
        [ATTUNE, "run", write(tmp_path, f'study new "mine"\ntune trials=3 {fixed} seed=1 workers=outside(1)', database, "digits")],
        cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(lambda: exists(database) and "attune:plan" in notes(database))
    for _ in range(2):
        process = worker(tmp_path, database)
        until(lambda: running(database))
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 130, output
        # Its number and its parameters wait for whoever comes next.
        (trial,) = load(database).trials
        assert trial.state.name == "WAITING" and trial.system_attrs["fixed_params"], output
    cell.kill()
    cell.wait()


def killed_worker(folder, storage):
    """Three workers, one killed in the middle: the table is the one of an unbroken study with the same seed."""
    tune = "tune trials=15 epochs=150 sampler=tpe seed=5 parallel=3"
    attune(folder, f'study new "unbroken"\n{tune}', storage)
    attune(folder, 'study new "mine"', storage)
    file = write(folder, f'study open "mine"\n{tune} workers=outside(3)', storage)
    cell = subprocess.Popen([ATTUNE, "run", file], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    until(lambda: "attune:plan" in notes(storage))
    workers = [worker(folder, storage) for _ in range(3)]
    victim = workers[0]

    def running_of(process):
        return [t for t in load(storage).trials if t.state.name == "RUNNING"
                and t.system_attrs["attune:owner"]["process"] == process.pid]

    until(lambda: running_of(victim))
    # Stopped first, so that what it runs can be looked at before it is gone.
    victim.send_signal(signal.SIGSTOP)
    held = running_of(victim)
    finished = {t.number: t.value for t in load(storage).trials if t.state.is_finished()}
    victim.kill()
    for process in workers[1:]:
        output, _ = process.communicate(timeout=200)
        assert process.returncode == 0, output
    output, _ = cell.communicate(timeout=60)
    assert cell.returncode == 0, output
    after = load(storage).trials
    assert [t.number for t in after] == list(range(15)) and all(t.state.name == "COMPLETE" for t in after)
    for trial in held:
        assert after[trial.number].params == trial.params
    assert all(after[number].value == value for number, value in finished.items())
    assert table(storage) == table(storage, "unbroken")


def test_a_killed_worker_of_a_file_costs_nothing(tmp_path):
    killed_worker(tmp_path, str(tmp_path / "tuning.db"))


@needs_server
def test_a_killed_worker_of_a_database_costs_nothing(database, tmp_path):
    killed_worker(tmp_path, database)


@needs_server
def test_a_database_that_is_restarted_costs_nothing(tmp_path):
    with postgres.Server() as server:
        tune = "tune trials=40 epochs=60 sampler=tpe seed=6 parallel=3"
        attune(tmp_path, f'study new "unbroken"\n{tune}', server.url)
        file = write(tmp_path, f'study new "mine"\n{tune} workers=processes(3)', server.url)
        cell = subprocess.Popen([ATTUNE, "run", file], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

        def done():
            return server.sql("SELECT COUNT(*) FROM trials JOIN studies USING (study_id) WHERE study_name = 'mine' AND state = 'COMPLETE'")

        for mode, count in (("fast", 5), ("immediate", 15)):
            until(lambda: int(done()) >= count)
            server.restart(mode)
        output, _ = cell.communicate(timeout=200)
        assert cell.returncode == 0, output
        assert table(server.url) == table(server.url, "unbroken")


class Proxy:
    """A way to a server that can be cut: while it is, bytes go nowhere and no connection ends."""

    def __init__(self, port):
        self.target, self.open = port, threading.Event()
        self.open.set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            server = socket.create_connection(("127.0.0.1", self.target))
            for a, b in ((client, server), (server, client)):
                threading.Thread(target=self.carry, args=(a, b), daemon=True).start()

    def carry(self, source, sink):
        try:
            while data := source.recv(65536):
                self.open.wait()
                sink.sendall(data)
        except OSError:
            pass
        for s in (source, sink):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


@needs_server
def test_a_network_that_is_cut_for_twenty_seconds_costs_nothing(server, database, tmp_path):
    tune = "tune trials=30 epochs=60 sampler=tpe seed=7 parallel=2"
    attune(tmp_path, f'study new "unbroken"\n{tune}', database)
    proxy = Proxy(server.port)
    far = database.replace(f":{server.port}/", f":{proxy.port}/")
    file = write(tmp_path, f'study new "mine"\n{tune} workers=processes(2)', far)
    cell = subprocess.Popen([ATTUNE, "run", file], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    until(lambda: exists(database) and sum(t.state.is_finished() for t in load(database).trials) >= 5)
    proxy.open.clear()
    time.sleep(20)
    proxy.open.set()
    output, _ = cell.communicate(timeout=200)
    assert cell.returncode == 0, output
    assert table(database) == table(database, "unbroken")


@needs_server
def test_an_interrupt_cancels_the_workers_and_a_dead_one_is_named(database, tmp_path):
    attune(tmp_path, 'study new "mine"', database)
    file = write(tmp_path, 'study open "mine"\ntune trials=1000 epochs=300 seed=1 workers=processes(2)', database)
    cell = subprocess.Popen([ATTUNE, "run", file], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until(lambda: sum(t.state.is_finished() for t in load(database).trials) >= 2)
    jobs = notes(database)["attune:workers"]
    os.kill(int(jobs[0]["id"]), signal.SIGKILL)
    line = cell.stderr.readline()
    assert f"processes {jobs[0]['id']} was killed by signal 9" in line and "attune-logs/mine-1.log" in line
    cell.send_signal(signal.SIGINT)
    output, errors = cell.communicate(timeout=60)
    assert cell.returncode == 130 and "its workers are cancelled" in errors
    assert not os.path.exists(f"/proc/{jobs[1]['id']}") or "Z" in open(f"/proc/{jobs[1]['id']}/stat").read().split(") ")[1][:1]
    until(lambda: not any(t.state.name == "RUNNING" and t.system_attrs["attune:owner"]["process"] == int(jobs[1]["id"])
                          for t in load(database).trials))


@needs_server
def test_a_closed_cell_leaves_the_study_running(database, tmp_path):
    attune(tmp_path, 'study new "mine"', database)
    file = write(tmp_path, 'study open "mine"\ntune trials=60 epochs=100 seed=1 workers=processes(2)', database)
    cell = subprocess.Popen([ATTUNE, "run", file], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(lambda: sum(t.state.is_finished() for t in load(database).trials) >= 2)
    cell.kill()
    cell.wait()
    output = attune(tmp_path, 'study open "mine"', database)
    assert "of its 2 workers run" in output and "60 of 60 trials complete" in output
    assert len(load(database).trials) == 60


@needs_server
def test_a_password_stands_nowhere(tmp_path):
    with postgres.Server(password="geheim-17") as server:
        url = server.url.replace("postgres@", "postgres:geheim-17@")
        output = attune(tmp_path, 'study new "mine"', url, fails=True)
        assert "password" in output and "geheim-17" not in output
        output = attune(tmp_path, 'study new "mine"', server.url, fails=True)
        assert "PGPASSWORD" in output
        secrets = tmp_path / "pgpass"
        secrets.write_text("127.0.0.1:*:*:postgres:geheim-17\n")
        secrets.chmod(0o600)
        environment = {**os.environ, "PGPASSFILE": str(secrets)}
        output = attune(
            tmp_path, 'study new "mine"\ntune trials=4 epochs=2 workers=processes(2)\nstudy', server.url, env=environment)
        assert "4 complete" in output and "geheim-17" not in output
        logs = "".join(f.read_text() for f in (tmp_path / "attune-logs").iterdir())
        assert "4 complete" in logs and "geheim-17" not in logs
