"""Decisions of Optuna 5.0.0's pruners on recorded curves, step by step. Writes pruners.json."""
import json
import math
import pathlib
import random

import optuna
from optuna.trial import TrialState

optuna.logging.set_verbosity(optuna.logging.ERROR)
P = optuna.pruners

PRUNERS = {
    "median": lambda: P.MedianPruner(),
    "median(startup=3, warmup=4, interval=3, min_trials=2)": lambda: P.MedianPruner(3, 4, 3, n_min_trials=2),
    "percentile(percentile=25.0)": lambda: P.PercentilePruner(25.0),
    "percentile(percentile=80.0, startup=1)": lambda: P.PercentilePruner(80.0, 1),
    "asha(factor=4, min_resource=0.01)": lambda: P.SuccessiveHalvingPruner(),
    "asha(min_resource=2, factor=3, skip=1, bootstrap=2)": lambda: P.SuccessiveHalvingPruner(
        min_resource=2, reduction_factor=3, min_early_stopping_rate=1, bootstrap_count=2),
    "asha(min_resource=1, factor=2)": lambda: P.SuccessiveHalvingPruner(min_resource=1, reduction_factor=2),
    "hyperband(min_resource=1, max_resource=27)": lambda: P.HyperbandPruner(1, 27, 3),
    "hyperband(min_resource=2, max_resource=20, factor=2)": lambda: P.HyperbandPruner(2, 20, 2),
    "patient(patience=2, min_delta=0.05)": lambda: P.PatientPruner(None, 2, 0.05),
    "patient(patience=1, pruner=median)": lambda: P.PatientPruner(P.MedianPruner(), 1),
    "threshold(lower=-0.2, upper=1.9, warmup=2, interval=2)": lambda: P.ThresholdPruner(
        lower=-0.2, upper=1.9, n_warmup_steps=2, interval_steps=2),
    "wilcoxon(p=0.2)": lambda: P.WilcoxonPruner(p_threshold=0.2),
    "wilcoxon(p=0.3, startup=5)": lambda: P.WilcoxonPruner(p_threshold=0.3, n_startup_steps=5),
}


def curve(draw, with_nan):
    level, fall, noise = draw.uniform(0, 1.5), draw.uniform(0.2, 2), draw.choice([0, 0.05, 0.3])
    values = [level + fall / step + draw.gauss(0, noise) for step in range(1, 28)]
    values = [round(value, 1 if noise == 0.05 else 3) for value in values]
    if with_nan and draw.random() < 0.2:
        values[draw.randrange(27)] = math.nan
    return values


def run(name, direction, seed):
    draw = random.Random(seed)
    study = optuna.create_study(study_name="curves", direction=direction, pruner=PRUNERS[name]())
    sign = 1 if direction == "minimize" else -1
    trials = []
    for number in range(45):
        trial = study.ask()
        values = [sign * v for v in curve(draw, "wilcoxon" not in name)]
        length = 27 if "auto" in name or draw.random() < 0.9 else draw.randint(3, 26)
        reported, decisions = [], []
        for step in range(1, length + 1):
            trial.report(values[step - 1], step)
            reported.append(values[step - 1])
            decisions.append(bool(trial.should_prune()))
            if decisions[-1]:
                break
        if decisions[-1]:
            state, value = TrialState.PRUNED, None
        elif draw.random() < 0.1:
            state, value = TrialState.FAIL, None
        else:
            state, value = TrialState.COMPLETE, next((v for v in reversed(reported) if v == v), 0.0)
        study.tell(trial, value, state)
        trials.append({
            "state": study.trials[-1].state.name, "value": value,
            "reports": [None if v != v else v for v in reported], "pruned": decisions[-1],
        })
    return {"pruner": name, "direction": direction, "trials": trials}


def signed_rank():
    import scipy.stats

    draw = random.Random(5)
    cases = []
    for count in (2, 3, 7, 12, 13, 14, 30, 50, 51, 80):
        for grid in (1, 3, 9):
            d = [round(draw.gauss(0.3, 1), grid) for _ in range(count)]
            p = scipy.stats.wilcoxon(d, alternative="greater", zero_method="zsplit").pvalue
            cases.append({"differences": d, "p": float(p)})
    return cases


runs = [run(name, d, 11 * i) for i, name in enumerate(PRUNERS) for d in ("minimize", "maximize")]
for name in PRUNERS:
    print(name, sum(t["pruned"] for r in runs if r["pruner"] == name for t in r["trials"]))
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"runs": runs, "signed_rank": signed_rank()}).replace('{"', '\n{"') + "\n")
