"""The study file and the programs that share it: Optuna 5 and its dashboard, in both directions and at once."""

import contextlib
import io
import json
import math
import os
import socket
import sqlite3
import subprocess
import sys
import textwrap
import time
import urllib.request
from pathlib import Path

import optuna
import pytest
from conftest import ATTUNE, ROOT
from wire import until

optuna.logging.set_verbosity(optuna.logging.ERROR)
TUNE = """
    data iris
    space
        learning_rate in log(1e-4..1e-1)
        layers        in 1..3
        neurons       in {4, 8, 16}
        optimizer     in {sgd, adam}
        momentum      in 0.0..0.9 step 0.1 when optimizer == sgd
"""


def attune(folder, cell):
    """Runs a cell in the folder and returns what it printed."""
    file = folder / f"cell-{len(list(folder.glob('cell-*')))}.attune"
    file.write_text(textwrap.dedent(cell))
    done = subprocess.run(
        [ATTUNE, "run", file.name], cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def load(folder, name="mine"):
    return optuna.load_study(study_name=name, storage=f"sqlite:///{folder}/tuning.db")


def objective(trial):
    rate = trial.suggest_float("learning_rate", 1e-4, 1e-1, log=True)
    layers = trial.suggest_int("layers", 1, 3)
    neurons = trial.suggest_categorical("neurons", [4, 8, 16])
    loss = (math.log10(rate) + 2) ** 2 + layers / 10 + neurons / 100
    if trial.suggest_categorical("optimizer", ["sgd", "adam"]) == "sgd":
        loss += trial.suggest_float("momentum", 0.0, 0.9, step=0.1)
    return loss


@pytest.fixture
def written(tmp_path):
    """A study of ours with complete and pruned trials, and one that waits."""
    attune(tmp_path, TUNE + """
    study storage "tuning.db"
    study new "mine"
    tune trials=12 epochs=3 sampler=tpe pruner=median(startup=4) seed=1 parallel=2
    enqueue learning_rate=0.01 layers=2
    """)
    return tmp_path


def test_optuna_loads_our_study(written):
    study = load(written)
    trials = study.trials
    assert [t.number for t in trials] == list(range(13))
    assert trials[12].state.name == "WAITING"
    assert trials[12].system_attrs["fixed_params"] == {"learning_rate": 0.01, "layers": 2}
    for trial in trials[:12]:
        assert trial.state.name in ("COMPLETE", "PRUNED") and 1 <= len(trial.intermediate_values) <= 3
        assert list(trial.params)[:4] == ["learning_rate", "layers", "neurons", "optimizer"]
        assert ("momentum" in trial.params) == (trial.params["optimizer"] == "sgd")
        assert 0 <= trial.duration.total_seconds() < 60
    assert study.metric_names == ["val_loss"]
    assert study.best_value == min(t.value for t in trials if t.state.name == "COMPLETE")
    assert sum(optuna.importance.get_param_importances(study).values()) == pytest.approx(1)


def test_optuna_goes_on_and_we_go_on_after_it(written):
    study = load(written)
    study.optimize(objective, n_trials=20)
    assert study.trials[12].params["learning_rate"] == 0.01 and study.trials[12].params["layers"] == 2
    attune(written, TUNE + """
    study storage "tuning.db"
    study open "mine"
    tune trials=3 epochs=1
    """)
    trials = load(written).trials
    assert [t.number for t in trials] == list(range(12 + 20 + 3))
    assert all(t.state.is_finished() for t in trials)


def test_the_dashboard_shows_our_study(written):
    from optuna_dashboard import wsgi

    app = wsgi(f"sqlite:///{written}/tuning.db")

    def get(path):
        answer = {}

        def start(status, headers, exc_info=None):
            answer["status"] = status

        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        }
        body = b"".join(app(environ, start))
        return answer["status"], body

    for path in ("/dashboard", "/api/meta", "/api/studies", "/api/studies/1", "/api/studies/1/param_importances", "/csv/1"):
        status, body = get(path)
        assert status.startswith("200"), (path, status, body[:300])
    detail = json.loads(get("/api/studies/1")[1])
    assert len(detail["trials"]) == 13


@pytest.fixture
def dashboard(written):
    """The dashboard's own server over our file; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "optuna-dashboard"), f"sqlite:///{written}/tuning.db", "--host", "127.0.0.1",
         "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"

    def answers():
        assert process.poll() is None, "the dashboard did not start"
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(f"{address}/api/studies", timeout=5).status == 200

    until(answers)
    yield address
    process.terminate()
    process.wait()


def test_the_dashboards_page_shows_our_study(dashboard):
    """In Chromium, every request of the page answered; the screenshot is left in build/."""
    from playwright.sync_api import sync_playwright
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    assert os.path.exists(chromium), "there is no Chromium: the dashboard's page could not be shown (apt-get install chromium)"
    statuses = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        page.on("response", lambda r: statuses.append((r.status, r.url)) if "/api/" in r.url else None)
        page.goto(f"{dashboard}/dashboard/studies/1")
        page.get_by_text("mine").first.wait_for(timeout=60_000)
        page.locator(".js-plotly-plot .scatterlayer .trace").first.wait_for(timeout=60_000)
        (ROOT / "build").mkdir(exist_ok=True)
        page.screenshot(path=str(ROOT / "build/optuna-dashboard.png"))
        browser.close()
    assert statuses and all(status == 200 for status, _ in statuses), statuses


def test_a_new_study_begins_with_the_best_of_one_made_in_python(tmp_path):
    theirs = optuna.create_study(study_name="theirs", storage=f"sqlite:///{tmp_path}/tuning.db", direction="minimize")
    theirs.optimize(objective, n_trials=30)
    attune(tmp_path, """
    study storage "tuning.db"
    space external
        lr        in log(1e-4..1e-1)
        layers    in 1..3
        neurons   in {4, 8, 16}
        optimizer in {sgd, adam}
        momentum  in 0.0..0.9 step 0.1 when optimizer == sgd
    study new "mine" like="theirs" sampler=tpe
    ask
    tell 0 1
    ask
    tell 1 2
    ask
    """)
    tried = [dict(trial.params) for trial in load(tmp_path).trials]
    known = [{"lr" if name == "learning_rate" else name: value for name, value in trial.params.items()}
             for trial in sorted(theirs.trials, key=lambda trial: trial.value)]
    assert tried[0] == known[0] and tried[1] not in known and tried[2] in known[1:]
    assert load(tmp_path).user_attrs["like"] == "theirs"


def test_a_study_begun_in_python_is_continued_here(tmp_path):
    storage = f"sqlite:///{tmp_path}/tuning.db"
    study = optuna.create_study(study_name="theirs", storage=storage, direction="minimize")
    study.optimize(objective, n_trials=15)
    output = attune(tmp_path, """
    study storage "tuning.db"
    study open "theirs"
    ask
    tell 15 0.125
    trials
    """)
    assert "0.125" in output
    trials = load(tmp_path, "theirs").trials
    assert len(trials) == 16 and trials[15].value == 0.125
    assert set(trials[15].params) >= {"learning_rate", "layers", "neurons", "optimizer"}


def test_both_write_at_once(tmp_path):
    """Two programs of each kind, 500 trials: none lost, none doubled, none refused."""
    attune(tmp_path, TUNE + """
    study storage "tuning.db"
    study new "mine"
    tune trials=1 epochs=1 sampler=random parallel=1
    """)
    ours = tmp_path / "ours.attune"
    ours.write_text(textwrap.dedent(TUNE + """
    study storage "tuning.db"
    study open "mine"
    tune trials=125 epochs=1 parallel=1
    """))
    theirs = tmp_path / "theirs.py"
    theirs.write_text(textwrap.dedent(f"""
    import math, optuna
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    storage = optuna.storages.RDBStorage("sqlite:///{tmp_path}/tuning.db", engine_kwargs={{"connect_args": {{"timeout": 60}}}})
    def objective(trial):
        rate = trial.suggest_float("learning_rate", 1e-4, 1e-1, log=True)
        layers = trial.suggest_int("layers", 1, 3)
        neurons = trial.suggest_categorical("neurons", [4, 8, 16])
        if trial.suggest_categorical("optimizer", ["sgd", "adam"]) == "sgd":
            trial.suggest_float("momentum", 0.0, 0.9, step=0.1)
        return rate + layers + neurons
    study = optuna.load_study(study_name="mine", storage=storage, sampler=optuna.samplers.RandomSampler())
    study.optimize(objective, n_trials=125)
    """))
    commands = [[ATTUNE, "run", ours.name]] * 2 + [[sys.executable, theirs.name]] * 2
    running = [
        subprocess.Popen(c, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for c in commands
    ]
    for process in running:
        output, _ = process.communicate(timeout=400)
        assert process.returncode == 0, output
        assert "database is locked" not in output
    trials = load(tmp_path).trials
    assert [t.number for t in trials] == list(range(501))
    assert all(t.state.name == "COMPLETE" for t in trials), [t.state.name for t in trials if t.state.name != "COMPLETE"]


def finished_trials(file):
    """How many trials of a file are finished, 0 while it is not there."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            return database.execute("SELECT COUNT(*) FROM trials WHERE state IN ('COMPLETE', 'PRUNED', 'FAIL')").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def test_a_kill_loses_no_finished_trial(tmp_path):
    """kill -9 in the middle: the trials that ran wait again, the finished ones are there, and the table is the unbroken one's."""
    cell = TUNE + """
    study storage "tuning.db"
    study new "mine"
    tune trials=14 epochs=400 sampler=tpe seed=5 parallel=2
    """
    (tmp_path / "unbroken").mkdir()
    attune(tmp_path / "unbroken", cell)
    file = tmp_path / "broken.attune"
    file.write_text(textwrap.dedent(cell))
    process = subprocess.Popen([ATTUNE, "run", file.name], cwd=tmp_path, stdout=subprocess.DEVNULL)
    for _ in range(20_000):
        if finished_trials(tmp_path / "tuning.db") >= 4 or process.poll() is not None:
            break
        time.sleep(0.002)
    process.kill()
    process.wait()
    before = load(tmp_path).trials
    assert process.returncode == -9 and sum(t.state.is_finished() for t in before) >= 4
    left = 14 - sum(t.state.is_finished() for t in before)
    attune(tmp_path, TUNE + f"""
    study storage "tuning.db"
    study open "mine"
    tune trials={left} epochs=400 parallel=2
    """)
    after, unbroken = load(tmp_path).trials, load(tmp_path / "unbroken").trials
    assert [(t.number, t.state, t.params, t.value, t.intermediate_values) for t in after] == [
        (t.number, t.state, t.params, t.value, t.intermediate_values) for t in unbroken
    ]
    for trial in before:
        if trial.state.is_finished():
            assert after[trial.number].value == trial.value


def refused(folder, cell):
    """What a cell that must fail says."""
    file = folder / "refused.attune"
    file.write_text(textwrap.dedent(cell))
    done = subprocess.run([ATTUNE, "run", file.name], cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stderr


@pytest.mark.parametrize("content, reason", [
    (b"not a database, but long enough to be one", "is not a study file"),
    (b"SQLite format 3\0" + b"x" * 5000, "is not a study file"),
])
def test_a_file_that_is_no_study_file_is_left_alone(tmp_path, content, reason):
    (tmp_path / "tuning.db").write_bytes(content)
    assert f"'tuning.db' {reason}" in refused(tmp_path, 'study storage "tuning.db"')
    assert (tmp_path / "tuning.db").read_bytes() == content


def test_a_file_of_another_version_is_left_alone(written):
    with contextlib.closing(sqlite3.connect(written / "tuning.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = 'v9'")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (written / "tuning.db").read_bytes()
    said = refused(written, 'study storage "tuning.db"')
    assert "'tuning.db' has schema revision v9" in said and "optuna storage upgrade" in said
    assert (written / "tuning.db").read_bytes() == before


def test_the_place_is_told_as_it_was_typed(tmp_path):
    output = attune(tmp_path, """
    study storage "tuning.db"
    study new "mine"
    study list
    """)
    assert "kept in tuning.db" in output and str(tmp_path) not in output
    assert "there is no folder" in refused(tmp_path, 'study storage "nowhere/tuning.db"')
