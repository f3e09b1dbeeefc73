"""What pruning saves on real training of Fashion-MNIST: the same study with and without it, by seeds.

    python Tests/SearchBenchmarks/search_pruning.py build/installed/bin/attune --seeds 6

Prints the best value and the epochs trained of each and the share of epochs that pruning needed. The best value of many trials is
partly luck of their random seeds, the more the more trials are complete, so every best configuration is also trained with other
seeds: their mean is what was found, their standard deviation how far luck moves one value.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile

DATA = """
set progress=none
data fashion_mnist limit={limit} validation={validation} test=1000
"""
STUDY = DATA + """
space
    layers        in 1..3
    neurons       in {{32, 64, 128, 256}}
    learning_rate in log(1e-5..1)
    batch_size    in {{32, 64, 128, 256}}
    dropout       in 0.0..0.5 step 0.1
tune trials={trials} epochs={epochs} sampler={sampler} pruner={pruner} objective=val_accuracy seed={seed} parallel=2
export trials to="{file}" replace=true
"""
AGAIN = """
network layers={layers} neurons={neurons} dropout={dropout}
train epochs={epochs} learning_rate={learning_rate} batch_size={batch_size} seed={again}
print "value" run.history.val_accuracy[{last}]
"""


def execute(program, folder, cells):
    source = pathlib.Path(folder, "study.attune")
    source.write_text(cells)
    return subprocess.run([program, "run", source], check=True, stdout=subprocess.PIPE, text=True).stdout


def study(program, folder, **settings):
    """A study's best complete trial and the epochs it trained."""
    file = pathlib.Path(folder, "trials.json")
    execute(program, folder, STUDY.format(file=file, **settings))
    trials = json.loads(file.read_text())
    trials = trials["trials"] if isinstance(trials, dict) else trials
    best = max((t for t in trials if t["state"] == "complete"), key=lambda t: t["value"])
    return best, sum(len(t["intermediate"]) for t in trials)


def again(program, folder, best, times, **settings):
    """What a configuration is worth: its value trained with other seeds."""
    cells = DATA.format(**settings) + "".join(
        AGAIN.format(**best["params"], again=seed, epochs=settings["epochs"], last=settings["epochs"] - 1)
        for seed in range(1, times + 1))
    lines = execute(program, folder, cells).splitlines()
    return [float(line.split()[1]) for line in lines if line.startswith("value ")]


def summary(name, differences):
    error = statistics.stdev(differences) / len(differences) ** 0.5 if len(differences) > 1 else float("nan")
    return f"{name} {statistics.mean(differences):+.4f}±{error:.4f} (from {min(differences):+.4f} to {max(differences):+.4f})"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--trials", type=int, default=30)
    parser.add_argument("--epochs", type=int, default=27)
    parser.add_argument("--limit", type=int, default=12000)
    parser.add_argument("--validation", type=int, default=5000)
    parser.add_argument("--sampler", default="auto")
    parser.add_argument("--pruners", nargs="+", default=["asha", "hyperband(max_resource=27)", "median"])
    parser.add_argument("--again", type=int, default=6, help="trainings of each best configuration with other seeds")
    options = parser.parse_args()
    results = {p: [] for p in options.pruners}
    spreads = []
    for seed in range(options.first_seed, options.first_seed + options.seeds):
        settings = {k: v for k, v in vars(options).items() if k in ("trials", "epochs", "limit", "validation", "sampler")}
        with tempfile.TemporaryDirectory() as folder:
            best, epochs = study(options.program, folder, pruner="none", seed=seed, **settings)
            worth = again(options.program, folder, best, options.again, **settings)
            spreads.append(statistics.stdev(worth))
            print(f"seed {seed} {'none':32} best {best['value']:.4f}, with other seeds {statistics.mean(worth):.4f}±{spreads[-1]:.4f}"
                  f"  {epochs} epochs", flush=True)
            for pruner in options.pruners:
                own, spent = study(options.program, folder, pruner=pruner, seed=seed, **settings)
                mean = statistics.mean(again(options.program, folder, own, options.again, **settings))
                results[pruner].append((own["value"] - best["value"], mean - statistics.mean(worth), spent / epochs))
                print(f"seed {seed} {pruner:32} best {own['value']:.4f}, with other seeds {mean:.4f}"
                      f"  {spent / epochs:.2f} of the epochs", flush=True)
    print(f"one configuration with other seeds: standard deviation {statistics.mean(spreads):.4f}")
    for pruner, rows in results.items():
        values, worths, spent = zip(*rows)
        print(f"{pruner}: {statistics.mean(spent):.2f} of the epochs (from {min(spent):.2f} to {max(spent):.2f});"
              f" {summary('best value', values)}; {summary('the configuration with other seeds', worths)}")


if __name__ == "__main__":
    main()
