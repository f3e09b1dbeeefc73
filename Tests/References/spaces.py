"""Spaces and test functions that the scripts and the Swift tests share by name."""
import math

import optuna

D = optuna.distributions

SPACES = {
    "continuous": {
        "rate": D.FloatDistribution(1e-5, 1.0, log=True),
        "share": D.FloatDistribution(0.0, 0.9),
        "kind": D.CategoricalDistribution(["a", "b", "c"]),
    },
    "mixed": {
        "rate": D.FloatDistribution(1e-5, 1.0, log=True),
        "width": D.IntDistribution(16, 256, step=16),
        "kind": D.CategoricalDistribution(["a", "b", "c"]),
        "share": D.FloatDistribution(0.0, 0.5, step=0.1),
        "shift": D.FloatDistribution(-3.0, 2.0),
        "size": D.IntDistribution(1, 200, log=True),
    },
}


def as_json(distribution):
    if isinstance(distribution, D.CategoricalDistribution):
        return {"type": "set", "choices": list(distribution.choices)}
    kind = "int" if isinstance(distribution, D.IntDistribution) else "float"
    return {
        "type": kind, "low": distribution.low, "high": distribution.high, "step": distribution.step,
        "log": distribution.log,
    }


def spaces_as_json():
    return {
        name: [dict(as_json(d), name=parameter) for parameter, d in space.items()] for name, space in SPACES.items()
    }


def bowl(params):
    """A smooth function of whatever parameters there are; the Swift tests have the values in the file."""
    total = 0.0
    for name, value in sorted(params.items()):
        if name == "rate":
            total += (math.log10(value) + 2.3) ** 2
        elif name == "width":
            total += (value / 64 - 2) ** 2
        elif name == "kind":
            total += {"a": 0.0, "b": 0.31, "c": 1.07}[value]
        elif name == "share":
            total += 3 * (value - 0.21) ** 2
        elif name == "shift":
            total += abs(value - 0.4)
        elif name == "size":
            total += (math.log(value) - 3) ** 2 / 4
    return total
