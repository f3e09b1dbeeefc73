"""Pictures that notebooks show."""

from pathlib import Path


class Plot:
    """A plot: shown as SVG in a notebook, in characters by print."""

    def __init__(self, bundle: dict):
        self._bundle = bundle

    @property
    def svg(self) -> str:
        return self._bundle["image/svg+xml"]

    def save(self, path) -> None:
        """Writes the SVG to a file."""
        Path(path).write_text(self.svg, encoding="utf-8")

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self._bundle

    def _repr_svg_(self) -> str:
        return self.svg

    def __str__(self):
        return self._bundle["text/plain"]
