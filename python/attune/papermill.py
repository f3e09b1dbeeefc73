"""Attune for papermill, which loads this module by the entry point `papermill.engine` whenever it starts.

Papermill finds engines by entry points but translators of parameters only where someone registers them. So this module
registers Attune's, and names an engine that is papermill's own: `papermill in.ipynb out.ipynb -p trials 8` needs no
`--language`.
"""

from papermill.engines import NBClientEngine as Engine
from papermill.translators import PythonTranslator, papermill_translators

__all__ = ["Engine"]

# Python's assignments of literals are cells of Attune as they are.
papermill_translators.register("attune", PythonTranslator)
