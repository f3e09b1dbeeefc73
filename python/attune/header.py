"""A model's header, checked: what it says is compared with itself before anything is made of it."""

import math
from typing import Any, Dict, List, Sequence, Tuple

from . import scales
from .encoding import BooleanColumn, CategoryColumn, Column, DateColumn, Form, NumberColumn
from .errors import ModelError

# No sum of sizes that a file may hold comes near it.
_LARGEST = 1 << 48


class Fields:
    """Members of a JSON object, each of the kind that is asked for; ModelError where one is not."""

    def __init__(self, value: Any, where: str = "the header"):
        if not isinstance(value, dict):
            raise damaged(f"{where} is not an object")
        self.value, self.where = value, where

    def __contains__(self, name: str) -> bool:
        return self.value.get(name) is not None

    def _get(self, name: str, kind, what: str, default: Any) -> Any:
        value = self.value.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, kind) or isinstance(value, bool) and kind is not bool:
            raise damaged(f"'{name}' of {self.where} is not {what}")
        return value

    def text(self, name: str, default=None) -> str:
        return self._get(name, str, "a text", default)

    def flag(self, name: str, default=None) -> bool:
        return self._get(name, bool, "true or false", default)

    def count(self, name: str) -> int:
        value = self._get(name, int, "a whole number", None)
        if not 0 <= value < _LARGEST:
            raise damaged(f"'{name}' of {self.where} is {value}")
        return value

    def number(self, name: str, low: float = -math.inf, high: float = math.inf) -> float:
        return _finite(self._get(name, (int, float), "a number", None), name, low, high)

    def numbers(self, name: str, low: float = -math.inf, high: float = math.inf, default=None) -> List[float]:
        return [_finite(item, name, low, high) for item in self._get(name, list, "a list", default)]

    def texts(self, name: str, default=None) -> List[str]:
        items = self._get(name, list, "a list", default)
        if not all(isinstance(item, str) for item in items):
            raise damaged(f"'{name}' of {self.where} is not a list of texts")
        return items

    def objects(self, name: str) -> List["Fields"]:
        return [Fields(item, f"'{name}'") for item in self._get(name, list, "a list", None)]

    def object(self, name: str) -> "Fields":
        return Fields(self.value.get(name), f"'{name}'")

    def word(self, name: str, words: Sequence[str]) -> str:
        value = self.text(name)
        if value not in words:
            raise ModelError(f"the model has the {name} '{value}', which this version of attune does not know")
        return value

    def case(self) -> Tuple[str, "Fields"]:
        """The only member, as a sum of kinds is written."""
        if len(self.value) != 1:
            raise damaged(f"{self.where} has {len(self.value)} kinds")
        (name, value), = self.value.items()
        return name, Fields(value, f"'{name}'")


def damaged(what: str) -> ModelError:
    return ModelError(f"the model is damaged: {what}")


def require(is_right: bool, what: str) -> None:
    if not is_right:
        raise damaged(what)


def _finite(value: Any, name: str, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1e308 or not low <= value <= high:
        raise damaged(f"'{name}' holds {str(value)[:40]!r}")
    return float(value)


def columns(encoding: Fields) -> List[Column]:
    """The columns of a table's encoding, in the order of the network's inputs."""
    forms: Dict[str, Form] = {}
    if "schema" in encoding:
        words = encoding.object("schema").object("options").texts("na", [])
        forms = {column.text("name"): _form(column.object("form"), words) for column in encoding.object("schema").objects("columns")}
    plain = Form()
    result = []
    for fields in encoding.objects("columns"):
        kind, own = fields.case()
        if kind not in _KINDS:
            raise ModelError(f"the model has a column of the kind '{kind}', which this version of attune does not know")
        name = own.text("name")
        result.append(_KINDS[kind](name, forms.get(name, plain), own))
    return result


_DATE_UNITS = ["clock", "years", "seconds", "milliseconds", "microseconds", "nanoseconds"]


def _form(form: Fields, words: List[str]) -> Form:
    factors = form.object("multipliers") if "multipliers" in form else None
    return Form(
        form.text("decimal", "."), form.flag("dayFirst", False), form.texts("missingWords", []) + words,
        unit=form.text("unit") if "unit" in form else None, kept=form.texts("keptWords", []),
        currency=form.text("currency") if "currency" in form else None,
        factors={letter: factors.number(letter) for letter in factors.value} if factors else None,
        date_unit=form.word("dateUnit", _DATE_UNITS) if "dateUnit" in form else None)


def _number(name: str, form: Form, own: Fields) -> Column:
    scale: scales.Scale = scales.plain
    if "scale" in own:
        kind, numbers = own.object("scale").case()
        if kind == "standard":
            scale = scales.standard(numbers.number("mean"), numbers.number("deviation", low=5e-324))
        elif kind == "robust":
            scale = scales.robust(numbers.number("median"), numbers.number("factor", low=0))
        elif kind == "quantile":
            levels = numbers.numbers("levels")
            require(len(levels) >= 2 and levels == sorted(levels), f"the levels of '{name}' are not in order")
            scale = scales.quantile(levels, numbers.number("tolerance", low=0))
        elif kind != "none":
            raise ModelError(f"the model has the scale '{kind}', which this version of attune does not know")
    return NumberColumn(name, form, own.number("mean"), scale, own.flag("hasGaps", False))


def _category(name: str, form: Form, own: Fields) -> Column:
    categories = own.texts("categories")
    has_other, has_missing = own.flag("hasOther", False), own.flag("hasMissing", False)
    width = len(categories) + has_other + has_missing
    shares = own.numbers("shares", 0, 1, [0] * width)
    require(len(shares) == width and len(set(categories)) == len(categories), f"the categories of '{name}' do not fit")
    return CategoryColumn(name, form, categories, has_other, has_missing, shares)


def _boolean(name: str, form: Form, own: Fields) -> Column:
    words = own.texts("words")
    require(len(words) == 2, f"'{name}' has {len(words)} words")
    return BooleanColumn(name, form, words, own.number("share", 0, 1), own.flag("hasGaps"))


def _date(name: str, form: Form, own: Fields) -> Column:
    parts = []
    for part in own.objects("parts"):
        kind = part.word("kind", list(DateColumn.PERIODS))
        fill = part.numbers("fill")
        require(len(fill) == (1 if DateColumn.PERIODS[kind] is None else 2), f"the fill of '{name}' does not fit")
        parts.append({"kind": kind, "mean": part.number("mean"), "deviation": part.number("deviation", low=5e-324),
                      "fill": fill})
    return DateColumn(name, form, parts, own.flag("hasGaps"))


_KINDS = {"number": _number, "category": _category, "text": _category, "boolean": _boolean, "date": _date}
