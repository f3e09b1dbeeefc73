"""Cost grows linearly with samples, parameters and epochs: seconds of whole trainings, and per unit.

    python Tests/Benchmarks/linear_cost.py BENCHMARKS
"""

import json
import subprocess
import sys


def seconds(layers, neurons, batch, epochs, rows):
    words = [sys.argv[1], "train", layers, neurons, batch, "adam", epochs, 1, rows]
    return sum(json.loads(subprocess.check_output([str(w) for w in words]))["seconds"])


print(f"{'samples':>8}{'parameters':>12}{'epochs':>8}{'seconds':>10}{'ns a sample, epoch':>20}{'ps a parameter':>16}")
for neurons, epochs, limit in [(256, 2, n) for n in (17500, 35000, 70000)] + [(n, 2, 35000) for n in (128, 256, 512, 1024)] + [(256, n, 35000) for n in (1, 2, 4, 8)]:
    taken = seconds(2, neurons, 128, epochs, limit)
    parameters = 784 * neurons + neurons + neurons * neurons + neurons + 10 * neurons + 10
    rows = limit * 6 // 7
    each = taken / rows / epochs
    print(f"{rows:8}{parameters:12}{epochs:8}{taken:10.3f}{each * 1e9:20.0f}{each / parameters * 1e12:16.2f}")
