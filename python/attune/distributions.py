"""Optuna's distributions as a space of cells, and values from one to the other."""

import math
import re
from numbers import Integral, Real
from typing import Any, Dict, List, Optional

from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution

from .literals import Range, literal
from .words import KEYWORDS, LITERALS

_LARGEST_INT = 2**53


def is_searchable(distribution: BaseDistribution) -> bool:
    """Whether the program can search it: more than one value, and numbers that a cell can hold exactly."""
    if distribution.single():
        return False
    if isinstance(distribution, IntDistribution):
        return max(abs(distribution.low), abs(distribution.high)) <= _LARGEST_INT
    if isinstance(distribution, FloatDistribution):
        # What is as narrow as the smallest of doubles has no room for a model.
        return 1e-300 < distribution.high - distribution.low < math.inf
    return isinstance(distribution, CategoricalDistribution)


class Parameter:
    """A parameter of an Optuna study as a line of a `space` cell has it.

    Names keep their own form if they are words: the program knows what `learning_rate` usually is. So do words among
    choices; what a cell cannot hold (none, lists, objects) has a label. Numbers stay numbers, which are in order.
    """

    def __init__(self, name: str, distribution: BaseDistribution, place: int):
        self.name = name
        # One of the three that `is_searchable` lets through.
        self.distribution: Any = distribution
        self.typed = name if _is_name(name) else f"parameter_{place}"
        self.is_choice = isinstance(distribution, CategoricalDistribution)
        self._labels = _labels(distribution.choices) if self.is_choice else []

    @property
    def domain(self) -> str:
        distribution = self.distribution
        if self.is_choice:
            return "{" + ", ".join(map(literal, self._labels)) + "}"
        if isinstance(distribution, IntDistribution):
            step = None if distribution.step == 1 else distribution.step
            return str(Range(int(distribution.low), int(distribution.high), step, distribution.log))
        return str(Range(float(distribution.low), float(distribution.high), distribution.step, distribution.log))

    @property
    def size(self) -> float:
        """How many values there are."""
        if self.is_choice:
            return len(self._labels)
        distribution = self.distribution
        return math.inf if distribution.step is None else (distribution.high - distribution.low) / distribution.step + 1

    def holds(self, value: Any) -> bool:
        """Whether a trial's value is one of the domain's."""
        try:
            internal = self.distribution.to_internal_repr(value)
        except (ValueError, TypeError):
            return False
        if self.is_choice:
            return 0 <= internal < len(self._labels)
        low, high = self.distribution.low, self.distribution.high
        if not low <= internal <= high:
            return False
        steps = (internal - low) / (self.distribution.step or 1)
        return self.distribution.step is None or abs(steps - round(steps)) < 1e-8

    def encode(self, value: Any) -> Any:
        """A trial's value as the program knows it."""
        if self.is_choice:
            return self._labels[int(self.distribution.to_internal_repr(value))]
        return int(value) if isinstance(self.distribution, IntDistribution) else float(value)

    def decode(self, value: Any) -> Any:
        """The program's value as Optuna's."""
        if self.is_choice:
            return self.distribution.choices[self._labels.index(value)]
        if isinstance(self.distribution, IntDistribution):
            return int(value)
        # A sum of steps may end a last digit beyond the range.
        return min(max(float(value), self.distribution.low), self.distribution.high)

    def middle(self) -> Any:
        """The value that stands for one which a trial does not have, as the program knows it."""
        if self.is_choice:
            return self._labels[0]
        low, high, step = self.distribution.low, self.distribution.high, self.distribution.step
        if self.distribution.log:
            middle = math.exp((math.log(low) + math.log(high)) / 2)
        else:
            middle = low + (high - low) / 2
        if isinstance(self.distribution, IntDistribution):
            return low + int((middle - low) // step) * step
        return min(max(middle, low), high) if step is None else low + (middle - low) // step * step


def _is_name(name: str) -> bool:
    return re.fullmatch(r"[A-Za-z_]\w*", name) is not None and name not in KEYWORDS + LITERALS


def _labels(choices) -> List[Any]:
    if all(_is_plain_number(choice) for choice in choices) and len(set(choices)) == len(choices):
        return list(choices)
    words = [choice for choice in choices if isinstance(choice, str) and _is_name(choice)]
    # No word has a space: a label cannot be another choice's.
    return [c if isinstance(c, str) and words.count(c) == 1 else f"choice {i}" for i, c in enumerate(choices)]


def _is_plain_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, (Integral, Real)):
        return False
    return math.isfinite(value) and (not isinstance(value, Integral) or abs(int(value)) <= _LARGEST_INT)


class Conditions:
    """When parameters are active, as far as the trials show it.

    An Optuna study never says that `momentum` is there only if `optimizer` is `sgd`, but its trials do: those that have
    one and those that lack it differ in an earlier parameter. `texts` has the condition of each such parameter.
    """

    def __init__(self, parameters: Dict[str, Parameter], complete: List[Dict[str, Any]], partial: List[Dict[str, Any]]):
        """`complete` are the parameters of trials that ran to their end: what these lack was not asked for."""
        self.texts: Dict[str, str] = {}
        self._tests: Dict[str, List[_Condition]] = {}
        earlier: List[Parameter] = []
        for name, parameter in parameters.items():
            having = [trial for trial in complete + partial if name in trial]
            lacking = [trial for trial in complete if name not in trial]
            if lacking:
                self._explain(parameter, having, lacking, earlier)
            earlier.append(parameter)

    def are_met(self, name: str, values: Dict[str, Any]) -> bool:
        """Whether a parameter is active in a configuration of the program's values."""
        return all(test.holds(values) for test in self._tests.get(name, []))

    def _explain(self, parameter, having, lacking, earlier):
        # What has few values explains least by chance; of equals, what was asked last.
        for other in sorted(reversed(earlier), key=lambda other: other.size):
            condition = _Condition.between(other, having, lacking)
            if condition is not None:
                tests = self._tests.get(other.name, []) + ([condition] if condition.text else [])
                if tests:
                    self._tests[parameter.name] = tests
                    self.texts[parameter.name] = " and ".join(test.text for test in tests)
                    return


class _Condition:
    """A comparison with one parameter."""

    def __init__(self, name: str, text: str, holds):
        self.name = name
        self.text = text
        self._holds = holds

    def holds(self, values: Dict[str, Any]) -> bool:
        return self.name in values and self._holds(values[self.name])

    @classmethod
    def between(cls, other: Parameter, having, lacking) -> Optional["_Condition"]:
        """What tells both groups of trials apart; empty if the other parameter is active wherever this one is; else None."""
        if not all(other.name in trial and other.holds(trial[other.name]) for trial in having):
            return None
        present = [other.encode(trial[other.name]) for trial in having]
        known = [trial[other.name] for trial in lacking if other.name in trial]
        absent = [other.encode(value) for value in known if other.holds(value)]
        if not absent:
            return cls(other.name, "", lambda value: True)
        if not other.is_choice and max(absent) < min(present, default=math.inf):
            end = max(absent)
            return cls(other.name, f"{other.typed} > {literal(end)}", lambda value: value > end)
        if not other.is_choice and min(absent) > max(present, default=-math.inf):
            end = min(absent)
            return cls(other.name, f"{other.typed} < {literal(end)}", lambda value: value < end)
        without = sorted(set(absent), key=str)
        if any(value in without for value in present) or isinstance(other.distribution, FloatDistribution):
            return None
        text = f"not ({other.typed} in {{{', '.join(map(literal, without))}}})"
        return cls(other.name, text, lambda value: value not in without)
