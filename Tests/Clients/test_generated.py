"""Tables that Python's csv module writes, in any dialect, come back as Python reads them."""

import csv
import os
import random
import subprocess

import pytest

ATTUNE = os.environ["ATTUNE"]
PIECES = ["a", "b c", "é", "日本", '"', "'", ",", ";", "|", "\t", "\n", "x,y", "1,5", "#", "=1+2", "-", "a;b", "\\", "  z", "{", "😀"]
NAMES = ["name", "full name", "a,b", 'say "hi"', "über", "x;y", "pipe|d", "1st", "it's"]


def written(path, seed):
    """Writes a table of two numbers, a target and three texts; gives the texts' names and their rows."""
    draw = random.Random(seed)
    dialect = {
        "delimiter": draw.choice(",;\t|"),
        "quoting": draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
        "lineterminator": draw.choice(["\n", "\r\n"]),
    }
    names = draw.sample(NAMES, 3)
    rows = []
    for row in range(40):
        texts = ["".join(draw.choice(PIECES) for _ in range(draw.randint(1, 4))) + f"k{row}" for _ in names]
        rows.append(texts)
    with open(path, "w", newline="", encoding=draw.choice(["utf-8", "utf-8-sig", "utf-16"])) as file:
        writer = csv.writer(file, **dialect)
        writer.writerow(["u", *names, "v", "target"])
        for row, texts in enumerate(rows):
            writer.writerow([round(draw.gauss(0, 1), 4), *texts, row % 7, round(draw.gauss(0, 1), 3)])
    return names, rows


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_tables_of_every_dialect_are_read_as_python_reads_them(tmp_path, first):
    cells, tables = ["set progress=none"], {}
    for seed in range(first, first + 10):
        tables[seed] = written(tmp_path / f"{seed}.csv", seed)
        keep = ", ".join(quoted(name) for name in tables[seed][0])
        cells.append(
            f'data csv("{seed}.csv", target=target)\ntrain epochs=1\n'
            f'predict csv("{seed}.csv") keep=[{keep}] to="p{seed}.csv"')
    (tmp_path / "all.attune").write_text("\n".join(cells))
    done = subprocess.run([ATTUNE, "run", "all.attune"], cwd=tmp_path, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    for seed, (names, rows) in tables.items():
        with open(tmp_path / f"p{seed}.csv", newline="", encoding="utf-8") as file:
            header, *kept = csv.reader(file)
        places = [header.index(name) for name in names]
        # Blanks around a field are not the field's, as in "a, b".
        bare = [[text.strip() for text in texts] for texts in rows]
        assert [[row[place].strip() for place in places] for row in kept] == bare, f"seed {seed}"
