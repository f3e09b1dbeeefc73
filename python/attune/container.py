"""The form of files that Attune writes: a magic line, a header of JSON, then arrays of little-endian floats."""

import json
import struct
from pathlib import Path
from typing import Any, Dict, List, Tuple, Union

import numpy

from .errors import ModelError

_MAGIC = b"ATTUNE01"


def read(path: Union[str, Path]) -> Tuple[Dict[str, Any], List[numpy.ndarray]]:
    """The header and the arrays of a file; raises ModelError if it is not a whole file of Attune's."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ModelError(f"'{path}' cannot be read: {error.strerror}") from error
    if not data.startswith(_MAGIC):
        raise ModelError(f"'{path}' is not a file that attune wrote; save \"model.attune\" writes one")
    reader = _Reader(data, str(path))
    header = reader.header()
    arrays = []
    while reader.place < len(data):
        arrays.append(reader.array())
    return header, arrays


class _Reader:
    """Takes one part after another; no size in the file is believed before it is compared with what is there."""

    def __init__(self, data: bytes, path: str):
        self.data, self.path, self.place = data, path, len(_MAGIC)

    def header(self) -> Dict[str, Any]:
        text = self._take(self._count())
        try:
            header = json.loads(text.decode("utf-8"), parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise ModelError(f"'{self.path}' is damaged: its header is not JSON") from error
        if not isinstance(header, dict):
            raise ModelError(f"'{self.path}' is damaged: its header is not an object")
        return header

    def array(self) -> numpy.ndarray:
        return numpy.frombuffer(self._take(4 * self._count()), "<f4")

    def _count(self) -> int:
        return struct.unpack("<Q", self._take(8))[0]

    def _take(self, count: int) -> bytes:
        if count > len(self.data) - self.place:
            raise ModelError(f"'{self.path}' is cut off or damaged")
        self.place += count
        return self.data[self.place - count:self.place]


def _no_constant(name: str):
    raise ValueError(f"{name} is not JSON")
