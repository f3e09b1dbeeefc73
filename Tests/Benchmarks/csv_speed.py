"""CPU time and memory of reading CSV files, beside pandas' and polars' readers, side by side in one run.

    python csv.py path/to/attune [--scale 1]
A line per file: seconds of CPU and megabytes at the peak, each without what the program takes to start. Attune's are of
the whole `data` command: reading, splitting and standardising; columns of texts are read but not made into inputs.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile

SHAPES = {
    "100,000 x 21 numbers": (100_000, 21, 0),
    "200,000 x 7 with texts": (200_000, 7, 3),
    "1,000 x 10,000 numbers": (1_000, 10_000, 0),
    "2,000,000 x 7 numbers": (2_000_000, 7, 0),
}


def write(path, rows, columns, texts):
    import numpy
    import pandas

    random = numpy.random.default_rng(0)
    frame = pandas.DataFrame(random.normal(size=(rows, columns - texts)), columns=[f"x{i}" for i in range(columns - texts)])
    words = numpy.array(["word %d" % i for i in range(200)])
    for text in range(texts):
        frame.insert(text, f"t{text}", words[random.integers(0, 20 * 3**text, rows)])
    frame.to_csv(path, index=False)


def cost(command, **options):
    """Seconds of CPU and megabytes at the peak of a program and its children."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("attune")
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("shape", nargs="?", help="of the file to write, for the script's own use")
    arguments = parser.parse_args()
    if arguments.shape:
        return write(arguments.attune, *map(int, arguments.shape.split(",")))
    environment = dict(os.environ, POLARS_MAX_THREADS="1", OPENBLAS_NUM_THREADS="1")
    with tempfile.TemporaryDirectory() as folder:
        cell = os.path.join(folder, "cell.attune")
        nothing = os.path.join(folder, "nothing.attune")
        open(nothing, "w").close()
        for name, (rows, columns, texts) in SHAPES.items():
            path = os.path.join(folder, "table.csv")
            # Memory at the peak is inherited from the process that starts another: this one stays small.
            subprocess.run([sys.executable, __file__, path, f"{int(rows * arguments.scale)},{columns},{texts}"], check=True)
            ignored = ", ".join(f'"t{text}"' for text in range(texts))
            with open(cell, "w") as file:
                file.write(f'data csv("{path}", ignore=[{ignored}]);')
            results = {}
            for library in ["pandas", "polars"]:
                program = f"import {library}, sys\nif len(sys.argv) > 1: {library}.read_csv(sys.argv[1])"
                empty = cost([sys.executable, "-c", program], env=environment)
                whole = cost([sys.executable, "-c", program, path], env=environment)
                results[library] = [max(0, a - b) for a, b in zip(whole, empty)]
            empty = cost([arguments.attune, "run", nothing])
            whole = cost([arguments.attune, "run", cell])
            results["attune"] = [max(0, a - b) for a, b in zip(whole, empty)]
            size = os.path.getsize(path) >> 20
            print(name, f"({size} MB):", "; ".join(f"{k} {s:.2f} s {m:.0f} MB" for k, (s, m) in results.items()), flush=True)


if __name__ == "__main__":
    main()
