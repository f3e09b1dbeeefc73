"""Rows in the forms that people have them: frames, dicts of columns, lists of dicts, arrays."""

from collections.abc import Mapping
from typing import Any, List, Optional

import numpy

from .errors import ModelError


def column_names(X: Any) -> Optional[List[str]]:
    """The names of a table's columns; None for an array."""
    keys = _keys(X)
    return None if keys is None else [str(key) for key in keys]


def _keys(X: Any) -> Optional[List[Any]]:
    if isinstance(X, Mapping):
        return list(X)
    dtype = getattr(X, "dtype", None)
    if isinstance(dtype, numpy.dtype) and dtype.names:
        return list(dtype.names)
    # pyarrow's tables, whose `columns` are the values; then pandas' and polars' frames.
    names = getattr(X, "column_names", getattr(X, "columns", None))
    return None if names is None else list(names)


def by_column(X: Any) -> Any:
    """A list of dicts as a dict of columns; anything else as it is."""
    if isinstance(X, (list, tuple)) and X and all(isinstance(row, Mapping) for row in X):
        return {name: [row.get(name) for row in X] for name in {name: None for row in X for name in row}}
    return X


def column(X: Any, name: str) -> numpy.ndarray:
    """A column's values: plain numbers, moments without a zone, or objects."""
    # Columns may have numbers for names, which the model knows as texts.
    values = X[next(key for key in _keys(X) or [] if str(key) == name)]
    if not hasattr(values, "__len__") or isinstance(values, (str, bytes)):
        raise ModelError(f"the column '{name}' is not a list of values")
    if getattr(values, "ndim", 1) != 1:
        raise ModelError(f"there are several columns '{name}', or one of rows")
    if isinstance(getattr(values, "dtype", None), numpy.dtype):
        array = numpy.asarray(values)
    elif hasattr(values, "to_list") or hasattr(values, "to_pylist"):
        array = _objects(values.to_list() if hasattr(values, "to_list") else values.to_pylist())
    else:
        array = numpy.asarray(values) if _is_numbers(values) else _objects(values)
    return array if array.dtype.kind in "biufM" else _objects(array)


def _is_numbers(values: Any) -> bool:
    return isinstance(values, (list, tuple)) and all(type(value) in (int, float) for value in values)


def _objects(values: Any) -> numpy.ndarray:
    array = numpy.empty(len(values), object)
    array[:] = list(values)
    return array
