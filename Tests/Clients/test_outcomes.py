"""What only a finished trial tells, as Optuna sees it: constraints of rules and of `tell`."""

import subprocess
import textwrap

import optuna
import pytest
from conftest import ATTUNE

optuna.logging.set_verbosity(optuna.logging.ERROR)


def attune(folder, cell):
    done = subprocess.run(
        [ATTUNE, "run", "-"], input=textwrap.dedent(cell), cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def load(folder, name):
    return optuna.load_study(study_name=name, storage=f"sqlite:///{folder}/s.db")


def test_rules_on_outcomes_are_constraints(tmp_path):
    shown = attune(tmp_path, """
        study storage "s.db"
        data iris
        space
            neurons       in {2, 4, 8, 16}
            learning_rate in log(1e-3..1e-1)
            subject to val_accuracy >= 0.8
            subject to neurons <= 8
        study new "a"
        tune trials=12 epochs=6 sampler=random
        print "best is" best.number
    """)
    study = load(tmp_path, "a")
    broken = 0
    for trial in study.trials:
        accuracy = trial.user_attrs["val_accuracy"]
        assert trial.constraints["0"] == pytest.approx(0.8 - accuracy)
        assert trial.constraints["1"] == trial.params["neurons"] - 8 <= 0
        broken += accuracy < 0.8
    assert 0 < broken < 12
    assert f"best is {study.best_trial.number}" in shown
    assert study.best_trial.user_attrs["val_accuracy"] >= 0.8


def test_told_violations_are_constraints(tmp_path):
    attune(tmp_path, """
        study storage "s.db"
        space external
            a in 0.0..1.0
        study new "mine"
        ask;
        ask;
        tell 0 0.1 violates=[0.5, -1]
        tell 1 0.2 violates=[0, -1]
    """)
    study = load(tmp_path, "mine")
    assert [list(trial.constraints.values()) for trial in study.trials] == [[0.5, -1], [0, -1]]
    assert study.best_trial.number == 1


def test_constraints_of_optuna_count_here(tmp_path):
    study = optuna.create_study(study_name="o", storage=f"sqlite:///{tmp_path}/s.db")

    def objective(trial):
        x = trial.suggest_float("x", 0, 1)
        trial.set_constraint("at least a half", 0.5 - x)
        return x

    study.optimize(objective, n_trials=12)
    shown = attune(tmp_path, 'study storage "s.db"\nstudy open "o"\nprint "best is" best.number\nexplain')
    assert f"best is {study.best_trial.number}" in shown
    assert f"best: trial {study.best_trial.number}," in shown


def test_a_confirmed_study_stays_optunas(tmp_path):
    attune(tmp_path, """
        study storage "s.db"
        data iris
        space
            neurons       in {2, 4, 8, 16}
            learning_rate in log(1e-3..1e-1)
        study new "a"
        tune trials=6 epochs=3 confirm=3
    """)
    study = load(tmp_path, "a")
    assert len(study.trials) == 6 and study.best_value == min(trial.value for trial in study.trials)
    study.enqueue_trial({"neurons": 4, "learning_rate": 0.01})
    shown = attune(tmp_path, 'study storage "s.db"\ndata iris\nstudy open "a"\ntune trials=1\nexplain')
    assert "7 trials: 7 complete" in shown
