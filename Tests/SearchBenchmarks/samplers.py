"""One interface over the samplers that are compared: ask() gives parameters, tell(loss) closes the trial."""
import json
import os
import pathlib
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVER = os.environ.get("SEARCH_SERVER") or ROOT / ".build" / "release" / "SearchServer"


class Attune:
    """A sampler of ours, served by the SearchServer target; `more` may name a direction, and a pruner with a trial's steps."""

    def __init__(self, space, sampler, seed, planned, **more):
        self.server = subprocess.Popen([SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        start = {"op": "start", "sampler": sampler, "seed": seed, "direction": "minimize", "planned": planned, "space": space}
        self.send(start | more)
        self.receive()
        self.seconds = 0.0

    def send(self, message):
        self.server.stdin.write(json.dumps(message) + "\n")
        self.server.stdin.flush()

    def receive(self):
        answer = json.loads(self.server.stdout.readline())
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer

    def ask(self):
        self.send({"op": "ask"})
        answer = self.receive()
        self.seconds += answer["seconds"]
        self.last = answer["seconds"]
        return answer["params"]

    def tell(self, loss):
        self.send({"op": "tell", "value": loss})

    def report(self, step, value):
        """Whether the trial is to be given up."""
        self.send({"op": "report", "step": step, "value": value})
        return self.receive()["prune"]

    def give_up(self):
        self.send({"op": "tell", "pruned": True})

    def close(self):
        self.server.stdin.close()
        self.server.wait()


class Optuna:
    def __init__(self, space, sampler, seed, planned):
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        import warnings

        warnings.simplefilter("ignore")
        samplers = {
            "tpe": lambda: optuna.samplers.TPESampler(seed=seed),
            "gp": lambda: optuna.samplers.GPSampler(seed=seed),
            "cmaes": lambda: optuna.samplers.CmaEsSampler(seed=seed),
        }
        self.study = optuna.create_study(sampler=samplers[sampler]())
        self.distributions = {p["name"]: self.distribution(p) for p in space}
        self.seconds = 0.0

    @staticmethod
    def distribution(p):
        import optuna

        if p["type"] == "int":
            return optuna.distributions.IntDistribution(p["low"], p["high"], log=p.get("log", False))
        if p["type"] == "float":
            return optuna.distributions.FloatDistribution(p["low"], p["high"], log=p.get("log", False))
        return optuna.distributions.CategoricalDistribution(p["choices"])

    def ask(self):
        begun = time.perf_counter()
        self.trial = self.study.ask(self.distributions)
        self.last = time.perf_counter() - begun
        self.seconds += self.last
        return self.trial.params

    def tell(self, loss):
        self.study.tell(self.trial, loss)

    def close(self):
        pass


class Hyperopt:
    def __init__(self, space, sampler, seed, planned):
        import hyperopt
        import numpy as np

        self.hyperopt = hyperopt
        self.space = {p["name"]: self.parameter(p) for p in space}
        self.choices = {p["name"]: p["choices"] for p in space if p["type"] == "set"}
        self.integers = [p["name"] for p in space if p["type"] == "int"]
        self.domain = hyperopt.base.Domain(lambda x: 0.0, self.space)
        self.trials = hyperopt.Trials()
        self.random = np.random.default_rng(seed)
        self.seconds = 0.0

    def parameter(self, p):
        from hyperopt import hp

        if p["type"] == "set":
            return hp.choice(p["name"], p["choices"])
        if p["type"] == "int":
            return hp.quniform(p["name"], p["low"], p["high"], 1)
        return hp.uniform(p["name"], p["low"], p["high"])

    def ask(self):
        begun = time.perf_counter()
        ids = self.trials.new_trial_ids(1)
        self.trials.refresh()
        (self.doc,) = self.hyperopt.tpe.suggest(ids, self.domain, self.trials, int(self.random.integers(2**31 - 1)))
        self.last = time.perf_counter() - begun
        self.seconds += self.last
        values = {n: v[0] for n, v in self.doc["misc"]["vals"].items()}
        return {
            n: self.choices[n][int(v)] if n in self.choices else int(v) if n in self.integers else v
            for n, v in values.items()
        }

    def tell(self, loss):
        self.doc["state"] = self.hyperopt.JOB_STATE_DONE
        self.doc["result"] = {"loss": loss, "status": "ok"}
        self.trials.insert_trial_docs([self.doc])
        self.trials.refresh()

    def close(self):
        pass


class AttuneByValue(Attune):
    """The same, shown the values of a table's parameters in place of their places in the grid: what a user would type."""

    def __init__(self, space, sampler, seed, planned):
        self.values = {p["name"]: p["values"] for p in space if "values" in p}
        super().__init__(
            [
                {"name": p["name"], "type": "set", "choices": p["values"], "ordered": True} if "values" in p else p
                for p in space
            ],
            sampler, seed, planned)

    def ask(self):
        params = super().ask()
        return {n: self.values[n].index(v) if n in self.values else v for n, v in params.items()}


def make(name, space, seed, planned):
    """`tpe`, `auto`, ... are ours, `value:auto` shown values; `optuna:tpe`, `optuna:gp`, `hyperopt:tpe` the others'."""
    library, _, sampler = name.rpartition(":")
    kinds = {"": Attune, "value": AttuneByValue, "optuna": Optuna, "hyperopt": Hyperopt}
    return kinds[library](space, sampler, seed, planned)
