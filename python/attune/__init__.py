"""Attune from Python: cells, studies over functions of your own, and notebook magics.

>>> import attune
>>> attune.run('print "hello"').text
'hello\\n'
"""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from .errors import AttuneError, ModelError, ProgramError, Pruned
from .literals import Range, log
from .plot import Plot
from .program import Answer, Program
from .study import FrozenTrial, Study, Trial

if TYPE_CHECKING:
    from .model import Model

__all__ = ["Answer", "AttuneError", "FrozenTrial", "ModelError", "Plot", "Program", "ProgramError", "Pruned", "Range",
           "Study", "Trial", "load", "log", "run", "session", "value"]

_session = None
_lock = threading.Lock()


def session() -> Program:
    """The program that `run`, `value` and the magics share; started at the first use."""
    global _session
    with _lock:
        if _session is None or _session._process.poll() is not None:
            _session = Program()
        return _session


def run(cells: str) -> Answer:
    """Runs cells in the shared session; raises AttuneError if one fails."""
    return session().run(cells)


def value(expression: str) -> Any:
    """The value of an expression in the shared session, such as `best.params`."""
    return session().value(expression)


def load(path: Union[str, Path]) -> "Model":
    """The model that `save "model.attune"` wrote, with `predict(X)`: needs NumPy, and no running program."""
    from .model import load
    return load(path)


def load_ipython_extension(ipython):
    """What `%load_ext attune` calls."""
    from .magic import AttuneMagics
    ipython.register_magics(AttuneMagics)
