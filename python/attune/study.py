"""Tuning a Python function."""

import threading
import time
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Optional, Sequence, Union

from .errors import AttuneError, Pruned
from .literals import literal, space_cell
from .plot import Plot
from .program import Program

Values = Union[float, Sequence[float]]


@dataclass
class Trial:
    """One configuration to try: `trial.params["learning_rate"]`, or `trial["learning_rate"]`."""

    number: int
    params: Dict[str, Any]
    study: "Study"

    def __getitem__(self, name: str) -> Any:
        return self.params[name]

    def report(self, value: float, step: int) -> bool:
        """Reports an intermediate value; returns whether the pruner would end the trial here (raise Pruned then)."""
        return self.study.report(self, value, step)


class Study:
    """A search over a space of your own.

    `space` is text (`"learning_rate in log(1e-5..1)"`, a line per parameter) or a dict of domains. `direction` is
    minimize or maximize, or a list of them for several objectives. `storage` names a file or a PostgreSQL address that
    Optuna reads too; a study of that name which is there is continued.

    >>> study = Study({"x": (-10.0, 10.0)}, sampler="random", seed=1)
    >>> study.optimize(lambda trial: (trial["x"] - 2) ** 2, trials=20).best.number >= 0
    True
    """

    def __init__(self, space, *, name: str = "study", sampler: str = "auto", pruner: str = "none",
                 direction: Union[str, Sequence[str]] = "minimize", seed: int = 0, storage: Optional[str] = None,
                 program: Optional[Program] = None):
        self._program = program or Program()
        self.name = name
        if storage:
            self._program.run(f"study storage {literal(storage)}")
        self._program.run(space_cell(space))
        directions = direction if isinstance(direction, str) else "[" + ", ".join(direction) + "]"
        try:
            self._program.run(
                f"study new {literal(name)} sampler={sampler} pruner={pruner} direction={directions} seed={seed}")
        except AttuneError as refusal:
            try:
                self._program.run(f"study open {literal(name)}")
            except AttuneError:
                # There is no such study: the first refusal was of something else.
                raise refusal from None

    def ask(self) -> Trial:
        """The next configuration."""
        answer = self._program.ask_json("ask")
        return Trial(answer["number"], answer["params"], self)

    def tell(self, trial: Union[Trial, int], value: Union[Values, str], reason: Optional[str] = None) -> None:
        """Closes a trial with its value (several for several objectives), or with "failed" or "pruned"."""
        state = value in ("failed", "pruned") if isinstance(value, str) else False
        if isinstance(value, str) and not state:
            raise ValueError(f"a trial is told a number, a list of numbers, 'failed' or 'pruned', not {value!r}")
        text = value if state else literal(value)
        why = f" reason={literal(reason)}" if reason else ""
        self._program.run(f"tell {_number(trial)} {text}{why}")

    def report(self, trial: Union[Trial, int], value: float, step: int) -> bool:
        """Reports an intermediate value of a running trial; returns whether to end it."""
        answer = self._program.ask_json(f"report {_number(trial)} step={int(step)} value={literal(float(value))}")
        return answer["prune"]

    def enqueue(self, **params) -> None:
        """Has a configuration tried next."""
        self._program.run("enqueue " + " ".join(f"{name}={literal(value)}" for name, value in params.items()))

    def optimize(self, objective: Callable[[Trial], Values], trials: Optional[int] = None, *, parallel: int = 1,
                 timeout: Optional[float] = None, catch: tuple = ()) -> "Study":
        """Calls the objective with one trial after another, `parallel` of them at once in threads; returns the study.

        An objective returns its value, or raises Pruned. Any other exception fails its trial with the exception's text
        and is raised here, unless it is one of `catch`. `timeout` is in seconds: no trial starts after it.
        """
        if trials is None and timeout is None:
            raise ValueError("optimize needs trials= or timeout=")
        turns = _Turns(trials, timeout)
        if parallel == 1:
            self._work(objective, turns, catch)
            return self
        with ThreadPoolExecutor(parallel) as pool:
            futures = [pool.submit(self._work, objective, turns, catch) for _ in range(parallel)]
            try:
                wait(futures, return_when=FIRST_EXCEPTION)
            finally:
                turns.stop()
        for future in futures:
            future.result()
        return self

    @property
    def best(self) -> "FrozenTrial":
        """The best complete trial; raises AttuneError where there is none."""
        return FrozenTrial(self._program.value("best"))

    @property
    def trials(self):
        """Every trial: a pandas DataFrame if pandas is installed, else a list of FrozenTrial."""
        records = self.records()
        try:
            import pandas
        except ImportError:
            return records
        return pandas.DataFrame([record.row() for record in records])

    def records(self) -> List["FrozenTrial"]:
        """Every trial, in the order of their numbers."""
        return [FrozenTrial(record) for record in self._program.value("trials")]

    def plot(self, kind: str, *subjects: str, **options) -> Plot:
        """Any plot of a study by its name: history, parallel, slice, contour, rank, edf, timeline, pareto ..."""
        words = [kind] + [literal(subject) for subject in subjects]
        words += [f"{name}={literal(value)}" for name, value in options.items()]
        return Plot(self._program.run("plot " + " ".join(words)).displays[-1])

    def plot_history(self, **options) -> Plot: return self.plot("history", **options)
    def plot_intermediate(self, **options) -> Plot: return self.plot("intermediate", **options)
    def plot_parallel(self, *names: str, **options) -> Plot: return self.plot("parallel", *names, **options)
    def plot_slice(self, *names: str, **options) -> Plot: return self.plot("slice", *names, **options)
    def plot_contour(self, *names: str, **options) -> Plot: return self.plot("contour", *names, **options)
    def plot_rank(self, *names: str, **options) -> Plot: return self.plot("rank", *names, **options)
    def plot_importance(self, **options) -> Plot: return self.plot("importance", **options)
    def plot_edf(self, **options) -> Plot: return self.plot("edf", **options)
    def plot_timeline(self, **options) -> Plot: return self.plot("timeline", **options)
    def plot_pareto(self, **options) -> Plot: return self.plot("pareto", **options)

    def close(self) -> None:
        """Ends the program behind the study."""
        self._program.close()

    def __repr__(self):
        return f"Study({self.name!r}, {len(self.records())} trials)"

    def _work(self, objective, turns, catch):
        while turns.take():
            trial = self.ask()
            try:
                value = objective(trial)
            except Pruned:
                self.tell(trial, "pruned")
            except KeyboardInterrupt:
                self.tell(trial, "failed", "interrupted")
                raise
            except Exception as error:
                self.tell(trial, "failed", f"{type(error).__name__}: {error}")
                if not isinstance(error, catch):
                    turns.stop()
                    raise
            else:
                try:
                    self.tell(trial, value)
                except (AttuneError, TypeError) as error:
                    self.tell(trial, "failed", str(error).splitlines()[-1])
                    turns.stop()
                    raise


def _number(trial: Union[Trial, int]) -> int:
    return trial.number if isinstance(trial, Trial) else int(trial)


class FrozenTrial:
    """A trial as the study keeps it: number, state, value or values, params, intermediate, seconds, reason."""

    def __init__(self, record: dict):
        self._record = record

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_record"][name]
        except KeyError:
            raise AttributeError(f"a trial has no {name!r}") from None

    def row(self) -> Dict[str, Any]:
        """A flat row for a table: parameters are columns of their own."""
        row = {key: value for key, value in self._record.items() if key not in ("params", "intermediate", "values")}
        for index, value in enumerate(self._record.get("values") or []):
            row[f"value_{index}"] = value
        return {**row, **{f"params_{name}": value for name, value in self._record["params"].items()}}

    def __repr__(self):
        return f"FrozenTrial({self._record!r})"


class _Turns:
    """Trials that may still begin, shared by the threads of `optimize`."""

    def __init__(self, trials, timeout):
        self._left = trials
        self._end = None if timeout is None else time.monotonic() + timeout
        self._lock = threading.Lock()

    def take(self) -> bool:
        with self._lock:
            if self._left == 0 or (self._end is not None and time.monotonic() >= self._end):
                return False
            if self._left is not None:
                self._left -= 1
            return True

    def stop(self) -> None:
        with self._lock:
            self._left = 0
