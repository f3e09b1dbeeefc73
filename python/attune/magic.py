"""`%%attune` cells in a Python notebook."""

import shlex
import sys
import tempfile
from pathlib import Path

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring
from IPython.display import DisplayHandle, clear_output, display

from . import session
from .errors import AttuneError
from .literals import literal


@magics_class
class AttuneMagics(Magics):
    """`%%attune` runs the cell's commands; `%attune EXPRESSION` is the value of an expression, as Python's."""

    @magic_arguments()
    @argument("--data", help="a variable with the data: a DataFrame, or a pair of arrays (x, y)")
    @argument("--target", help="the DataFrame's column to predict (default: the last)")
    @argument("--out", action="append", default=[], metavar="NAME=EXPRESSION",
              help="a variable that takes an expression's value after the cell, such as --out best=best.params")
    @argument("expression", nargs="*", help="without a cell: an expression")
    @line_cell_magic
    def attune(self, line, cell=None):
        if cell is None:
            return session().value(line) if line.strip() else session()
        options = parse_argstring(self.attune, line)
        if options.expression:
            raise UsageError(f"%%attune does not know {shlex.join(options.expression)}")
        wanted = [pair.partition("=") for pair in options.out]
        if any(not (name.isidentifier() and equals and expression) for name, equals, expression in wanted):
            raise UsageError("--out takes NAME=EXPRESSION, such as --out best=best.params")
        with tempfile.TemporaryDirectory(prefix="attune-") as folder:
            prefix = self._data_cell(options, Path(folder)) if options.data else ""
            answer = self._run(prefix, cell, {name: expression for name, _, expression in wanted})
        self.shell.user_ns.update(answer.values)

    def _run(self, prefix, cell, expressions):
        shown = _Shown()
        try:
            if prefix:
                session().run(prefix, listener=shown)
            answer = session().run(cell, expressions, listener=shown)
        except AttuneError as error:
            # The diagnostic is the whole story: Python's own frames would bury it.
            print(error, file=sys.stderr)
            raise _Silent from None
        if answer.result:
            display(answer.result, raw=True)
        return answer

    def _data_cell(self, options, folder) -> str:
        """Writes the data where the program reads them, and returns the command that does."""
        if options.data not in self.shell.user_ns:
            raise UsageError(f"there is no variable {options.data!r}")
        data = self.shell.user_ns[options.data]
        if hasattr(data, "to_csv"):
            path = folder / f"{options.data}.csv"
            data.to_csv(path, index=False)
            target = options.target or str(data.columns[-1])
            return f"data csv({literal(str(path))}, target={literal(target)})"
        if isinstance(data, (tuple, list)) and len(data) == 2:
            import numpy
            path = folder / f"{options.data}.npz"
            numpy.savez(path, x=numpy.asarray(data[0]), y=numpy.asarray(data[1]))
            return f'data npz({literal(str(path))}, x="x", y="y")'
        raise UsageError(f"{options.data!r} is a {type(data).__name__}: --data takes a DataFrame or a pair of arrays (x, y)")


class _Silent(Exception):
    """Ends the cell with an error that has been shown."""

    def _render_traceback_(self):
        return []


class _Shown:
    """Shows outputs as they arise, and renews those that have an id."""

    def __init__(self):
        self._handles = {}

    def __call__(self, line):
        if "stream" in line:
            print(line["text"], end="", file=sys.stdout if line["stream"] == "stdout" else sys.stderr)
        elif "display" in line:
            if "id" in line:
                handle = self._handles[line["id"]] = DisplayHandle()
                handle.display(line["display"], raw=True)
            else:
                display(line["display"], raw=True)
        elif "update" in line and line["id"] in self._handles:
            self._handles[line["id"]].update(line["update"], raw=True)
        elif line.get("clear"):
            clear_output(wait=line.get("wait", False))
