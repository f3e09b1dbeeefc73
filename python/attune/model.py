"""Models that `save "model.attune"` wrote, used with NumPy alone."""

from pathlib import Path
from typing import Any, List, Optional, Union

import numpy

from . import container
from .encoding import Column
from .errors import ModelError
from .header import Fields, columns, require
from .network import Network
from .rows import by_column, column, column_names

_CHUNK = 4096


def load(path: Union[str, Path]) -> "Model":
    """The model of a file that `save "model.attune"` wrote; raises ModelError if it is not a whole one."""
    header, arrays = container.read(path)
    if header.get("kind") == "checkpoint":
        raise ModelError(f"'{path}' is a checkpoint of a training; load it in attune, then save \"model.attune\"")
    if header.get("kind") != "model" or len(arrays) != 2:
        raise ModelError(f"'{path}' is not a whole model")
    return Model(Fields(header), *arrays)


class Model:
    """A trained network with all that it takes to use it on new rows.

    `task` is "classification" or "regression", `classes_` the classes in the order of `predict_proba`, `columns` the
    names of the table's columns that it takes (empty if it was not trained on a table), `targets` what it predicts.
    """

    def __init__(self, header: Fields, parameters: numpy.ndarray, statistics: numpy.ndarray):
        self._parts = (header, parameters, statistics)
        self.task: str = header.word("task", ["classification", "regression"])
        self.targets: List[str] = header.texts("targetNames", [header.text("targetName")])
        self._class_names = header.texts("classNames")
        self._features = header.texts("featureNames")
        self._network = Network(header.object("architecture"), parameters, statistics)
        self._columns: Optional[List[Column]] = None
        self._all_columns: List[str] = []
        if "encoding" in header:
            self._columns = columns(header.object("encoding"))
            require(sum(own.width for own in self._columns) == self._network.inputs, "its columns do not fit")
            self._all_columns = self._table_columns(header.object("encoding"))
        require(len(self._features) in (0, self._network.inputs), "its names do not fit")
        self._byte = header.number("byteUnit", low=5e-324) if "byteUnit" in header else 1.0
        self._read_scaling(header.object("scaling"))
        self._read_targets(header)

    @property
    def columns(self) -> List[str]:
        return [own.name for own in self._columns or []]

    @property
    def classes_(self) -> numpy.ndarray:
        """Numbers if all classes are numbers, else texts."""
        if self.task == "regression":
            raise AttributeError("a model of numbers has no classes")
        for kind in (int, float):
            try:
                numbers = [kind(name) for name in self._class_names]
            except ValueError:
                continue
            if [str(number) for number in numbers] == self._class_names and abs(max(numbers, key=abs)) < 2**53:
                return numpy.array(numbers)
        return numpy.array(self._class_names, dtype=object)

    def predict(self, X: Any) -> numpy.ndarray:
        """The likeliest class, or the number, for each row; rows x targets if there are several.

        X is a DataFrame, a dict of columns or a list of dicts, with the columns that the model was trained on, as texts
        or numbers; or an array of rows x features. Missing values are filled as in training.
        """
        if self.task == "classification":
            return self.classes_[numpy.argmax(self._shares(X), axis=1)]
        numbers = self._outputs(X)
        return numbers[:, 0] if numbers.shape[1] == 1 else numbers

    def predict_proba(self, X: Any) -> numpy.ndarray:
        """A probability for each class, rows x classes."""
        if self.task == "regression" or self._network.output_name == "identity":
            raise ModelError("the model has no probabilities; use predict" + (
                "" if self.task == "regression" else " or decision_function"))
        return self._shares(X)

    def decision_function(self, X: Any) -> numpy.ndarray:
        """What the classes are compared by, rows x classes: probabilities, or the scores of a hinge loss."""
        if self.task == "regression":
            raise ModelError("the model has no classes; use predict")
        return self._shares(X)

    def __reduce__(self):
        return Model, self._parts

    def __repr__(self) -> str:
        what = f"{len(self._class_names)} classes" if self.task == "classification" else ", ".join(self.targets)
        return f"<Model of {what} from {len(self._columns) if self._columns is not None else self._network.inputs} columns>"

    def _shares(self, X: Any) -> numpy.ndarray:
        outputs = self._outputs(X)
        return numpy.hstack([1 - outputs, outputs]) if outputs.shape[1] == 1 and len(self._class_names) == 2 else outputs

    def _outputs(self, X: Any) -> numpy.ndarray:
        rows = self._plain_rows(X) if self._columns is None else self._table_rows(X)
        parts = [self._network.run(rows[start:start + _CHUNK]) for start in range(0, len(rows), _CHUNK)]
        outputs = numpy.vstack(parts) if parts else numpy.zeros((0, self._network.outputs))
        if self._target_kind == "none" or self._network.output_name != "identity":
            return outputs
        numbers = outputs * self._target_deviation + self._target_mean
        with numpy.errstate(over="ignore"):
            return numbers if self._target_kind == "standard" else numpy.exp(numbers) - self._target_offset

    # Reading the header

    def _read_scaling(self, scaling: Fields) -> None:
        kind = scaling.word("kind", ["none", "global", "per_feature", "robust", "quantile"])
        self._mean, self._deviation = scaling.numbers("mean"), scaling.numbers("deviation", low=1e-45)
        count = 0 if kind == "none" else 1 if kind == "global" else self._network.inputs
        require(len(self._mean) == len(self._deviation) == count, "its scaling does not fit")

    def _read_targets(self, header: Fields) -> None:
        outputs, output, classes = self._network.outputs, self._network.output_name, len(self._class_names)
        if self.task == "classification":
            require(classes > 0 and outputs == (1 if output == "sigmoid" and classes == 2 else classes),
                    "its outputs and classes do not fit")
        else:
            require(len(self.targets) == outputs and output != "softmax" and classes == 0,
                    "its outputs and targets do not fit")
        self._target_kind = "none"
        if "targetScaling" in header:
            unit = header.object("targetScaling")
            self._target_kind = unit.word("kind", ["none", "standard", "log"])
            self._target_mean, self._target_offset = unit.numbers("mean"), unit.number("offset", 0, 1)
            self._target_deviation = unit.numbers("deviation", low=5e-324)
            count = 0 if self._target_kind == "none" else outputs
            require(len(self._target_mean) == len(self._target_deviation) == count
                    and (self.task == "regression" or count == 0), "its target's unit does not fit")

    def _table_columns(self, encoding: Fields) -> List[str]:
        """The table's columns without those that training left out on demand: what an array is taken to have."""
        if "schema" not in encoding:
            return []
        options = encoding.object("schema").object("options")
        aside = set(self.targets) | set(options.texts("ignore", []))
        aside |= {options.text(name) for name in ("id", "group", "weight") if name in options}
        return [name for name in (c.text("name") for c in encoding.object("schema").objects("columns")) if name not in aside]

    # Reading rows

    def _plain_rows(self, X: Any) -> numpy.ndarray:
        width = self._network.inputs
        names = column_names(X)
        if names is not None:
            is_named = bool(self._features) and set(self._features) <= set(names)
            if not is_named and len(names) != width:
                raise ModelError(f"the rows have {len(names)} columns, but the network takes {width} features")
            X = numpy.stack([column(X, name) for name in (self._features if is_named else names)], axis=1)
        try:
            array = numpy.asarray(X)
            rows = array.reshape(len(array), -1) if array.ndim > 1 else array
            values = rows.astype("f4")
        except (TypeError, ValueError) as error:
            raise ModelError(f"the rows are not numbers: {error}") from error
        if rows.ndim != 2 or len(rows) and rows.shape[1] != width:
            raise ModelError(f"the rows have the shape {array.shape}, but the network takes rows of {width} features")
        bad = numpy.argwhere(~numpy.isfinite(values))
        if bad.size:
            row, column = bad[0]
            raise ModelError(f"row {row + 1}, feature {column + 1} is {rows[row, column]}; remove or replace it")
        if array.dtype == numpy.uint8:
            values = values * numpy.float32(self._byte)
        if self._mean:
            values = (values - numpy.array(self._mean, "f4")) / numpy.array(self._deviation, "f4")
        return values.reshape(len(array), width)

    def _table_rows(self, X: Any) -> numpy.ndarray:
        X = by_column(X)
        names = column_names(X)
        if names is None:
            X, names = self._array_columns(X)
        # A first column without a name, which pandas calls in its own way.
        if "column 1" in self.columns and "column 1" not in names and names[0] in ("", "Unnamed: 0"):
            X = {"column 1" if place == 0 else name: column(X, name) for place, name in enumerate(names)}
            names = ["column 1", *names[1:]]
        missing = [name for name in self.columns if name not in names]
        if missing:
            raise ModelError(f"the rows have no column '{missing[0]}'; their columns: {', '.join(map(str, names[:20]))}")
        parts = [own.inputs(column(X, own.name)).astype("f4") for own in self._columns or []]
        count = len(parts[0]) if parts else 0
        if any(len(part) != count for part in parts):
            raise ModelError("the columns are not equally long")
        return numpy.hstack(parts) if parts else numpy.zeros((0, 0), "f4")

    def _array_columns(self, X: Any):
        try:
            array = numpy.asarray(X)
        except ValueError as error:
            raise ModelError(f"the rows are not an array: {error}") from error
        width = array.shape[1] if array.ndim == 2 else None
        for names in (self.columns, self._all_columns):
            if width == len(names):
                return dict(zip(names, array.T)), names
        raise ModelError(f"the rows have the shape {array.shape}, but the model takes the {len(self.columns)} columns "
                         + ", ".join(self.columns[:20]))
