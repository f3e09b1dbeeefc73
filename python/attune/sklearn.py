"""Networks as scikit-learn's estimators, trained and tuned by the program."""

import csv
import tempfile
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

import numpy
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, column_or_1d, validate_data

from .errors import AttuneError, ModelError
from .literals import literal, space_lines
from .model import Model, load
from .program import Program


class _Estimator(BaseEstimator):
    """What the classifier and the regressor share.

    hidden: neurons of each hidden layer. activation, dropout, batch_norm, epochs, batch_size, optimizer, learning_rate,
        weight_decay, standardize: as `network`, `train` and `data` take them; None is the program's default.
    early_stopping: epochs without improvement on the validation rows after which training ends; None trains to the end.
    validation: the share of rows (or the count) that early stopping and tuning look at.
    options: any other parameter of `network` or `train`, texts as they are typed, such as `{"schedule": "cosine"}`.
    tune: None, or what is searched and how: `{"space": {"learning_rate": attune.log(1e-4, 1e-1)}, "trials": 20}`, with any
        other parameter of `tune` such as `pruner`. The best configuration is then trained again on all rows.
    random_state: an int makes fits reproducible.

    Fitted: `model_`, an attune.Model; `best_params_`, `best_value_` and `trials_` if it was tuned.
    """

    _task: str

    def __init__(self, *, hidden: Sequence[int] = (128,), activation: str = "relu", dropout: float = 0.0,
                 batch_norm: bool = False, epochs: int = 200, batch_size: int = 32, optimizer: str = "adam",
                 learning_rate: Optional[float] = None, weight_decay: Optional[float] = None,
                 early_stopping: Optional[int] = None, validation: Union[float, int] = 0.2,
                 standardize: str = "per_feature", options: Optional[Mapping[str, Any]] = None,
                 tune: Optional[Mapping[str, Any]] = None, random_state=None, executable: Optional[str] = None):
        self.hidden = hidden
        self.activation = activation
        self.dropout = dropout
        self.batch_norm = batch_norm
        self.epochs = epochs
        self.batch_size = batch_size
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.weight_decay = weight_decay
        self.early_stopping = early_stopping
        self.validation = validation
        self.standardize = standardize
        self.options = options
        self.tune = tune
        self.random_state = random_state
        self.executable = executable

    def fit(self, X, y):
        """Trains on an array of numbers, or on a frame whose columns may be texts, dates and have gaps; returns self."""
        is_table = _is_table(X)
        if is_table:
            X, y = validate_data(self, X, y, skip_check_array=True)
            if y is None:
                raise ValueError(f"{type(self).__name__} requires y to be passed, but the target y is None")
        else:
            X, y = validate_data(self, X, y, y_numeric=self._task == "regression", multi_output=True)
        y = self._targets(y)
        with tempfile.TemporaryDirectory(prefix="attune-") as folder, Program(self.executable, folder) as program:
            try:
                program.run(self._data_cell(X, y, is_table, Path(folder)), silent=True)
                self._train(program)
                program.run('save "model.attune"', silent=True)
            except AttuneError as refusal:
                raise ModelError(refusal.message) from refusal
            self.model_: Model = load(Path(folder) / "model.attune")
        return self

    def _targets(self, y) -> numpy.ndarray:
        raise NotImplementedError

    def _train(self, program: Program) -> None:
        settings = self._settings()
        if self.tune is None:
            if self.early_stopping is not None:
                settings["early_stopping"] = f"patience({int(self.early_stopping)})"
            network = {name: settings.pop(name) for name in list(settings) if _is_of_network(name)}
            program.run(f"network {_words(network)}\ntrain {_words(settings)}", silent=True)
            return
        tune = dict(self.tune)
        if "space" not in tune:
            raise ValueError("tune needs a 'space', such as {'space': {'learning_rate': attune.log(1e-4, 1e-1)}}")
        lines = space_lines(tune.pop("space"))
        names = {line.split()[0].strip('"').partition("[")[0] for line in lines}
        if names & _LAYERS:
            names.add("hidden")
        if self.early_stopping is not None:
            settings["early_stopping"] = f"patience({int(self.early_stopping)})"
        fixed = {name: value for name, value in settings.items() if name not in names}
        program.run("\n    ".join(["space", *lines]), silent=True)
        program.run(f"tune {_words({**fixed, **tune})}", silent=True)
        best = program.value("best")
        self.best_params_: Dict[str, Any] = best["params"]
        self.best_value_: float = best["value"]
        self.trials_: List[Dict[str, Any]] = program.value("trials")
        program.run("retrain best on=all", silent=True)

    def _settings(self) -> Dict[str, Any]:
        settings = {name: getattr(self, name) for name in _NETWORK + _TRAINING}
        settings["hidden"] = [int(count) for count in self.hidden]
        settings = {**{name: value for name, value in settings.items() if value is not None}, **(self.options or {})}
        if _LAYERS & set(settings):
            del settings["hidden"]
        return settings

    def _data_cell(self, X, y: numpy.ndarray, is_table: bool, folder: Path) -> str:
        """Writes the rows where the program reads them, and returns the commands that do."""
        needs_validation = self.tune is not None or self.early_stopping is not None
        seed = self.random_state
        if not isinstance(seed, (int, numpy.integer)):
            seed = check_random_state(seed).randint(2**31)
        end = (f"task={self._task} validation={literal(self.validation) if needs_validation else 0} test=0 "
               f"standardize={self.standardize}")
        head = f"set progress=none seed={int(seed)}\n"
        if not is_table and y.ndim == 1:
            numpy.savez(folder / "rows.npz", x=X, y=y)
            return head + f'data npz("rows.npz", x="x", y="y") {end}'
        kinds: Dict[str, List[str]] = {"numeric": [], "categorical": [], "dates": []}
        for name, kind in zip(X.columns, X.dtypes) if is_table else ((f"feature {k}", X.dtype) for k in range(X.shape[1])):
            kinds[_kind(kind)].append(str(name))
        names = [str(name) for name in X.columns] if is_table else kinds["numeric"]
        # The targets' names are nobody else's.
        targets = [f"attune target {place}" for place in range(y.reshape(len(y), -1).shape[1])]
        _write(folder / "rows.csv", names + targets, X, y)
        given = "".join(f", {kind}={literal(columns)}" for kind, columns in kinds.items() if columns)
        target = literal(targets[0] if len(targets) == 1 else targets)
        return head + f'data csv("rows.csv", target={target}{given}) {end}'

    def _rows(self, X):
        """Rows as the model takes them, checked as scikit-learn does."""
        check_is_fitted(self)
        if self.model_.columns and _is_table(X):
            return validate_data(self, X, reset=False, skip_check_array=True)
        return validate_data(self, X, reset=False)


_NETWORK = ("hidden", "activation", "dropout", "batch_norm")
# Other ways to say hidden.
_LAYERS = {"layers", "neurons"}
_TRAINING = ("epochs", "batch_size", "optimizer", "learning_rate", "weight_decay")


class AttuneClassifier(ClassifierMixin, _Estimator):
    __doc__ = "A network that tells classes apart.\n" + (_Estimator.__doc__ or "").partition("\n")[2]

    _task = "classification"

    def _targets(self, y):
        y = column_or_1d(y, warn=True)
        check_classification_targets(y)
        self.classes_, codes = numpy.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError("there is only one class in y: a classifier needs at least two classes")
        return codes.astype("i8")

    def predict(self, X) -> numpy.ndarray:
        """The likeliest class for each row."""
        rows = self._rows(X)
        return self.classes_[self.model_.predict(rows).astype(int)]

    def predict_proba(self, X) -> numpy.ndarray:
        """A probability for each class, in the order of `classes_`."""
        rows = self._rows(X)
        return self.model_.predict_proba(rows)[:, numpy.argsort(self.model_.classes_)]


class AttuneRegressor(RegressorMixin, _Estimator):
    __doc__ = "A network that predicts numbers.\n" + (_Estimator.__doc__ or "").partition("\n")[2]

    _task = "regression"

    def _targets(self, y):
        y = numpy.asarray(y, "f8")
        if not numpy.isfinite(y).all():
            raise ValueError("Input y contains NaN or infinity.")
        return y if y.ndim == 2 and y.shape[1] > 1 else column_or_1d(y, warn=True)

    def predict(self, X) -> numpy.ndarray:
        """A number for each row; rows x targets if there are several."""
        rows = self._rows(X)
        return self.model_.predict(rows)


def _is_table(X) -> bool:
    """Whether X is a frame that has columns of other kinds than numbers, or gaps."""
    if not hasattr(X, "dtypes") or not hasattr(X, "to_csv"):
        return False
    return any(_kind(kind) != "numeric" for kind in X.dtypes) or bool(X.isna().any().any())


def _write(path: Path, header: List[str], X, y: numpy.ndarray) -> None:
    """A CSV file of the rows and their targets."""
    columns = [X[name].tolist() for name in X.columns] if hasattr(X, "columns") else X.T.tolist()
    gaps = [values.isna().tolist() for values in (X[name] for name in X.columns)] if hasattr(X, "columns") else []
    for values, missing in zip(columns, gaps):
        values[:] = ["" if gap else value for value, gap in zip(values, missing)]
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *zip(*columns, *y.reshape(len(y), -1).T.tolist())])


def _kind(kind) -> str:
    letter = getattr(kind, "kind", "O")
    return "dates" if letter == "M" else "numeric" if letter in "iuf" else "categorical"


def _is_of_network(name: str) -> bool:
    return name in (*_NETWORK, *_LAYERS, "initializer", "output") or name.startswith("hidden[")


def _words(settings: Mapping[str, Any]) -> str:
    """Settings as a cell has them: texts as they are, so that calls may be given."""
    return " ".join(f"{name}={value if isinstance(value, str) else literal(value)}" for name, value in settings.items())
