"""Pictures that answer to the pointer, in headless Chromium: a point says what it is, the wheel zooms, the legend hides."""

import os
import subprocess

import pytest
from conftest import ATTUNE

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CELLS = """
data iris
space
    neurons in 4..64
    optimizer in {sgd, adam}
tune trials=12 epochs=2 seed=1
plot history to="history.html"
plot slice to="slice.html"
plot rank to="rank.html"
plot contour neurons optimizer to="contour.html"
plot parallel to="parallel.html"
plot loss to="loss.html"
train epochs=30 learning_rate=0.5 optimizer=sgd
plot schedule exponential(decay=0.5) epochs=20 scale=log to="schedule.html"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    (folder / "cells.attune").write_text(CELLS)
    subprocess.run([ATTUNE, "run", "cells.attune"], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def page():
    if not os.path.exists(CHROMIUM):
        pytest.fail(f"there is no Chromium at {CHROMIUM}: the browser test could not run (apt-get install chromium)")
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page(viewport={"width": 800, "height": 600})
        browser.close()


def opened(page, folder, name):
    problems = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"file://{folder}/{name}.html")
    assert not page.locator("img").is_visible(), problems
    return problems


ROOT_OF = "document.querySelector('img').previousSibling.shadowRoot"


def labels(page):
    """The ticks' labels with their places."""
    return page.evaluate(f"{ROOT_OF}.querySelector('[data-labels]').innerHTML")


def renewed(page, before):
    page.wait_for_function(f"before => {ROOT_OF}.querySelector('[data-labels]').innerHTML !== before", arg=before)
    return labels(page)


def middle(page):
    box = page.locator("svg").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def over_a_point(page, series):
    """Moves to the first mark of a series."""
    path = page.locator(f'[data-series="{series}"] path').last.bounding_box()
    svg = page.locator("svg").bounding_box()
    for x in range(int(path["x"]), int(path["x"] + path["width"]) + 1, 3):
        for y in range(int(svg["y"]) + 60, int(svg["y"] + svg["height"]) - 30, 6):
            page.mouse.move(x, y)
            if page.locator(".tip").is_visible():
                return page.locator(".tip").inner_text()
    return ""


def test_a_point_says_its_trial_and_parameters(page, folder):
    problems = opened(page, folder, "history")
    text = over_a_point(page, "complete")
    for word in ("trial", "state  complete", "val_loss", "neurons", "optimizer"):
        assert word in text, text
    assert problems == []


@pytest.mark.parametrize("name", ["history", "loss", "schedule"])
def test_the_wheel_zooms_with_new_ticks_and_a_double_click_resets(page, folder, name):
    problems = opened(page, folder, name)
    before = labels(page)
    page.mouse.move(*middle(page))
    for _ in range(8):
        page.mouse.wheel(0, -100)
    zoomed = renewed(page, before)
    assert zoomed.count("<text") >= 2, zoomed
    x, y = middle(page)
    page.mouse.down()
    page.mouse.move(x + 60, y + 20)
    page.mouse.up()
    dragged = renewed(page, zoomed)
    page.mouse.dblclick(*middle(page))
    assert renewed(page, dragged) != zoomed
    assert problems == []


def test_the_legend_hides_a_series(page, folder):
    problems = opened(page, folder, "history")
    series = page.locator('[data-series="complete"]').first
    entry = page.locator('[data-legend="complete"]')
    entry.click()
    assert not series.is_visible()
    entry.click()
    assert series.is_visible()
    assert problems == []


@pytest.mark.parametrize("name", ["slice", "rank", "contour", "parallel"])
def test_pictures_of_trials_say_which_trial_is_where(page, folder, name):
    """Also those of several panels, of words on an axis and of lines through many places."""
    problems = opened(page, folder, name)
    said = page.evaluate(f"""() => {{
        const root = {ROOT_OF}, svg = root.querySelector("svg"), tip = root.querySelector(".tip"), box = svg.getBoundingClientRect();
        const found = new Set();
        for (let x = box.left; x < box.right; x += 5) for (let y = box.top; y < box.bottom; y += 5) {{
            svg.dispatchEvent(new PointerEvent("pointermove", {{clientX: x, clientY: y}}));
            if (!tip.hidden) found.add(tip.textContent);
        }}
        return Array.from(found);
    }}""")
    trials = {line.split()[-1] for text in said for line in text.splitlines() if line.startswith("trial ")}
    assert len(trials) >= 8, said
    assert all("optimizer" in text and "neurons" in text and "val_loss" in text for text in said)
    assert problems == []


def test_panels_zoom_each_for_itself(page, folder):
    problems = opened(page, folder, "slice")
    panels = page.evaluate(f"Array.from({ROOT_OF}.querySelectorAll('[data-labels]')).map(g => g.innerHTML)")
    assert len(panels) == 2
    # The first panel has numbers on both axes, the second words.
    box = page.locator("[data-axes]").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.wheel(0, -100)
    page.wait_for_function(f"before => {ROOT_OF}.querySelector('[data-labels]').innerHTML !== before", arg=panels[0])
    after = page.evaluate(f"Array.from({ROOT_OF}.querySelectorAll('[data-labels]')).map(g => g.innerHTML)")
    assert after[0] != panels[0] and after[1] == panels[1]
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert problems == []
