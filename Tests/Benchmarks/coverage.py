"""How often the interval of `best` holds the value on new rows: 300 small studies with a large test part.

    python3 Tests/Benchmarks/coverage.py .build/release/attune [STUDIES]

Each study tunes 20 trials on 300 training and 200 validation rows of made data; 9,500 rows tell what the choice is worth. Says the share of
95 % intervals that hold it, how much better the best looks than it is, and how often it is worse than the first trial there.
"""

import subprocess
import sys

SOURCES = ["moons(n=10000, noise=0.35)", "circles(n=10000, noise=0.2)", "spirals(n=10000, noise=0.3)"]
SPACE = """space
    neurons       in {4, 16, 64}
    layers        in 1..2
    learning_rate in log(1e-4..1e-1)
    dropout       in 0.0..0.4
"""


def cells(studies, objective, confirm):
    for index in range(studies):
        source = SOURCES[index % len(SOURCES)]
        measure = "accuracy" if objective == "val_accuracy" else "loss"
        yield f"""data {source} test=9500 validation=200 seed={index};
{SPACE.rstrip()};
study new "s{index}";
tune trials=20 epochs=10 seed={index} objective={objective}{confirm};
evaluate test;
print "best" best.value best.interval[0] best.interval[1] evaluate.{measure} len(best.ties)
retrain 0;
evaluate test;
print "first" evaluate.{measure}
"""


def main():
    program, studies = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300
    for objective, confirm in [("val_accuracy", ""), ("val_loss", ""), ("val_accuracy", " confirm=5")]:
        text = "set progress=none threads=1\n" + "".join(cells(studies, objective, confirm))
        answer = subprocess.run([program, "run", "-"], input=text, capture_output=True, text=True)
        best = [list(map(float, line.split()[1:])) for line in answer.stdout.splitlines() if line.startswith("best ")]
        first = [float(line.split()[1]) for line in answer.stdout.splitlines() if line.startswith("first ")]
        if len(best) != studies or len(first) != studies:
            sys.exit(answer.stdout[-2000:] + answer.stderr[-2000:])
        sign = 1 if objective == "val_accuracy" else -1
        held = sum(low <= truth <= high for _, low, high, truth, _ in best) / studies
        luck = sum(sign * (value - truth) for value, _, _, truth, _ in best) / studies
        centre = sum(sign * ((low + high) / 2 - truth) for _, low, high, truth, _ in best) / studies
        worse = sum(sign * (truth - other) < 0 for (_, _, _, truth, _), other in zip(best, first)) / studies
        print(
            f"{objective}{confirm}: {held:.1%} of 95 % intervals hold the value on new rows; the best looks {luck:.4f} better "
            f"than it is, the interval's middle {centre:.4f}; worse than the first trial on new rows: {worse:.1%}", flush=True)


if __name__ == "__main__":
    main()
