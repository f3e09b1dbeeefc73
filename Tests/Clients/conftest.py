"""The kernels under test: the echo interpreter, which shows the protocol alone, and Attune itself.

`ATTUNE` names the program that is tested (else the debug build's), `ECHO_KERNEL` the echo kernel.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import warden  # noqa: E402
from wire import Kernel  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
ATTUNE = os.environ.get("ATTUNE", str(ROOT / ".build/debug/attune"))
ECHO = os.environ.get("ECHO_KERNEL", str(ROOT / ".build/debug/echo-kernel"))


@dataclass
class Language:
    """How one interpreter says what the suites need, so that one test body drives both."""

    name: str
    command: list
    hello: str
    warn: str
    fail: str
    display: str
    sleep: str
    remember: str
    recall: str
    completion: tuple
    known: str
    prepare: str = ""
    lines: object = None

    @property
    def endless(self):
        """A cell that says hello and then runs until it is interrupted."""
        return f"{self.hello}\n{self.sleep}"
    environment: dict = field(default_factory=dict)


LANGUAGES = {
    "echo": Language(
        "echo", [ECHO, "{connection_file}"], hello="print hello, world", warn="warn careful", fail="fail on purpose",
        display="display thing", sleep="sleep 100000", remember="remember 42", recall="recall", completion=("pri", "print"),
        known="print", lines=lambda n: f"lines {n}"),
    "attune": Language(
        "attune", [ATTUNE, "kernel", "{connection_file}"], hello='print "hello, world"',
        warn='print "careful" to=stderr', fail="no_such_thing", prepare="data digits\nset progress=none",
        display="plot schedule step epochs=5", sleep="train epochs=1000000 batch_size=32",
        remember="kept = 42", recall="kept", completion=("networ", "network"), known="train",
        lines=lambda n: "\n".join(f'print "line {i}"' for i in range(n))),
}


def only(name):
    """Marks a test of what one interpreter alone can do; its reason stands beside it."""
    return pytest.mark.parametrize("language", [LANGUAGES[name]], ids=[name])


@pytest.fixture(params=LANGUAGES)
def language(request):
    return LANGUAGES[request.param]


@pytest.fixture
def start(language):
    """Starts kernels that end with the test."""
    kernels = []

    def start(**options):
        kernels.append(Kernel(language.command, **options))
        return kernels[-1]

    yield start
    for kernel in kernels:
        kernel.stop()


@pytest.fixture
def kernel(start):
    return start()


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory):
    """An environment in which Jupyter's programs find Attune, installed by its own command, and keep to themselves."""
    home = tmp_path_factory.mktemp("jupyter")
    environment = {
        **os.environ, "JUPYTER_PATH": str(home / "share/jupyter"), "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"), "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"), "XDG_DATA_HOME": str(home / "xdg"), "PYTHONWARNINGS": "ignore",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    (home / "runtime").mkdir(mode=0o700)
    subprocess.run([ATTUNE, "install", "--prefix", str(home)], check=True, env=environment)
    echo = home / "share/jupyter/kernels/echo"
    shutil.copytree(home / "share/jupyter/kernels/attune", echo)
    text = (echo / "kernel.json").read_text().replace('"language":"attune"', '"language":"echo"')
    import json
    spec = json.loads(text)
    spec["argv"] = LANGUAGES["echo"].command
    (echo / "kernel.json").write_text(json.dumps(spec))
    return environment


@pytest.fixture
def no_process_left():
    """Ends what a test has started and not ended, and what those processes have detached: also where the test fails half-way."""
    spared = psutil.Process().children()
    warden.adopt()
    yield
    warden.end(*spared)
    warden.adopt(False)
