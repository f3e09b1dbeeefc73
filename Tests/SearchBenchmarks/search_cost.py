"""What a suggestion costs after many finished trials, ours beside Optuna's, in milliseconds (the median of ten).

    swift build -c release --product SearchServer
    python Tests/SearchBenchmarks/search_cost.py
"""
import argparse
import math
import random
import statistics

import samplers


def space(parameters):
    return [{"name": f"p{i}", "type": "float", "low": 0.0, "high": 1.0} for i in range(parameters)]


def ours(sampler, trials, parameters, repeats):
    server = samplers.Attune(space(parameters), sampler, 1, trials)
    server.send({"op": "fill", "count": trials})
    server.receive()
    seconds = []
    for _ in range(repeats):
        server.ask()
        seconds.append(server.last)
    server.close()
    return statistics.median(seconds)


def optunas(sampler, trials, parameters, repeats):
    import optuna

    rival = samplers.Optuna(space(parameters), sampler, 1, trials)
    draw = random.Random(1)
    for _ in range(trials):
        params = {f"p{i}": draw.random() for i in range(parameters)}
        rival.study.add_trial(optuna.trial.create_trial(
            params=params, distributions=rival.distributions, value=sum(math.sin(7 * v) for v in params.values())))
    seconds = []
    for _ in range(repeats):
        rival.ask()
        seconds.append(rival.last)
        rival.tell(1.0)
    return statistics.median(seconds)


parser = argparse.ArgumentParser()
parser.add_argument("--alone", action="store_true", help="do not measure Optuna")
options = parser.parse_args()
for sampler, trials, parameters, repeats in (
    ("tpe", 1000, 5, 10), ("tpe", 10_000, 5, 10), ("gp", 100, 5, 5), ("gp", 500, 10, 3)
):
    own = ours(sampler, trials, parameters, repeats) * 1000
    line = f"{sampler:4} {trials:6} trials {parameters:3} parameters: {own:9.2f} ms"
    if not options.alone:
        their = optunas(sampler, trials, parameters, repeats) * 1000
        line += f"   Optuna {their:9.2f} ms   1/{their / own:.1f}"
    print(line, flush=True)
