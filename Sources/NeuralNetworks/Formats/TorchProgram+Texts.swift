extension TorchProgram {
  /// Numbers and dates in texts: python/attune/texts.py without its head, which a test compares.
  static let texts = #"""
    # What means that nothing was measured, in lower case: anywhere, and among numbers.
    MISSING = {
        "", "na", "n/a", "nan", "null", "?", "#n/a", "#n/a n/a", "#na", "<na>", "nat", "\\n", "-nan", "1.#ind",
        "-1.#ind", "1.#qnan", "-1.#qnan",
    }
    MISSING_NUMBERS = {
        "-", "--", "---", ".", "..", "...", "*", "n.a.", "n.a", "n/d", "nd", "missing", "unknown", "not available", "none",
        "#value!", "#div/0!", "#ref!", "#name?", "#num!", "#null!", "inf", "-inf", "+inf", "infinity", "-infinity", "–", "—",
    }

    _PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
    _CURRENCIES = ("US$", "R$", "A$", "C$", "NZ$", "HK$", "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "USD", "EUR", "GBP", "CHF",
                   "JPY", "CNY", "INR", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "Rs.", "Rs", "kr", "zł")
    _BLANKS = " \t\u00a0"
    _GROUP_MARK = re.compile("(?<=[0-9.,])[ \u00a0\u202f'\u2019_](?=[0-9]{3}(?![0-9]))")
    _BODY = re.compile(r"((?:[0-9]|[.,](?=[0-9])|(?<=[0-9.,])[.,])+(?:[eE][+-]?[0-9]+)?)(.*)", re.DOTALL)
    _UNIT = re.compile("(?![/.])(?:[A-Za-z%$/ ^.]|[^\x00-\x7f])*[23]?")


    def number(text: str, decimal: str = ".", unit: Optional[str] = None, currency: Optional[str] = None,
               factors: Optional[Dict[str, float]] = None) -> Optional[float]:
        """The number that a text says: 12.5, $1,234, (7), 12 kg, 12,5 with a decimal comma; None if it says none.

        What has another unit than the one that is given is NaN. `factors` are those of letters such as K and M.

        >>> number("$1,234.50"), number("(12,5 %)", ","), number("1 234 567"), number("seven")
        (1234.5, -12.5, 1234567.0, None)
        >>> number("12 lb", unit="kg"), number("1.5M", factors={"K": 1e3, "M": 1e6})
        (nan, 1500000.0)
        """
        if decimal == "." and _PLAIN.fullmatch(text):
            return float(text)
        if len(text.encode("utf-8", "replace")) > 40:
            return None
        rest, negative, prefix = text.strip(_BLANKS), False, ""
        if rest[:1] == "(" and rest[-1:] == ")":
            rest, negative = rest[1:-1].strip(_BLANKS), True
        rest, negative = _sign(rest, negative)
        for sign in _CURRENCIES:
            if rest.startswith(sign):
                rest, negative = _sign(rest[len(sign):].strip(_BLANKS), negative)
                prefix = sign
                break
        match = _BODY.match(_GROUP_MARK.sub("", rest))
        if match is None:
            return None
        digits, suffix = match.group(1), match.group(2).strip(_BLANKS)
        if suffix and (len(suffix.encode("utf-8", "replace")) > 12 or not _UNIT.fullmatch(suffix) or suffix in "23"):
            return None
        factors = factors or {}
        accepted = {_folded(known) for known in (unit, currency) if known}
        if accepted and any(own and own not in factors and _folded(own) not in accepted for own in (suffix, prefix)):
            return math.nan
        # What can be read only with the other mark is.
        value = _value(digits, decimal)
        value = _value(digits, "," if decimal == "." else ".") if value is None else value
        return None if value is None else value * factors.get(suffix, 1.0) * (-1 if negative else 1)


    def plain(text: str) -> Optional[float]:
        """The number that a text is without any dress."""
        return float(text) if _PLAIN.fullmatch(text) else None


    def _folded(unit: str) -> str:
        """'lbs', 'Lb' and 'lb.' are one unit; a letter alone may be another one in another case."""
        unit = unit[:-1] if unit.endswith(".") else unit
        unit = unit.lower() if len(unit) > 1 else unit
        return unit[:-1] if len(unit) > 2 and unit.endswith("s") else unit


    def _sign(rest: str, negative: bool):
        if rest[:1] in ("-", "−", "–") and rest:
            return rest[1:].strip(_BLANKS), not negative
        return (rest[1:].strip(_BLANKS), negative) if rest[:1] == "+" else (rest, negative)


    def _value(digits: str, decimal: str) -> Optional[float]:
        group = "," if decimal == "." else "."
        if group in digits:
            whole = re.split(rf"[{re.escape(decimal)}eE]", digits)[0]
            groups = whole.split(group)
            if (group in digits[len(whole):] or len(groups) < 2 or len(groups[-1]) != 3 or not 1 <= len(groups[0]) <= 3
                    or any(len(part) not in (2, 3) for part in groups[1:])):
                return None
            digits = digits.replace(group, "")
        plain = digits.replace(decimal, ".")
        return float(plain) if _PLAIN.fullmatch(plain) else None


    _EPOCH = datetime.date(1970, 1, 1).toordinal()
    _MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
               "december")


    def moment(text: str, day_first: bool = False) -> Optional[float]:
        """Seconds since 1970 (UTC) of a date in a usual form, since midnight of a time alone; None for anything else.

        >>> moment("2024-03-05"), moment("5/3/2024", day_first=True), moment("Mar 5, 2024 1:00 PM"), moment("soon")
        (1709596800.0, 1709596800.0, 1709643600.0, None)
        """
        if not 4 <= len(text.encode("utf-8", "replace")) <= 40:
            return None
        try:
            return _Moment(text).seconds(day_first)
        except _NotADate:
            return None


    def counted(number: float, unit: str) -> float:
        """Seconds since 1970 of a number that counts years, seconds or smaller units; NaN for what is not a year.

        >>> counted(1971, "years"), counted(1500, "milliseconds")
        (31536000.0, 1.5)
        """
        if unit != "years":
            return number * {"milliseconds": 1e-3, "microseconds": 1e-6, "nanoseconds": 1e-9}.get(unit, 1.0)
        if not 1 <= number <= 9999 or number != int(number):
            return math.nan
        return (datetime.date(int(number), 1, 1).toordinal() - _EPOCH) * 86400.0


    def whole(text: str) -> str:
        """1.0 as 1, which is the same category; every other text as it is."""
        return re.sub(r"(?<=[0-9])\.0+\Z", "", text)


    class _NotADate(Exception):
        pass


    class _Moment:
        """A date or time, taken piece by piece from the front of a text."""

        def __init__(self, text: str):
            self.rest = text
            self.year, self.first, self.second, self.is_ordered, self.time = 1970, 1, 1, True, 0.0
            self.is_time = False
            word = self._peek(r"[A-Za-z]+")
            if word[:3].lower() in ("mon", "tue", "wed", "thu", "fri", "sat", "sun") and 3 <= len(word) <= 9:
                self._take(r"[A-Za-z]+[ ,\-./]*")
            self._date()
            if self.rest and not self.is_time:
                self._time()
            if self.rest:
                raise _NotADate

        def seconds(self, day_first: bool) -> float:
            month, day = (self.first, self.second) if self.is_ordered or not day_first else (self.second, self.first)
            try:
                return (datetime.date(self.year, month, day).toordinal() - _EPOCH) * 86400.0 + self.time
            except ValueError:
                raise _NotADate from None

        def _peek(self, pattern: str) -> str:
            match = re.match(pattern, self.rest, re.ASCII)
            return match[0] if match else ""

        def _take(self, pattern: str) -> str:
            taken = self._peek(pattern)
            self.rest = self.rest[len(taken):]
            return taken

        def _number(self) -> str:
            digits = self._take("[0-9]+")
            if not 1 <= len(digits) <= 9:
                raise _NotADate
            return digits

        def _month(self) -> int:
            word = self._peek("[A-Za-z]+").lower()
            for index, name in enumerate(_MONTHS):
                if len(word) >= 3 and word in (name, name[:3]) or word == "sept" and index == 8:
                    self._take("[A-Za-z]+")
                    return index + 1
            return 0

        def _set(self, year: str, first: int, second: int) -> None:
            if len(year) not in (2, 4):
                raise _NotADate
            self.year = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 69 else 1900)
            self.first, self.second = first, second
            if self.year < 1:
                raise _NotADate

        def _date(self) -> None:
            marks = r"[ ,\-./]*"
            month = self._month()
            if month:
                self._take(marks)
                number = self._number()
                if len(number) >= 3:
                    return self._set(number, month, 1)
                self._take(marks)
                clock = re.match(r"(\d\d?):(\d\d?):(\d\d?) +(?:(?:UTC|GMT) )?(?=\d+\Z)", self.rest, re.ASCII)
                if clock and int(clock[1]) < 24 and int(clock[2]) < 60 and int(clock[3]) < 61:
                    # As C's ctime has it: Jan 1 10:30:00 2019.
                    self.rest = self.rest[clock.end():]
                    self.time = int(clock[1]) * 3600.0 + int(clock[2]) * 60 + int(clock[3])
                if self._peek("[0-9]"):
                    return self._set(self._number(), month, int(number))
                return self._set(number, month, 1)
            number = self._number()
            if len(number) == 8:
                return self._set(number[:4], int(number[4:6]), int(number[6:]))
            if len(number) <= 2 and self.rest[:1] == ":":
                self.is_time = True
                self.time = self._clock(int(number))
                return None
            month = self._month() if len(number) <= 2 else 0
            if month:
                return self._set(self._number(), month, int(number))
            mark = self._take(r"[-/. ]")
            if not mark or len(number) not in (1, 2, 4):
                raise _NotADate
            if len(number) == 4:
                return self._after_year(number, mark)
            month = self._month()
            if month:
                self._take(marks)
                return self._set(self._number(), month, int(number))
            if mark == " ":
                raise _NotADate
            following = self._number()
            if len(following) == 4 and mark != "." and not self.rest:
                return self._set(following, int(number), 1)
            if not self._take(re.escape(mark)):
                raise _NotADate
            self.is_ordered = False
            return self._set(self._number(), int(number), int(following))

        def _after_year(self, year: str, mark: str) -> None:
            month = self._month()
            if mark == " " and not month:
                raise _NotADate
            if month and not self.rest:
                return self._set(year, month, 1)
            if not month:
                digits = self._number()
                if len(digits) > 2:
                    raise _NotADate
                month = int(digits)
            if not self._take(re.escape(mark)):
                if mark != "-":
                    raise _NotADate
                return self._set(year, month, 1)
            day = self._number()
            if len(day) > 2:
                raise _NotADate
            return self._set(year, month, int(day))

        def _time(self) -> None:
            if not self._take("[T ,:]"):
                if not self._take("Z"):
                    raise _NotADate
                return
            self._take(r"[ ,\-./]*")
            hour = self._number()
            if len(hour) > 2 or not self.rest and int(hour) > 24:
                raise _NotADate
            if not self.rest:
                self.time = int(hour) * 3600.0
                return
            self.time = self._clock(int(hour))

        def _clock(self, hour: int) -> float:
            match = re.match(r":(\d\d)(?!\d)(?::(\d{1,2}(?!\d))(?:[.,](\d{1,9})(?!\d))?)? *", self.rest, re.ASCII)
            if match is None:
                raise _NotADate
            self.rest = self.rest[match.end():]
            minute, second = int(match[1]), float(match[2] or 0) + (int(match[3]) / 10 ** len(match[3]) if match[3] else 0)
            half = self._take("[AaPp][Mm]").lower()
            if half:
                if not 1 <= hour <= 12:
                    raise _NotADate
                hour = hour % 12 + (12 if half == "pm" else 0)
            if hour > 24 or minute >= 60 or second >= 61:
                raise _NotADate
            return hour * 3600 + minute * 60 + second - self._zone()

        def _zone(self) -> float:
            self._take(" *")
            if not self.rest or self._take("Z") or self.rest in ("UTC", "GMT"):
                if self.rest in ("UTC", "GMT"):
                    self.rest = ""
                return 0.0
            match = re.fullmatch(r"([+-])(\d\d)(?::?(\d\d)|)", self.rest, re.ASCII)
            match = match or re.fullmatch(r"([+-])(\d\d):(\d{1,9})", self.rest, re.ASCII)
            if match is None:
                raise _NotADate
            self.rest = ""
            seconds = int(match[2]) * 3600 + int(match[3] or 0) * 60
            return float(-seconds if match[1] == "-" else seconds)
    """#
}
