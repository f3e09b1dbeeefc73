"""Python's values as they are written in a cell."""

import json
import math
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any, List, Optional, Sequence, Union


def literal(value: Any) -> str:
    """A value as a cell has it: text in quotes, true, none, lists and dicts.

    >>> literal({"a": [1, 2.5, True, None, "x"]})
    '{"a": [1, 2.5, true, none, "x"]}'
    """
    if value is None:
        return "none"
    # numpy's booleans, which are no bool, have an `item`.
    if hasattr(value, "item") and getattr(value, "shape", ()) == ():
        value = value.item()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Real):
        number = float(value)
        return repr(number) if math.isfinite(number) else f"float('{number}')"
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{literal(str(k))}: {literal(v)}" for k, v in value.items()) + "}"
    if hasattr(value, "tolist"):
        return literal(value.tolist())
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(literal, value)) + "]"
    raise TypeError(f"a {type(value).__name__} cannot be written in a cell")


@dataclass(frozen=True)
class Range:
    """The numbers from `low` to `high`, both included: whole ones if both are ints."""

    low: Union[int, float]
    high: Union[int, float]
    step: Optional[Union[int, float]] = None
    log: bool = False

    def __str__(self):
        ends = [literal(end) for end in (self.low, self.high)]
        text = f"log({ends[0]}..{ends[1]})" if self.log else f"{ends[0]}..{ends[1]}"
        return text if self.step is None else f"{text} step {literal(self.step)}"


def log(low, high) -> Range:
    """A range searched by its logarithm.

    >>> str(log(1e-5, 1.0))
    'log(1e-05..1.0)'
    """
    return Range(low, high, log=True)


def domain(values: Union[Range, tuple, Sequence, set]) -> str:
    """A domain as a line of `space` has it: a Range, a pair (low, high), or a list of choices."""
    if isinstance(values, Range):
        return str(values)
    if isinstance(values, tuple) and len(values) == 2:
        return str(Range(*values))
    if isinstance(values, (list, set, frozenset, range)):
        return "{" + ", ".join(map(literal, values)) + "}"
    raise TypeError(f"{values!r} is not a domain: use (low, high), attune.log(low, high) or a list of choices")


def space_lines(space) -> List[str]:
    """The lines that describe a space: lines of text as they are, or a dict's domains."""
    if not isinstance(space, str):
        return [f"{name if _is_word(name) else literal(name)} in {domain(values)}" for name, values in space.items()]
    lines = [line.strip() for line in space.strip().splitlines() if line.strip()]
    if lines and lines[0].split("#")[0].split() in (["space"], ["space", "external"]):
        lines = lines[1:]
    return lines


def space_cell(space) -> str:
    """The cell that describes an external space."""
    return "\n".join(["space external"] + ["    " + line for line in space_lines(space)])


def _is_word(name: str) -> bool:
    return name.isidentifier() and name not in {"in", "when", "step", "and", "or", "not", "subject", "true", "false", "none"}
