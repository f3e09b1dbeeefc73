"""Attune from Python: cells, studies over functions of your own, and notebook magics.

>>> import attune
>>> attune.run('print "hello"').text
'hello\\n'
"""

import threading
from typing import Any

from .errors import AttuneError, ProgramError, Pruned
from .literals import Range, log
from .plot import Plot
from .program import Answer, Program
from .study import FrozenTrial, Study, Trial

__all__ = ["Answer", "AttuneError", "FrozenTrial", "Plot", "Program", "ProgramError", "Pruned", "Range", "Study", "Trial",
           "log", "run", "session", "value"]

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


def load_ipython_extension(ipython):
    """What `%load_ext attune` calls."""
    from .magic import AttuneMagics
    ipython.register_magics(AttuneMagics)
