"""Files that were cut off, as a full disk or a broken copy leaves them: what the page of mistakes reads.

    python Tests/References/damaged.py ATTUNE
"""

import json
import pathlib
import sqlite3
import struct
import subprocess
import sys
import tempfile

import numpy

HERE = pathlib.Path(__file__).parent / "damaged"


def cut(name, content):
    (HERE / name).write_bytes(content[: len(content) * 3 // 5])


def safetensors():
    header = json.dumps({"layers.0.weight": {"dtype": "F32", "shape": [3, 4], "data_offsets": [0, 48]}}).encode()
    return struct.pack("<Q", len(header)) + header + bytes(48)


def main(attune):
    HERE.mkdir(exist_ok=True)
    (HERE / "cut.csv").write_text("rooms,area,price\n3,70.5,210\n4,88")
    (HERE / "quote.csv").write_text('rooms,street,price\n3,"Long Lane,210\n4,Short,250\n')
    cut("cut.safetensors", safetensors())
    cut("cut.json", json.dumps({"layers": [{"weight": [[0.5, 1.5]], "bias": [0.0]}]}).encode())
    with tempfile.TemporaryDirectory() as folder:
        numpy.savez(f"{folder}/set.npz", x=numpy.zeros((6, 2), numpy.float32), y=numpy.arange(6) % 2)
        cut("cut.npz", pathlib.Path(f"{folder}/set.npz").read_bytes())
        with sqlite3.connect(f"{folder}/tuning.db") as database:
            database.execute("CREATE TABLE studies (study_id INTEGER PRIMARY KEY, study_name TEXT)")
            database.executemany("INSERT INTO studies (study_name) VALUES (?)", [("a study" * 40,)] * 20)
        cut("cut.db", pathlib.Path(f"{folder}/tuning.db").read_bytes())
        cell = 'data iris;\nnetwork hidden=[2];\ntrain epochs=1;\nsave "model.attune"'
        pathlib.Path(f"{folder}/cell.attune").write_text(cell)
        subprocess.run([attune, "run", "cell.attune"], cwd=folder, check=True)
        cut("cut.attune", pathlib.Path(f"{folder}/model.attune").read_bytes())


main(str(pathlib.Path(sys.argv[1]).resolve()))
