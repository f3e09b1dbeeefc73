"""Latency of Attune beside ipykernel and xeus-python, by one client of bare sockets in one run.

    python3 Tests/Benchmarks/latency.py build/installed/bin/attune

Each kernel is started several times; the client's reconnect interval is 1 ms, else its timer is what is measured. Run it on
an otherwise idle machine, in an environment with `Tests/Clients/requirements.txt`.
"""

import argparse
import json
import math
import statistics
import subprocess
import sys
import socket
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Clients"))
from wire import CHANNELS, Kernel  # noqa: E402

LOOP = {"attune": "data digits\nset progress=none\ntrain epochs=1000000", "python": "while True: pass"}


def free_ports():
    sockets = [socket.socket() for _ in CHANNELS]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = {f"{c}_port": s.getsockname()[1] for c, s in zip(CHANNELS, sockets)}
    for s in sockets:
        s.close()
    return ports


def start(command):
    """A kernel, and the milliseconds from its launch to its first kernel_info_reply."""
    begun = time.perf_counter()
    kernel = Kernel(command, connection=free_ports(), wait=False, stderr=subprocess.DEVNULL)
    kernel.sockets = {c: kernel.socket(c) for c in CHANNELS}
    kernel.reply("shell", kernel.send("shell", "kernel_info_request", {}), timeout=30)
    return kernel, (time.perf_counter() - begun) * 1000


def drain(kernel, seconds=0.3):
    while kernel.sockets["iopub"].poll(seconds * 1000):
        kernel.sockets["iopub"].recv_multipart()


def execute_raw(kernel, code):
    """Milliseconds from sending a cell until both its reply and its idle status are here. Only what is needed to
    know them is parsed, so that the client's own JSON is not what is measured."""
    shell, iopub = kernel.sockets["shell"], kernel.sockets["iopub"]
    _, frames = kernel.frames("execute_request", {"code": code, "silent": False, "store_history": True,
                                                  "user_expressions": {}, "allow_stdin": False, "stop_on_error": True})
    begun = time.perf_counter()
    shell.send_multipart(frames)
    while b"idle" not in iopub.recv_multipart()[-1]:
        pass
    shell.recv_multipart()
    return (time.perf_counter() - begun) * 1000


def ask_raw(kernel):
    _, frames = kernel.frames("kernel_info_request", {})
    begun = time.perf_counter()
    kernel.sockets["control"].send_multipart(frames)
    kernel.sockets["control"].recv_multipart()
    return (time.perf_counter() - begun) * 1000


def interrupt_latency(kernel, signal_mode, loop):
    """Milliseconds from an interrupt to the reply of the cell that it stops."""
    identifier = kernel.send("shell", "execute_request", {"code": loop})
    time.sleep(0.7)
    begun = time.perf_counter()
    if signal_mode:
        kernel.process.send_signal(2)
    else:
        kernel.send("control", "interrupt_request", {})
    kernel.reply("shell", identifier, timeout=10)
    elapsed = (time.perf_counter() - begun) * 1000
    drain(kernel)
    return elapsed


LONG_STUDY = """set progress=none
data digits limit=200
space
    layers        in 1..4
    neurons       in {16, 32, 64}
    learning_rate in log(1e-4..1e-1)
    optimizer     in {sgd, adam}
tune trials=500 epochs=1 sampler=random
"""


def at_the_cursor(command, trips):
    """Milliseconds of completion and inspection at the end of some cells, in a session with a study of 500 trials: for each
    the median and the 99th percentile."""
    kernel, _ = start(command)
    kernel.reply("shell", kernel.send("shell", "execute_request", {"code": LONG_STUDY}), timeout=300)
    drain(kernel)
    figures = {}
    for kind in ("complete_request", "inspect_request"):
        for code in ("train opt", "tune objective=[val_l", "space\n    schedule in {step(fac", "best.params.", "trials[3].st", "?ste"):
            times = []
            for _ in range(trips):
                content = {"code": code, "cursor_pos": len(code), "detail_level": 0}
                begun = time.perf_counter()
                kernel.reply("shell", kernel.send("shell", kind, content), timeout=30)
                times.append((time.perf_counter() - begun) * 1000)
            times.sort()
            figures[f"{kind.removesuffix('_request')} {code!r}"] = (statistics.median(times), times[int(0.99 * trips)])
        drain(kernel)
    kernel.stop()
    return figures


def measure(name, command, language, starts, trips):
    launches = []
    for _ in range(starts):
        kernel, milliseconds = start(command)
        launches.append(milliseconds)
        if len(launches) < starts:
            kernel.stop()
    drain(kernel)
    memory = kernel.resident / (1 << 20)
    for _ in range(50):
        execute_raw(kernel, "1")
    executes = sorted(execute_raw(kernel, "1") for _ in range(trips))
    drain(kernel)
    asks = sorted(ask_raw(kernel) for _ in range(trips))
    drain(kernel)
    burst = 2000
    begun = time.perf_counter()
    for _ in range(burst):
        kernel.send("shell", "execute_request", {"code": "1"})
    for _ in range(burst):
        kernel.sockets["shell"].recv_multipart()
    rate = burst / (time.perf_counter() - begun)
    drain(kernel)
    try:
        stops = [interrupt_latency(kernel, language == "python", LOOP[language]) for _ in range(5)]
    except TimeoutError:
        stops = [math.nan]  # it does not answer an interrupt
    kernel.stop()
    return {
        "kernel": name, "start ms": statistics.median(launches), "execute ms": statistics.median(executes),
        "execute p99 ms": executes[int(0.99 * trips)], "kernel_info ms": statistics.median(asks),
        "kernel_info p99 ms": asks[int(0.99 * trips)], "cells a second": rate, "idle MiB": memory,
        "interrupt ms": statistics.median(stops),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("attune")
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--trips", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    folder = Path(sys.prefix) / "bin"
    kernels = [
        ("attune", [arguments.attune, "kernel", "{connection_file}"], "attune"),
        ("ipykernel", [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"], "python"),
    ]
    # The lean kernelspec of xeus-python, without IPython; it says itself how it is started.
    specification = Path(sys.prefix) / "share/jupyter/kernels/xpython-raw/kernel.json"
    if specification.exists():
        launch = json.loads(specification.read_text())["argv"]
        kernels.append(("xpython-raw", [sys.executable, *launch[1:]], "python"))
    else:
        print(f"xeus-python is not installed in {folder.parent}", file=sys.stderr)
    rows = [measure(name, command, language, arguments.starts, arguments.trips) for name, command, language in kernels]
    if arguments.json:
        print(json.dumps(rows, indent=1))
        return
    print("at the cursor, with a study of 500 trials: median and 99th percentile, ms")
    for place, (middle, worst) in at_the_cursor(kernels[0][1], 200).items():
        print(f"{place} | {middle:.2f} | {worst:.2f}")
    columns = list(rows[0])
    print(" | ".join(columns))
    for row in rows:
        print(" | ".join(row[c] if isinstance(row[c], str) else f"{row[c]:.2f}" if row[c] < 10 else f"{row[c]:.0f}" for c in columns))


if __name__ == "__main__":
    main()
