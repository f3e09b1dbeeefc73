"""Attune's samplers for Optuna's studies: `optuna.create_study(sampler=attune.optuna.Sampler())`."""

import os
import random
import threading
import weakref
from typing import Any, Callable, Dict, Mapping, Optional, Sequence

import optuna
from optuna.distributions import BaseDistribution
from optuna.samplers import BaseSampler, RandomSampler
from optuna.study import Study
from optuna.trial import FrozenTrial, TrialState

from .distributions import is_searchable
from .errors import AttuneError, ProgramError
from .mirror import UNUSED, Mirror
from .program import Program

_logger = optuna.logging.get_logger("attune.optuna")
_MOST_CHANGES = 8


class Sampler(BaseSampler):
    """Attune's `auto`, or any of its samplers by the text that `tune sampler=` takes, such as `"tpe(startup=5)"`.

    The whole space is sampled at once, from the second trial on; with `space` (names to distributions) from the first.
    Parameters that only some trials ask for are searched where they were asked for. Pruned and failed trials count: the
    first by what they reported, the others as configurations to stay away from, as do those that break a constraint
    (`Trial.set_constraint`, or `constraints_func`). A parameter whose range changes all the time is drawn at random.

    A `seed` makes a study of one thread reproducible, also if it is loaded from a storage and continued. Threads
    (`n_jobs`) may share a sampler; give processes that share a storage different seeds, or none.

    >>> optuna.logging.set_verbosity(optuna.logging.WARNING)
    >>> study = optuna.create_study(sampler=Sampler(seed=1))
    >>> study.optimize(lambda trial: trial.suggest_float("x", -10, 10) ** 2, n_trials=15)
    >>> study.best_value < 1
    True
    """

    def __init__(self, sampler: str = "auto", *, seed: Optional[int] = None,
                 space: Optional[Mapping[str, BaseDistribution]] = None,
                 constraints_func: Optional[Callable[[FrozenTrial], Sequence[float]]] = None,
                 executable: Optional[str] = None):
        self._sampler = sampler
        self._seed = random.SystemRandom().randrange(2**31) if seed is None else int(seed)
        self._space = dict(space or {})
        self._constraints_func = constraints_func
        self._executable = executable
        self._forget()

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> Dict[str, BaseDistribution]:
        """Every parameter of the finished trials, in the order in which they were first asked for."""
        newest: Dict[str, BaseDistribution] = dict(self._space)
        changes: Dict[str, int] = {}
        for other in _whole(study).get_trials(deepcopy=False):
            if not other.state.is_finished():
                continue
            for name, distribution in other.distributions.items():
                if name in newest and newest[name] != distribution:
                    changes[name] = changes.get(name, 0) + 1
                newest[name] = distribution
        return {name: distribution for name, distribution in newest.items()
                if is_searchable(distribution) and changes.get(name, 0) <= _MOST_CHANGES}

    def sample_relative(self, study: Study, trial: FrozenTrial,
                        search_space: Dict[str, BaseDistribution]) -> Dict[str, Any]:
        """A configuration from the program, which is told of the study's trials first."""
        if not search_space:
            return {}
        study = _whole(study)
        with self._lock:
            mirror = self._mirror(study)
            try:
                mirror.follow(search_space, study.get_trials(deepcopy=False))
                return mirror.suggest(trial)
            except ProgramError:
                # The next trial has a new program, which is told of everything.
                del self._mirrors[study]
                raise
            except AttuneError as error:
                if "nothing left" not in error.message:
                    raise
        try:
            study.stop()
        except RuntimeError:
            # Asked for outside `optimize`: there is nothing to stop.
            _logger.warning(f"{self._sampler} has nothing left to suggest: trial {trial.number} is drawn at random")
        return {}

    def sample_independent(self, study: Study, trial: FrozenTrial, param_name: str,
                           param_distribution: BaseDistribution) -> Any:
        """A random value that depends on the seed, the trial's number and the parameter's name alone."""
        seed = random.Random(f"{self._seed}/{trial.number}/{param_name}").randrange(2**32)
        return RandomSampler(seed).sample_independent(study, trial, param_name, param_distribution)

    def after_trial(self, study: Study, trial: FrozenTrial, state: TrialState,
                    values: Optional[Sequence[float]]) -> None:
        """Keeps the constraints' values, and what the trial was given in vain."""
        study = _whole(study)
        with self._lock:
            mirror = self._mirrors.get(study)
            unused = mirror.unused(trial) if mirror else {}
        if unused:
            study._storage.set_trial_system_attr(trial._trial_id, UNUSED, unused)
        if self._constraints_func is not None and state in (TrialState.COMPLETE, TrialState.PRUNED):
            constraints = [float(value) for value in self._constraints_func(trial)]
            study._storage.set_trial_system_attr(trial._trial_id, "constraints", constraints)

    def __getstate__(self) -> Dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name not in ("_mirrors", "_lock", "_process")}

    def __setstate__(self, state: Dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._forget()

    def __repr__(self) -> str:
        return f"Sampler({self._sampler!r}, seed={self._seed})"

    def _forget(self) -> None:
        self._mirrors: "weakref.WeakKeyDictionary[Study, Mirror]" = weakref.WeakKeyDictionary()
        self._lock = threading.RLock()
        self._process = os.getpid()

    def _mirror(self, study: Study) -> "Mirror":
        # A forked process must not write into its parent's pipes.
        if self._process != os.getpid():
            self._mirrors.clear()
            self._process = os.getpid()
        if study not in self._mirrors:
            self._mirrors[study] = Mirror(
                Program(self._executable), self._sampler, [d.name.lower() for d in study.directions], self._seed)
        return self._mirrors[study]


def _whole(study: Study) -> Study:
    """The study itself where Optuna's Hyperband hands out one of its brackets: all trials teach the sampler."""
    return getattr(study, "_study", study)
