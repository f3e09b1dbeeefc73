"""Notebooks as text: `.attune` files that jupytext pairs with notebooks."""

import json
import os
import subprocess
import sys

import jupytext
import nbformat
import pytest
from conftest import ATTUNE, ROOT

sys.path.insert(0, str(ROOT / "python"))
import attune.jupytext  # noqa: E402

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "python")}
COURSE = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(autouse=True, scope="module")
def registered():
    attune.jupytext.register()
    attune.jupytext.register()


@pytest.mark.parametrize("form", ["percent", "light", "hydrogen"])
@pytest.mark.parametrize("path", COURSE, ids=lambda path: path.stem)
def test_the_course_comes_back_from_text(path, form):
    notebook = jupytext.read(path)
    again = jupytext.reads(jupytext.writes(notebook, f"attune:{form}"), f"attune:{form}")
    assert [(c.cell_type, c.source) for c in again.cells] == [(c.cell_type, c.source) for c in notebook.cells]
    assert again.metadata["kernelspec"]["name"] == "attune"


@pytest.mark.parametrize("source", [
    "?train", "train?", "%time train", "# only a comment", "# + nor this", "space\n    x in 1..2\n\n    y in 1..2",
    'print """\n# %%\n"""', "!ls", "import weights from=\"x.npz\"", "print \"größe\"", "x = 1\n\n\ny = 2", "cat = 3",
])
def test_any_cell_comes_back_from_text(source):
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "attune", "language": "attune", "display_name": "Attune"}},
        cells=[nbformat.v4.new_code_cell(source), nbformat.v4.new_markdown_cell("# Text"), nbformat.v4.new_code_cell("1 + 1")])
    again = jupytext.reads(jupytext.writes(notebook, "attune:percent"), "attune:percent")
    assert [(c.cell_type, c.source) for c in again.cells] == [(c.cell_type, c.source) for c in notebook.cells]


def command(*arguments, folder):
    return subprocess.run([sys.executable, "-m", "attune.jupytext", *arguments], cwd=folder, env=ENVIRONMENT, check=True,
                          capture_output=True, text=True).stdout


def test_a_pair_is_carried_over_and_runs_as_text(tmp_path):
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "attune", "language": "attune", "display_name": "Attune"}},
        cells=[nbformat.v4.new_markdown_cell("# A page"), nbformat.v4.new_code_cell("width = 3\nprint width * 2")])
    nbformat.write(notebook, tmp_path / "page.ipynb")
    command("--set-formats", "ipynb,attune:percent", "page.ipynb", folder=tmp_path)
    text = tmp_path / "page.attune"
    assert subprocess.run([ATTUNE, "run", text], capture_output=True, text=True, check=True).stdout == "6\n"
    text.write_text(text.read_text().replace("width = 3", "width = 4"))
    newer = os.stat(tmp_path / "page.ipynb").st_mtime + 10
    os.utime(text, (newer, newer))
    command("--sync", "page.attune", folder=tmp_path)
    assert nbformat.read(tmp_path / "page.ipynb", 4).cells[1].source == "width = 4\nprint width * 2"


def test_jupyters_server_is_told():
    settings = json.loads((ROOT / "python/jupyter_server_config.d/attune.json").read_text())
    module, = settings["ServerApp"]["jpserver_extensions"]
    assert attune.jupytext._jupyter_server_extension_points() == [{"module": module}]
    attune.jupytext._load_jupyter_server_extension(None)
