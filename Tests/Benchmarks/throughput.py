"""Trials a second of many workers that share one study in PostgreSQL, and what a trial's bookkeeping takes as the study grows:
Attune beside Optuna, in turn on the same server, which this script starts and ends.

    swift build -c release --product benchmarks
    python3 Tests/Benchmarks/throughput.py .build/release/benchmarks --optuna /opt/venv/bin/python

Workers do no training: their trials end at once, or after `--pause` seconds with `--reports` values on the way. Attune's are
threads of one process, each with the connection, the study and the heartbeat that an `attune worker` has; Optuna's are processes,
forked from one that has imported it, each with its own connection, calling `ask` and `tell`. Both draw at random unless told
otherwise, so that what is measured is the keeping. Processor seconds of the server and of the workers are counted apart, because on
one machine they take them from each other. A study for the latencies is written by SQL and is the same for both.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Clients"))


def distributions():
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
    return {
        "learning_rate": FloatDistribution(1e-5, 1, log=True), "dropout": FloatDistribution(0, 0.9),
        "momentum": FloatDistribution(0, 1), "layers": IntDistribution(1, 8),
        "activation": CategoricalDistribution(["relu", "tanh", "gelu"])}


def value(params):
    return (params["dropout"] - 0.3) ** 2 + (params["momentum"] - 0.7) ** 2


# Optuna's side, in the interpreter that has it.


def sampler(name):
    import optuna
    return {"random": optuna.samplers.RandomSampler, "tpe": optuna.samplers.TPESampler}[name]()


def opened(url, name, sampler_name):
    import optuna
    from optuna.storages import RDBStorage
    return optuna.load_study(
        study_name=name, storage=RDBStorage(driver(url), engine_kwargs={"pool_size": 1}), sampler=sampler(sampler_name))


def driver(url):
    try:
        import psycopg2  # noqa: F401
        return url.replace("postgresql://", "postgresql+psycopg2://")
    except ImportError:
        return url.replace("postgresql://", "postgresql+psycopg://")


def optuna_workers(url, name, count, seconds, sampler_name, pause, reports):
    import multiprocessing
    import resource

    import optuna
    from optuna.storages import RDBStorage

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    first = RDBStorage(driver(url))
    optuna.create_study(study_name=name, storage=first, sampler=sampler(sampler_name))
    first.engine.dispose()
    context = multiprocessing.get_context("fork")
    space, done = distributions(), context.Array("i", count)
    ready, timing, over, errors = context.Barrier(count + 1), context.Event(), context.Event(), context.Value("i", 0)

    def work(index):
        study = opened(url, name, sampler_name)
        ready.wait()
        while not over.is_set():
            try:
                trial = study.ask(space)
                for step in range(1, reports + 1):
                    time.sleep(pause / reports)
                    trial.report(value(trial.params) + 1 / step, step)
                if reports == 0 and pause:
                    time.sleep(pause)
                study.tell(trial, value(trial.params))
            except Exception as error:
                if errors.value == 0:
                    print(type(error).__name__, str(error)[:300], file=sys.stderr)
                errors.value += 1
                continue
            if timing.is_set():
                done[index] += 1

    workers = [context.Process(target=work, args=(index,)) for index in range(count)]
    for worker in workers:
        worker.start()

    def used():
        ticks = 0
        for worker in workers:
            fields = open(f"/proc/{worker.pid}/stat").read().rsplit(") ")[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    ready.wait()
    time.sleep(max(1, 2 * pause))
    begun, cpu = time.monotonic(), used()
    timing.set()
    time.sleep(seconds)
    timing.clear()
    took, cpu = time.monotonic() - begun, used() - cpu
    over.set()
    for worker in workers:
        worker.join(60)
        if worker.is_alive():
            worker.kill()
    print(json.dumps({"trials": sum(done), "seconds": took, "client_cpu": cpu, "errors": ["failed"] * errors.value}))


def optuna_latency(url, name, sampler_name, count):
    import optuna
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    begun = time.perf_counter()
    study = opened(url, name, sampler_name)
    space = distributions()
    trial = study.ask(space)
    opening = time.perf_counter() - begun
    study.tell(trial, value(trial.params))
    asks, tells = [], []
    for _ in range(count):
        a = time.perf_counter()
        trial = study.ask(space)
        b = time.perf_counter()
        study.tell(trial, value(trial.params))
        asks.append((b - a) * 1000)
        tells.append((time.perf_counter() - b) * 1000)
    print(json.dumps({"opening": opening, "ask": statistics.median(asks), "tell": statistics.median(tells)}))


# The comparison.


def measured(command):
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, text=True, timeout=900)
    if done.returncode != 0:
        sys.exit(f"{command}: {done.stdout}")
    return json.loads(done.stdout.splitlines()[-1])


def server_seconds(server):
    """Processor seconds of the server's processes that are there now or have ended."""
    import psutil
    main = psutil.Process(int((server.data / "postmaster.pid").read_text().split()[0]))
    total = sum(main.cpu_times()[:4])
    for process in main.children():
        try:
            total += sum(process.cpu_times()[:2])
        except psutil.NoSuchProcess:
            pass
    return total


def sides(arguments):
    this = [arguments.optuna, __file__]
    known = {
        "attune": lambda what, *words: [arguments.benchmarks, what, *words],
        "optuna": lambda what, *words: [*this, "--as", what, *words]}
    return {name: known[name] for name in arguments.sides}


def compare_workers(server, arguments):
    print(f"trials a second; trials of {arguments.pause} s with {arguments.reports} reports, sampler {arguments.sampler}")
    print("workers  side      trials/s  server ms/trial  worker ms/trial  failed")
    for count in arguments.workers:
        for name, command in sides(arguments).items():
            url = server.new_database(f"{name}_{count}_{time.monotonic_ns()}")
            before = server_seconds(server)
            result = measured(command("workers", url, "bench", count, arguments.seconds, arguments.sampler, arguments.pause, arguments.reports))
            used = server_seconds(server) - before
            trials = max(1, int(server.sql("SELECT COUNT(*) FROM trials", url.split("/")[-1])))
            print(f"{count:7}  {name:8} {result['trials'] / result['seconds']:9.1f} {used / trials * 1000:16.2f} "
                  f"{result['client_cpu'] / max(1, result['trials']) * 1000:16.2f}  {len(result['errors'])}"
                  + (f"  waited {result['waited']:.0f} s" if "waited" in result else ""), flush=True)
            if result["errors"]:
                print("        ", result["errors"][:3])
            server.sql(f'DROP DATABASE "{url.split("/")[-1]}"', "postgres")


FILL = """
INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete)
SELECT n, 1, 'COMPLETE', LOCALTIMESTAMP, LOCALTIMESTAMP FROM generate_series(0, {count} - 1) n;
CREATE TEMPORARY TABLE drawn AS SELECT trial_id, exp(random() * ln(1e5)) * 1e-5 AS learning_rate, random() * 0.9 AS dropout,
  random() AS momentum, floor(random() * 8) + 1 AS layers, floor(random() * 3) AS activation FROM trials;
INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
SELECT trial_id, p.name, p.value, p.json FROM drawn, LATERAL (VALUES {rows}) AS p (name, value, json) ORDER BY trial_id;
INSERT INTO trial_values (trial_id, objective, value, value_type)
SELECT trial_id, 0, (dropout - 0.3) ^ 2 + (momentum - 0.7) ^ 2, 'FINITE' FROM drawn;
ANALYZE;
"""

MAKE = """
import sys, json, optuna
sys.path.insert(0, sys.argv[1])
from throughput import distributions, driver
optuna.logging.set_verbosity(optuna.logging.ERROR)
optuna.create_study(study_name="bench", storage=driver(sys.argv[2]))
print(json.dumps({k: optuna.distributions.distribution_to_json(d) for k, d in distributions().items()}))
"""


def compare_latency(server, arguments):
    print("milliseconds of a suggestion with a trial's start, and of its end, by the trials that are there; seconds to open")
    print("  trials  sampler  side          ask     tell  opening s")
    for size in arguments.sizes:
        database = f"size_{size}"
        url = server.new_database(database)
        json_of = measured([arguments.optuna, "-c", MAKE, Path(__file__).parent, url])
        rows = ", ".join(f"('{name}', {name}, '{text}')" for name, text in json_of.items())
        server.sql(FILL.format(count=size, rows=rows), database)
        for sampler_name in arguments.samplers:
            for name, command in sides(arguments).items():
                result = measured(command("latency", url, "bench", sampler_name, arguments.count))
                print(f"{size:8}  {sampler_name:7}  {name:8} {result['ask']:8.2f} {result['tell']:8.2f} {result['opening']:10.2f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benchmarks")
    parser.add_argument("--optuna", default=sys.executable, help="the Python that has optuna and psycopg2 (or psycopg)")
    parser.add_argument("--sides", nargs="+", default=["attune", "optuna"])
    parser.add_argument("--workers", nargs="*", type=int, default=[1, 10, 100, 400])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--sampler", default="random")
    parser.add_argument("--pause", type=float, default=0)
    parser.add_argument("--reports", type=int, default=0)
    parser.add_argument("--sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--samplers", nargs="*", default=["random", "tpe"], help="of the latencies")
    parser.add_argument("--count", type=int, default=50, help="asks and tells of a latency")
    arguments = parser.parse_args()
    import postgres
    with postgres.Server(connections=max([0, *arguments.workers]) + 50) as server:
        if arguments.workers:
            compare_workers(server, arguments)
        if arguments.sizes:
            compare_latency(server, arguments)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--as"]:
        what, *words = sys.argv[2:]
        if what == "workers":
            url, name, count, seconds, sampler_name, pause, reports = words
            optuna_workers(url, name, int(count), float(seconds), sampler_name, float(pause), int(reports))
        else:
            url, name, sampler_name, count = words
            optuna_latency(url, name, sampler_name, int(count))
    else:
        main()
