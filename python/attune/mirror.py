"""What the program knows of an Optuna study."""

from typing import Any, Dict, List, Mapping, Optional, Set, Tuple

from optuna.distributions import BaseDistribution
from optuna.logging import get_logger
from optuna.trial import FrozenTrial, TrialState

from .distributions import Conditions, Parameter
from .errors import AttuneError
from .literals import literal
from .program import Program

_logger = get_logger("attune.optuna")
# What a trial was given and did not ask for, so that a study that is loaded again is told of the same configurations.
UNUSED = "attune:unused"


class Mirror:
    """An Optuna study as a study of the program, in its memory: told of every trial in the order of their numbers.

    Where a trial turns out not to be what the program was told, or the space is another, it is made anew.
    """

    def __init__(self, program: Program, sampler: str, directions: List[str], seed: int):
        self._program = program
        self._new_study = (f"sampler={sampler} pruner=none seed={seed} "
                           f"direction={directions[0] if len(directions) == 1 else '[' + ', '.join(directions) + ']'}")
        self._objectives = len(directions)
        self._cell = ""
        self._parameters: Dict[str, Parameter] = {}
        self._conditions = Conditions({}, [], [])
        self._count = 0
        self._made = 0
        # Trials that are running: Optuna's number to the program's number and values.
        self._open: Dict[int, Tuple[int, Dict[str, Any]]] = {}
        # Trials that need not be looked at again.
        self._done: Set[int] = set()

    def follow(self, search_space: Mapping[str, BaseDistribution], trials: List[FrozenTrial]) -> None:
        """Tells the program what has happened since."""
        parameters = {name: Parameter(name, distribution, place)
                      for place, (name, distribution) in enumerate(search_space.items())}
        finished = [trial for trial in trials if trial.state.is_finished()]
        conditions = Conditions(
            parameters, [t.params for t in finished if t.state == TrialState.COMPLETE],
            [t.params for t in finished if t.state != TrialState.COMPLETE])
        lines = [f"{parameter.typed} in {parameter.domain}"
                 + (f" when {conditions.texts[name]}" if name in conditions.texts else "")
                 for name, parameter in parameters.items()]
        cell = "\n    ".join(["space external", *lines])
        is_as_told = cell == self._cell and all(
            self._values(trial, parts=True) == self._known(trial) for trial in finished if trial.number in self._open)
        if not is_as_told:
            self._parameters, self._conditions, self._cell = parameters, conditions, cell
            self._made += 1
            self._program.run(f"{cell}\nstudy new \"optuna {self._made}\" {self._new_study}")
            self._count, self._done = 0, set()
            self._open.clear()
        for trial in trials:
            if trial.number not in self._done and trial.state != TrialState.WAITING:
                self._tell(trial)

    def suggest(self, trial: FrozenTrial) -> Dict[str, Any]:
        """The next configuration, with what the trial's `enqueue_trial` has fixed."""
        fixed = trial.system_attrs.get("fixed_params") or {}
        wanted = {name: self._parameters[name].encode(value) for name, value in fixed.items()
                  if name in self._parameters and self._parameters[name].holds(value)}
        if wanted:
            try:
                self._program.run(self._enqueue(wanted))
            except AttuneError:
                # What is fixed does not go together under the conditions: the rest is chosen without it.
                pass
        answer = self._program.ask_json("ask")
        names = {parameter.typed: name for name, parameter in self._parameters.items()}
        values = {names[typed]: self._parameters[names[typed]].decode(value) for typed, value in answer["params"].items()}
        known = {name: self._parameters[name].encode(value) for name, value in values.items()}
        self._open[trial.number] = (answer["number"], known)
        self._count = answer["number"] + 1
        return values

    def unused(self, trial: FrozenTrial) -> Dict[str, Any]:
        """What a running trial was given and has not asked for."""
        values = self._open[trial.number][1] if trial.number in self._open else {}
        return {name: value for name, value in values.items() if name not in trial.params}

    def _known(self, trial: FrozenTrial) -> Dict[str, Any]:
        """What the program knows of a running trial, as far as the trial has asked for it."""
        return {name: value for name, value in self._open[trial.number][1].items() if name in trial.params}

    def _values(self, trial: FrozenTrial, parts: bool = False) -> Optional[Dict[str, Any]]:
        """A trial's configuration in the program's values, completed unless `parts` will do; None if it is not one."""
        given = trial.system_attrs.get(UNUSED) or {}
        values: Dict[str, Any] = {}
        for name, parameter in self._parameters.items():
            if name in trial.params:
                if not parameter.holds(trial.params[name]):
                    return None
                values[name] = parameter.encode(trial.params[name])
            elif not parts and self._conditions.are_met(name, values):
                values[name] = given.get(name, parameter.middle())
        return values

    def _enqueue(self, values: Mapping[str, Any]) -> str:
        return "enqueue " + " ".join(
            f"{self._parameters[name].typed}={literal(value)}" for name, value in values.items())

    def _tell(self, trial: FrozenTrial) -> None:
        is_open = trial.number in self._open
        if trial.state == TrialState.RUNNING:
            # Another process's, once it has all of its parameters: it is not to be suggested again.
            values = self._values(trial, parts=True)
            if not is_open and values and values == self._values(trial):
                self._begin(trial, values)
            return
        self._done.add(trial.number)
        if not is_open:
            values = self._values(trial)
            if not values or not any(name in trial.params for name in values) or not self._begin(trial, values):
                return
        number = self._open.pop(trial.number)[0]
        lines = [f"report {number} step={step} value={literal(float(value))}"
                 for step, value in sorted(trial.intermediate_values.items()) if step >= 0]
        self._program.run("\n".join([*lines, f"tell {number} {self._outcome(trial)}"]), silent=True)

    def _begin(self, trial: FrozenTrial, values: Dict[str, Any]) -> bool:
        """Makes a trial running in the program with these values; False if it refuses them."""
        try:
            self._program.run(self._enqueue(values) + "\nask")
        except AttuneError as error:
            _logger.debug(f"trial {trial.number} is not known to the sampler: {error.message}")
            return False
        self._open[trial.number] = (self._count, values)
        self._count += 1
        return True

    def _outcome(self, trial: FrozenTrial) -> str:
        constraints = getattr(trial, "constraints", None) or trial.system_attrs.get("constraints") or []
        broken = constraints.values() if isinstance(constraints, Mapping) else constraints
        if trial.state == TrialState.FAIL or any(value > 0 for value in broken):
            return "failed"
        if trial.state == TrialState.PRUNED:
            return "pruned"
        values = [float(value) for value in trial.values]
        return literal(values if self._objectives > 1 else values[0])
