"""What turns the columns of a table into a network's inputs: a class for each kind of column."""

import datetime
import math
from typing import Any, Dict, List, Optional, Sequence

import numpy

from .errors import ModelError
from .texts import MISSING, MISSING_NUMBERS, counted, moment, number, plain, whole

_LARGEST = float(numpy.finfo("f4").max)


def _double(value) -> float:
    """A whole number beyond all doubles is too large, not missing."""
    try:
        return float(value)
    except OverflowError:
        return 1e308 if value > 0 else -1e308


class Form:
    """How the texts of a column are to be understood: its decimal mark and unit, the order of dates and what they count
    if they are numbers, words for missing."""

    def __init__(self, decimal: str = ".", day_first: bool = False, missing: Sequence[str] = (), unit: Optional[str] = None,
                 currency: Optional[str] = None, factors: Optional[Dict[str, float]] = None, date_unit: Optional[str] = None,
                 kept: Sequence[str] = ()):
        self.decimal, self.day_first, self.missing, self.kept = decimal, day_first, frozenset(missing), frozenset(kept)
        self.unit, self.currency, self.factors, self.date_unit = unit, currency, factors, date_unit
        read = [plain(word) for word in missing]
        self.missing_numbers = [value for value in read if value is not None]

    def number(self, text: str) -> Optional[float]:
        return number(text, self.decimal, self.unit, self.currency, self.factors)

    def moment(self, text: str) -> Optional[float]:
        """Seconds since 1970; None for what is neither a date nor a number of a column of such."""
        read = moment(text, self.day_first)
        if read is None and self.date_unit not in (None, "clock"):
            count = plain(text)
            read = None if count is None else counted(count, self.date_unit)
        return read

    def text(self, value: Any) -> Optional[str]:
        """A value as a file of text has it; None if it is missing."""
        if value is None:
            return None
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if isinstance(value, numpy.generic):
            value = value.item()
        if isinstance(value, float):
            return None if math.isnan(value) else repr(value)
        text = str(value).strip()
        if len(text) <= 40 and (text in self.missing or text.lower() in MISSING and text not in self.kept):
            return None
        return text


class Column:
    """A column of the table. `inputs` are its rows x `width` numbers."""

    def __init__(self, name: str, form: Form, width: int):
        self.name, self.form, self.width = name, form, width

    def inputs(self, values: numpy.ndarray) -> numpy.ndarray:
        raise NotImplementedError

    def _by_value(self, values: numpy.ndarray, read) -> numpy.ndarray:
        """Reads each different value once: rows to what `read` gives."""
        known: Dict[Any, Any] = {}
        result = []
        for row, value in enumerate(values.tolist() if values.dtype.kind != "O" else values):
            try:
                key = (type(value), value)
                hash(key)
            except TypeError:
                raise ModelError(f"row {row + 1}, column '{self.name}': a {type(value).__name__} is not a value") from None
            if key not in known:
                known[key] = read(value, row)
            result.append(known[key])
        return numpy.array(result, "f8")


class NumberColumn(Column):
    """A scaled number, and where training had gaps an input that is 1 for a missing one."""

    def __init__(self, name: str, form: Form, mean: float, scale, has_gaps: bool):
        super().__init__(name, form, 2 if has_gaps else 1)
        self.mean, self.scale, self.has_gaps = mean, scale, has_gaps

    def inputs(self, values):
        numbers = values.astype("f8") if values.dtype.kind in "biuf" else self._by_value(values, self._read)
        # As files of text have them: "inf" is a word for nothing measured.
        numbers = numpy.where(numpy.isinf(numbers) | numpy.isin(numbers, self.form.missing_numbers), numpy.nan, numbers)
        missing = numpy.isnan(numbers)
        large = numpy.flatnonzero(numpy.abs(numpy.where(missing, 0, numbers)) > _LARGEST)
        if large.size:
            raise ModelError(f"row {large[0] + 1}, column '{self.name}': {numbers[large[0]]} is not a finite number")
        scaled = self.scale(numpy.where(missing, self.mean, numbers))
        return numpy.stack([scaled, missing], axis=1) if self.has_gaps else scaled[:, None]

    def _read(self, value, row):
        if isinstance(value, (int, float)):
            return _double(value)
        text = self.form.text(value)
        if text is None or text.lower() in MISSING_NUMBERS:
            return math.nan
        read = self.form.number(text)
        if read is None:
            raise ModelError(f"row {row + 1}, column '{self.name}': '{text[:40]}' is not a number")
        return read


class CategoryColumn(Column):
    """An input for each category; rare, unknown and missing texts have one of their own or stand for the average."""

    def __init__(self, name: str, form: Form, categories: Sequence[str], has_other: bool, has_missing: bool,
                 shares: Sequence[float]):
        super().__init__(name, form, len(shares))
        self.places = {category: place for place, category in enumerate(categories)}
        self.shares = numpy.array(shares, "f4")
        self.other = len(categories) if has_other else -1
        self.missing = len(shares) - 1 if has_missing else self.other

    def inputs(self, values):
        places = self._by_value(values, self._read).astype(int)
        rows = numpy.zeros((len(places), self.width), "f4")
        rows[places < 0] = self.shares
        known = numpy.flatnonzero(places >= 0)
        rows[known, places[known]] = 1
        return rows

    def _read(self, value, row):
        text = self.form.text(value)
        if text is None:
            return self.missing
        if text in self.places:
            return self.places[text]
        # A frame with a gap turns 3 into 3.0.
        if whole(text) in self.places:
            return self.places[whole(text)]
        if isinstance(value, float) and value.is_integer():
            return self.places.get(str(int(value)), self.other)
        if isinstance(value, int) and not isinstance(value, bool):
            return self.places.get(f"{value}.0", self.other)
        return self.other


class BooleanColumn(Column):
    """0 for the first word, 1 for the second, the training rows' share for another one or none."""

    def __init__(self, name: str, form: Form, words: Sequence[str], share: float, has_gaps: bool):
        super().__init__(name, form, 2 if has_gaps else 1)
        self.words, self.share, self.has_gaps = [word.lower() for word in words], share, has_gaps

    def inputs(self, values):
        read = self._by_value(values, self._read)
        rows = numpy.where(read < 0, self.share, read)
        return numpy.stack([rows, read == -2], axis=1) if self.has_gaps else rows[:, None]

    def _read(self, value, row):
        if isinstance(value, (bool, numpy.bool_)):
            return float(value)
        text = self.form.text(value)
        if text is None:
            return -2
        return self.words.index(text.lower()) if text.lower() in self.words else -1


class DateColumn(Column):
    """Parts of a date: numbers are scaled, what goes round has a sine and a cosine."""

    PERIODS = {"month": 12, "weekday": 7, "hour": 24, "year": None, "day": None}

    def __init__(self, name: str, form: Form, parts: Sequence[Dict[str, Any]], has_gaps: bool):
        super().__init__(name, form, sum(len(part["fill"]) for part in parts) + (1 if has_gaps else 0))
        self.parts, self.has_gaps = parts, has_gaps

    def inputs(self, values):
        if values.dtype.kind == "M":
            seconds = (values - numpy.datetime64(0, "s")) / numpy.timedelta64(1, "s")
        elif values.dtype.kind in "iuf":
            unit = self.form.date_unit
            seconds = values.astype("f8")
            if unit == "years":
                seconds = numpy.array([counted(year, unit) for year in seconds.tolist()])
            elif unit:
                seconds = seconds * counted(1.0, unit)
        else:
            seconds = self._by_value(values, self._read)
        missing = ~numpy.isfinite(seconds)
        moments = numpy.where(missing, 0, seconds)
        rows: List[numpy.ndarray] = []
        for part in self.parts:
            found = self._part(part, moments)
            rows += [numpy.where(missing, fill, column) for fill, column in zip(part["fill"], found)]
        return numpy.stack(rows + ([missing] if self.has_gaps else []), axis=1)

    def _part(self, part, seconds):
        kind = part["kind"]
        days = numpy.floor(seconds / 86400)
        if kind in ("year", "month"):
            months = days.astype("datetime64[D]").astype("datetime64[M]").astype("i8")
            value = months // 12 + 1970 if kind == "year" else months % 12
        elif kind == "hour":
            value = (seconds - days * 86400) / 3600
        else:
            value = seconds / 86400 if kind == "day" else (days + 3) % 7
        period = self.PERIODS[kind]
        if period is None:
            return [(value - part["mean"]) / part["deviation"]]
        angle = 2 * math.pi * value / period
        return [numpy.sin(angle), numpy.cos(angle)]

    def _read(self, value, row):
        if isinstance(value, datetime.datetime):
            zone = value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
            return math.nan if value != value else zone.timestamp()
        if isinstance(value, (int, float)):
            return counted(_double(value), self.form.date_unit or "seconds")
        text = self.form.text(value)
        read = None if text is None else self.form.moment(text)
        return math.nan if read is None else read
