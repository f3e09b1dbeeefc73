"""Start to kernel_info_reply of two programs, in turns: usage: start.py PROGRAM OTHER [--limit RATIO]. Needs pyzmq."""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Clients"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Benchmarks"))
from latency import start  # noqa: E402

ROUNDS = 40


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", nargs=2)
    parser.add_argument("--limit", type=float, default=float("inf"))
    arguments = parser.parse_args()
    measured = {program: [] for program in arguments.programs}
    for _ in range(ROUNDS):
        for program in arguments.programs:
            kernel, milliseconds = start([program, "kernel", "{connection_file}"])
            measured[program].append(milliseconds)
            kernel.stop()
    for program, times in measured.items():
        print(f"{program}: fastest {min(times):.1f} ms, median {statistics.median(times):.1f} ms of {ROUNDS}")
    # The fastest of many: other programs on the machine only add.
    ratio = min(measured[arguments.programs[0]]) / min(measured[arguments.programs[1]])
    print(f"ratio of the fastest {ratio:.2f}")
    return 0 if ratio <= arguments.limit else 1


if __name__ == "__main__":
    sys.exit(main())
