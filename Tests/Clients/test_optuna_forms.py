"""Every form of a study that Optuna 5 makes, opened and gone on with here, and gone on with by Optuna again."""

import csv
import json
import math
import subprocess

import optuna
import pytest
from conftest import ATTUNE
from optuna.trial import TrialState

optuna.logging.set_verbosity(optuna.logging.ERROR)


def bounded(trial):
    x = trial.suggest_float("x", 0, 1)
    trial.set_constraint("at least a half", 0.5 - x)
    return x


def awkward(study):
    """Trials of every state, with values and reports that are not finite."""
    study.enqueue_trial({"x": 0.25})
    for end in [0.5, math.inf, -math.inf]:
        trial = study.ask()
        trial.suggest_float("x", 0, 1)
        trial.report(math.nan, 1)
        study.tell(trial, end)
    for state in [TrialState.PRUNED, TrialState.FAIL]:
        trial = study.ask()
        trial.suggest_float("x", 0, 1)
        trial.report(math.inf, 3)
        study.tell(trial, state=state)
    study.ask().suggest_float("x", 0, 1)
    study.enqueue_trial({"x": 0.75, "unknown": 3})


def listed(trial):
    return sum(trial.suggest_categorical("hidden", [[64, 32], [8], [16, 16]])) + trial.suggest_float("x", 0, 1)


def mixed(trial):
    choice = trial.suggest_categorical("k", [None, True, 1.5, "a", 3, "3"])
    return trial.suggest_float("q", 0.0, 1.0, step=0.3) + (choice == "a") + trial.suggest_int("n", 1, 64, log=True) / 99


def changing(study):
    for width in range(1, 7):
        trial = study.ask()
        study.tell(trial, trial.suggest_float("x", 0, width))


# How the study is created, what makes its trials, and what `tell` needs.
FORMS = {
    "minimize": ({}, lambda t: t.suggest_float("x", 0, 1), "0.9"),
    "maximize": ({"direction": "maximize"}, lambda t: t.suggest_float("x", 0, 1), "0.1"),
    "named": ({"direction": "maximize", "metrics": ["val_accuracy"]}, lambda t: 90 + t.suggest_float("x", 0, 5), "90.5"),
    "quoted": ({}, lambda t: t.suggest_float("optimizer.lr", 1e-5, 1e-1, log=True) + t.suggest_int("n-layers", 1, 5, step=2), "9"),
    "strange": ({}, lambda t: t.suggest_float("größe / λ", 0, 1) + t.suggest_float('a"b', 0, 1) + t.suggest_int("state", 0, 3), "9"),
    "constrained": ({}, bounded, "0.01"),
    "lists": ({}, listed, "999"),
    "choices": ({}, mixed, "99"),
    "single": ({}, lambda t: t.suggest_float("x", 0.5, 0.5) + t.suggest_int("k", 3, 3) + t.suggest_float("y", 0, 1), "99"),
    "conditional": ({}, lambda t: t.suggest_float("C", 1e-3, 1e3, log=True) if t.suggest_categorical("m", ["svm", "rf"]) == "svm"
                    else t.suggest_int("depth", 2, 32, log=True), "9999"),
    "front": ({"directions": ["minimize", "maximize"]}, lambda t: (t.suggest_float("x", 0, 1), t.suggest_float("y", 0, 1)), "[2, -1]"),
    "named front": ({"directions": ["minimize", "maximize"], "metrics": ["loss", "val_accuracy"]},
                    lambda t: (t.suggest_float("x", 0, 1), 90 + t.suggest_float("y", 0, 1)), "[2, -1]"),
    "states": ({"direction": "maximize"}, awkward, "0.1"),
    "changing": ({}, changing, "99"),
    "subnormal": ({}, lambda t: t.suggest_float("x", 1e-310, 1e-300) * 1e300 + t.suggest_float("y", 1e-320, 1e-305, log=True), "99"),
    "wide": ({}, lambda t: t.suggest_float("x", -1e300, 1e300) / 1e301 + t.suggest_int("n", -2**40, 2**40) / 2**50, "99"),
}


def storage(folder):
    return f"sqlite:///{folder}/o.db"


def made(folder, name):
    options, trials, _ = FORMS[name]
    options = dict(options)
    metrics = options.pop("metrics", None)
    study = optuna.create_study(
        study_name="o", storage=storage(folder), sampler=optuna.samplers.RandomSampler(seed=1), **options)
    if metrics:
        study.set_metric_names(metrics)
    if trials in (awkward, changing):
        trials(study)
    else:
        study.optimize(trials, n_trials=12)
    return study


def expressions(folder, cells, *asked):
    lines = ["set progress=none", 'study open "o" storage="o.db";', *cells]
    (folder / "x.attune").write_text("\n".join(lines + [f"print {text}" for text in asked]) + "\n")
    done = subprocess.run([ATTUNE, "run", "x.attune"], cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.filterwarnings("ignore")
def test_every_form_is_read_continued_and_read_back(tmp_path, name):
    study = made(tmp_path, name)
    before = study.trials
    is_front = len(study.directions) > 1
    views = ["study;", "trials;", "plot history;", "plot slice;", "plot parallel;", "plot intermediate;", 'export trials to="t.json"', 'export trials to="t.csv"']
    output = expressions(tmp_path, views + (["plot pareto;"] if is_front else ["best;"]), *([] if is_front else ["best.number"]))
    if not is_front:
        assert int(output.split()[-1]) == study.best_trial.number
    rows = json.loads((tmp_path / "t.json").read_text())
    assert [row["number"] for row in rows] == [trial.number for trial in before]
    states = {"COMPLETE": "complete", "PRUNED": "pruned", "FAIL": "failed", "RUNNING": "running", "WAITING": "waiting"}
    assert [row["state"] for row in rows] == [states[trial.state.name] for trial in before]
    for row, trial in zip(rows, before):
        if not is_front and trial.value is not None and math.isfinite(trial.value):
            assert row["value"] == trial.value
        for key, value in trial.params.items():
            shown = row["params"][key]
            assert shown is not None or value is None
            assert shown == (json.dumps(value) if isinstance(value, list) else value)

    with open(tmp_path / "t.csv", newline="") as file:
        kept = {int(row["number"]): row for row in csv.DictReader(file)}
    for trial in before:
        if not is_front and trial.state == TrialState.COMPLETE:
            assert float(kept[trial.number]["value"]) == trial.value

    waiting = [trial.number for trial in before if trial.state == TrialState.WAITING]
    number = waiting[0] if waiting else len(before)
    expressions(tmp_path, ["ask;", f"tell {number} {FORMS[name][2]}"])
    again = optuna.load_study(study_name="o", storage=storage(tmp_path))
    told = again.trials[number]
    assert told.state == TrialState.COMPLETE and told.values == json.loads(f"[{FORMS[name][2]}]".replace("[[", "[").replace("]]", "]"))
    # What Optuna sampled fits its own distributions; what we have sampled does too.
    for key, distribution in told.distributions.items():
        assert distribution._contains(distribution.to_internal_repr(told.params[key]))
    for other, trial in zip(before, again.trials):
        if trial.number != number:
            assert (trial.params, trial.state, trial.user_attrs) == (other.params, other.state, other.user_attrs)
    if FORMS[name][1] not in (awkward, changing):
        again.optimize(FORMS[name][1], n_trials=3)
        count = len(again.trials)
        output = expressions(tmp_path, [], f"len(trials) == {count}", *([] if is_front else ["best.number"]))
        assert output.split()[0] == "true"
        if not is_front:
            assert int(output.split()[-1]) == again.best_trial.number


def test_a_journal_is_named(tmp_path):
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend
    kept = JournalStorage(JournalFileBackend(str(tmp_path / "j.log")))
    optuna.create_study(study_name="o", storage=kept).optimize(lambda t: t.suggest_float("x", 0, 1), n_trials=2)
    (tmp_path / "x.attune").write_text('study open "o" storage="j.log"\n')
    done = subprocess.run([ATTUNE, "run", "x.attune"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and "'j.log' is a journal of Optuna" in done.stderr and "copy_study" in done.stderr


def test_optuna_knows_the_best_of_a_study_with_rules_on_outcomes(tmp_path):
    """What breaks `subject to val_accuracy <= 0.8` is infeasible there too, after a second session has gone on."""
    cells = ["data iris", "space", "    neurons in 2..64", "    subject to val_accuracy <= 0.8", ""]
    (tmp_path / "x.attune").write_text("\n".join(
        ["set progress=none", *cells, 'study new "o" storage="o.db"', "tune trials=8 epochs=4 learning_rate=0.01 sampler=random;"]) + "\n")
    subprocess.run([ATTUNE, "run", "x.attune"], cwd=tmp_path, check=True, capture_output=True)
    best = int(expressions(tmp_path, ["tune trials=4;"], "best.number").split()[-1])
    study = optuna.load_study(study_name="o", storage=storage(tmp_path))
    assert len(study.trials) == 12 and study.best_trial.number == best
    assert {trial.user_attrs["val_accuracy"] <= 0.8 for trial in study.trials} == {True, False}
    assert study.best_trial.user_attrs["val_accuracy"] <= 0.8


@pytest.mark.filterwarnings("ignore")
def test_a_value_of_another_program_is_not_taken_for_a_training(tmp_path):
    study = optuna.create_study(study_name="o", storage=storage(tmp_path))
    for neurons in (3, 4):
        study.enqueue_trial({"neurons": neurons})
    study.optimize(lambda t: t.suggest_int("neurons", 3, 4) / 1000, n_trials=2)
    expressions(tmp_path, ["data iris", "tune trials=4 epochs=3 sampler=random;"])
    values = [trial.value for trial in optuna.load_study(study_name="o", storage=storage(tmp_path)).trials]
    assert len(values) == 6 and all(value > 0.1 for value in values[2:])
