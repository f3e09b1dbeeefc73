"""Runs scikit-learn's own checks of estimators on AttuneClassifier and AttuneRegressor, and a few of ours on real data.

Needs scikit-learn and pandas, and ATTUNE with the program's path: python Tests/References/estimator_checks.py
With scikit-learn 1.9.1 every check of check_estimator passes, for both; one is skipped (array API input, if
SCIPY_ARRAY_API is not set).
"""

import collections
import pickle
import sys
import warnings
from pathlib import Path

import numpy
import pandas
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python"))
import attune  # noqa: E402
from attune.sklearn import AttuneClassifier, AttuneRegressor  # noqa: E402


def check(estimator):
    outcomes = collections.Counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for result in check_estimator(estimator, on_fail=None, on_skip=None):
            outcomes[result["status"]] += 1
            if result["status"] == "failed":
                print(f"{result['check_name']}: {result['exception']!r}")
    print(f"{type(estimator).__name__}: {dict(outcomes)}")
    return outcomes["failed"] == 0


def frame():
    """A frame of every kind of column, with gaps, whose classes follow from one of them."""
    draw = numpy.random.default_rng(0)
    rows = pandas.DataFrame({
        "number": draw.normal(size=300), "town": draw.choice(["Kiel", "Bonn", None], 300),
        "date": pandas.date_range("2020-01-01", periods=300), "whole": numpy.arange(300) % 7,
        "flag": draw.random(300) > 0.5, "kind": pandas.Categorical(draw.choice(["a", "b"], 300))})
    rows.loc[3, "number"] = numpy.nan
    return rows, numpy.where(rows.town == "Kiel", "north", "south")


def on_real_data():
    x, y = load_breast_cancer(return_X_y=True)
    scores = cross_val_score(AttuneClassifier(random_state=0, epochs=20), x, y)
    assert scores.mean() > 0.96, scores
    x, y = load_diabetes(return_X_y=True)
    scores = cross_val_score(AttuneRegressor(random_state=0, early_stopping=10), x, y)
    assert scores.mean() > 0.4, scores
    both = AttuneRegressor(random_state=0, epochs=20).fit(x, numpy.column_stack([y, -y]))
    assert both.predict(x[:3]).shape == (3, 2) and both.score(x, numpy.column_stack([y, -y])) > 0.4
    x, y = load_iris(return_X_y=True, as_frame=True)
    search = GridSearchCV(make_pipeline(StandardScaler(), AttuneClassifier(random_state=0)),
                          {"attuneclassifier__hidden": [(16, 16), (128,)]}, cv=3).fit(x, y)
    assert search.best_score_ > 0.93, search.cv_results_
    tune = {"space": {"learning_rate": attune.log(1e-4, 1e-1), "neurons": [16, 32]}, "trials": 6, "pruner": "median"}
    tuned = AttuneClassifier(random_state=0, epochs=20, tune=tune).fit(x, y)
    assert set(tuned.best_params_) == {"learning_rate", "neurons"} and len(tuned.trials_) == 6 and tuned.score(x, y) > 0.9
    assert clone(tuned).fit(x, y).best_params_ == tuned.best_params_
    rows, classes = frame()
    mixed = AttuneClassifier(random_state=0, epochs=30).fit(rows, classes)
    assert mixed.score(rows, classes) == 1.0 and mixed.n_features_in_ == 6
    assert (pickle.loads(pickle.dumps(mixed)).predict(rows) == mixed.predict(rows)).all()
    print("real data: everything as expected")


if __name__ == "__main__":
    passed = [check(AttuneClassifier()), check(AttuneRegressor()),
              check(AttuneClassifier(epochs=20, tune={"space": {"learning_rate": [0.01, 0.03]}, "trials": 2}, random_state=0))]
    on_real_data()
    sys.exit(not all(passed))
