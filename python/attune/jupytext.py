"""`.attune` files as notebooks for jupytext, which knows languages by a list of its own.

`python -m attune.jupytext` is the command `jupytext` that knows `.attune`; where Attune came with pip, JupyterLab and
Notebook know it too.

    python -m attune.jupytext --set-formats ipynb,attune:percent tuning.ipynb
    python -m attune.jupytext --sync tuning.attune
"""

import copy
import importlib.util
import sys

__all__ = ["register"]

EXTENSION = ".attune"


def register() -> None:
    """Adds `.attune` to jupytext's lists. Nothing in a cell is commented out: `?train` and `train?` are Attune's own."""
    from jupytext import formats, languages, magics
    if EXTENSION in languages._SCRIPT_EXTENSIONS:
        return
    languages._SCRIPT_EXTENSIONS[EXTENSION] = {"language": "attune", "comment": "#"}
    languages._COMMENT["attune"] = "#"
    magics._ESCAPED_CODE_START[EXTENSION] = magics._ESCAPED_CODE_START[".sh"]
    for one in [one for one in formats.JUPYTEXT_FORMATS if one.extension == ".sh"]:
        own = copy.copy(one)
        own.extension = EXTENSION
        formats.JUPYTEXT_FORMATS.append(own)
    formats.NOTEBOOK_EXTENSIONS.append(EXTENSION)


def _jupyter_server_extension_points():
    return [{"module": "attune.jupytext"}]


def _load_jupyter_server_extension(server) -> None:
    """What Jupyter's server calls at its start, where jupytext may be missing."""
    if importlib.util.find_spec("jupytext"):
        register()


if __name__ == "__main__":
    register()
    from jupytext.cli import jupytext
    sys.exit(jupytext())
