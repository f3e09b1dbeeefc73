"""The Python package: cells, studies over Python functions, notebook magics, colours."""

import doctest
import importlib
import json
import os
import signal
import sys
import threading
from pathlib import Path

import optuna
import pytest
from conftest import ATTUNE, ROOT

sys.path.insert(0, str(ROOT / "python"))
os.environ.setdefault("ATTUNE", ATTUNE)
import attune  # noqa: E402
from attune.literals import domain, literal  # noqa: E402


@pytest.fixture
def program(tmp_path):
    with attune.Program(ATTUNE, folder=str(tmp_path)) as program:
        yield program


@pytest.mark.parametrize("value", [
    0, -3, 2**63 - 1, 1.5, -0.0, 1e-300, 1e300, True, False, None, "", "two\nlines", 'quo"te', "tab\t\\", "größer",
    [1, [2.0, "x"]], {"a": [None, True]},
])
def test_a_literal_comes_back(program, value):
    got = program.value(literal(value))
    assert got == value and type(got) is type(value)


def test_values_that_are_no_literal_are_refused():
    with pytest.raises(TypeError, match="object"):
        literal(object())
    with pytest.raises(TypeError, match="not a domain"):
        domain("text")


def test_a_cell_gives_its_outputs(program):
    answer = program.run('print "one"\nprint "two" to=stderr\nplot schedule step epochs=5\n2 + 3', {"seven": "3 + 4"})
    assert (answer.text, answer.errors, answer.values) == ("one\n", "two\n", {"seven": 7})
    assert answer.displays[0]["image/svg+xml"].startswith("<svg")
    assert answer.result["text/plain"] == "5"


def test_a_failed_cell_raises_its_diagnostic(program):
    with pytest.raises(attune.AttuneError) as caught:
        program.run("train epochs=20 learning_rat=0.1")
    assert "learning_rate" in caught.value.message and "^~~~" in str(caught.value)
    assert program.value("1 + 1") == 2


def test_an_interrupt_ends_the_cell_and_keeps_what_is_done(program):
    program.run("data digits\nset progress=none")
    main = threading.main_thread().ident

    def when_running(line):
        signal.pthread_kill(main, signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        program.run('print "begins"\ntrain epochs=1000000', listener=when_running)
    assert program.value("1 + 1") == 2


def test_an_ended_program_says_so(program):
    program.run("1")
    program.close()
    with pytest.raises(attune.ProgramError, match="ended"):
        program.run("1")


@pytest.mark.parametrize("line", ["", "junk", "[]", "{}", '{"code": 3}', '{"code": ', "null"])
def test_what_is_no_request_is_answered(program, line):
    program._send(line)
    answer = program._receive()
    assert answer["status"] == "error" and answer["name"] == "ValueError"
    assert program.value("1 + 1") == 2


def test_a_missing_program_is_named(tmp_path):
    with pytest.raises(attune.ProgramError, match="nowhere"):
        attune.Program(str(tmp_path / "nowhere"))


def parabola(trial):
    return (trial["x"] - 2) ** 2 + (0 if trial["kind"] == "b" else 1)


SPACE = {"x": (-10.0, 10.0), "kind": ["a", "b"], "rate": attune.log(1e-5, 1.0), "n": (1, 4)}


def test_a_study_finds_what_is_good(program):
    study = attune.Study(SPACE, sampler="tpe", seed=1, program=program)
    study.optimize(parabola, trials=40)
    assert study.best.value < 1 and study.best.params["kind"] == "b"
    assert [trial.number for trial in study.records()] == list(range(40))
    assert {type(t.params["n"]) for t in study.records()} == {int}
    for plot in (study.plot_history(), study.plot_slice(), study.plot_importance(), study.plot_contour("x", "rate")):
        assert plot.svg.startswith("<svg") and str(plot)


def test_a_seed_gives_the_same_study():
    tables = []
    for _ in range(2):
        with attune.Program(ATTUNE) as program:
            study = attune.Study(SPACE, sampler="auto", seed=3, program=program)
            tables.append([t.params for t in study.optimize(parabola, trials=12).records()])
    assert tables[0] == tables[1]


def test_threads_run_trials_side_by_side(program):
    study = attune.Study({"x": (0.0, 1.0)}, sampler="random", program=program)
    meeting = threading.Barrier(2, timeout=60)

    def objective(trial):
        meeting.wait()
        return trial["x"]

    study.optimize(objective, trials=6, parallel=2)
    assert [t.state for t in study.records()] == ["complete"] * 6


def test_errors_and_pruning_close_their_trials(program):
    study = attune.Study({"x": (0.0, 1.0)}, sampler="random", program=program)

    def objective(trial):
        if trial.number == 0:
            raise attune.Pruned
        if trial.number == 1:
            raise ValueError('no "good"')
        return float("nan") if trial.number == 2 else trial["x"]

    with pytest.raises(ValueError, match="good"):
        study.optimize(objective, trials=4)
    study.optimize(objective, trials=2, catch=(ValueError,))
    states = [t.state for t in study.records()]
    assert states == ["pruned", "failed", "failed", "complete"]
    assert study.records()[1].reason == 'ValueError: no "good"'


def test_a_pruner_ends_a_trial(program):
    study = attune.Study({"x": (0.0, 1.0)}, sampler="random", pruner="median(startup=2)", program=program)
    for value in (1.0, 1.0, 1.0):
        trial = study.ask()
        assert not trial.report(value, step=1)
        study.tell(trial, value)
    assert study.ask().report(9.0, step=1)


def test_a_stored_study_goes_on_and_optuna_reads_it(tmp_path):
    storage = str(tmp_path / "s.db")
    for expected in (3, 6):
        with attune.Program(ATTUNE) as program:
            study = attune.Study({"x": (0.0, 1.0)}, name="kept", storage=storage, sampler="random",
                                 direction=["minimize", "maximize"], program=program)
            study.optimize(lambda trial: [trial["x"], 1 - trial["x"]], trials=3)
            assert len(study.records()) == expected
    loaded = optuna.load_study(study_name="kept", storage=f"sqlite:///{storage}")
    assert [t.values for t in loaded.trials] == [[t.params["x"], 1 - t.params["x"]] for t in loaded.trials]
    assert [d.name for d in loaded.directions] == ["MINIMIZE", "MAXIMIZE"]


def test_a_wrong_space_raises_the_diagnostic(program):
    with pytest.raises(attune.AttuneError):
        attune.Study("x on 0..1", program=program)
    with pytest.raises(attune.AttuneError, match="smapler"):
        attune.Study({"x": (0, 1)}, sampler="smapler", program=program)


@pytest.fixture
def shell(monkeypatch):
    from IPython.core.interactiveshell import InteractiveShell
    shell = InteractiveShell.instance()
    monkeypatch.setattr(attune, "_session", None)
    shell.run_line_magic("load_ext", "attune")
    yield shell
    attune.session().close()


def test_magics_take_data_in_and_give_results_out(shell, capsys):
    import numpy
    random = numpy.random.default_rng(0)
    x = random.normal(size=(200, 3)).astype("float32")
    shell.user_ns["pair"] = (x, (x[:, 0] > 0).astype("int64"))
    shell.run_cell_magic("attune", "--data pair --out epochs=run.epochs", "set progress=none\ntrain epochs=2")
    assert shell.user_ns["epochs"] == 2
    assert shell.run_line_magic("attune", "data.train.rows") == 120
    with pytest.raises(Exception) as caught:
        shell.run_cell_magic("attune", "", "trian")
    assert "trian\n^~~~~" in capsys.readouterr().err and type(caught.value).__name__ == "_Silent"


def test_pygments_marks_nothing_wrong_in_the_course():
    from attune.lexer import AttuneLexer
    from pygments.token import Error
    count = 0
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(notebook.read_text())["cells"]:
            source = "".join(cell["source"])
            tokens = list(AttuneLexer(stripnl=False, ensurenl=False).get_tokens(source))
            assert "".join(text for _, text in tokens) == source
            if cell["cell_type"] == "code":
                assert not [text for kind, text in tokens if kind is Error]
                count += len(tokens)
    assert count > 1000


@pytest.mark.parametrize("module", ["attune", "attune.literals", "attune.study", "attune.program", "attune.optuna"])
def test_the_examples_of_the_documentation_run(module):
    assert doctest.testmod(importlib.import_module(module)).failed == 0
