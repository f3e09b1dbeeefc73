"""Optuna 5.0.0's PED-ANOVA importances, conditional parameters among them. Writes importance.json."""
import json
import pathlib

import optuna

from spaces import SPACES, as_json, bowl

optuna.logging.set_verbosity(optuna.logging.ERROR)
SPACE = dict(SPACES["mixed"], momentum=optuna.distributions.FloatDistribution(0.0, 0.99),
             steps=optuna.distributions.IntDistribution(1, 400, step=3))


def study(count, seed, directions):
    result = optuna.create_study(
        directions=directions, sampler=optuna.samplers.TPESampler(seed=seed, multivariate=True))
    for _ in range(count):
        trial = result.ask({k: d for k, d in SPACE.items() if k != "momentum"})
        value = bowl({k: v for k, v in trial.params.items() if k in SPACES["mixed"]})
        if trial.params["kind"] == "b":
            value += (trial.suggest_float("momentum", 0.0, 0.99) - 0.5) ** 2
        value = round(value, 2)
        sign = 1 if directions[0] == "minimize" else -1
        values = [sign * value, trial.params["steps"] / 100 - value][: len(directions)]
        result.tell(trial, values)
    evaluator = optuna.importance.PedAnovaImportanceEvaluator()
    return {
        "directions": directions, "params": [t.params for t in result.trials], "values": [t.values for t in result.trials],
        "importance": optuna.importance.get_param_importances(result, evaluator=evaluator),
    }


studies = [
    study(n, n, d)
    for n in (20, 60, 150) for d in (["minimize"], ["maximize"], ["minimize", "maximize"])
]
spaces = {"importance": [dict(as_json(d), name=name) for name, d in SPACE.items()]}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"spaces": spaces, "studies": studies}).replace('{"', '\n{"') + "\n")
