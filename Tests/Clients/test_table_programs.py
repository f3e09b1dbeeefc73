"""Exported programs read a table's texts as `predict` does: the same numbers in another dress are the same inputs.

The oracle is the same table in plain form: what the program makes of dressed texts equals what it makes of plain ones.
PyTorch is not needed: the part of the program that reads rows is executed alone.
"""

import subprocess
import sys
from unittest import mock

import pytest

from conftest import ATTUNE


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
