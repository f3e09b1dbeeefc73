"""Tables as people have them, from the first byte of a file to the row of a prediction: what a cell answers.

The oracles are Python's own csv, gzip and ast, and the files themselves.
"""

import ast
import bz2
import csv
import gzip
import json
import lzma
import random
import sqlite3
import subprocess
import sys
from unittest import mock

import numpy
import pytest
from conftest import ATTUNE


def run(folder, cells, fails=False):
    """What the cells print; `fails`: whether they must end in an error."""
    done = subprocess.run([ATTUNE, "run", "-c", "set progress=none\n" + cells], cwd=folder, capture_output=True, text=True, timeout=120)
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def write(path, rows, **form):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, **form).writerows(rows)


def table(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def people(rows, first=0, **columns):
    """A header and rows: a name, a day, a number, a class and a number to predict; more columns by functions of the row."""
    draw = random.Random(first)
    yield ["person", "day", "x", "kind", *columns, "y"]
    for row in range(first, first + rows):
        x = draw.gauss(10, 2)
        yield [f"p{row // 4}", f"2020-{1 + row % 12:02}-{1 + row % 28:02}", f"{x:.3f}", "ab"[row % 2], *(make(row) for make in columns.values()),
               f"{3 * x + draw.gauss(0, 1):.3f}"]


# Texts of a column x, the options, and what is said or not said of it.
SAID = {
    "none is a category": (["full", "half", "none"], "", ["full, half, none"], ["missing text"]),
    "NONE is a category": (["GOOD", "SCIENTIFIC", "NONE"], "", ["GOOD, SCIENTIFIC, NONE"], ["missing text"]),
    "None is missing": (["Some", "Marked", "None", "Little"], "", ["'x': 'None' taken as missing; categorical=[x]"], []),
    "None is kept": (["Some", "Marked", "None"], ", categorical=[x]", ["Some, Marked, None"], ["missing text"]),
    "a question mark is missing": (["a", "b", "?"], "", ["'x': '?' taken as missing; categorical=[x]"], []),
    "a question mark is kept": (["a", "b", "?"], ", categorical=[x]", ["a, b, ?"], ["missing text"]),
    "NA is missing however it is taken": (["a", "b", "NA"], ", categorical=[x]", ["40 missing texts"], ["'x':"]),
    "yes, no and None": (["yes", "no", "None"], "", ["boolean", "'None' taken as missing"], []),
    "a letter behind one number": ([*map(str, range(100, 219)), "136A"], "", ["'136A' is not a number, taken as missing (1 row)"], ["with 'A'"]),
    "a B behind one number": ([*map(str, range(100, 219)), "136B"], "", ["'136B' is not a number"], ["billion"]),
    "thousands": ([*map(str, range(100, 195)), *[f"1.{k}K" for k in range(25)]], "", ["'K' for thousands"], []),
    "codes with zeros": ([f"{k % 40:05}" for k in range(120)], "", ["categorical=[x] takes them as codes"], []),
    "codes as such": ([f"{k % 8:05}" for k in range(120)], ", categorical=[x]", ["8: 00000, 00001"], ["as codes do"]),
    "zero and decimals": ([f"{k % 40 / 100}" for k in range(120)], "", [], ["as codes do"]),
    "days of another century": ([f"18{k % 90 + 10}0{1 + k % 9}1{k % 10}" for k in range(120)], "", ["look like dates"], []),
}
MARKS = {"-999.9": True, "1e20": True, "999.99": True, "-32768": True, "9.96921e36": True, "-99.99": True, "1e10": True, "-1": True,
         "10.5": False, "16": False}
SAID |= {f"{mark} forty times": (
    [mark if k % 3 == 0 else f"{10 + random.Random(k).gauss(0, 1):.3f}" for k in range(120)], "",
    ["appears 40 times, far from the rest"] * said, [] if said else ["far from the rest"]) for mark, said in MARKS.items()}
SAID["two marks"] = ([["-999", "-9999", f"{10 + k % 7 / 5}", f"{11 + k % 5 / 9}"][k % 4] for k in range(120)], "", ["-9999 appears 30", "-999 appears 30"], [])
SAID["a rare event"] = (["1" if k % 30 == 0 else "0" for k in range(120)], "", [], ["far from"])


@pytest.mark.parametrize("name", SAID)
def test_what_is_said_of_a_column(tmp_path, name):
    column, options, said, unsaid = SAID[name]
    write(tmp_path / "t.csv", [["z", "x", "y"], *([f"{k * 7 % 31}.5", column[k % len(column)], f"{k * 11 % 17}.25"] for k in range(120))])
    answer = run(tmp_path, f'data csv("t.csv", target=y{options})')
    for text in said:
        assert text in answer
    for text in unsaid:
        assert text not in answer


TWICE = ["numeric", "categorical", "dates"]
ROLES = ["target", "id", "weight", "ignore"]


@pytest.mark.parametrize("one, other", [(a, b) for group in (TWICE, ROLES) for a in group for b in group if group.index(a) < group.index(b)])
def test_options_that_contradict_each_other_are_refused(tmp_path, one, other):
    write(tmp_path / "t.csv", people(60))
    given = {"id": "x", "weight": "x"}
    cell = ", ".join(f"{name}={given.get(name, '[x]')}" for name in (one, other))
    assert f"'x' cannot be both {one}= and {other}=" in run(tmp_path, f'data csv("t.csv", {cell})', fails=True)


# split=, files of parts and options of data, and training, validation and test rows; or what is refused.
PARTS = {
    ("group(person)", "test", ""): (160, 40, 100), ("group(person)", "validation", ""): (160, 100, 40),
    ("time(day)", "test", ""): (160, 40, 100), ("time(day)", "validation", ""): (160, 100, 40),
    ("group(person)", "both", ""): (200, 100, 60), ("time(day)", "both", ""): (200, 100, 60),
    ("time(day)", "test", "test=0.5"): (160, 40, 50), (None, "test", "test=0.5"): (160, 40, 50),
    ("column(part)", "none", ""): (100, 50, 50),
    ("column(part)", "test", ""): "split=column and files", ("column(part)", "none", "folds=3"): "folds= and split=column",
    ("column(part)", "none", "test=0.1"): "test= and split=column", ("column(part)", "none", "validation=0.1"): "validation= and split=column",
    ("time(day)", "validation", "folds=3"): "folds= makes the validation parts", ("group(kind)", "test", ""): "its groups are not apart",
}


@pytest.mark.parametrize("split, files, options", PARTS)
def test_files_of_parts_stay_what_they_are(tmp_path, split, files, options):
    part = {"part": lambda row: ["train", "validation", "train", "test"][row % 4]}
    write(tmp_path / "a.csv", people(200, **part))
    write(tmp_path / "b-1.csv", people(60, first=300, **part))
    write(tmp_path / "b-2.csv", people(40, first=400, **part))
    write(tmp_path / "c.csv", people(60, first=600, **part))
    named = {"none": "", "test": ', test="b-*.csv"', "validation": ', validation="b-*.csv"',
             "both": ', validation="b-*.csv", test="c.csv"'}[files]
    cell = f'data csv("a.csv"{named}) {options} ' + (f"split={split}" if split else "")
    wanted = PARTS[split, files, options]
    answer = run(tmp_path, cell, fails=isinstance(wanted, str))
    if isinstance(wanted, str):
        assert wanted in answer
        return
    rows = next(line.split()[1:] for line in answer.splitlines() if line.startswith("rows"))
    assert tuple(map(int, rows)) == wanted
    if options:
        assert "test= takes 50 of the 100 rows of the test file" in answer


def test_a_file_without_targets_is_no_part(tmp_path):
    write(tmp_path / "a.csv", people(100))
    write(tmp_path / "b.csv", [row if row[0] == "person" else [*row[:-1], ""] for row in people(30, first=200)])
    for part in ("test", "validation"):
        assert f"no row of the {part} file has a target" in run(tmp_path, f'data csv("a.csv", {part}="b.csv")', fails=True)


def test_a_whole_file_is_not_called_the_test_rows(tmp_path):
    write(tmp_path / "a.csv", people(100))
    answer = run(tmp_path, 'data csv("a.csv")\ntrain epochs=1;\nevaluate csv("a.csv")\nprint evaluate\nevaluate test')
    assert "run-1 on the rows of a.csv" in answer and '"split": "file"' in answer and "run-1 on the test rows of a.csv" in answer


def packed(data):
    whole = gzip.compress(data)
    middle = len(whole) // 2
    yield "whole", whole, None
    yield "two members", gzip.compress(data[:500]) + gzip.compress(data[500:]), None
    yield "zeros behind", whole + bytes(1000), None
    yield "zeros between", gzip.compress(data[:500]) + bytes(100) + gzip.compress(data[500:]), None
    for place in (middle, len(whole) - 8, len(whole) - 4, len(whole) - 1, 40):
        yield f"byte {place}", whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1:], "damaged"
    yield "cut", whole[:middle], "damaged"
    yield "cut in its tail", whole[:-3], "damaged"
    yield "rubbish behind", whole + b"rubbish", "not packed"
    yield "zeros alone", gzip.compress(bytes(1_000_000)), "nothing but zero bytes"
    yield "empty", gzip.compress(b""), "is empty"


@pytest.mark.parametrize("place", range(14))
def test_a_damaged_gz_is_an_error(tmp_path, place):
    write(tmp_path / "a.csv", people(300))
    _, content, mistake = list(packed((tmp_path / "a.csv").read_bytes()))[place]
    (tmp_path / "b.csv.gz").write_bytes(content)
    answer = run(tmp_path, 'data csv("b.csv.gz")', fails=mistake is not None)
    assert (mistake or "180") in answer


def lines_of(form, rows):
    header, *rows = rows
    if form == "jsonl":
        return [json.dumps(dict(zip(header, row))) for row in rows], "{not json"
    if form == "svm":
        return [f"{row[-1]} 1:{row[2]} 2:{place}" for place, row in enumerate(rows)], "no pair"
    if form == "arff":
        head = ["@relation r", *(f"@attribute {name} {'numeric' if name in 'xy' else 'string'}" for name in header), "@data"]
        return head + [",".join(row) for row in rows], '"open'
    return [",".join(row) for row in [header, *rows]], 'a,"open'


@pytest.mark.parametrize("pack", ["", "gz", "bz2", "xz"])
@pytest.mark.parametrize("form", ["csv", "jsonl", "svm", "arff"])
def test_a_limit_ends_the_reading_early(tmp_path, form, pack):
    """What comes after the first rows could not be read."""
    lines, broken = lines_of(form, list(people(60_000)))
    data = "\n".join([*lines, broken, broken]).encode()
    name = f"t.{form}" + (pack and "." + pack)
    (tmp_path / name).write_bytes({"": bytes, "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[pack](data))
    assert "line" in run(tmp_path, f'data "{name}"', fails=True)
    answer = run(tmp_path, f'data "{name}" limit=500')
    assert f"limit= draws from the first 10000 rows of {name}" in answer and "the rest is not read" in answer
    assert [line.split()[1:] for line in answer.splitlines() if line.startswith("rows")] == [["300", "100", "100"]]


def test_a_limit_leaves_files_unread(tmp_path):
    for part in range(4):
        write(tmp_path / f"p-{part}.csv", people(6000, first=10_000 * part))
    (tmp_path / "p-3.csv").write_text("nothing\n")
    assert "limit= draws from the first 2 of 4 files: the others are not read" in run(tmp_path, 'data csv("p-*.csv") limit=100')
    short = run(tmp_path, 'data csv("p-0.csv") limit=100')
    assert "not read" not in short and "60          20     20" in short


def test_kept_columns_are_the_files_own_texts(tmp_path):
    rows = list(people(100, code=lambda row: f"{row % 90:05}", price=lambda row: f"{row}.50", when=lambda row: f"{1 + row % 28:02}.01.2021",
                       gap=lambda row: "" if row % 3 else "1,234.5"))
    for row in rows[7:90:9]:
        row[-1] = ""
    write(tmp_path / "t.csv", rows)
    keep = "keep=[code, price, when, gap, y] replace=true"
    cells = f'data csv("t.csv", target=y)\ntrain epochs=1;\npredict test {keep} to="part.csv"\npredict csv("t.csv") {keep} to="all.csv"'
    assert "has changed" not in run(tmp_path, cells)
    written = {place: dict(zip(rows[0], row)) for place, row in enumerate(rows)}
    for name in ("part", "all"):
        for line in table(tmp_path / f"{name}.csv"):
            own = written[int(line["row"])]
            assert [line[key] for key in ("code", "price", "when", "gap")] == [own[key] for key in ("code", "price", "when", "gap")]


@pytest.mark.parametrize("index", [lambda row: f"{1947 + row}", lambda row: f"name {row % 9}", lambda row: f"{row}"], ids=["years", "names", "counts"])
def test_a_first_column_without_a_name(tmp_path, index):
    rows = [[("" if place == 0 else index(place - 1)), *row] for place, row in enumerate(people(80))]
    write(tmp_path / "t.csv", rows)
    answer = run(
        tmp_path, 'data csv("t.csv", target=y)\ntrain epochs=1;\npredict csv("t.csv") to="p.csv"\nevaluate csv("t.csv")\nexport run to="m.py"\n'
        'data csv("t.csv", target=y, test="t.csv")\ndata csv("t.csv", target=y, ignore=["column 1"])')
    assert "80 predictions" in answer.replace("wrote ", "") and len(table(tmp_path / "p.csv")) == 80
    assert len(program(tmp_path / "m.py")["read"](tmp_path / "t.csv")) == 80


def program(path):
    """An exported program's names; its tensors are lists."""
    torch = mock.MagicMock()
    torch.nn.Module = object
    torch.tensor = lambda values, **_: values
    space = {"__name__": "m", "__file__": str(path)}
    with mock.patch.dict(sys.modules, {"torch": torch, "safetensors": mock.MagicMock(), "safetensors.torch": mock.MagicMock()}):
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), space)
    return space


def body(separator=",", decimal="."):
    lines = [separator.join(row) for row in people(60)]
    return [line.replace(".", decimal) if number else line for number, line in enumerate(lines)]


FILES = {
    "plain": ("\n".join(body()).encode(), ""),
    "cp1252, a title, semicolons, commas": (("Preisliste für März\n\n" + "\n".join(body(";", ","))).encode("cp1252"), ""),
    "UTF-16": ("\n".join(body("\t")).encode("utf-16"), ""),
    "latin2": (("łódź," + "\n1,".join(body())).encode("iso8859-2"), ', encoding="iso8859-2"'),
    "lines to skip": (("one\ntwo\n" + "\n".join(body())).encode(), ", skip=2"),
    "comments": (("% one\n" + "\n% two\n".join(body())).encode(), ', comment="%"'),
    "no header": ("\n".join(body()[1:]).encode(), ", header=false, names=[person, day, x, kind, y]"),
    "other names": ("\n".join(body()).encode(), ", header=true, names=[a, b, c, d, y]"),
    "bars": ("\n".join(body("|")).encode(), ""),
    "Windows": (("\ufeff" + "\r\n".join(body())).encode(), ""),
}


@pytest.mark.parametrize("name", FILES)
def test_a_program_reads_its_own_file(tmp_path, name):
    content, options = FILES[name]
    (tmp_path / "t.csv").write_bytes(content)
    run(tmp_path, f'data csv("t.csv", target=y{options}) test=1\ntrain epochs=1;\npredict csv("t.csv") to="p.csv"\nexport run to="m.py"')
    assert len(program(tmp_path / "m.py")["read"](tmp_path / "t.csv")) == len(table(tmp_path / "p.csv")) == 60


@pytest.mark.parametrize("name", ["c.parquet", "sub dir/c.parquet", 'sub dir/we"ird.parquet', "back\\slash.parquet", "no ending", "../up.h5"])
def test_a_line_of_pandas_names_the_file(tmp_path, name):
    (tmp_path / "in" / "sub dir").mkdir(parents=True)
    path = tmp_path / "in" / name
    path.write_bytes(b"\x89HDF\r\n\x1a\n" if name.endswith("h5") else b"PAR1" * 20)
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    for cell in (f'data csv("{quoted}")', f'data "{quoted}"') if "." in name else (f'data csv("{quoted}")',):
        answer = run(tmp_path / "in", cell, fails=True)
        tree = ast.parse(answer[answer.index("import pandas"):].strip())
        texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        read = [text for text in texts if not text.endswith(".csv")][0]
        assert (tmp_path / "in" / read).resolve() == path.resolve()


def test_dates_are_predicted_in_days(tmp_path):
    write(tmp_path / "t.csv", people(100, clock=lambda row: f"{row % 24:02}:30", year=lambda row: f"{1990 + row % 25}"))
    for target, said, mean in [("day", "predicted in days since 1970-01-01", 18_400), ("clock", "predicted in hours", 12), ("year", "", 2002)]:
        dates = ", dates=[year]" if target == "year" else ""
        answer = run(tmp_path, f'data csv("t.csv", target={target}{dates}) task=regression target_scale=standard\ntrain epochs=200;\n'
                     f'evaluate csv("t.csv")\nassert evaluate.mae < 400\npredict csv("t.csv") to="{target}.csv"')
        assert said in answer
        numbers = [float(row["prediction"]) for row in table(tmp_path / f"{target}.csv")]
        assert abs(sum(numbers) / len(numbers) / mean - 1) < 0.1


def test_a_value_far_from_the_training_rows_is_named(tmp_path):
    rows = list(people(200))
    rows[50][2] = "1e22"
    write(tmp_path / "t.csv", rows)
    for seed in range(8):
        answer = run(tmp_path, f'data csv("t.csv", target=y) seed={seed} test=0 validation=0.5')
        if "a validation row, has 1e+22" in answer:
            assert "'x': line 51" in answer and "standardize=robust bounds it" in answer
            failed = run(tmp_path, f'data csv("t.csv", target=y) seed={seed} test=0 validation=0.5\ntrain epochs=2', fails=True)
            assert "the validation loss became infinite in epoch 1, while the training loss did not" in failed and "standardize=robust" in failed
            return
    pytest.fail("no seed has the row in its validation part")


def test_all_numbers_on_one_scale(tmp_path):
    write(tmp_path / "t.csv", people(100, big=lambda row: f"{1000 + row}"))
    run(tmp_path, 'data csv("t.csv", target=y) standardize=global\ntrain epochs=1;\nexport run to="m.json"')
    columns = json.loads((tmp_path / "m.json").read_text())["encoding"]["columns"]
    scales = [json.dumps(column["number"]["scale"]) for column in columns if "number" in column]
    assert len(scales) == 2 and len(set(scales)) == 1


def test_a_study_finds_the_data_that_a_session_found(tmp_path):
    for part in range(2):
        write(tmp_path / f"p-{part}.csv", people(60, first=100 * part))
    numpy.save(tmp_path / "x.npy", numpy.random.default_rng(0).normal(size=(80, 3)))
    numpy.save(tmp_path / "y.npy", numpy.arange(80) % 2)
    write(tmp_path / 'odd.csv', [['a "q" b' if field == "y" else field for field in row] for row in people(60)])
    sources = {"several": 'csv("p-*.csv", target=y)', "arrays": 'npz("x.npy", y="y.npy")', "address": f'csv("file://{tmp_path}/p-0.csv", target=y)',
               "quotes": 'csv("odd.csv", target="a \\"q\\" b")'}
    for name, source in sources.items():
        run(tmp_path, f'study storage "{name}.db"\ndata {source}\nspace\n    neurons in {{4, 8}}\nstudy new "s"\ntune trials=1 epochs=1')
        answer = run(tmp_path, f'study storage "{name}.db"\nstudy open "s"\ndata\ntune trials=1 epochs=1')
        assert "not loaded" not in answer, name
    with sqlite3.connect(tmp_path / "rows.db") as database:
        database.execute("create table t (a, y)")
        database.executemany("insert into t values (?, ?)", [(k, 2 * k) for k in range(60)])
    refused = run(tmp_path, 'study storage "sql.db"\ndata sqlite("rows.db")\nspace\n    neurons in {4, 8}\nstudy new "s"\n'
                  "tune trials=2 epochs=1 workers=processes(1)", fails=True)
    assert "workers cannot load this data" in refused


def test_a_query_that_is_named_runs(tmp_path):
    for number, name in enumerate(["pen guins", "select", "plain", 'a"b']):
        with sqlite3.connect(tmp_path / f"{number}.db") as database:
            quoted = '"' + name.replace('"', '""') + '"'
            database.execute(f"create table {quoted} (a, y)")
            database.executemany(f"insert into {quoted} values (?, ?)", [(k, 2 * k) for k in range(60)])
            database.execute("create table zz (b)")
        answer = run(tmp_path, f'data sqlite("{number}.db")', fails=True)
        query = answer[answer.index("query="):].strip()
        assert "60 rows" in run(tmp_path, f'data sqlite("{number}.db", {query})\nprint "60 rows"')


def test_weights_count_in_what_is_fitted(tmp_path):
    """As scikit-learn's StandardScaler with sample_weight: a row of weight 0 is not there."""
    rows = list(people(120, w=lambda row: f"{row % 5 / 2}", g=lambda row: "abc"[row % 3]))
    for row in rows[1:]:
        if row[4] == "0.0":
            row[2], row[-1] = "1e5", "1e6"
    write(tmp_path / "t.csv", rows)
    run(tmp_path, 'data csv("t.csv", target=y, weight=w) validation=0 test=0\ntrain epochs=1;\nexport run to="m.json"')
    model = json.loads((tmp_path / "m.json").read_text())
    weights = numpy.array([float(row[4]) for row in rows[1:]])
    columns = {next(iter(column.values()))["name"]: column for column in model["encoding"]["columns"]}
    for scale, place in [(columns["x"]["number"]["scale"]["standard"], 2), ({"mean": model["target_scale"]["mean"][0],
                                                                          "deviation": model["target_scale"]["deviation"][0]}, -1)]:
        values = numpy.array([float(row[place]) for row in rows[1:]])
        mean = numpy.average(values, weights=weights)
        assert scale["mean"] == pytest.approx(mean)
        assert scale["deviation"] == pytest.approx(numpy.average((values - mean) ** 2, weights=weights) ** 0.5)
    shares = [weights[place::3].sum() / weights.sum() for place in range(3)]
    assert columns["g"]["category"]["shares"] == pytest.approx(shares, rel=1e-5)


def test_the_file_that_shows_the_order_of_day_and_month_decides(tmp_path):
    def days(first, last):
        return [["d", "z", "y"], *([f"{day:02}/01/2020", f"{row % 7}", f"{day + row % 3}"] for row in range(4) for day in range(first, last))]

    write(tmp_path / "jan-1.csv", days(1, 13))
    write(tmp_path / "jan-2.csv", days(13, 31))
    write(tmp_path / "even.csv", days(1, 13))
    for cell in ('data csv("jan-*.csv", target=y)', 'data csv("jan-1.csv", target=y, test="jan-2.csv")'):
        answer = run(tmp_path, cell)
        assert "2020-01-01 to 2020-01-30" in answer and "missing" not in answer.replace("missing  values", "")
    guessed = run(tmp_path, 'data csv("even.csv", target=y)\ntrain epochs=1;\npredict csv("jan-2.csv")')
    assert "the month before the day (a guess: day_first=true takes it otherwise)" in guessed
    assert "'13/01/2020' is not a date, taken as missing (72 rows)" in guessed
    told = run(tmp_path, 'data csv("even.csv", target=y, day_first=true)\ntrain epochs=1;\npredict csv("jan-2.csv")')
    assert "2020-01-01 to 2020-01-12" in told and "missing value" not in told and "a guess" not in told


# Targets of an archive, an option, and what they are with what is said of them.
ARCHIVES = {
    "integers": (numpy.arange(200) % 5, "", "5 classes", ""), "many classes": (numpy.arange(200) % 25, "", "25 classes", "25 whole numbers, taken as classes"),
    "counts": (numpy.arange(200) * 7 % 125, "", "regression", "whole numbers, taken as numbers; task=classification"),
    "whole floats": (numpy.arange(200) % 5 * 1.0, "", "5 classes", "5 whole numbers, taken as classes; task=regression"),
    "more whole floats": (numpy.arange(200) % 25 * 1.0, "", "regression", "whole numbers, taken as numbers"),
    "told": (numpy.arange(200) % 25, "task=regression", "regression", ""), "one-hot": (numpy.eye(4)[numpy.arange(200) % 4], "", "4 classes", ""),
    "two numbers": (numpy.random.default_rng(0).normal(size=(200, 2)), "", "regression", "target 1, target 2"),
    "two whole numbers": (numpy.arange(400).reshape(200, 2), "task=regression", "regression", "target 1, target 2"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_targets_of_an_archive(tmp_path, name):
    y, option, kind, said = ARCHIVES[name]
    numpy.savez(tmp_path / "a.npz", x=numpy.random.default_rng(1).normal(size=(200, 3)), y=y)
    answer = run(tmp_path, f'data "a.npz" {option}\ntrain epochs=1;')
    assert kind in answer and said in answer and (said or "whole numbers" not in answer)


def test_some_numbers_without_a_unit_are_said(tmp_path):
    write(tmp_path / "t.csv", [["a", "y"], *([f"0.{k % 90 + 10}" + "%" * (k % 2), k % 7 + 0.5] for k in range(80))])
    assert "some numbers have no '%'" in run(tmp_path, 'data csv("t.csv")')


def test_a_scatter_is_in_the_columns_own_units(tmp_path):
    write(tmp_path / "t.csv", people(100, mass=lambda row: f"{3000 + 10 * (row % 50)}" if row % 9 else ""))
    drawn = run(tmp_path, 'data csv("t.csv", target=y);\nplot data mass x to="p.svg"')
    picture = (tmp_path / "p.svg").read_text()
    assert "3200" in picture.replace(",", "") and drawn is not None
