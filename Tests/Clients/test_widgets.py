"""The button and the bar that a cell shows where a front end has a widget manager, in the messages of ipywidgets' protocol."""

import uuid

import pytest
from conftest import LANGUAGES
from wire import Kernel, until

VIEW = "application/vnd.jupyter.widget-view+json"
RICH = {"cellId": "a"}
STUDY = """space
    neurons in 4..64
data iris
"""


@pytest.fixture
def kernel():
    """The commands that show widgets are Attune's own."""
    with Kernel(LANGUAGES["attune"].command) as kernel:
        yield kernel


def manager(kernel):
    """A widget manager that connects, as JupyterLab's does: it opens a comm and asks for what is there. Returns the states."""
    comm = uuid.uuid4().hex
    kernel.published(kernel.send("shell", "comm_open", {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}))
    identifier = kernel.send("shell", "comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
    answer, = [m for m in kernel.published(identifier) if m.type == "comm_msg"]
    assert answer.content["comm_id"] == comm and answer.content["data"]["method"] == "update_states"
    return answer.content["data"]["states"]


def comms(kernel, target="jupyter.widget"):
    kernel.send("shell", "comm_info_request", {"target_name": target})
    return kernel.receive("shell").content["comms"]


class Running:
    """A cell that runs, and what it publishes."""

    def __init__(self, kernel, code):
        self.kernel = kernel
        self.identifier = kernel.send("shell", "execute_request", {"code": code, "allow_stdin": False}, metadata=RICH)
        self.messages = []

    def model(self, name):
        return next((m.content for m in self.messages if m.type == "comm_open" and m.content["data"]["state"]["_model_name"] == name), None)

    def read(self, condition):
        def look():
            self.messages.append(self.kernel.receive("iopub"))
            return condition(self)
        until(look, 120)

    def press(self):
        button = self.model("ButtonModel")["comm_id"]
        self.kernel.send("shell", "comm_msg", {"comm_id": button, "data": {"method": "custom", "content": {"event": "click"}}})

    def end(self):
        reply = self.kernel.reply("shell", self.identifier, 300)
        self.messages += self.kernel.published(self.identifier)
        return reply.content

    def shown(self):
        return [m.content for m in self.messages if m.type in ("display_data", "update_display_data")]


def bars(running):
    bar = running.model("FloatProgressModel")
    return [m.content["data"]["state"]["value"] for m in running.messages
            if m.type == "comm_msg" and bar and m.content["comm_id"] == bar["comm_id"]]


def words(running):
    return "".join(m.content["text"] for m in running.messages if m.type == "stream")


@pytest.mark.parametrize("cell", [STUDY + "tune trials=30 epochs=3", "data iris\ntrain epochs=50"])
def test_without_a_manager_there_is_no_widget(kernel, cell):
    reply, published = kernel.execute(cell, header={"metadata": RICH}, timeout=300)
    assert reply.content["status"] == "ok"
    assert not [m for m in published if m.type.startswith("comm")]
    assert not [m for m in published if VIEW in m.content.get("data", {})]
    assert comms(kernel) == {}


@pytest.mark.parametrize("cell,button,said", [
    (STUDY + "tune trials=100000 epochs=20 parallel=2", "stop after this trial", None),
    ("data iris\ntrain epochs=1000000", "stop after this epoch", "as the button asked"),
])
def test_the_button_ends_a_cell_in_good_order(kernel, cell, button, said):
    assert manager(kernel) == {}
    running = Running(kernel, cell)
    running.read(lambda r: any(0 < value < 1 for value in bars(r)) and len(bars(r)) > 2)
    shown = next(content for content in running.shown() if VIEW in content["data"])
    assert {"text/plain", "text/html"} < set(shown["data"])
    opened = {m.content["comm_id"]: m for m in running.messages if m.type == "comm_open"}
    assert shown["data"][VIEW]["model_id"] in opened and all(m.metadata["version"] == "2.1.0" for m in opened.values())
    # A page that is loaded anew finds them all, each with what it refers to.
    running.press()
    reply = running.end()
    assert reply["status"] == "ok", reply
    assert running.model("ButtonModel")["data"]["state"]["description"] == button
    assert said is None or said in words(running), words(running)
    # What stays in the notebook carries no widget.
    last = {}
    for content in running.shown():
        last[content["transient"].get("display_id")] = content["data"]
    assert last and not [data for data in last.values() if VIEW in data]
    assert any("<table" in data.get("text/html", "") for data in last.values())
    closed = [m.content["comm_id"] for m in running.messages if m.type == "comm_close"]
    assert sorted(closed) == sorted(opened)
    kinds = [m.type for m in running.messages if m.type == "comm_close" or shown["transient"] == m.content.get("transient")]
    assert kinds.index("comm_close") > kinds.index("update_display_data")
    assert comms(kernel) == {} and manager(kernel) == {}
    reply, _ = kernel.execute("run.epochs")
    assert reply.content["status"] == "ok"


def test_the_study_s_table_says_what_has_ended_it(kernel):
    manager(kernel)
    running = Running(kernel, STUDY + "tune trials=100000 epochs=20 parallel=1")
    running.read(lambda r: len(bars(r)) > 2)
    running.press()
    assert running.end()["status"] == "ok"
    assert any("stopped by its button" in content["data"].get("text/plain", "") for content in running.shown())
    # It goes on, and no trial is left in the middle.
    reply, published = kernel.execute("tune trials=2 epochs=20", timeout=300)
    assert reply.content["status"] == "ok", reply
    result = [m.content["data"]["text/plain"] for m in kernel.execute("trials[0].state")[1] if m.type == "execute_result"]
    assert "complete" in result[0]


def test_a_page_that_is_loaded_anew_finds_the_widgets_of_a_running_cell(kernel):
    manager(kernel)
    running = Running(kernel, "data iris\ntrain epochs=1000000")
    running.read(lambda r: len(bars(r)) > 2)
    comm = uuid.uuid4().hex
    kernel.send("shell", "comm_open", {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}})
    kernel.send("shell", "comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
    states = lambda r: [m for m in r.messages if m.type == "comm_msg" and m.content["comm_id"] == comm]
    running.read(lambda r: bool(states(r)))
    found = states(running)[0].content["data"]["states"]
    opened = {m.content["comm_id"] for m in running.messages if m.type == "comm_open"}
    assert set(found) == opened
    for state in found.values():
        assert {"model_name", "model_module", "model_module_version", "state"} == set(state)
        for value in state["state"].values():
            for reference in value if isinstance(value, list) else [value]:
                if isinstance(reference, str) and reference.startswith("IPY_MODEL_"):
                    assert reference.removeprefix("IPY_MODEL_") in found
    # A manager that goes leaves the cell as it is.
    kernel.send("shell", "comm_close", {"comm_id": comm, "data": {}})
    running.press()
    assert running.end()["status"] == "ok"


def test_an_interrupt_closes_the_widgets_too(kernel):
    manager(kernel)
    running = Running(kernel, "data iris\ntrain epochs=1000000")
    running.read(lambda r: len(bars(r)) > 2)
    kernel.send("control", "interrupt_request", {})
    assert running.end()["ename"] == "KeyboardInterrupt"
    opened = {m.content["comm_id"] for m in running.messages if m.type == "comm_open"}
    assert {m.content["comm_id"] for m in running.messages if m.type == "comm_close"} == opened != set()
    assert comms(kernel) == {}


@pytest.mark.parametrize("type,content", [
    ("comm_open", {"comm_id": "x", "target_name": "some.target", "data": {}}),
    ("comm_msg", {"comm_id": "x", "data": {"method": "custom", "content": {"event": "click"}}}),
    ("comm_msg", {"comm_id": "x", "data": {"method": "request_states"}}), ("comm_msg", {"comm_id": "x", "data": 3}),
    ("comm_msg", {"comm_id": "x"}), ("comm_close", {"comm_id": "x"}),
])
def test_comms_that_nobody_knows_change_nothing(kernel, type, content):
    published = kernel.published(kernel.send("shell", type, content))
    kinds = [m.type for m in published if m.type != "status"]
    assert kinds == (["comm_close"] if type == "comm_open" else [])
    assert comms(kernel, "") == {}
