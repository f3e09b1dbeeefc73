"""Exported programs read a table's texts as `predict` does: the same numbers in another dress are the same inputs.

The oracles are the same table in plain form, what the program makes of dressed texts equals what it makes of plain ones;
and `predict` itself. PyTorch is not needed: the part of the program that reads rows is executed alone.
"""

import csv
import math
import os
import subprocess
import sys
from unittest import mock

import numpy
import onnx
import onnxruntime
import pytest
from conftest import ATTUNE, ROOT

sys.path.insert(0, str(ROOT / "python"))
os.environ.setdefault("ATTUNE", ATTUNE)
import attune  # noqa: E402
from attune import texts  # noqa: E402


@pytest.fixture(autouse=True)
def no_torch(monkeypatch):
    """Stand-ins for what the program's network needs."""
    torch = mock.MagicMock()
    torch.nn.Module = object
    for name, module in {"torch": torch, "safetensors": mock.MagicMock(), "safetensors.torch": mock.MagicMock()}.items():
        monkeypatch.setitem(sys.modules, name, module)


def encoder(folder, name, texts, options=""):
    """The exported program's function from a row to inputs, for a column x of these texts."""
    rows = "".join(f'"{text}",{number * 7 % 31}.25\n' for number, text in enumerate(texts))
    (folder / f"{name}.csv").write_text("x,y\n" + rows, encoding="utf-8")
    (folder / f"{name}.attune").write_text(
        f'data csv("{name}.csv", target=y{options}) rare=1\ntrain epochs=1\nexport run to="{name}.py"\n')
    done = subprocess.run([ATTUNE, "run", f"{name}.attune"], cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    space = {"__name__": name, "__file__": str(folder / f"{name}.py")}
    exec(compile((folder / f"{name}.py").read_text(encoding="utf-8"), f"{name}.py", "exec"), space)
    return space["encode"]


def money(number):
    whole, cents = divmod(number, 100)
    return f"{whole:,}", f"{whole:,}".replace(",", "."), f"{cents:02}"


PLAIN = [100_003 + 7_919 * k for k in range(60)]
DAYS = [f"2019-{1 + k % 12:02}-{1 + k % 28:02}" for k in range(60)]
CLOCKS = [f"{k % 24:02}:{k * 7 % 60:02}:00" for k in range(60)]


def spoken(clock):
    hour = int(clock[:2])
    return f"{(hour - 1) % 12 + 1}:{clock[3:5]} {'PM' if hour >= 12 else 'AM'}"


DRESSES = {
    "dollars": ([f"{n / 100}" for n in PLAIN], [f"${money(n)[0]}.{money(n)[2]}" for n in PLAIN], ""),
    "euros": ([f"{n / 100}" for n in PLAIN], [f"{money(n)[1]},{money(n)[2]} €" for n in PLAIN], ""),
    "parentheses": ([f"-{n / 100}" for n in PLAIN], [f"(${money(n)[0]}.{money(n)[2]})" for n in PLAIN], ""),
    "millions": ([f"{1000 * k + 1000}" if k % 2 else f"{1_500_000 * k}" for k in range(60)],
                 [f"{k + 1}K" if k % 2 else f"{1.5 * k}M" for k in range(60)], ""),
    "points between thousands": ([f"{10 * n}" for n in PLAIN], [f"{10 * n:,}".replace(",", ".") for n in PLAIN], ""),
    "AM and PM": ([f"{day} {clock}" for day, clock in zip(DAYS, CLOCKS)],
                  [f"{day[5:7]}/{day[8:]}/{day[:4]} {spoken(clock)}" for day, clock in zip(DAYS, CLOCKS)], ""),
    "slashes": (DAYS, [day.replace("-", "/") for day in DAYS], ""),
    "days of eight digits": (DAYS, [day.replace("-", "") for day in DAYS], ", dates=[x]"),
    "milliseconds": ([f"2019-01-{1 + k % 28:02}" for k in range(60)],
                     [f"{(17897 + k % 28) * 86_400_000}" for k in range(60)], ", dates=[x]"),
    "years": ([f"{1960 + k}-01-01" for k in range(60)], [f"{1960 + k}" for k in range(60)], ", dates=[x]"),
    "a point and a zero": ([f"{k % 5}" for k in range(60)], [f"{k % 5}.0" for k in range(60)], ", categorical=[x]"),
}


@pytest.mark.parametrize("name", DRESSES)
def test_a_dress_changes_no_input(tmp_path, name):
    plain, dressed, options = DRESSES[name]
    of_plain = encoder(tmp_path, "plain", plain, ", categorical=[x]" if "categorical" in options else "")
    of_dressed = encoder(tmp_path, "dressed", dressed, options)
    first = of_plain({"x": plain[0]})
    assert any(of_plain({"x": text}) != first for text in plain)
    for one, other in zip(plain, dressed):
        assert of_dressed({"x": other}) == pytest.approx(of_plain({"x": one}), abs=1e-5), (one, other)


def test_words_for_missing_are_missing(tmp_path):
    dates = encoder(tmp_path, "dates", [day if k % 10 else "-" for k, day in enumerate(DAYS)])
    assert dates({"x": "-"}) == dates({"x": ""}) != dates({"x": DAYS[3]})
    numbers = encoder(tmp_path, "numbers", [f"{n}" for n in PLAIN])
    assert numbers({"x": "-"}) == numbers({"x": "n.a."}) == numbers({"x": ""})


NAN = math.nan
YEARS = [f"{1960 + k}" for k in range(60)]
FLOORS = [f"{k % 4}" if k % 3 else f"{k % 4}.0" for k in range(60)]
# Texts of training, options, and new texts with what an ONNX model is given for each: a number or NaN, or the text itself.
KINDS = {
    "1 and 1.0": (FLOORS, ", categorical=[x]", [("1", "1"), ("1.0", "1.0"), ("2.00", "2.00"), ("7", "7"), ("", ""), ("7.0", "7.0")]),
    "1 and 1.0 beside words": ([*FLOORS[:40], *["none of it"] * 20], "", [
        ("1", "1"), ("1.0", "1.0"), ("0.0", "0.0"), ("3.00", "3.00"), ("none of it", "none of it"), ("else", "else")]),
    "only 1.0": ([f"{k % 5}.0" for k in range(60)], ", categorical=[x]", [("1.0", "1.0"), ("1", "1"), ("9", "9"), ("", "")]),
    "years": (YEARS, ", dates=[x]", [
        ("1985", 1985.0), ("2030", 2030.0), ("", NAN), ("1", 1.0), ("1985.5", NAN), ("0", NAN), ("soon", NAN), ("-", NAN)]),
    "years and gaps": ([year if k % 7 else "" for k, year in enumerate(YEARS)], ", dates=[x]", [
        ("1985", 1985.0), ("", NAN), ("1900", 1900.0), ("20000", 20000.0), ("2000-01-01", 2000.0)]),
    **{f"dates in {unit}": ([f"{(1_546_300_800 + 86_413 * k) * scale}" for k in range(60)], ", dates=[x]", [
        (f"{1_600_000_000 * scale}", 1.6e9 * scale), ("", NAN), (f"{-86_400 * scale}", -86400.0 * scale), ("tomorrow", NAN)])
       for unit, scale in {"seconds": 1, "milliseconds": 1000, "microseconds": 10**6, "nanoseconds": 10**9}.items()},
    "times of a day": (CLOCKS, "", [("13:15:00", 47700.0), ("1:15 PM", 47700.0), ("", NAN), ("12", NAN), ("later", NAN)]),
    "dates with gaps": ([day if k % 10 else "-" for k, day in enumerate(DAYS)], "", [
        ("2019-03-04", 1551657600.0), ("4 March 2019", 1551657600.0), ("-", NAN), ("2019", NAN), ("1551657600", NAN), ("2019-02-30", NAN),
        ("Tue, 5 Mar 2019 10:00 +0200", 1551772800.0), ("0001-01-01", -62135596800.0)]),
    "a second unit": ([f"{n / 7:.1f} kg" for n in PLAIN], "", [
        ("12.5 kg", 12.5), ("12.5 lb", NAN), ("12.5", 12.5), ("3 Kgs", 3.0), ("$5", NAN), ("", NAN), ("7 %", NAN), ("1e3 kg", 1000.0)]),
    "a second unit in training": ([f"{n / 7:.1f} {'lb' if k % 9 == 0 else 'kg'}" for k, n in enumerate(PLAIN)], ", numeric=[x]", [
        ("12.5 kg", 12.5), ("12.5 lb", NAN), ("12.5", 12.5), ("12.5 st", NAN), ("", NAN)]),
    "a second currency": ([f"${n / 7:.2f}" for n in PLAIN], "", [
        ("$12.50", 12.5), ("€12.50", NAN), ("12.5", 12.5), ("12.5 EUR", NAN), ("-$3", -3.0), ("($3)", -3.0), ("12,5", 12.5)]),
    "a second currency alone": ([f"${n / 7:.2f}" for n in PLAIN], "", [("€12.50", NAN), ("€13", NAN)]),
    "currency and unit": ([f"${n / 7:.2f} kg" for n in PLAIN], "", [
        ("$12.50 kg", 12.5), ("12.5 kg", 12.5), ("$12.5", 12.5), ("€12.50 kg", NAN), ("$12.50 lb", NAN)]),
    "no unit": ([f"{n / 7:.2f}" for n in PLAIN], "", [("12 kg", 12.0), ("$12", 12.0), ("12 lb", 12.0), ("(7)", -7.0), ("", NAN), ("inf", NAN)]),
    "K and M": (DRESSES["millions"][1], "", [
        ("3K", 3e3), ("1.5M", 1.5e6), ("17", 17.0), ("2B", 2e9), ("4k", 4e3), ("", NAN), ("$5K", 5e3), ("-2.5M", -2.5e6)]),
    "a decimal comma": ([f"{n // 100},{n % 100:02}" for n in PLAIN], "", [
        ("12,5", 12.5), ("1.234,5", 1234.5), ("1.234", 1234.0), ("12.25", 12.25), ("", NAN), ("7", 7.0)]),
    "missing words": ([f"{n}" if k % 6 else "unknown" for k, n in enumerate(PLAIN)], "", [
        ("unknown", NAN), ("UNKNOWN", NAN), ("n.a.", NAN), ("NULL", NAN), ("5", 5.0)]),
    "missing marks": ([f"{n}" if k % 6 else "-999" for k, n in enumerate(PLAIN)], ', na=["-999", "x"]', [
        ("-999", -999.0), ("-999.0", -999.0), ("x", NAN), ("5", 5.0), ("-998", -998.0)]),
    "a missing category": ([["oak", "ash", "z", "elm"][k % 4] for k in range(60)], ', na=["z"]', [
        ("oak", "oak"), ("z", "z"), ("Z", "Z"), ("fir", "fir"), ("", ""), ("NA", "NA"), ("na", "na"), ("Null", "Null")]),
    "rare categories": (["oak"] * 30 + ["ash"] * 24 + ["elm"] * 6, "", [("oak", "oak"), ("elm", "elm"), ("fir", "fir"), ("", "")]),
    "yes and no": ([["yes", "no", ""][k % 3] for k in range(60)], "", [
        ("yes", "yes"), ("Yes", "Yes"), ("NO", "NO"), ("", ""), ("maybe", "maybe"), ("N/A", "N/A")]),
}


def trained(folder, texts, options, rows):
    """What `predict` says of rows after a training on these texts, and the files of the same network."""
    def write(name, column):
        with open(folder / name, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([["x", "z", "y"], *([text, place % 11, place * 7 % 31 / 8] for place, text in enumerate(column))])

    write("train.csv", texts)
    write("new.csv", rows)
    done = subprocess.run(
        [ATTUNE, "run", "-c", f'data csv("train.csv", target=y{options})\nnetwork hidden=[3]\ntrain epochs=3\n'
         'export run to="m.py"\nexport run to="m.onnx"\nsave "m.attune"\npredict csv("new.csv") to="answers.csv"'],
        cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    with open(folder / "answers.csv", newline="") as file:
        return numpy.array([float(row["prediction"]) for row in csv.DictReader(file)])


@pytest.mark.parametrize("name", KINDS)
def test_every_export_says_what_predict_says(tmp_path, name):
    column, options, rows = KINDS[name]
    wanted = trained(tmp_path, column, options, [text for text, _ in rows])
    assert len(wanted) == len(rows)
    z = numpy.arange(len(rows)) % 11

    def agrees(answers):
        for (text, _), answer, right in zip(rows, numpy.ravel(answers), wanted):
            assert answer == pytest.approx(right, rel=1e-5, abs=1e-5), text

    model = attune.load(tmp_path / "m.attune")
    agrees(model.predict({"x": [text for text, _ in rows], "z": z}))
    space = {"__name__": "m", "__file__": str(tmp_path / "m.py")}
    exec(compile((tmp_path / "m.py").read_text(encoding="utf-8"), "m.py", "exec"), space)
    inputs = [space["encode"]({"x": text, "z": str(number)}) for (text, _), number in zip(rows, z)]
    unit = model._target_deviation, model._target_mean
    agrees(model._network.run(numpy.array(inputs, "f4")) * unit[0] + unit[1])
    onnx.checker.check_model(onnx.load(tmp_path / "m.onnx"), full_check=True)
    session = onnxruntime.InferenceSession(tmp_path / "m.onnx", providers=["CPUExecutionProvider"])
    is_text = session.get_inputs()[0].type == "tensor(string)"
    given = numpy.array([value for _, value in rows], object if is_text else "f8").reshape(-1, 1)
    agrees(session.run(["predictions"], {"x": given, "z": z.astype("f8").reshape(-1, 1)})[0])
    if not is_text:
        # Numbers as numbers, in the column's own unit.
        agrees(model.predict({"x": given[:, 0], "z": z}))
        agrees(model._network.run(numpy.array([space["encode"]({"x": x, "z": k}) for x, k in zip(given[:, 0], z)], "f4")) * unit[0] + unit[1])


def test_programs_read_texts_as_the_package_does(tmp_path):
    """The part of the program that reads texts is the package's: copy texts.py to TorchProgram+Texts.swift where it is not."""
    encoder(tmp_path, "m", [f"{n}" for n in PLAIN])
    body = (ROOT / "python/attune/texts.py").read_text(encoding="utf-8")
    assert body[body.index("# What means"):].strip() in (tmp_path / "m.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("words, column", [(texts.MISSING, FLOORS), (texts.MISSING_NUMBERS, DAYS), (texts.MISSING_NUMBERS, [f"{n}" for n in PLAIN])])
def test_every_word_for_missing_is_one_for_predict(tmp_path, words, column):
    words = sorted(words - {""})
    answers = trained(tmp_path, [*column, "", ""], "", ["", *words, *map(str.upper, words)])
    of_x = attune.load(tmp_path / "m.attune").predict({"x": [""] * len(answers), "z": numpy.arange(len(answers)) % 11})
    assert answers == pytest.approx(of_x, rel=1e-5, abs=1e-5)
