"""What odd cells leave behind: after `reset` a kernel is about as large as it was."""

import random

from conftest import only
from wire import until

CELLS = 30_000
NUMBERS = ["0", "1", "-1", "2.5", "1e308", "nan", "inf", "9223372036854775807", "-9223372036854775808", "30s", "none", "true"]
WORDS = ["x", "y", "data", "run", "study", "trials", "best", "relu", "adam", "train", "space", "epochs", "len", "max", "range"]
TEXTS = ['"a"', '""', '"\\x1b[31m"', '"\\u202e"', "'" + "n" * 300 + "'", '"é\u200b"', '"""', "'"]
SIGNS = ["+", "-", "*", "/", "//", "%", "**", "==", "<", "and", "or", "in", ",", "[", "]", "(", ")", "{", "}", ":", "..", "=", "\n", "\n    "]
COMMANDS = [
    "data iris", "data moons rows=50", "network hidden=[{n}]", 'train epochs=1 name="run{n}"', "plot loss", "plot network", "show run",
    "evaluate test", "predict test", "help {w}", "{w}?", "show data", 'study new "s{n}"', "study list", "enqueue", "ask",
    "tell 0 0.5", "trials", "best", "plot history", "plot data", "set seed={n}", "importance", "compare", "plot schedule step epochs={m}",
    "space\n    neurons in {{2, 4}}", "tune trials=1 epochs=1", "retrain best epochs=1", "plot confusion", "data.features", "run.history",
]


def expression(chance, depth=0):
    kind = chance.randrange(8) if depth < 4 else 0
    if kind == 0:
        return chance.choice(NUMBERS)
    if kind == 1:
        return chance.choice(WORDS)
    if kind == 2:
        return chance.choice(TEXTS[:6])
    if kind == 3:
        return f"({expression(chance, depth + 1)} {chance.choice(SIGNS[:12])} {expression(chance, depth + 1)})"
    if kind == 4:
        return "[" + ", ".join(expression(chance, depth + 1) for _ in range(chance.randrange(5))) + "]"
    if kind == 5:
        return f"{expression(chance, depth + 1)}[{expression(chance, depth + 1)}]"
    if kind == 6:
        return f"{chance.choice(WORDS[-3:])}({expression(chance, depth + 1)})"
    return f"{{{chance.choice(TEXTS[:6])}: {expression(chance, depth + 1)}}}"


def odd_cell(chance):
    """A cell that may be anything: a value that is kept under a name of its own, a broken one, tokens in any order."""
    kind = chance.randrange(6)
    if kind == 5:
        return chance.choice(COMMANDS).format(n=chance.randrange(1, 99), m=chance.randrange(1, 20), w=chance.choice(WORDS))
    if kind == 0:
        return f"v{chance.randrange(10**9)} = {expression(chance)}"
    if kind == 1:
        return expression(chance)
    if kind == 2:
        return "print " + expression(chance)
    if kind == 3:
        return " ".join(chance.choice(NUMBERS + WORDS + TEXTS + SIGNS) for _ in range(chance.randrange(1, 30)))
    return f"space\n    {chance.choice(WORDS)} in {expression(chance)}..{expression(chance)}"


def run(kernel, chance, count):
    """Runs so many cells in bursts, so that answers are waited for a few times only."""
    for start in range(0, count, 50):
        for _ in range(50):
            last = kernel.send("shell", "execute_request", {"code": odd_cell(chance), "stop_on_error": False})
        kernel.reply("shell", last)
        kernel.published(last)


@only("attune")
def test_odd_cells_leave_nothing_behind(kernel):
    chance = random.Random(1)
    kernel.execute("set progress=none")
    run(kernel, chance, 2_000)
    kernel.execute("reset")
    before = kernel.resident
    run(kernel, chance, CELLS)
    kernel.execute("reset")
    # The kernel gives back what it holds when it has nothing to do.
    until(lambda: kernel.resident < before + 20_000_000)
    print(f"{CELLS} odd cells have left {(kernel.resident - before) / 1e6:.1f} MB")
