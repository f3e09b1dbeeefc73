"""Notebooks executed as users do: nbclient, nbconvert, papermill, nbmake, nbval."""

import base64
import html.parser
import json
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbconvert.filters.latex import escape_latex

# Every run checks these; CI, which sets the variable, the whole course.
QUICK = {"tutorial", "01_what_a_network_computes", "12_several_objectives", "14_your_own_program"}
NOTEBOOKS = sorted(
    path for path in (ROOT / "notebooks").glob("*.ipynb") if os.environ.get("CI") or path.stem in QUICK)


@pytest.fixture(autouse=True)
def environment(jupyter, monkeypatch):
    for key, value in jupyter.items():
        monkeypatch.setenv(key, value)


def notebook(*sources, **metadata):
    cells = []
    for source in sources:
        cell = nbformat.v4.new_code_cell(source if isinstance(source, str) else source[0])
        if not isinstance(source, str):
            cell.metadata.tags = list(source[1:])
        cells.append(cell)
    spec = {"name": "attune", "display_name": "Attune", "language": "attune"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec, **metadata})


def tool(*arguments, cwd=None, timeout=300):
    return subprocess.run([sys.executable, "-m", *map(str, arguments)], capture_output=True, text=True, timeout=timeout, cwd=cwd)


def test_nbclient_runs_a_notebook():
    book = notebook('print "hello"', "width = 3", "width * 2", ("no_such_thing", "raises-exception"), "width")
    NotebookClient(book).execute()
    outputs = [cell.outputs for cell in book.cells]
    assert outputs[0][0].text == "hello\n" and outputs[2][0].data["text/plain"] == "6"
    assert outputs[3][0].output_type == "error" and outputs[4][0].data["text/plain"] == "3"
    assert [cell.execution_count for cell in book.cells] == [1, 2, 3, 4, 5]
    assert book.metadata.language_info.name == "attune"


def test_nbclient_stops_at_an_error_and_shows_it():
    with pytest.raises(CellExecutionError) as caught:
        NotebookClient(notebook("data digits\ntrain epochs=2 learning_rat=0.1", "1")).execute()
    assert "unknown parameter 'learning_rat' of train; did you mean 'learning_rate'?" in str(caught.value)
    assert "^~~~~~~~~~~~" in str(caught.value)


def test_nbclient_interrupts_a_cell_that_takes_too_long():
    book = notebook("data digits\ntrain epochs=1000000", "1 + 1")
    client = NotebookClient(book, timeout=2, interrupt_on_timeout=True, allow_errors=True)
    client.execute()
    assert [o.ename for o in book.cells[0].outputs if o.output_type == "error"] == ["KeyboardInterrupt"]
    assert book.cells[1].outputs[0].data["text/plain"] == "2"


def test_a_live_plot_ends_as_one_output():
    book = notebook("data digits", "train epochs=5")
    NotebookClient(book).execute()
    displays = [o for o in book.cells[1].outputs if o.output_type == "display_data"]
    assert any("image/svg+xml" in o.data for o in displays)
    assert any("text/html" in o.data and "<table" in o.data["text/html"] for o in displays)


@pytest.mark.parametrize("format", ["html", "markdown"])
def test_nbconvert_executes_and_renders(tmp_path, format):
    path = tmp_path / "book.ipynb"
    nbformat.write(notebook("data digits", "train epochs=2", "plot loss"), path)
    result = tool("nbconvert", "--to", format, "--execute", path)
    assert result.returncode == 0, result.stderr
    page = next(path for path in tmp_path.iterdir() if path.suffix in (".html", ".md")).read_text()
    assert "svg" in page


def test_nbconvert_that_cleans_keeps_the_pictures(tmp_path):
    """The command of the page "Notebooks"."""
    (tmp_path / "tutorial.ipynb").write_text((ROOT / "notebooks" / "tutorial.ipynb").read_text())
    pictures = sum("image/svg+xml" in output.get("data", {}) for cell in nbformat.read(tmp_path / "tutorial.ipynb", 4).cells
                   for output in cell.get("outputs", []))
    page = (ROOT / "Sources" / "Workbench" / "Workbench.docc" / "Notebooks.md").read_text()
    assert "--NbConvertBase.display_data_priority=\"['image/svg+xml', 'text/plain']\"" in page
    result = tool("nbconvert", "--to", "html", "--sanitize-html",
                  "--NbConvertBase.display_data_priority=['image/svg+xml', 'text/plain']", tmp_path / "tutorial.ipynb")
    assert result.returncode == 0, result.stderr
    written = (tmp_path / "tutorial.html").read_text()
    assert written.count("<img") == pictures > 10 and "&lt;img" not in written


# What nbconvert calls to make the PDF figures of LaTeX: the converter of librsvg in Inkscape's clothes.
INKSCAPE = """#!/bin/sh
if [ "$1" = --version ]; then echo "Inkscape 1.2"; exit; fi
exec rsvg-convert --format=pdf --output="${1#--export-filename=}" "$2"
"""


@pytest.fixture
def printable(tmp_path, monkeypatch):
    """A notebook with a table, two plots, a line and a value."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/inkscape").write_text(INKSCAPE)
    (tmp_path / "bin/inkscape").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    book = notebook("data digits\nset progress=none", "train epochs=2", "plot confusion", 'print "a & b_c % 100 {x}"', "best_of = 0.5\nbest_of")
    NotebookClient(book).execute()
    assert not [o for cell in book.cells for o in cell.outputs if o.output_type == "error"]
    nbformat.write(book, tmp_path / "book.ipynb")
    return tmp_path


def test_nbconvert_writes_latex_with_tables_and_figures(printable):
    result = tool("nbconvert", "--to", "latex", printable / "book.ipynb")
    assert result.returncode == 0, result.stderr
    page = (printable / "book.tex").read_text()
    figures = sorted((printable / "book_files").glob("*.pdf"))
    assert len(figures) == 2
    assert all(file.read_bytes().startswith(b"%PDF") and f"book_files/{file.name}" in page for file in figures)
    # Tables are their text twins, in a block that keeps their columns.
    book = nbformat.read(printable / "book.ipynb", 4)
    tables = [o.data["text/plain"] for cell in book.cells for o in cell.outputs if "table" in o.get("data", {}).get("text/html", "")[:400]]
    assert tables and all(escape_latex(line) in page for table in tables for line in table.splitlines())
    assert escape_latex("a & b_c % 100 {x}") in page


@pytest.mark.skipif(not shutil.which("xelatex"), reason="texlive-xetex and texlive-plain-generic are not installed")
def test_nbconvert_sets_the_latex(printable):
    result = tool("nbconvert", "--to", "pdf", printable / "book.ipynb")
    assert result.returncode == 0, result.stderr[-3000:]
    assert (printable / "book.pdf").read_bytes().startswith(b"%PDF")


# nbconvert looks for Playwright's own download; the tests have the system's Chromium.
WEBPDF = f"""
import sys
import playwright.async_api
launch = playwright.async_api.BrowserType.launch
async def with_chromium(self, **options):
    return await launch(self, executable_path={os.environ.get("CHROMIUM", "/usr/bin/chromium")!r}, **options)
playwright.async_api.BrowserType.launch = with_chromium
from nbconvert.nbconvertapp import main
main(sys.argv[1:])
"""


def test_nbconvert_prints_through_a_browser(printable):
    command = [sys.executable, "-c", WEBPDF, "--to", "webpdf", "--WebPDFExporter.disable_sandbox=True", "book.ipynb"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=printable)
    assert result.returncode == 0, result.stderr[-3000:]
    said = subprocess.run(["pdftotext", "-layout", "book.pdf", "-"], capture_output=True, text=True, cwd=printable, check=True).stdout
    assert "a & b_c % 100 {x}" in said
    # The table's cells, the plots' own labels: an image that did not load has none.
    for word in ("accuracy", "validation", "epoch", "predicted"):
        assert word in said, word


VALUES = {
    "lr": 0.01, "eps": 1e-05, "big": 1e16, "n": 10, "b": True, "f": False, "nothing": None,
    "s": "he said \"hi\"\nline2\ttab \\back é € 😀 'q'", "xs": [1, 2.5, "a", None, True],
    "d": {"a": 1, "2": "b", "n": {"x": [1]}}, "nan": math.nan, "inf": math.inf, "ninf": -math.inf, "empty_list": [],
    "empty_dict": {}, "empty_text": "", "long": list(range(60)), "date": "2024-05-01",
}


def test_papermill_passes_every_kind_of_value(tmp_path):
    import papermill
    source, target = tmp_path / "in.ipynb", tmp_path / "out.ipynb"
    nbformat.write(notebook(("lr = 1", "parameters"), *[name for name in VALUES]), source)
    papermill.execute_notebook(str(source), str(target), VALUES, language="python", progress_bar=False)
    cells = nbformat.read(target, 4).cells
    assert cells[1].metadata.tags == ["injected-parameters"]
    shown = {name: cell.outputs[0].data["text/plain"] if cell.outputs else None for name, cell in zip(VALUES, cells[2:])}
    assert shown["lr"] == "0.01" and float(shown["eps"]) == 1e-05 and float(shown["big"]) == 1e16 and shown["n"] == "10"
    assert (shown["b"], shown["f"]) == ("true", "false")
    assert shown["nan"].strip("-") == "nan" and shown["inf"] == "inf" and shown["ninf"] == "-inf"
    assert "é € 😀" in shown["s"] and len(shown["long"].split(",")) == 60


def test_papermill_on_the_command_line(tmp_path):
    source, target = tmp_path / "in.ipynb", tmp_path / "out.ipynb"
    nbformat.write(notebook(("epochs = 1\nname = 'x'", "parameters"), "data digits", "train epochs=epochs name=name"), source)
    result = tool("papermill", source, target, "-l", "python", "-p", "epochs", "2", "-p", "name", "deep", "-k", "attune",
                  "--no-progress-bar")
    assert result.returncode == 0, result.stderr
    failing = tmp_path / "failing.ipynb"
    nbformat.write(notebook("no_such_thing"), failing)
    result = tool("papermill", failing, target, "-l", "python", "--no-progress-bar")
    assert result.returncode != 0 and "no_such_thing" in result.stderr


def test_papermills_parameters_run_as_black_formats_them(tmp_path):
    cell = '# Parameters\nlr = 0.01\nxs = [\n    "a",\n    {\n        "k": [1, 2],\n    },\n]\nbig = 1180591620717411303424.0\n'
    book = notebook(cell, "xs[1]")
    NotebookClient(book).execute()
    assert "k" in book.cells[1].outputs[0].data["text/plain"]


def test_nbmake_runs_notebooks_and_reports_their_errors(tmp_path):
    good, bad = tmp_path / "good.ipynb", tmp_path / "bad.ipynb"
    # What the test runner puts in place of a cell's values; a division by zero if it does not.
    mocked = notebook("width = 3\nname = 'x'\nflag = false", "1 / (width - 3)", "1 / len([name][0][1])", "[1, 2][len(xs) - 1]", "flag and 1 / 0 > 0 or not flag")
    mocked.cells[0].metadata["nbmake"] = {"mock": {"width": 4, "name": "deep", "xs": [1, None], "flag": False}}
    nbformat.write(mocked, good)
    nbformat.write(notebook("train epochs=2 learning_rat=0.1"), bad)
    result = tool("pytest", "--nbmake", good, "-q", "-p", "no:cacheprovider", cwd=tmp_path)
    assert result.returncode == 0 and "1 passed" in result.stdout, result.stdout
    result = tool("pytest", "--nbmake", bad, "-q", "-p", "no:cacheprovider", cwd=tmp_path)
    assert result.returncode == 1 and "did you mean 'learning_rate'?" in result.stdout


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_give_the_same_outputs_to_the_letter(tmp_path, path):
    """Executed afresh, then executed again and compared by nbval. Progress is off: its display is for eyes alone."""
    if "data fashion_mnist" in path.read_text() and not Path("/usr/share/datasets/fashion-mnist").exists():
        pytest.skip("the package dataset-fashion-mnist is not installed")
    book = nbformat.read(path, 4)
    book.cells.insert(0, nbformat.v4.new_code_cell("set progress=none"))
    for table in path.parent.glob("*.csv"):
        shutil.copy(table, tmp_path)
    NotebookClient(book, timeout=600, resources={"metadata": {"path": str(tmp_path)}}).execute()
    nbformat.validate(book)
    silent = [cell for cell in book.cells if cell.cell_type == "code" and "raises-exception" not in cell.metadata.get("tags", [])]
    assert not [o for cell in silent for o in cell.outputs if o.output_type == "error"]
    copy = tmp_path / path.name
    nbformat.write(book, copy)
    result = tool("pytest", "--nbval", copy, "-q", "-p", "no:cacheprovider", cwd=tmp_path, timeout=600)
    assert result.returncode == 0, result.stdout[-6000:]


class Page(html.parser.HTMLParser):
    """The elements and words of a page, without what only styles it."""

    def __init__(self, source):
        super().__init__()
        self.parts = []
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        self.parts.append((tag, sorted((name, value) for name, value in attributes if name not in ("style", "onload"))))

    def handle_data(self, data):
        self.parts.append(data)


def test_saved_outputs_survive_a_pages_sanitiser():
    """Pages of code hosts and untrusted notebooks take styles, scripts and drawings out of saved HTML. Nothing that is said or
    drawn may be lost by that: a plot is an image in its HTML form, and a table needs no style."""
    import bleach
    book = notebook(
        "set progress=none\ndata digits", "train epochs=2", "space\n    neurons in 4..8\n    optimizer in {sgd, adam}",
        "tune trials=4 epochs=1", "plot parallel", "plot data", "help train", "show", ("train epochs=0", "raises-exception"))
    NotebookClient(book).execute()
    outputs = [o.data for cell in book.cells for o in cell.outputs if o.output_type == "display_data"]
    assert len(outputs) >= 8
    plots = 0
    for data in outputs:
        assert data["text/plain"].strip()
        cleaned = bleach.clean(
            data["text/html"], protocols=["https", "data"],
            tags=["p", "b", "i", "br", "div", "strong", "pre", "code", "img", "table", "thead", "tbody", "tr", "th", "td"],
            attributes={"img": ["src", "alt", "width", "height"], "td": ["colspan"], "table": ["border", "cellpadding"]})
        page = Page(cleaned)
        assert page.parts == Page(data["text/html"]).parts
        if "image/svg+xml" in data:
            plots += 1
            (tag, attributes), = [part for part in page.parts if isinstance(part, tuple)]
            source = dict(attributes)["src"].removeprefix("data:image/svg+xml;base64,")
            assert tag == "img" and base64.b64decode(source).decode() == data["image/svg+xml"]
            assert len(dict(attributes)["alt"]) > 40
    assert plots >= 4


def test_every_plot_is_plain_safe_svg():
    """ASCII, well-formed, sized, with nothing that a viewer would refuse, and the same bytes each time."""
    import xml.etree.ElementTree as tree
    source = ["data digits\nset progress=none", "train epochs=2", "plot loss", "plot schedule step epochs=9"]
    seen = []
    for _ in range(2):
        book = notebook(*source)
        NotebookClient(book).execute()
        seen.append([o.data["image/svg+xml"] for cell in book.cells for o in cell.outputs if "data" in o and "image/svg+xml" in o.data])
    assert seen[0] == seen[1] and len(seen[0]) >= 3
    for svg in seen[0]:
        assert svg.isascii() and svg.lstrip().startswith("<svg") and "NaN" not in svg and "inf" not in svg.lower().replace("info", "")
        root = tree.fromstring(svg)
        assert {"width", "height", "viewBox"} <= set(root.attrib)
        tags = {element.tag.split("}")[1] for element in root.iter()}
        assert not tags & {"style", "script", "use", "defs", "foreignObject", "image", "a"}
