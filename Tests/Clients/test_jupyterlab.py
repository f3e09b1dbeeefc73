"""JupyterLab in headless Chromium: what a user of the tutorial sees. The screenshot is left in build/."""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import psutil
import pytest
from conftest import ROOT

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def cells():
    return ["data digits", "train epochs=40 batch_size=16", "plot loss", 'print "after"']


@pytest.fixture
def server(jupyter, tmp_path):
    spec = {"name": "attune", "display_name": "Attune", "language": "attune"}
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells()], metadata={"kernelspec": spec})
    nbformat.write(book, tmp_path / "live.ipynb")
    if (ROOT / "notebooks/tutorial.ipynb").exists():
        shutil.copy(ROOT / "notebooks/tutorial.ipynb", tmp_path / "tutorial.ipynb")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    log = open(tmp_path / "server.log", "w")
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
         f"--IdentityProvider.token={token}", "--ServerApp.root_dir=" + str(tmp_path), "--expose-app-in-browser",
         "--LabApp.extension_manager=readonly"], env=jupyter, stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{base}/api?token={token}", timeout=1)
            break
        except OSError:
            assert process.poll() is None, (tmp_path / "server.log").read_text()
            time.sleep(0.1)
    yield base, token
    process.terminate()
    process.wait(10)


@pytest.fixture
def page():
    if not os.path.exists(CHROMIUM):
        pytest.fail(f"there is no Chromium at {CHROMIUM}: the browser test could not run (apt-get install chromium)")
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        yield page
        # What was last on the screen, whether the test passed or not: the first thing to look at.
        (ROOT / "build").mkdir(exist_ok=True)
        page.screenshot(path=str(ROOT / "build/jupyterlab-last.png"))
        browser.close()


def command(page, name):
    """Starts a command and does not wait: running all cells ends with the last of them."""
    page.evaluate(f"() => {{ window.jupyterapp.commands.execute('{name}'); }}")


def open_notebook(page, server, name):
    base, token = server
    page.goto(f"{base}/lab/tree/{name}?token={token}&reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    page.wait_for_function("window.jupyterapp !== undefined")
    # The notebook's own indicator is idle before there is a kernel; the status bar says what the kernel has said. A cell
    # that is run before its session has a kernel is dropped by JupyterLab, whatever the kernel (jupyterlab issue 8490).
    page.get_by_text("Attune | Idle").first.wait_for(timeout=60_000)
    idle(page)


def write(page, cell, text):
    """Puts a text into a cell, counted from 0, in place of what stands there."""
    page.locator(".jp-CodeCell").nth(cell).locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def idle(page, timeout=120_000):
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=timeout)


def prompts(page):
    return [re.sub(r"\s", "", p) for p in page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt").all_inner_texts()]


def test_a_live_plot_an_interrupt_and_a_restart(page, server):
    open_notebook(page, server, "live.ipynb")
    write(page, 1, "train epochs=1000000 batch_size=16")
    command(page, "notebook:run-all-cells")
    plot = page.locator(".jp-CodeCell").nth(1).locator("img")
    plot.first.wait_for(timeout=60_000)
    pictures = set()
    deadline = time.monotonic() + 120
    while len(pictures) < 3 and time.monotonic() < deadline:
        pictures.add(page.evaluate("Array.from(document.querySelectorAll('.jp-CodeCell img')).map(i => i.src).join()"))
        time.sleep(0.3)
    assert len(pictures) >= 3, "the plot did not change while training ran"
    command(page, "notebook:interrupt-kernel")
    page.get_by_text("KeyboardInterrupt").first.wait_for(timeout=60_000)
    idle(page)
    assert page.get_by_text("after", exact=True).count() == 0, "a cell ran behind the interrupted one"

    write(page, 1, "train epochs=5")
    command(page, "notebook:restart-run-all")
    page.locator(".jp-Dialog .jp-mod-accept").click(timeout=60_000)
    page.get_by_text("after", exact=True).first.wait_for(timeout=60_000)
    idle(page)
    assert prompts(page) == ["[1]:", "[2]:", "[3]:", "[4]:"]
    assert page.locator(".jp-RenderedHTMLCommon table").count() >= 1
    sizes = page.evaluate("Array.from(document.querySelectorAll('.jp-OutputArea-output img')).map(i => i.naturalWidth)")
    assert sizes and all(size > 100 for size in sizes), "a plot is not on the screen"
    (ROOT / "build").mkdir(exist_ok=True)
    page.screenshot(path=str(ROOT / "build/jupyterlab-live.png"))


def test_a_button_stops_a_training_and_a_reload_finds_it_again(page, server, tmp_path):
    """Where widgets are drawn: they move, come back with the page, do what they say and leave the notebook without a trace."""
    open_notebook(page, server, "live.ipynb")
    write(page, 1, "train epochs=1000000 batch_size=16 seed=1")
    command(page, "notebook:run-all-cells")
    button = page.get_by_role("button", name="stop after this epoch")
    button.wait_for(timeout=60_000)

    def words():
        return page.locator(".widget-html").first.inner_text()

    def moves():
        first = words()
        deadline = time.monotonic() + 60
        while words() == first:
            assert time.monotonic() < deadline, "the line stands still"
            time.sleep(0.1)

    assert "epoch" in words()
    moves()
    page.screenshot(path=str(ROOT / "build/jupyterlab-widgets.png"))
    command(page, "docmanager:save")
    page.wait_for_function("!document.querySelector('.jp-mod-dirty')")
    page.reload()
    button.wait_for(timeout=60_000)
    moves()
    assert button.is_enabled()
    button.click()
    page.get_by_text("Attune | Idle").first.wait_for(timeout=60_000)
    assert page.get_by_text("Error displaying widget").count() == 0

    # Without a reload the table and the plot take their place.
    write(page, 1, "train epochs=1000000 batch_size=16 seed=2")
    command(page, "notebook:run-all-cells")
    button.wait_for(timeout=60_000)
    moves()
    button.click()
    page.get_by_text("as the button asked").first.wait_for(timeout=60_000)
    page.get_by_text("after", exact=True).first.wait_for(timeout=60_000)
    idle(page)
    assert button.count() == 0
    command(page, "docmanager:save")
    page.wait_for_function("!document.querySelector('.jp-mod-dirty')")
    saved = (tmp_path / "live.ipynb").read_text()
    assert "widget-view" not in saved and "<table" in saved


def test_the_status_is_the_kernel_s(page, server):
    """It stays busy when a question is answered beside a training, and is idle after the kernel was killed and has come again."""
    open_notebook(page, server, "live.ipynb")
    write(page, 1, "train epochs=1000000 batch_size=16")
    command(page, "notebook:run-all-cells")
    page.locator(".jp-CodeCell").nth(1).locator("img").first.wait_for(timeout=60_000)
    write(page, 3, "pri")
    page.keyboard.press("Tab")
    page.wait_for_selector(".jp-Completer-item", timeout=60_000)
    page.get_by_text("Attune | Busy").first.wait_for(timeout=60_000)
    base, token = server
    session, = json.load(urllib.request.urlopen(f"{base}/api/sessions?token={token}"))
    assert session["kernel"]["execution_state"] == "busy"
    page.keyboard.press("Escape")

    kernel, = (p for p in psutil.Process().children(recursive=True) if p.name() == "attune")
    kernel.kill()
    page.locator(".jp-Dialog .jp-mod-accept").click(timeout=60_000)
    page.get_by_text("Attune | Idle").first.wait_for(timeout=60_000)


def test_typing_a_cell(page, server):
    """Indentation that stays in a block, Tab, Shift-Tab, and a browser that complains of nothing."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("warning", "error") else None)
    open_notebook(page, server, "live.ipynb")
    editor = page.locator(".jp-CodeCell").nth(3).locator(".cm-content")

    def lines():
        return editor.locator(".cm-line").all_inner_texts()

    # The browser loads the language that the kernel names after the notebook is there; then `when` is a keyword.
    write(page, 3, "a when b")
    page.wait_for_function(
        "Array.from(document.querySelectorAll('.cm-line span')).some("
        "span => span.innerText === 'when' && getComputedStyle(span).fontWeight >= 600)", timeout=60_000)
    write(page, 3, "space\n    layers in 1..3\nactivation in {ta")
    assert lines() == ["space", "    layers in 1..3", "    activation in {ta"]
    page.keyboard.press("Tab")
    page.wait_for_selector(".jp-Completer-item", timeout=60_000)
    assert page.locator(".jp-Completer-match").all_inner_texts() == ["tanh"]
    page.keyboard.press("Enter")
    page.wait_for_selector(".jp-Completer-item", state="hidden")
    assert lines()[2] == "    activation in {tanh"
    write(page, 3, "network activation=")
    page.keyboard.press("Tab")
    page.wait_for_selector(".jp-Completer-item", timeout=60_000)
    assert page.locator(".jp-Completer-match").all_inner_texts()[:3] == ["relu", "leaky_relu", "elu"]
    page.keyboard.press("Escape")
    write(page, 3, "train schedule=step")
    page.keyboard.press("Shift+Tab")
    page.wait_for_selector(".jp-Tooltip", timeout=60_000)
    assert "a0 factor^floor(epoch / every)" in page.locator(".jp-Tooltip").inner_text()
    assert complaints == []


def test_the_tutorial_runs_in_the_browser(page, server):
    if not (ROOT / "notebooks/tutorial.ipynb").exists():
        pytest.fail("there is no tutorial")
    open_notebook(page, server, "tutorial.ipynb")
    command(page, "notebook:run-all-cells")
    page.wait_for_function("Array.from(document.querySelectorAll('.jp-InputPrompt')).some(p => /[*1]/.test(p.innerText))",
                           timeout=60_000)
    idle(page, timeout=300_000)
    page.wait_for_function("!Array.from(document.querySelectorAll('.jp-InputPrompt')).some(p => p.innerText.includes('*'))",
                           timeout=300_000)
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert page.locator(".jp-RenderedHTMLCommon table").count() >= 1
    assert page.locator(".jp-OutputArea-output img").count() >= 1
    (ROOT / "build").mkdir(exist_ok=True)
    page.screenshot(path=str(ROOT / "build/jupyterlab-tutorial.png"))


@pytest.mark.parametrize("size", [20, 40, 100, 500])
def test_run_all_stops_at_its_first_error(page, server, tmp_path, size):
    """None of the cells after the failing one runs, however long the server takes to pass their requests on; what is run next does."""
    texts = [f"print {number}" for number in range(size)]
    texts[3] = "foo"
    spec = {"name": "attune", "display_name": "Attune", "language": "attune"}
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in texts], metadata={"kernelspec": spec})
    nbformat.write(book, tmp_path / "many.ipynb")
    open_notebook(page, server, "many.ipynb")
    command(page, "notebook:run-all-cells")
    counts = "Array.from(window.jupyterapp.shell.currentWidget.content.model.cells).map(c => c.executionCount)"
    states = "Array.from(window.jupyterapp.shell.currentWidget.content.model.cells).map(c => c.executionState)"
    page.wait_for_function(f"{counts}[3] === 4 && {states}.every(state => state === 'idle')", timeout=120_000)
    assert page.evaluate(counts) == [1, 2, 3, 4] + [None] * (size - 4)
    outputs = "Array.from(window.jupyterapp.shell.currentWidget.content.model.cells).map(c => c.outputs.length)"
    assert page.evaluate(outputs) == [1, 1, 1, 1] + [0] * (size - 4)
    write(page, 0, 'print "again"')
    page.keyboard.press("Control+Enter")
    page.get_by_text("again", exact=True).first.wait_for(timeout=60_000)
