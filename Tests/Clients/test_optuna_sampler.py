"""Attune's samplers in Optuna's own studies."""

import os
import pickle
import sys
import threading

import optuna
import pytest
from conftest import ATTUNE, ROOT
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState, create_trial

sys.path.insert(0, str(ROOT / "python"))
os.environ.setdefault("ATTUNE", ATTUNE)
import attune  # noqa: E402
from attune.optuna import Sampler  # noqa: E402

optuna.logging.set_verbosity(optuna.logging.WARNING)


def study(*args, **options):
    sampler = options.pop("sampler", "auto")
    return optuna.create_study(sampler=Sampler(sampler, seed=options.pop("seed", 1)), **options)


def mirror(of):
    return of.sampler._mirrors[of]


def layered(trial):
    value = trial.suggest_float("x", -5, 5) ** 2
    if trial.suggest_categorical("optimizer", ["sgd", "adam", None]) == "sgd":
        value += trial.suggest_float("momentum", 0, 0.99)
    for layer in range(trial.suggest_int("layers", 1, 4)):
        value += abs(trial.suggest_int(f"units_{layer}", 8, 64, log=True) - 20) / 100
    return value + trial.suggest_float("share", 0, 1, step=0.1)


def params(of):
    return [trial.params for trial in of.get_trials(deepcopy=False)]


def test_it_suggests_what_the_program_suggests():
    own = attune.Study({"x": (-5.0, 5.0), "rate": attune.log(1e-5, 1.0), "n": (1, 9)}, sampler="auto", seed=7)
    space = {"x": FloatDistribution(-5, 5), "rate": FloatDistribution(1e-5, 1, log=True), "n": IntDistribution(1, 9)}
    theirs = optuna.create_study(sampler=Sampler(seed=7, space=space))
    for number in range(12):
        mine, trial = own.ask(), theirs.ask(space)
        assert trial.params == mine.params
        value = mine["x"] ** 2 + mine["rate"] * mine["n"]
        own.tell(mine, value)
        theirs.tell(trial, value)
    own.close()


@pytest.mark.parametrize("sampler", ["auto", "tpe", "gp", "random", "qmc", "cmaes", "evolution", "tpe(startup=5)", "nsga2"])
def test_every_sampler_serves(sampler):
    found = study(sampler=sampler)
    found.optimize(layered, n_trials=15)
    assert [trial.state for trial in found.trials] == [TrialState.COMPLETE] * 15
    assert len({str(p) for p in params(found)}) == 15


def test_it_finds_more_than_chance():
    def best(sampler):
        found = optuna.create_study(sampler=sampler)
        found.optimize(layered, n_trials=40)
        return found.best_value
    ours = sorted(best(Sampler(seed=seed)) for seed in range(5))
    chance = sorted(best(optuna.samplers.RandomSampler(seed)) for seed in range(5))
    assert ours[-1] < chance[0]


def test_it_learns_when_parameters_are_active():
    found = study()
    found.optimize(layered, n_trials=40)
    cell = mirror(found)._cell
    for name, condition in [("units_1", "layers > 1"), ("units_2", "layers > 2"), ("units_3", "layers > 3"),
                            ("momentum", 'not (optimizer in {"adam", "choice 2"})')]:
        line, = [line for line in cell.splitlines() if line.strip().startswith(name + " ")]
        assert line.endswith("when " + condition)
    assert mirror(found)._made < 12


@pytest.mark.parametrize("storage", ["sqlite", "journal"])
def test_a_stored_study_goes_on_as_if_it_had_not_stopped(tmp_path, storage):
    def objective(trial):
        value = layered(trial)
        if trial.number % 5 == 3:
            raise optuna.TrialPruned
        if trial.number % 7 == 4:
            raise ValueError
        return value

    def open_storage():
        if storage == "sqlite":
            return f"sqlite:///{tmp_path}/s.db"
        from optuna.storages.journal import JournalFileBackend
        return optuna.storages.JournalStorage(JournalFileBackend(f"{tmp_path}/journal.log"))

    whole = study()
    whole.optimize(objective, n_trials=24, catch=(ValueError,))
    for _ in range(3):
        part = optuna.create_study(study_name="s", storage=open_storage(), load_if_exists=True, sampler=Sampler(seed=1))
        part.optimize(objective, n_trials=8, catch=(ValueError,))
    assert params(part) == params(whole)


def test_parameters_that_were_not_asked_for_count_after_loading(tmp_path):
    def objective(trial):
        x = trial.suggest_float("x", 0, 1)
        # Nothing that is known tells when: what the sampler gave in vain must be the same after loading.
        if trial.number % 3 == 1:
            raise optuna.TrialPruned
        return x + trial.suggest_float("y", 0, 1)

    whole = study(sampler="tpe(startup=3)")
    whole.optimize(objective, n_trials=18)
    for _ in range(2):
        part = optuna.create_study(study_name="s", storage=f"sqlite:///{tmp_path}/s.db", load_if_exists=True,
                                   sampler=Sampler("tpe(startup=3)", seed=1))
        part.optimize(objective, n_trials=9)
    assert params(part) == params(whole)


def test_threads_share_a_sampler():
    found = study()
    meeting = threading.Barrier(4, timeout=60)

    def objective(trial):
        value = trial.suggest_float("x", -5, 5) ** 2
        meeting.wait()
        return value

    found.optimize(objective, n_trials=24, n_jobs=4)
    assert len({p["x"] for p in params(found)}) == 24
    found.optimize(lambda trial: trial.suggest_float("x", -5, 5) ** 2, n_trials=1)
    told = mirror(found)._program.value("trials")
    assert [t["state"] for t in told] == ["complete"] * 24 + ["running"]
    assert sorted(t["params"]["x"] for t in told[:-1]) == sorted(p["x"] for p in params(found)[:-1])


def test_several_objectives_and_directions():
    found = study(directions=["minimize", "maximize"], sampler="auto")
    found.optimize(lambda trial: (trial.suggest_float("x", 0, 2) ** 2, -(trial.suggest_float("y", 0, 1) - 1) ** 2), 40)
    told = mirror(found)._program.value("trials")[:-1]
    assert [t["values"] for t in told] == [t.values for t in found.trials[:-1]]
    assert max(t.values[1] for t in found.best_trials) > -0.01
    best = study(direction="maximize")
    best.optimize(lambda trial: -(trial.suggest_float("x", -5, 5) - 2) ** 2, 15)
    assert abs(best.best_params["x"] - 2) < 0.2


def test_pruned_failed_and_infinite_trials_are_told():
    found = study(pruner=optuna.pruners.MedianPruner(n_startup_trials=2))

    def objective(trial):
        x = trial.suggest_float("x", 0, 1)
        if trial.number == 3:
            raise ValueError
        if trial.number == 5:
            return float("inf")
        for step in range(4):
            trial.report(x * 10 + step, step)
            if trial.should_prune():
                raise optuna.TrialPruned
        return x

    found.optimize(objective, n_trials=20, catch=(ValueError,))
    found.optimize(objective, n_trials=1)
    told = mirror(found)._program.value("trials")
    names = {TrialState.COMPLETE: "complete", TrialState.PRUNED: "pruned", TrialState.FAIL: "failed"}
    expected = [names[t.state] for t in found.trials[:20]]
    expected[5] = "failed"
    assert [t["state"] for t in told[:20]] == expected and "pruned" in expected
    assert [{int(k): v for k, v in t["intermediate"].items()} for t in told[:20]] == [
        t.intermediate_values for t in found.trials[:20]]


@pytest.mark.parametrize("pruner", [optuna.pruners.HyperbandPruner(), optuna.pruners.SuccessiveHalvingPruner()])
def test_brackets_share_one_program(pruner):
    found = study(pruner=pruner)

    def objective(trial):
        x = trial.suggest_float("x", 0, 1)
        for step in range(1, 10):
            trial.report(x + 1 / step, step)
            if trial.should_prune():
                raise optuna.TrialPruned
        return x

    found.optimize(objective, n_trials=20)
    assert len(found.sampler._mirrors) == 1 and mirror(found)._count == 20
    assert mirror(found)._made <= 2


DISTRIBUTIONS = {
    "float": FloatDistribution(-1.5, 2.5), "log": FloatDistribution(1e-9, 1e3, log=True),
    "step": FloatDistribution(0.1, 0.95, step=0.2), "thirds": FloatDistribution(-1, 1, step=1 / 3),
    "tiny": FloatDistribution(0, 5e-324), "wide": FloatDistribution(-1e308, 7e307),
    "int": IntDistribution(-3, 12), "int step": IntDistribution(1, 20, step=6), "int log": IntDistribution(1, 1000, log=True),
    "huge": IntDistribution(-2**60, 2**60), "one": IntDistribution(4, 4), "single": CategoricalDistribution(["only"]),
    "numbers": CategoricalDistribution([64, 0.5, 1e6, -2]), "same": CategoricalDistribution([1, True, 1.0]),
    "flags": CategoricalDistribution([True, False]), "none": CategoricalDistribution([None, "none", "None"]),
    "lists": CategoricalDistribution([[1, 2], (1, 2), {"a": 1}]),
    "mixed": CategoricalDistribution(["a", 1, None, 2.5, True, "1", "true", "choice 3", 'quo"te', "two\nlines", ""]),
    "nan": CategoricalDistribution([float("nan"), float("inf"), 1.0]),
    "names": CategoricalDistribution(["adam", "sgd", "when", "größe"]),
}
SIMPLE = {"x": FloatDistribution(0, 1)}


@pytest.mark.filterwarnings("ignore:Choices for a categorical distribution")
@pytest.mark.filterwarnings("ignore:The distribution is specified by")
@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_every_distribution_is_searched_and_told(name):
    distribution = DISTRIBUTIONS[name]
    found = optuna.create_study(sampler=Sampler("tpe(startup=3)", seed=2))
    space = {**SIMPLE, name: distribution}
    for number in range(12):
        trial = found.ask(space)
        assert distribution._contains(distribution.to_internal_repr(trial.params[name]))
        if isinstance(distribution, CategoricalDistribution):
            assert any(trial.params[name] is choice or trial.params[name] == choice for choice in distribution.choices)
        found.tell(trial, trial.params["x"] + number)
    assert mirror(found)._count == 12 and mirror(found)._made == 1


@pytest.mark.parametrize("name", [
    "", " ", "optimizer.lr", "hidden[0]", "in", "true", "none", "when", "größe", 'quo"te', "a\nb", "a b", "train", "x" * 300,
    "parameter_1", "step", "subject", "1", "best", "-", "#", "\\",
])
def test_every_name_serves(name):
    found = study(sampler="tpe(startup=2)")

    def objective(trial):
        if trial.suggest_int(name, 1, 5) > 2:
            return trial.suggest_float(name + "'s", 0, 1)
        return 1 + trial.suggest_float("x", 0, 1)

    found.optimize(objective, n_trials=12)
    assert mirror(found)._count == 12 and " when " in mirror(found)._cell


def test_enqueued_trials_are_tried_and_told():
    found = study(sampler="tpe(startup=2)")
    found.enqueue_trial({"x": 1.25})
    found.optimize(layered, n_trials=4)
    found.enqueue_trial({"x": 0.5, "optimizer": "adam"})
    found.enqueue_trial({"optimizer": "adam", "momentum": 0.5})
    with pytest.warns(UserWarning, match="out of range"):
        found.enqueue_trial({"x": 99.0})
        found.optimize(layered, n_trials=3)
    found.optimize(layered, n_trials=3)
    assert [found.trials[n].params["x"] for n in (0, 4, 6)] == [1.25, 0.5, 99.0]
    assert found.trials[4].params["optimizer"] == found.trials[5].params["optimizer"] == "adam"
    told = [t["params"]["x"] for t in mirror(found)._program.value("trials")]
    assert told == [t.params["x"] for t in found.trials if t.number != 6]


def test_trials_of_others_are_learned_from():
    found = study(sampler="gp")
    for x in (-4.0, -1.0, 1.9, 2.1, 4.0):
        found.add_trial(create_trial(params={"x": x}, distributions={"x": FloatDistribution(-5, 5)}, value=(x - 2) ** 2))
    found.optimize(lambda trial: (trial.suggest_float("x", -5, 5) - 2) ** 2, n_trials=4)
    assert mirror(found)._count == 9 and found.best_value < 0.005


def test_ranges_may_change():
    found = study(sampler="tpe(startup=2)")
    for high in (1, 2, 2, 3):
        found.optimize(lambda trial: trial.suggest_float("x", 0, high) + trial.suggest_int("n", 1, 3), n_trials=5)
    assert mirror(found)._parameters["x"].distribution == FloatDistribution(0, 3)

    def restless(trial):
        return trial.suggest_float("y", 0, 1 + trial.number) + trial.suggest_int("n", 1, 3)

    found.optimize(restless, n_trials=30)
    made = mirror(found)._made
    found.optimize(restless, n_trials=10)
    assert mirror(found)._made == made and "y" not in mirror(found)._parameters


def test_a_part_may_be_fixed():
    base = Sampler("tpe(startup=2)", seed=1)
    found = optuna.create_study(sampler=optuna.samplers.PartialFixedSampler({"x": 1.5}, base))
    found.optimize(layered, n_trials=20)
    assert {p["x"] for p in params(found)} == {1.5}
    assert "x" not in base._mirrors[found]._parameters


def test_an_exhausted_grid_stops_the_study():
    found = study(sampler="grid")

    def objective(trial):
        return trial.suggest_int("n", 1, 3) + trial.suggest_categorical("c", [1, 2])

    found.optimize(objective, n_trials=50)
    assert {tuple(sorted(p.items())) for p in params(found)} == {(("c", c), ("n", n)) for c in (1, 2) for n in (1, 2, 3)}
    assert len(found.trials) < 10
    assert found.ask().suggest_int("n", 1, 3) in (1, 2, 3)


@pytest.mark.parametrize("way", ["function", "trial"])
def test_constraints_are_kept_and_kept_to(way):
    def constraints(trial):
        return [0.5 - trial.params["x"]]

    def objective(trial):
        x = trial.suggest_float("x", 0, 1)
        if way == "trial":
            trial.set_constraint("size", 0.5 - x)
        return x

    sampler = Sampler("tpe(startup=4)", seed=1, constraints_func=constraints if way == "function" else None)
    found = optuna.create_study(sampler=sampler)
    found.optimize(objective, n_trials=30)
    assert [list(t.constraints.values()) for t in found.trials] == [[0.5 - t.params["x"]] for t in found.trials]
    assert found.best_trial.params["x"] >= 0.5
    told = mirror(found)._program.value("trials")[:-1]
    assert [t["state"] == "failed" for t in told] == [t.params["x"] < 0.5 for t in found.trials[:-1]]


def test_a_copy_has_a_program_of_its_own():
    found = study()
    found.optimize(layered, n_trials=5)
    copy = pickle.loads(pickle.dumps(found.sampler))
    assert repr(copy) == repr(found.sampler) == "Sampler('auto', seed=1)"
    again = optuna.create_study(sampler=copy)
    again.optimize(layered, n_trials=5)
    assert params(again) == params(found)


def test_a_forked_process_has_a_program_of_its_own():
    found = study()
    found.optimize(layered, n_trials=4)
    child = os.fork()
    if child == 0:
        try:
            found.optimize(layered, n_trials=2)
            os._exit(0)
        except BaseException:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    found.optimize(layered, n_trials=2)
    assert len(found.trials) == 6


def test_an_unknown_sampler_is_refused_in_words():
    found = study(sampler="smapler")
    with pytest.raises(attune.AttuneError, match="smapler"):
        found.optimize(layered, n_trials=2)
