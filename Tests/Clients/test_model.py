"""Models used with NumPy alone: `attune.load("model.attune").predict(X)` says what `predict` says."""

import csv
import json
import os
import random
import re
import struct
import subprocess
import sys

import numpy
import pytest
from conftest import ATTUNE, ROOT

sys.path.insert(0, str(ROOT / "python"))
os.environ.setdefault("ATTUNE", ATTUNE)
import attune  # noqa: E402
from attune.literals import literal  # noqa: E402
from attune.network import ACTIVATIONS  # noqa: E402

HEADER = ["area", "rooms", "town", "sold", "garden", "note", "price", "kind"]


def houses(rows, seed=0):
    """A table with a column of every kind, with gaps, rare and odd texts."""
    draw = random.Random(seed)
    for _ in range(rows):
        area, rooms, garden = draw.gauss(120, 40), draw.randrange(1, 7), draw.random() < 0.4
        town = draw.choice(["Kiel"] * 8 + ["Bonn"] * 6 + ["Ulm", "Jena", "", "NA"])
        yield [draw.choice([f"{area:.2f}", f"{area:.0f} m2", f"{area:.3f}"]) if draw.random() < 0.9 else draw.choice(["", "?", "n.a."]),
               rooms, town, f"2021-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d} {draw.randrange(24):02d}:30" if draw.random() < 0.95 else "",
               draw.choice(["Yes", "yes"]) if garden else "no", draw.choice(["a", "b", "c", "d"]),
               f"{1000 * rooms + 20 * area + 500 * garden + draw.gauss(0, 300) + 5000:.2f}",
               "house" if area > 120 else draw.choice(["flat", "flat", "loft"])]


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return str(path)


def frame(path):
    """The table as a dict of columns of texts."""
    with open(path, newline="", encoding="utf-8") as file:
        return {name: [row[name] for row in rows] for rows in [list(csv.DictReader(file))] for name in rows[0]}


def predicted(program, path, tmp_path, call="csv"):
    """What the program says of a file's rows: names or numbers, and the other columns."""
    answers = tmp_path / "answers.csv"
    program.run(f"predict {call}({literal(str(path))}) to={literal(str(answers))} replace=true")
    table = frame(answers)
    numbers = {name: numpy.array(values, float) for name, values in table.items()
               if name.startswith(("probability_", "score_", "prediction_"))}
    return table.get("prediction"), numpy.stack(list(numbers.values()), axis=1) if numbers else None


def trained(program, tmp_path, cells):
    model = str(tmp_path / "model.attune")
    program.run(f"set progress=none\n{cells}\nsave {literal(model)} replace=true")
    return attune.load(model)


@pytest.fixture(scope="module")
def program():
    with attune.Program(ATTUNE) as program:
        yield program


@pytest.mark.parametrize("target_scale", ["standard", "log", "none"])
@pytest.mark.parametrize("way", ["per_feature", "global", "robust", "quantile", "none"])
def test_every_preparation_of_a_table(program, tmp_path, way, target_scale):
    table = write(tmp_path / "train.csv", HEADER, houses(300))
    new = write(tmp_path / "new.csv", HEADER, [*houses(80, seed=1), ["1e6", "-3", "Rome", "1/2/2035", "maybe", "zz", "", ""],
                                               ["(12.5)", "", "  Kiel ", "noon", "", "", "", ""]])
    model = trained(program, tmp_path, f"data csv({literal(table)}, target=price, ignore=[kind]) standardize={way} "
                    f"target_scale={target_scale}\ntrain epochs=2")
    wanted = numpy.array(predicted(program, new, tmp_path)[0], float)
    assert numpy.allclose(model.predict(frame(new)), wanted, rtol=1e-5, atol=1e-5)
    assert model.columns == HEADER[:6] and model.targets == ["price"]


def test_classes_of_a_table(program, tmp_path):
    table = write(tmp_path / "train.csv", HEADER, houses(300))
    model = trained(program, tmp_path, f"data csv({literal(table)}, target=kind)\ntrain epochs=3")
    names, shares = predicted(program, table, tmp_path)
    rows = frame(table)
    assert model.predict(rows).tolist() == names
    assert numpy.abs(model.predict_proba(rows) - shares).max() < 1e-5
    assert model.classes_.tolist() == ["flat", "house", "loft"]
    listed = [dict(zip(rows, values)) for values in zip(*rows.values())]
    assert numpy.array_equal(model.predict_proba(listed), model.predict_proba(rows))
    array = numpy.array([rows[name] for name in HEADER[:7]], object).T
    assert numpy.array_equal(model.predict_proba(array), model.predict_proba(rows))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation(program, tmp_path, activation):
    model = trained(program, tmp_path, f"data digits limit=400\nnetwork hidden=[24, 16] activation={activation} dropout=0.1 "
                    f"batch_norm={literal(activation in ('tanh', 'gelu'))}\ntrain epochs=2")
    x = numpy.random.default_rng(0).integers(0, 17, size=(50, 64)).astype("f4")
    numpy.savez(tmp_path / "new.npz", x=x)
    names, shares = predicted(program, tmp_path / "new.npz", tmp_path, "npz")
    assert numpy.abs(model.predict_proba(x) - shares).max() < 1e-5
    assert model.predict(x).tolist() == [int(name) for name in names]
    assert numpy.array_equal(model.predict(x.reshape(50, 8, 8)), model.predict(x))


def test_every_activation_of_the_program_is_known():
    help_text = subprocess.run([ATTUNE, "run", "-c", "help network"], capture_output=True, text=True, check=True).stdout
    known = re.search(r"activation=relu\s+[^;]*;(.*?identity)", help_text, re.S)[1]
    assert set(re.findall(r"\w+", known)) - {"or"} == set(ACTIVATIONS)


@pytest.mark.parametrize("averaging", ["", " averaging=ema(0.9)"])
@pytest.mark.parametrize("norm", ["none", "batch", "layer"])
def test_every_normalisation(program, tmp_path, norm, averaging):
    model = trained(program, tmp_path, f"data iris\nnetwork hidden=[8, 4] norm={norm}\ntrain epochs=3{averaging}")
    x = numpy.random.default_rng(0).normal(size=(40, 4)).astype("f4") + 3
    numpy.savez(tmp_path / "new.npz", x=x)
    names, shares = predicted(program, tmp_path / "new.npz", tmp_path, "npz")
    assert numpy.abs(model.predict_proba(x) - shares).max() < 1e-5
    assert list(map(str, model.predict(x))) == names


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("loss", ["hinge", "label_smoothing(0.1)", "cross_entropy", "binary_cross_entropy"])
def test_every_output_of_classes(program, tmp_path, classes, loss):
    output = {"hinge": "identity", "binary_cross_entropy": "sigmoid"}.get(loss, "softmax")
    model = trained(program, tmp_path, f"data blobs(n=120, classes={classes})\nnetwork output={output}\ntrain epochs=2 loss={loss}")
    x = numpy.random.default_rng(0).normal(size=(40, 2)).astype("f4")
    numpy.savez(tmp_path / "new.npz", x=x)
    names, values = predicted(program, tmp_path / "new.npz", tmp_path, "npz")
    assert list(map(str, model.predict(x))) == names
    assert numpy.allclose(model.decision_function(x), values, rtol=1e-5, atol=1e-5)
    if loss == "hinge":
        with pytest.raises(attune.ModelError, match="decision_function"):
            model.predict_proba(x)


def test_bytes_have_their_unit(program, tmp_path):
    random_bytes = numpy.random.default_rng(0).integers(0, 256, size=(300, 6, 5), dtype="u1")
    numpy.savez(tmp_path / "images.npz", x=random_bytes, y=(random_bytes[:, 0, 0] > 128).astype("i8"))
    model = trained(program, tmp_path, f'data npz({literal(str(tmp_path / "images.npz"))}, x="x", y="y")\ntrain epochs=1')
    names, shares = predicted(program, tmp_path / "images.npz", tmp_path, "npz")
    assert numpy.abs(model.predict_proba(random_bytes) - shares).max() < 1e-5
    assert model.predict(random_bytes).tolist() == list(map(int, names))


def test_several_targets(program, tmp_path):
    table = write(tmp_path / "train.csv", HEADER, houses(200))
    model = trained(program, tmp_path, f"data csv({literal(table)}, target=[price, rooms])\ntrain epochs=2")
    wanted = predicted(program, table, tmp_path)[1]
    assert model.predict(frame(table)).shape == (200, 2)
    assert numpy.allclose(model.predict(frame(table)), wanted, rtol=1e-5, atol=1e-5)


# A linear model of one column shows how each text of it was understood.
NUMBERS = """12 -3.5 +7 .5 5. 1e3 2E-2 $12 -$12 $-12 €1,234.50 1,234 1,234,567.8 12,34,567 (7) (1,234.5) ($5) 12% 12kg 45.5kWh
1'234'567 1_000 −5 –5 12m2 3m² US$9 R$9 9e5kg 007 1,234e2 1.234,5 12,5""".split() + [
    "12 kg", "1 234", "1 234 567.25", "1\u00a0234", "1\u202f234", "( 12 )", "$ 12", "12 km/h", "kr 55", "55 kr", "12 °C",
    "- 5", "  8 ", "CHF 1'200.50", "12 USD", "\u00a07"]
ODD = ["seven", "1.2.3", "0x10", "1 2", "12 4WD", "--5", "e5", "2 3", "12..5", "kg 5", "5 m4",
       "1/2", "12:30", "1-2", "+-5", "$", "12/km", "1,234,5", "Infinity kg"]
COMMA = ["12,5", "-1,25", "1.234,5", "1.234.567,8", "7", "(2,5)", "€ 12,50", "12,5 %", "1 234,5", "1,5e2", "1.234"]


def linear(program, tmp_path, column, texts, **options):
    """A linear model of one column, trained on a table that has it, and the file with the texts."""
    keep = "".join(f", {name}={value}" for name, value in options.items())
    table = write(tmp_path / "train.csv", ["x", "y"], [[text, f"{place / 7:.3f}"] for place, text in enumerate(column)])
    model = trained(program, tmp_path, f"data csv({literal(table)}, target=y{keep})\nnetwork hidden=[]\ntrain epochs=1")
    return model, write(tmp_path / "new.csv", ["x", "y"], [[text, ""] for text in texts])


@pytest.mark.parametrize("column,texts", [
    ([f"{n * 1.7:.2f}" for n in range(60)], NUMBERS), ([f"{n * 1.7:.2f}".replace(".", ",") for n in range(60)], COMMA),
], ids=["point", "comma"])
def test_numbers_are_understood_as_the_program_does(program, tmp_path, column, texts):
    sep = {"separator": '";"'}
    rows = [["x", "y"], *([text, f"{place / 7:.3f}"] for place, text in enumerate(column))]
    table = tmp_path / "train.csv"
    table.write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
    model = trained(program, tmp_path, f"data csv({literal(str(table))}, target=y, numeric=[x], separator={sep['separator']})\n"
                    "network hidden=[]\ntrain epochs=1")
    new = tmp_path / "new.csv"
    new.write_text("x;y\n" + "".join(f"{text};0\n" for text in texts), encoding="utf-8")
    wanted = numpy.array(predicted(program, new, tmp_path)[0], float)
    for text, value, mine in zip(texts, wanted, model.predict({"x": texts})):
        assert mine == pytest.approx(value, rel=1e-5, abs=1e-5), text
    if texts is NUMBERS:
        for text in ODD:
            new.write_text(f"x;y\n1;0\n{text};0\n", encoding="utf-8")
            refusals = 0
            for attempt in (lambda: predicted(program, new, tmp_path), lambda: model.predict({"x": ["1", text]})):
                try:
                    attempt()
                except attune.AttuneError:
                    refusals += 1
            assert refusals == 2, text


DATES = """2024-03-05 2024/03/05 2024.3.5 5/3/2024 3/5/24 13/4/2024 4/13/2024 31.12.1999 20240305 2024-03 2024-02-30 1-1-2024
2024-03-05T10:20:30Z 2024-03-05T10:20:30.25 2024-03-05T10:20:30+02:00 2024-03-05T10:20-0530 10:20 10:20:30 0001-01-01 99991231
24-3-5 5-Mar-2024 Mar-2024 5.Mar.24 1969-12-31 01/01/69 01/01/68 2024-13-01 2024-1-1Z""".split() + [
    "Mar 5, 2024", "March 5 2024", "5 March 2024", "Sept 1, 2020", "Tue, 5 Mar 2024", "Tuesday March 5, 2024 1:05 PM",
    "2024-03-05 10:20", "2024-03-05 10:20:30.123456", "2024-03-05, 10:20", "2024-03-05 10:20 +0100", "2024-03-05 10:20 UTC",
    "12:00 AM", "12:30 pm", "13:00 PM", "25:00", "10:5", "10:20:61", "soon", "2024", "5/3", "2024 03 05", "Jan 2024", "Jan 24",
    "05/Mar/2024:10:20:30", "16Feb1851", "02/1851", "13/1851", "02-1851", "02.1851", "1851 Feb", "1851 Feb 16", "1851 02", "16 Feb1851",
    "2024-03-05 03", "2024-03-05 25", "2024-03-05T7", "Tue Jan 01 00:00:00 2019", "Jan  1 10:30:00 2019", "Jan 1 10:30:00 UTC 2019",
    "Jan 1 25:30:00 2019", "16February2024", "16Feb24", "5th March 2024", "?", "NaT", "", "2024-03-05 24:00", "1e9", "12"]


@pytest.mark.parametrize("day_first", [False, True])
def test_dates_are_understood_as_the_program_does(program, tmp_path, day_first):
    column = [f"{1 + n % 27}/{1 + n % 11}/20{10 + n % 9} {n % 24:02d}:15" if day_first else
              f"20{10 + n % 9}-{1 + n % 12:02d}-{1 + n % 27:02d} {n % 24:02d}:15" for n in range(90)]
    model, new = linear(program, tmp_path, column, DATES, dates="[x]")
    wanted = numpy.array(predicted(program, new, tmp_path)[0], float)
    for text, value, mine in zip(DATES, wanted, model.predict({"x": DATES})):
        assert mine == pytest.approx(value, rel=1e-5, abs=1e-5), text


def test_values_that_are_no_texts(program, tmp_path):
    import datetime
    table = write(tmp_path / "train.csv", HEADER, houses(300))
    model = trained(program, tmp_path, f"data csv({literal(table)}, target=price, ignore=[kind])\ntrain epochs=1")
    when = datetime.datetime(2021, 5, 6, 7, 30)
    texts = {"area": ["100.5"] * 3, "rooms": ["3", "", "2"], "town": ["Kiel", "", "Ulm"], "sold": [str(when)] * 3,
             "garden": ["yes", "no", ""], "note": ["a", "b", "c"]}
    values = {"area": numpy.array([100.5] * 3, "f4"), "rooms": [3, None, 2.0], "town": numpy.array(["Kiel", None, "Ulm"], object),
              "sold": numpy.array([when] * 3, "M8[us]"), "garden": [True, False, None], "note": numpy.array(["a", "b", "c"])}
    assert numpy.array_equal(model.predict(texts), model.predict(values))
    for moments in ([when] * 3, [when.replace(tzinfo=datetime.timezone.utc)] * 3,
                    [when.replace(hour=9, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))] * 3):
        assert numpy.array_equal(model.predict({**values, "sold": moments}), model.predict(texts))


@pytest.mark.parametrize("rows", [
    {}, {"area": ["1"]}, numpy.zeros((2, 3)), numpy.zeros(6), [], "text", None, 3, [[1, 2], [3]], object(),
    {name: [object()] for name in HEADER}, {name: [[1]] for name in HEADER}, {name: 3 for name in HEADER},
    {name: ["x"] * place for place, name in enumerate(HEADER)}, {name: [10**400] for name in HEADER},
    {name: ["many"] for name in HEADER}, {name: [complex(1, 2)] for name in HEADER},
    {name: numpy.zeros((2, 2)) for name in HEADER}, {name: numpy.array([1e300]) for name in HEADER},
], ids=lambda rows: str(rows)[:30])
@pytest.mark.parametrize("kind", ["table", "plain"])
def test_rows_that_do_not_fit_are_refused_in_words(saved, rows, kind):
    with pytest.raises(attune.ModelError) as refusal:
        attune.load(saved[kind]).predict(rows)
    assert len(str(refusal.value)) > 20


@pytest.fixture(scope="module")
def saved(program, tmp_path_factory):
    """A model of a table, one of plain rows with normalisation, and a checkpoint."""
    folder = tmp_path_factory.mktemp("saved")
    table = write(folder / "train.csv", HEADER, houses(300))
    paths = {name: folder / f"{name}.attune" for name in ("table", "plain", "checkpoint")}
    program.run(f"set progress=none\ndata csv({literal(table)}, target=price, ignore=[kind]) standardize=quantile\n"
                f"network hidden=[8]\ntrain epochs=1\nsave {literal(str(paths['table']))}\n"
                f"data iris\nnetwork hidden=[4] batch_norm=true\ntrain epochs=1 checkpoint={literal(str(paths['checkpoint']))}\n"
                f"save {literal(str(paths['plain']))}")
    return paths


def test_what_is_no_model_is_named(saved, tmp_path):
    with pytest.raises(attune.ModelError, match="checkpoint of a training"):
        attune.load(saved["checkpoint"])
    with pytest.raises(attune.ModelError, match="No such file"):
        attune.load(tmp_path / "nowhere.attune")
    with pytest.raises(attune.ModelError, match="not a file that attune wrote"):
        attune.load(__file__)
    with pytest.raises(attune.ModelError):
        attune.load(tmp_path)


def use(path):
    """Loads a file and predicts a row; the only exception may be Attune's own."""
    try:
        model = attune.load(path)
        if model.columns:
            row = {name: [text, ""] for name, text in zip(HEADER, ["120", "3", "Kiel", "2021-01-02 10:30", "yes", "a"])}
            model.predict({name: row.get(name, ["1", ""]) for name in model.columns})
        else:
            model.predict(numpy.ones((2, 4)))
        return True
    except attune.ModelError as error:
        assert str(error)
        return False


def members(value, path=()):
    if isinstance(value, dict):
        for name, item in value.items():
            yield path + (name,)
            yield from members(item, path + (name,))
    elif isinstance(value, list):
        for place, item in list(enumerate(value))[:3]:
            yield path + (place,)
            yield from members(item, path + (place,))


REPLACEMENTS = [None, True, -1, 0, 3, 1e308, 2**70, "nan", "text", [], [1], ["a"], {}, {"a": 1}, [[]]]


@pytest.mark.parametrize("kind", ["table", "plain"])
def test_a_header_that_was_changed_never_ends_in_another_exception(saved, tmp_path, kind):
    data = saved[kind].read_bytes()
    length, = struct.unpack_from("<Q", data, 8)
    header, rest = json.loads(data[16:16 + length]), data[16 + length:]
    path = tmp_path / "changed.attune"
    refused = 0
    for place in members(header):
        for replacement in [*REPLACEMENTS, ...]:
            changed = json.loads(json.dumps(header))
            owner = changed
            for step in place[:-1]:
                owner = owner[step]
            if replacement is ...:
                del owner[place[-1]]
            else:
                owner[place[-1]] = replacement
            text = json.dumps(changed).encode()
            path.write_bytes(data[:8] + struct.pack("<Q", len(text)) + text + rest)
            refused += not use(path)
    assert refused > 500


@pytest.mark.parametrize("kind", ["table", "plain"])
def test_bytes_that_were_changed_never_end_in_another_exception(saved, tmp_path, kind):
    data = saved[kind].read_bytes()
    path = tmp_path / "changed.attune"
    draw = random.Random(1)
    outcomes = set()
    for _ in range(1500):
        changed = bytearray(data)
        for _ in range(draw.choice([1, 1, 2, 8])):
            place = draw.randrange(len(changed)) if draw.random() < 0.5 else draw.randrange(min(len(changed), 4000))
            changed[place] = draw.choice([0, 255, 48, 34, 45, changed[place] ^ 1 << draw.randrange(8)])
        if draw.random() < 0.2:
            del changed[draw.randrange(len(changed)):]
        path.write_bytes(changed)
        outcomes.add(use(path))
    assert outcomes == {True, False}
    path.write_bytes(b"ATTUNE01" + struct.pack("<Q", 100000) + b"[" * 100000)
    assert not use(path)
