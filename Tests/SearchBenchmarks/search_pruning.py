"""What pruning saves on real training of Fashion-MNIST: the same study with and without it, by seeds.

    python Tests/SearchBenchmarks/search_pruning.py build/installed/bin/attune --seeds 3

Prints the best value and the epochs trained of each, and the share of epochs that pruning needed.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile

CELLS = """
set progress=none
data fashion_mnist limit={limit}
space
    layers        in 1..3
    neurons       in {{32, 64, 128, 256}}
    learning_rate in log(1e-5..1)
    batch_size    in {{32, 64, 128, 256}}
    dropout       in 0.0..0.5 step 0.1
tune trials={trials} epochs={epochs} sampler={sampler} pruner={pruner} objective=val_accuracy seed={seed} parallel=2
export trials to="{file}" replace=true
"""


def study(program, folder, **settings):
    """The trials of a study, in order: (best of its values or None, epochs trained)."""
    file = pathlib.Path(folder, "trials.json")
    source = pathlib.Path(folder, "study.attune")
    source.write_text(CELLS.format(file=file, **settings))
    subprocess.run([program, "run", source], check=True, stdout=subprocess.DEVNULL)
    trials = json.loads(file.read_text())
    trials = trials["trials"] if isinstance(trials, dict) else trials
    return [(t.get("value") if t["state"] == "complete" else None, len(t["intermediate"])) for t in trials]


parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("--seeds", type=int, default=3)
parser.add_argument("--first-seed", type=int, default=0)
parser.add_argument("--trials", type=int, default=30)
parser.add_argument("--epochs", type=int, default=27)
parser.add_argument("--limit", type=int, default=6000)
parser.add_argument("--sampler", default="tpe")
parser.add_argument("--pruners", nargs="+", default=["asha(factor=3)", "hyperband(max_resource=27)", "median"])
options = parser.parse_args()
shares = {p: [] for p in options.pruners}
for seed in range(options.first_seed, options.first_seed + options.seeds):
    common = dict(trials=options.trials, epochs=options.epochs, limit=options.limit, sampler=options.sampler, seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        whole = study(options.program, folder, pruner="none", **common)
        best, epochs = max(v for v, _ in whole if v is not None), sum(e for _, e in whole)
        print(f"seed {seed} {'none':28} best {best:.4f}  {epochs} epochs", flush=True)
        for pruner in options.pruners:
            pruned = study(options.program, folder, pruner=pruner, **common)
            own, spent = max(v for v, _ in pruned if v is not None), sum(e for _, e in pruned)
            shares[pruner].append((own - best, spent / epochs))
            print(f"seed {seed} {pruner:28} best {own:.4f}  {spent} epochs, {spent / epochs:.2f} of them", flush=True)
for pruner, pairs in shares.items():
    gains, spent = zip(*pairs)
    print(f"{pruner:28} best value {statistics.mean(gains):+.4f} (from {min(gains):+.4f} to {max(gains):+.4f}),"
          f" {statistics.mean(spent):.2f} of the epochs (from {min(spent):.2f} to {max(spent):.2f})")
