"""`tune program=...`: programs of the user's own as trials."""

import json
import os
import shlex
import signal
import subprocess
import sys
import threading
import time

import optuna
import psutil
import pytest
from conftest import ATTUNE, ROOT
from studies import until

sys.path.insert(0, str(ROOT / "python"))
import attune  # noqa: E402
from attune.literals import literal  # noqa: E402

# Prints what its first argument is, as Python; the others are its own.
TRAIN = "import sys, os, json, time\nargs = sys.argv[2:]\nexec(sys.argv[1])\n"
PROGRAM = f"{shlex.quote(sys.executable)} train.py"


@pytest.fixture
def program(tmp_path):
    (tmp_path / "train.py").write_text(TRAIN)
    with attune.Program(ATTUNE, folder=str(tmp_path)) as program:
        program.run("set progress=none")
        yield program


def tune(program, body, arguments="{x}", space="x in 0.0..1.0", **options):
    """Tunes a program of this body and returns its trials."""
    text = f"{PROGRAM} {shlex.quote(body)} {arguments}"
    words = " ".join(f"{name}={value}" for name, value in {"trials": 3, "sampler": "random", **options}.items())
    lines = "\n    ".join(space.splitlines())
    program.run(f"space external\n    {lines}\ntune program={literal(text)} {words}")
    return program.value("trials")


def test_values_come_from_what_is_printed(program):
    trials = tune(program, 'print("hello"); print("value", float(args[0]) * 2)', trials=4, parallel=2)
    assert [t["state"] for t in trials] == ["complete"] * 4
    assert [t["value"] for t in trials] == [t["params"]["x"] * 2 for t in trials]
    assert program.value("best.value") == min(t["value"] for t in trials)


@pytest.mark.parametrize("line,value", [
    ("value 0.5", 0.5), ("value\t-1e-3", -1e-3), ("value 3", 3.0), ('{"value": 0.25}', 0.25), ('  {"values": [0.25]}  ', 0.25),
    ("value 1\nvalue 2", 2.0), ("value of x is 3\nvalue 7", 7.0), ("step x y\nvalue 1", 1.0), ("{not json\nvalue 1", 1.0),
    ("value 1\r\nother", 1.0), ("value nan", None), ("value inf", None), ("value", None), ("values 3", None), ("", None),
    ('{"value": "3"}', None), ('{"value": null}', None), ("value 1 2", None),
])
def test_every_form_of_a_value(program, line, value):
    trial, = tune(program, f"sys.stdout.write({line!r})", trials=1)
    assert (trial["state"], trial.get("value")) == ("failed" if value is None else "complete", value)


def test_long_lines_and_much_output_are_read(program, tmp_path):
    trial, = tune(program, 'print("x" * 1_000_000); sys.stdout.write("y\\n" * 100_000); print("value 4")', trials=1)
    assert trial["value"] == 4
    assert (tmp_path / "attune-trials/study-1/0/output.log").stat().st_size == 1_000_001 + 200_000 + 8


def test_metrics_and_steps_are_kept(program):
    trial, = tune(program, 'print("step 1 0.9"); print("step 2 0.7"); print(json.dumps({"step": 5, "value": 0.6}))\n'
                  'print(json.dumps({"value": 0.5, "metrics": {"f1": 0.75, "size": 12}}))', trials=1)
    assert trial["intermediate"] == {"1": 0.9, "2": 0.7, "5": 0.6} and trial["value"] == 0.5
    assert program.value("trials[0].metrics.f1") == 0.75
    program.run("plot intermediate\nplot history\ntrials")


def test_several_objectives(program):
    trials = tune(program, 'print("value", args[0], 3)', direction="[minimize, maximize]")
    assert [t["values"] for t in trials] == [[t["params"]["x"], 3.0] for t in trials]
    failed, = [tune(program, 'print("value 1")', trials=1)[-1]]
    assert failed["state"] == "failed" and "2 were expected" in failed["reason"]


@pytest.mark.parametrize("body,reason", [
    ("sys.exit(3)", "ended with status 3"),
    ("print('value 1'); raise ValueError('no luck')", "ValueError: no luck"),
    ("print('value 1'); sys.stderr.write('last words'); sys.exit(1)", "last words"),
    ("os.kill(os.getpid(), 9)", "was killed by signal 9"),
    ("print('nothing')", "printed no line"),
    ("time.sleep(600)", "trial_timeout=0.3s"),
    ("sys.stdout.close(); os.close(1); time.sleep(600)", "trial_timeout=0.3s"),
])
def test_failures_say_why_and_the_study_goes_on(program, body, reason):
    trials = tune(program, body, trials=2, trial_timeout="0.3s" if "sleep" in body else "1h")
    assert [t["state"] for t in trials] == ["failed"] * 2
    assert all(reason in t["reason"] for t in trials)
    assert program.value("1 + 1") == 2


def test_each_trial_has_a_folder_with_the_notebooks_files(program, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rows.csv").write_text("7")
    (tmp_path.parent / "beside.txt").write_text("5")
    body = ('open("mine.txt", "w").write(args[1]); assert open("data/rows.csv").read() == "7"\n'
            'assert open(args[2]).read() == "5"; assert os.environ["ATTUNE_FOLDER"] == args[3] == os.getcwd()\n'
            'assert os.environ["ATTUNE_TRIAL"] == args[1]; assert 0 <= int(args[4]) < 2**31\n'
            'print("to the log"); print("value", args[0])')
    trials = tune(program, body, "{x} {trial} ../beside.txt {folder} {seed}", trials=3, parallel=3)
    assert [t["state"] for t in trials] == ["complete"] * 3, trials
    folders = sorted((tmp_path / "attune-trials" / "study-1").iterdir())
    assert [(f / "mine.txt").read_text() for f in folders] == ["0", "1", "2"]
    assert all("to the log" in (f / "output.log").read_text() for f in folders)
    assert not (tmp_path / "mine.txt").exists()


@pytest.mark.parametrize("value", ["a b", "a;touch owned", "$(touch owned)", "`id`", "--flag", "'", '"', "\\", "*", "", "{x}", "größe",
                                   "a\nb", "%s", "&& ls", "-"])
def test_a_value_is_never_more_than_its_argument(program, tmp_path, value):
    body = 'print(json.dumps({"value": 1})); open("got.json", "w").write(json.dumps(args))'
    trial, = tune(program, body, "--name {x} pre{x}post '{x}' \"{x}\"", f"x in {{{literal(value)}, {literal(value + '2')}}}", trials=1)
    given = trial["params"]["x"]
    got = json.loads((tmp_path / "attune-trials/study-1/0/got.json").read_text())
    assert got == ["--name", given, f"pre{given}post", given, given]
    assert not list(tmp_path.rglob("owned"))


@pytest.mark.parametrize("text", [
    "a b  c", "'a b' \"c d\"", "a\\ b", '"a\\"b" \'a\\b\'', "a'b'\"c\"", "''", "--x=1 -y", '"a\\nb"', "{{x}} {{ }} {}", "a{b}c".replace("{b}", "{{b}}"),
    "'{\"lr\": 1, \"k\": {\"a\": 2}}'", "größe", "\"\" x",
])
def test_the_text_is_split_as_shlex_does(program, tmp_path, text):
    tune(program, 'print("value 1"); open("got.json", "w").write(json.dumps(args))', "{x} " + text, trials=1)
    got = json.loads((tmp_path / "attune-trials/study-1/0/got.json").read_text())
    assert got[1:] == [word.replace("{{x}}", "{x}").replace("{{b}}", "{b}") for word in shlex.split(text)]


def test_what_is_not_active_is_left_out(program, tmp_path):
    body = 'open("got.json", "w").write(json.dumps(args)); print("value 1")'
    trials = tune(program, body, "--opt {opt} --momentum {momentum} --m={momentum} end",
                  'opt in {sgd, adam}\nmomentum in 0.0..0.9 when opt == sgd\n"a.b" in 1..3', trials=8, sampler="random")
    for trial in trials:
        got = json.loads((tmp_path / f"attune-trials/study-1/{trial['number']}/got.json").read_text())
        given = trial["params"].get("momentum")
        rest = [] if given is None else ["--momentum", str(given), f"--m={given}"]
        assert got == ["--opt", trial["params"]["opt"], *rest, "end"]
    assert {t["params"]["opt"] for t in trials} == {"sgd", "adam"}


def test_names_with_dots_and_known_parameters(program, tmp_path):
    trial, = tune(program, 'print("value", sum(map(float, args)))', "{optimizer.lr} {n}", '"optimizer.lr" in 1.0..2.0\nn in 1..3', trials=1)
    assert trial["value"] == trial["params"]["optimizer.lr"] + trial["params"]["n"]
    program.run('study new "known"')
    text = f"{PROGRAM} {shlex.quote('print(chr(118) + chr(97) + chr(108) + chr(117) + chr(101), args[1]); assert args[0] == args[2]')}"
    program.run(f"space\n    learning_rate in log(1e-3..1)\n    epochs in 1..9\ntune program={literal(text + ' 4 {learning_rate} {epochs}')} epochs=4 trials=2")
    assert [set(t["params"]) for t in program.value("trials")] == [{"learning_rate"}] * 2


@pytest.mark.parametrize("text,message", [
    ("", "no name"), ("python train.py {y}", "{y}"), ("python {batch_siz}", "did you mean"), ("python {xy}", "it has x, trial, seed, folder;"), ("'python", "not closed"), ("python \\", "backslash"),
    ("python train.py | tee log", "no shell"), ("python train.py > log", "no shell"), ("{x} y", "cannot be searched"),
    ("no-such-program-at-all {x}", "cannot be started"),
])
def test_mistakes_in_the_text_are_named_before_any_trial(program, text, message):
    with pytest.raises(attune.AttuneError, match=message.replace("{", r"\{")):
        program.run(f"space external\n    x in 0.0..1.0\ntune program={literal(text)} trials=3")
    assert program.run("1").result


@pytest.mark.parametrize("options,message", [
    ("objective=val_loss", "objective"), ("repeat=2", "repeat"), ("workers=processes(2)", "storage"), ("epochs=3", "does not take"),
    ("direction=[minimize, maximize] target=1", "target"),
])
def test_options_that_do_not_go_with_a_program_are_refused(program, options, message):
    with pytest.raises(attune.AttuneError, match=message):
        tune(program, "print('value 1')", **dict(pair.split("=", 1) for pair in options.replace("[minimize, maximize]", "[minimize,maximize]").split()))


def test_a_pruned_program_is_ended(program):
    # Bad values go on until they are ended.
    body = ('x = float(args[0])\nfor step in range(1, 4):\n    print("step", step, x)\n'
            'if x > 0.5: time.sleep(600)\nprint("value", x)')
    cell = f"space external\n    x in 0.0..1.0\nstudy new \"p\" pruner=threshold(upper=0.5) sampler=random\n"
    program.run(cell)
    trials = tune(program, body, trials=6, parallel=2)
    states = {t["number"]: t["state"] for t in trials}
    assert states == {t["number"]: "pruned" if t["params"]["x"] > 0.5 else "complete" for t in trials}
    assert "pruned" in states.values() and "complete" in states.values()


def children():
    return [p for p in psutil.process_iter(["cmdline"]) if "time.sleep(611)" in " ".join(p.info["cmdline"] or [])]


def test_an_interrupt_ends_the_programs_and_the_study_resumes(program, tmp_path):
    marker = tmp_path / "go"
    body = (f'if not os.path.exists({str(marker)!r}):\n'
            '    import subprocess; subprocess.Popen([sys.executable, "-c", "import time; time.sleep(611)"])\n'
            '    print("step 1 0.5"); time.sleep(611)\nprint("value", args[0])')
    stopped = threading.Event()

    def interrupt():
        while not stopped.is_set() and len(children()) < 2:
            time.sleep(0.05)
        program.interrupt()

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            tune(program, body, trials=4, parallel=2)
    finally:
        stopped.set()
        thread.join()
    until(lambda: not children())
    waiting = [t for t in program.value("trials") if t["state"] == "waiting"]
    assert len(waiting) == 2
    marker.write_text("")
    trials = tune(program, body, trials=4, parallel=2)
    assert [t["state"] for t in trials] == ["complete"] * 4
    assert [t["params"] for t in trials[:2]] == [t["params"] for t in waiting]


def test_what_a_program_leaves_behind_is_ended_with_it(program):
    body = ('import subprocess; subprocess.Popen([sys.executable, "-c", "import time; time.sleep(611)"])\nprint("value 1")')
    assert [t["state"] for t in tune(program, body, trials=2)] == ["complete"] * 2
    until(lambda: not children())


def test_trials_run_side_by_side(program, tmp_path):
    # Each waits until the other is there.
    body = (f'home = {str(tmp_path)!r}; mine = os.path.join(home, "here-" + args[1]); open(mine, "w").close()\n'
            'while sum(name.startswith("here-") for name in os.listdir(home)) < 2: time.sleep(0.01)\nprint("value", args[0])')
    assert [t["state"] for t in tune(program, body, "{x} {trial}", trials=2, parallel=2, trial_timeout="60s")] == ["complete"] * 2


def test_a_stored_study_keeps_the_text_and_starts_nothing(program, tmp_path):
    program.run('study storage "s.db"\nstudy new "kept"')
    trials = tune(program, 'open(os.path.expanduser(args[1]), "a").write("x"); print("value", args[0])', "{x} " + str(tmp_path / "runs"), trials=3)
    assert (tmp_path / "runs").read_text() == "xxx"
    loaded = optuna.load_study(study_name="kept", storage=f"sqlite:///{tmp_path}/s.db")
    assert [t.value for t in loaded.trials] == [t["value"] for t in trials]
    with attune.Program(ATTUNE, folder=str(tmp_path)) as other:
        other.run('study open "kept" storage="s.db"\ntrials\nbest')
        with pytest.raises(attune.AttuneError):
            other.run("tune trials=1")
        assert len(other.value("trials")) == 3
        assert [t["params"] for t in other.value("trials")] == [t["params"] for t in trials]
    assert (tmp_path / "runs").read_text() == "xxx"
    with pytest.raises(attune.AttuneError, match="program outside"):
        program.run('export best to="b.npz"')


def test_a_seed_gives_the_same_table(tmp_path):
    tables = []
    for place in ("a", "b"):
        folder = tmp_path / place
        folder.mkdir()
        (folder / "train.py").write_text(TRAIN)
        with attune.Program(ATTUNE, folder=str(folder)) as program:
            program.run("set progress=none")
            trials = tune(program, 'print("value", float(args[0]) + int(args[1]) % 1000)', "{x} {seed}", trials=6, parallel=2,
                          sampler="tpe", seed=5)
            tables.append([(t["params"], t["value"]) for t in trials])
    assert tables[0] == tables[1]


# Says who has started it, in a file beside the notebook's.
MARK = f"{PROGRAM} 'open(os.environ[\"ATTUNE_FOLDER\"] + \"/parent\", \"w\").write(str(os.getppid())); print(\"value\", float(args[0]) + float(args[1]))'"


def run(folder, cells, *more, **options):
    return subprocess.run([ATTUNE, "run", "-c", cells, *more], cwd=folder, capture_output=True, text=True, timeout=300, **options)


def shared(text, words):
    return f"""set progress=none
study storage "s.db"
network neurons=7
space external
    x in 0.0..1.0
study new "p" seed=3 sampler=random
tune program={literal(text)} {words}"""


def test_workers_start_the_program_that_the_cell_names(tmp_path):
    (tmp_path / "train.py").write_text(TRAIN)
    done = run(tmp_path, shared(MARK + " {x} {neurons}", "trials=6 workers=processes(2) trial_timeout=100s"))
    assert done.returncode == 0, done.stdout + done.stderr
    trials = optuna.load_study(study_name="p", storage=f"sqlite:///{tmp_path}/s.db").trials
    assert [t.state.name for t in trials] == ["COMPLETE"] * 6
    # What the session gave, the network's 7 neurons, went along.
    assert [t.value for t in trials] == [t.params["x"] + 7 for t in trials]
    parents = {(tmp_path / "attune-trials" / "p" / str(t.number) / "parent").read_text() for t in trials}
    assert str(os.getpid()) not in parents and 1 <= len(parents) <= 2
    # The same table as without workers.
    alone = shared(MARK + " {x} {neurons}", "trials=6 parallel=2").replace("s.db", "a.db")
    assert run(tmp_path, alone).returncode == 0
    others = optuna.load_study(study_name="p", storage=f"sqlite:///{tmp_path}/a.db").trials
    assert [(t.params, t.value) for t in others] == [(t.params, t.value) for t in trials]


def test_a_worker_starts_only_what_its_own_user_names(tmp_path):
    (tmp_path / "train.py").write_text(TRAIN)
    done = run(tmp_path, shared(MARK + " {x} 1", "trials=1"))
    assert done.returncode == 0, done.stdout + done.stderr
    worker = [ATTUNE, "worker", "--storage=s.db", "--study=p", "--trials=1"]
    def work(*arguments):
        done = subprocess.run([*worker, *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=300)
        return done.returncode, done.stdout + done.stderr
    code, said = work()
    assert code == 1 and "only one that is named here is started" in said and "--program=" in said, said
    folders = tmp_path / "attune-trials" / "p"
    assert len(list(folders.iterdir())) == 1
    code, said = work(f"--program={MARK} {{x}} 2")
    assert code == 0, said
    trials = optuna.load_study(study_name="p", storage=f"sqlite:///{tmp_path}/s.db").trials
    assert [t.value for t in trials] == [trials[0].params["x"] + 1, trials[1].params["x"] + 2]
    code, said = work(f"--program={PROGRAM} 'time.sleep(100)' {{x}}", "--trial-timeout=1s")
    assert "trial_timeout" in said, said
    for arguments, words in [(["--program=train {y}"], "not a parameter"), (["--trial-timeout=1s"], "is for --program"),
                             (["--program= "], "no name"), (["--program=x {x}", "--trial-timeout=soon"], "is a duration")]:
        code, said = work(*arguments)
        assert code != 0 and words in said, said
    # A study that is trained here runs no program.
    run(tmp_path, """study storage "s.db"
data iris
space
    layers in 1..2
study new "t"
tune trials=1 epochs=1""")
    worker[3] = "--study=t"
    code, said = work("--program=touch ran")
    assert code == 1 and "no program runs" in said and not (tmp_path / "ran").exists(), said


def test_an_interrupt_ends_workers_and_their_programs(tmp_path):
    (tmp_path / "train.py").write_text(TRAIN)
    text = f"{PROGRAM} 'open(os.environ[\"ATTUNE_FOLDER\"] + \"/pid\", \"w\").write(str(os.getpid())); time.sleep(300)' {{x}}"
    cell = subprocess.Popen([ATTUNE, "run", "-c", shared(text, "trials=6 workers=processes(2)")], cwd=tmp_path,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    def pids():
        return [int(file.read_text()) for file in tmp_path.glob("attune-trials/p/*/pid") if file.read_text()]
    until(lambda: len(pids()) == 2)
    cell.send_signal(signal.SIGINT)
    output, errors = cell.communicate(timeout=120)
    assert cell.returncode == 130 and "its workers are cancelled" in errors, output + errors
    until(lambda: not any(map(psutil.pid_exists, pids())))
