"""What a shared storage says is never obeyed: real processes on loopback, and everything that a study could try.

The table of Workers.md, "What a shared storage can and cannot make a worker do", line by line:

    made sets and the system's          test_no_setting_of_a_study_writes_starts_or_reads (iris), the fixture `folder`
    a file, a folder, a pattern         test_files_are_read_where_their_user_says, test_a_pattern_of_files_is_read_where_its_user_says
    an address, a database              test_what_a_study_says_of_its_data_is_a_value, test_no_server_that_a_study_names_is_called
    another checksum                    test_files_are_read_where_their_user_says
    network, settings, space, rules     test_settings_that_are_not_ones_are_refused, test_a_space_that_no_declaration_allows_is_refused
    another storage, a launcher         test_no_database_is_opened_for_a_study_wherever_it_lies, test_no_setting_of_a_study_writes_starts_or_reads
    process ids, hosts, jobs, logs      test_processes_and_logs_of_strangers_are_left_alone, test_ones_own_workers_are_found_again
    a study's name                      test_a_study_may_be_called_like_an_option
"""

import contextlib
import http.server
import json
import os
import socket
import sqlite3
import subprocess
import threading
import time

import pytest
from conftest import ATTUNE

MADE = """
data iris
study storage "w.db"
study new "y"
space
    neurons in 4..16
    learning_rate in log(1e-3..1)
tune trials=1 epochs=1
"""


def attune(folder, *arguments, **options):
    return subprocess.run(
        [ATTUNE, *arguments], cwd=folder, capture_output=True, text=True, timeout=120, **options)


def cells(folder, text, **options):
    (folder / "cells.attune").write_text(text)
    return attune(folder, "run", "cells.attune", **options)


@pytest.fixture
def folder(tmp_path):
    done = cells(tmp_path, MADE)
    assert done.returncode == 0, done.stdout + done.stderr
    return tmp_path


@pytest.fixture
def server():
    """Counts who calls."""
    calls = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http_server:
        threading.Thread(target=http_server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http_server.server_port}/", calls
        http_server.shutdown()


def change(folder, body, name="attune:settings"):
    """Rewrites a note of the study as a stranger would."""
    with contextlib.closing(sqlite3.connect(folder / "w.db")) as database:
        (text,) = database.execute("SELECT value_json FROM study_system_attributes WHERE key = ?", [name]).fetchone()
        kept = json.loads(text)
        body(kept)
        database.execute("UPDATE study_system_attributes SET value_json = ? WHERE key = ?", [json.dumps(kept), name])
        database.commit()


def old(text):
    """As a version kept it that had text alone."""

    def body(kept):
        kept.pop("recipe", None)
        kept["attributes"]["data"] = text

    return body


def typed(name, **arguments):
    def body(kept):
        kept["recipe"]["data"]["source"] = {
            "name": name,
            "arguments": [{"name": key, "value": {"text": {"_0": value}}} for key, value in arguments.items()],
        }

    return body


def listing(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("w.db") and path.name != "cells.attune"
    }


WAYS = {
    "a second line": old('iris;\nprint "RAN"'),
    "a second statement": old('iris; print "RAN"'),
    "a file that is written": old('iris;\nsave "written.attune"'),
    "a tune elsewhere": old('iris;\ntune workers=slurm(options=["--wrap=touch ran"])'),
    "another storage": old('iris;\nstudy storage "other.db"'),
    "an address": None,
    "a typed address": None,
    "a file, as text": old('csv(path="/etc/passwd")'),
    "a file": typed("csv", path="/etc/passwd"),
    "a file above": typed("csv", path="../../../../etc/passwd"),
    "a device": typed("csv", path="/dev/zero"),
    "a database": typed("sqlite", path="w.db", query="select 1"),
    "a server": typed("postgresql", address="postgresql://127.0.0.1:1/x", query="select 1"),
    "no such source": typed("shell", command="touch ran"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", ["worker", "open"])
def test_what_a_study_says_of_its_data_is_a_value(folder, server, way, command):
    address, calls = server
    body = WAYS[way] or (old(f'mnist(url="{address}")') if way == "an address" else typed("mnist", url=address))
    change(folder, body)
    before = listing(folder)
    environment = {**os.environ, "HOME": str(folder / "home"), "PGPASSWORD": "secret"}
    if command == "worker":
        done = attune(folder, "worker", "--storage=w.db", "--study=y", "--trials=1", env=environment)
        assert done.returncode == 1, done.stdout + done.stderr
    else:
        done = cells(folder, 'study storage "w.db"\nstudy open "y"\ntune trials=1\nretrain best\n', env=environment)
        assert done.returncode == 1, done.stdout + done.stderr
    text = done.stdout + done.stderr
    assert "\nRAN" not in done.stdout and "root:" not in text and "secret" not in text
    assert listing(folder) == before and calls == []


# What commands take and a study has no business with.
SETTINGS = {
    "checkpoint": "written.attune", "resume": "written.attune", "storage": "other.db", "workers": "processes(2)", "name": "RAN",
    "threads": 64, "progress": "rich", "to": "written.svg", "from": "/etc/passwd", "query": "select 1", "url": "http://127.0.0.1:1/",
    "data": "csv(path=\"/etc/passwd\")", "study": "other", "x; print \"RAN\"": 1, "hidden": "[8]\nexport trials to=\"written.csv\"",
}


@pytest.fixture
def traps(folder):
    """An environment in which every program that could be started only leaves a mark."""
    tools = folder / "tools"
    tools.mkdir()
    names = ["sbatch", "srun", "scancel", "scontrol", "squeue", "ssh", "curl", "wget", "sh", "bash", "python3", "attune", "ran", "touch"]
    for name in names:
        (tools / name).write_text(f'#!/bin/sh\necho "$0 $*" >> {folder}/called\n')
        (tools / name).chmod(0o755)
    return {**os.environ, "PATH": str(tools), "HOME": str(folder / "home"), "PGPASSWORD": "secret"}


@pytest.mark.parametrize("name", SETTINGS)
def test_no_setting_of_a_study_writes_starts_or_reads(folder, traps, name):
    value = SETTINGS[name]
    change(folder, lambda kept: kept["recipe"]["fixed"].update({name: {"text" if isinstance(value, str) else "int": {"_0": value}}}))
    before = listing(folder)
    worker = attune(folder, "worker", "--storage=w.db", "--study=y", "--trials=1", env=traps)
    opened = cells(folder, 'study storage "w.db"\nstudy open "y"\ntune trials=1\n', env=traps)
    for done in [worker, opened]:
        text = done.stdout + done.stderr
        assert "\nRAN" not in text and "root:" not in text and "secret" not in text, text
    assert worker.returncode == 1, worker.stdout + worker.stderr
    assert listing(folder) == before and not (folder / "called").exists()


@pytest.mark.parametrize("command", ["worker", "open"])
def test_no_server_that_a_study_names_is_called(folder, traps, command):
    """A password in the environment would go to whoever answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        for way in [
            typed("postgresql", address=f"postgresql://127.0.0.1:{port}/x", query="select 1"),
            typed("csv", path=f"http://127.0.0.1:{port}/t.csv"), typed("mnist", url=f"http://127.0.0.1:{port}/"),
            old(f'csv(path="http://127.0.0.1:{port}/t.csv")'),
        ]:
            change(folder, way)
            before = listing(folder)
            if command == "worker":
                done = attune(folder, "worker", "--storage=w.db", "--study=y", "--trials=1", "--data=.", env=traps)
            else:
                done = cells(folder, 'study storage "w.db"\nstudy open "y"\ntune trials=1\n', env=traps)
            assert done.returncode == 1 and "secret" not in done.stdout + done.stderr, done.stdout + done.stderr
            assert listing(folder) == before and not (folder / "called").exists()
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("way", ["a database", "a server"])
def test_no_database_is_opened_for_a_study_wherever_it_lies(folder, way):
    change(folder, WAYS[way])
    done = attune(folder, "worker", "--storage=w.db", "--study=y", "--trials=1", "--data", str(folder))
    assert done.returncode == 1 and "which a study may not have loaded" in done.stdout + done.stderr


def test_settings_that_are_not_ones_are_refused(folder):
    change(folder, lambda kept: kept["recipe"]["fixed"].update(checkpoint={"text": {"_0": "written.attune"}}))
    done = attune(folder, "worker", "--storage=w.db", "--study=y", "--trials=1")
    assert done.returncode == 1 and "checkpoint" in done.stderr, done.stdout + done.stderr
    assert not (folder / "written.attune").exists()


def test_files_are_read_where_their_user_says(tmp_path):
    rows = "".join(f"{i},{i % 7},{'ab'[i % 2]}\n" for i in range(60))
    (tmp_path / "rows").mkdir()
    (tmp_path / "rows" / "t.csv").write_text("a,b,kind\n" + rows)
    done = cells(tmp_path, MADE.replace("data iris", 'data csv("rows/t.csv", target="kind")'))
    assert done.returncode == 0, done.stdout + done.stderr
    worker = ["worker", "--storage=w.db", "--study=y", "--trials=1"]
    refused = attune(tmp_path, *worker)
    assert refused.returncode == 1 and "--data" in refused.stderr, refused.stdout + refused.stderr
    assert attune(tmp_path, *worker, "--data=elsewhere").returncode == 1
    for named in ["rows", "rows/t.csv", "."]:
        done = attune(tmp_path, *worker, f"--data={named}")
        assert done.returncode == 0, done.stdout + done.stderr
    # Another file of that name has another checksum.
    (tmp_path / "rows" / "t.csv").write_text("a,b,kind\n" + rows.replace("3,3,b", "3,4,b"))
    done = attune(tmp_path, *worker, "--data=rows")
    assert done.returncode == 1 and "checksum" in done.stderr, done.stdout + done.stderr
    # A link out of the folder leads out of it.
    (tmp_path / "rows" / "t.csv").unlink()
    (tmp_path / "rows" / "t.csv").symlink_to("/etc/passwd")
    done = attune(tmp_path, *worker, "--data=rows")
    assert done.returncode == 1 and "root:" not in done.stdout + done.stderr


def test_a_pattern_of_files_is_read_where_its_user_says(tmp_path):
    (tmp_path / "rows").mkdir()
    for part in range(2):
        rows = "".join(f"{i},{i % 7},{'ab'[i % 2]}\n" for i in range(30 * part, 30 * part + 30))
        (tmp_path / "rows" / f"p-{part}.csv").write_text("a,b,kind\n" + rows)
    done = cells(tmp_path, MADE.replace("data iris", 'data csv("rows/p-*.csv", target="kind")'))
    assert done.returncode == 0, done.stdout + done.stderr
    worker = ["worker", "--storage=w.db", "--study=y", "--trials=1"]
    refused = attune(tmp_path, *worker)
    assert refused.returncode == 1 and "not in a folder that was named" in refused.stderr, refused.stderr
    done = attune(tmp_path, *worker, "--data=rows")
    assert done.returncode == 0, done.stdout + done.stderr
    reopened = 'study storage "w.db"\nstudy open "y"\ntune trials=1\n'
    done = cells(tmp_path, reopened)
    assert done.returncode == 0, done.stdout + done.stderr
    # One that leads out of the folder refuses all of them, and what is said suits a notebook.
    (tmp_path / "rows" / "p-2.csv").symlink_to("/etc/passwd")
    done = attune(tmp_path, *worker, "--data=rows")
    assert done.returncode == 1 and "not in a folder that was named" in done.stderr, done.stderr
    done = cells(tmp_path, reopened)
    assert done.returncode == 1 and "attune worker" not in done.stdout + done.stderr, done.stdout + done.stderr
    # So does what is no file; nobody waits for it.
    (tmp_path / "rows" / "p-2.csv").unlink()
    os.mkfifo(tmp_path / "rows" / "p-2.csv")
    done = attune(tmp_path, *worker, "--data=rows")
    assert done.returncode == 1 and "neither a regular file nor a folder" in done.stderr, done.stderr


@pytest.mark.parametrize("domain", [(10**12, 10**12), (10**12, 3), (-5, -1), (2**63 - 1, 2**63 - 1), (1001, 1001)])
@pytest.mark.parametrize("rule", [None, "parameters < 1000000"])
def test_a_space_that_no_declaration_allows_is_refused(folder, domain, rule):
    def body(kept):
        parameter = {"name": "layers", "domain": {"int": {"low": domain[0], "high": domain[1], "step": 1, "log": False}}}
        kept["parameters"].append(parameter)
        kept["constraints"] = [rule] if rule else []

    change(folder, body)
    done = attune(folder, "worker", "--storage=w.db", "--study=y", "--trials=1")
    assert done.returncode == 1 and "layers is a whole number from 0 to 1000" in done.stderr, done.stdout + done.stderr
    done = cells(folder, 'study storage "w.db"\nstudy open "y"\ntrials\nbest\ntune trials=1\n')
    assert done.returncode == 1 and "layers is a whole number from 0 to 1000" in done.stderr, done.stdout + done.stderr


def test_a_password_of_an_address_is_kept_nowhere(tmp_path):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(("a,y\n" + "".join(f"{i % 9},{'ab'[i % 2]}\n" for i in range(60))).encode())

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        data = f'data csv("http://me:geheim-17@127.0.0.1:{web.server_port}/d.csv", target="y")'
        done = cells(tmp_path, MADE.replace("data iris", data) + 'show\nstudy\ndata\ntrials\nx = "postgresql://me:geheim-17@h/db"\nx\nprint x\n[x]\n')
        web.shutdown()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "geheim-17" not in done.stdout + done.stderr and "http://me:***" in done.stdout
    for path in tmp_path.rglob("*"):
        assert path.name == "cells.attune" or b"geheim-17" not in path.read_bytes(), path
    done = cells(tmp_path, 'study storage "w.db"\nstudy open "y"\n')
    assert done.returncode == 0 and "none is fetched for a study" in done.stderr, done.stdout + done.stderr


def test_processes_and_logs_of_strangers_are_left_alone(folder):
    (folder / "private.txt").write_text("a secret line\n")
    victim = subprocess.Popen(["sleep", "300"])
    try:
        begun = open(f"/proc/{victim.pid}/stat").read().rpartition(")")[2].split()[19]
        host = os.uname().nodename
        jobs = [
            {"launcher": "processes", "id": str(victim.pid), "log": str(folder / "private.txt"), "host": host, "begun": begun},
            {"launcher": "slurm", "id": "--user=root", "log": str(folder / "private.txt")},
        ]
        plan = {"first": 1, "total": 9, "parallel": 1}
        with contextlib.closing(sqlite3.connect(folder / "w.db")) as database:
            for key, value in [("attune:workers", jobs), ("attune:plan", plan)]:
                database.execute(
                    "INSERT INTO study_system_attributes (study_id, key, value_json) VALUES (1, ?, ?)",
                    [key, json.dumps(value)])
            database.commit()
        tools = folder / "tools"
        tools.mkdir()
        for tool in ["scontrol", "scancel"]:
            (tools / tool).write_text(f'#!/bin/sh\necho "$0 $*" >> {folder}/called\n')
            (tools / tool).chmod(0o755)
        environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}
        done = cells(folder, 'study storage "w.db"\nstudy open "y"\nstudy stop\n', env=environment)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "a secret line" not in done.stdout + done.stderr
        assert victim.poll() is None and not (folder / "called").exists()
    finally:
        victim.kill()
        victim.wait()


PLANTED = {
    "a link to a file": lambda logs: (logs.mkdir(), (logs / "y-1.log").symlink_to("../victim.sh")),
    "a link to nowhere": lambda logs: (logs.mkdir(), (logs / "y-1.log").symlink_to("../created.sh")),
    "a pipe": lambda logs: (logs.mkdir(), os.mkfifo(logs / "y-1.log")),
    "a folder": lambda logs: (logs.mkdir(), (logs / "y-1.log").mkdir()),
    "a linked folder": lambda logs: logs.symlink_to("elsewhere"),
    "a file for a folder": lambda logs: logs.write_text("precious"),
}


@pytest.mark.parametrize("way", PLANTED)
def test_a_log_is_never_written_through_what_somebody_has_put_there(folder, way):
    (folder / "victim.sh").write_text("precious\n")
    (folder / "elsewhere").mkdir()
    PLANTED[way](folder / "attune-logs")
    done = cells(folder, 'data iris\nstudy storage "w.db"\nstudy open "y"\ntune trials=1 epochs=1 workers=processes(1)\n')
    assert done.returncode == 1 and "log" in done.stderr, done.stdout + done.stderr
    assert (folder / "victim.sh").read_text() == "precious\n" and not (folder / "created.sh").exists()
    assert list((folder / "elsewhere").iterdir()) == []


def test_ones_own_workers_are_found_again(folder):
    home = folder / "home"
    environment = {**os.environ, "HOME": str(home), "XDG_STATE_HOME": ""}
    started = cells(
        folder,
        'study storage "w.db"\nstudy open "y" follow=false\ntune trials=2 epochs=1 workers=processes(1)\n', env=environment)
    assert started.returncode == 0, started.stdout + started.stderr
    record = home / ".local/state/attune/workers"
    assert record.stat().st_mode & 0o777 == 0o700
    (entry,) = list(record.iterdir())
    assert entry.stat().st_mode & 0o777 == 0o600 and json.loads(entry.read_text())["jobs"][0]["launcher"] == "processes"


def test_a_study_may_be_called_like_an_option(folder):
    name = "--storage=/tmp/other.db"
    done = cells(folder, f'data iris\nstudy storage "w.db"\nstudy new "{name}"\nspace\n    neurons in 4..16\n'
                         "tune trials=2 epochs=1 workers=processes(1)\n")
    assert done.returncode == 0, done.stdout + done.stderr
    with contextlib.closing(sqlite3.connect(folder / "w.db")) as database:
        rows = database.execute(
            "SELECT count(*) FROM trials t JOIN studies s USING (study_id) WHERE s.study_name = ? AND t.state = 'COMPLETE'",
            [name]).fetchall()
    assert rows == [(2,)]


def test_a_password_in_the_other_form_of_an_address_is_refused(tmp_path):
    done = cells(tmp_path, 'study storage "host=127.0.0.1 password=SECRET dbname=x"\n')
    text = done.stdout + done.stderr
    assert done.returncode == 1 and "SECRET" not in text and "pgpass" in text, text
    assert list(tmp_path.glob("*SECRET*")) == []
