"""The running program that cells are sent to."""

import json
import os
import shutil
import signal
import subprocess
import sysconfig
import threading
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

from .errors import AttuneError, ProgramError

MimeBundle = Dict[str, Any]


@dataclass
class Answer:
    """What one call of `Program.run` gave.

    `text` is standard output, `errors` standard error, `displays` the tables and plots in order, each a MIME bundle as it
    last was, `result` the last expression's bundle, `values` the expressions asked for.
    """

    text: str = ""
    errors: str = ""
    displays: List[MimeBundle] = field(default_factory=list)
    result: Optional[MimeBundle] = None
    values: Dict[str, Any] = field(default_factory=dict)

    def __str__(self):
        parts = [self.text.rstrip("\n")] + [d.get("text/plain", "") for d in self.displays]
        if self.result:
            parts.append(self.result.get("text/plain", ""))
        return "\n".join(part for part in parts if part)


def find_program() -> str:
    """The program's path: $ATTUNE, else the one installed with this environment, else the one on PATH."""
    beside = Path(sysconfig.get_path("scripts")) / "attune"
    path = os.environ.get("ATTUNE") or (str(beside) if beside.exists() else shutil.which("attune"))
    if not path:
        raise ProgramError("the program 'attune' is not on PATH; install it, or set ATTUNE to its path")
    return path


class Program:
    """A session of its own: data, network, space, study and runs last as long as it does.

    Calls from several threads take turns. An interrupt (Ctrl-C) while a cell runs interrupts the cell, which keeps what
    is done, and raises KeyboardInterrupt.

    >>> with Program() as program:
    ...     program.value("6 * 7")
    42
    """

    def __init__(self, executable: Optional[str] = None, folder: Optional[str] = None):
        path = executable or find_program()
        # OpenBLAS takes one thread: the trainer has threads of its own.
        environment = {"OPENBLAS_NUM_THREADS": "1", **os.environ}
        try:
            self._process = subprocess.Popen(
                [path, "pipe"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, cwd=folder, env=environment)
        except OSError as error:
            raise ProgramError(f"'{path}' does not start: {error.strerror}") from error
        self._pending = bytearray()
        self._turn = threading.Lock()
        self._finalizer = weakref.finalize(self, _end, self._process)

    def run(self, code: str, expressions: Optional[Dict[str, str]] = None, silent: bool = False,
            listener: Optional[Callable[[dict], None]] = None) -> Answer:
        """Runs a cell and returns its outputs; raises AttuneError with the diagnostic's text if it fails.

        `expressions` are evaluated after it; `listener` is given each output as it arises.
        """
        request = json.dumps({"code": code, "expressions": expressions or {}, "silent": silent})
        with self._turn:
            self._send(request)
            outputs = _Outputs(listener)
            with _Interrupts(self.interrupt) as interrupts:
                while "status" not in (line := self._receive()):
                    outputs.take(line)
        if interrupts.arrived:
            raise KeyboardInterrupt
        return outputs.answer(line)

    def value(self, expression: str) -> Any:
        """The value of an expression: numbers, texts, lists and dicts as Python's."""
        return self.run("", {"value": expression}, silent=True).values["value"]

    def interrupt(self) -> None:
        """Interrupts the cell that runs, if one does. Safe from any thread."""
        self._process.send_signal(signal.SIGINT)

    def close(self) -> None:
        """Ends the program. What it keeps in memory is gone."""
        self._finalizer()

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_):
        self.close()

    def ask_json(self, code: str) -> Dict[str, Any]:
        """Runs a cell whose last command answers in JSON, such as `ask` and `report`."""
        result = self.run(code).result
        if result is None or "application/json" not in result:
            raise AttuneError(f"the cell has no JSON for its result: {code}")
        return result["application/json"]

    def _send(self, request: str) -> None:
        try:
            rest = memoryview(request.encode() + b"\n")
            assert self._process.stdin
            while rest:
                rest = rest[self._process.stdin.write(rest):]
        except (BrokenPipeError, ValueError) as error:
            raise self._ended() from error

    def _receive(self) -> dict:
        # Read by hand: a buffered reader loses what it holds when Ctrl-C arrives in the middle of a line.
        assert self._process.stdout
        while (end := self._pending.find(b"\n")) < 0:
            chunk = os.read(self._process.stdout.fileno(), 1 << 16)
            if not chunk:
                raise self._ended()
            self._pending += chunk
        line = bytes(self._pending[:end])
        del self._pending[:end + 1]
        return json.loads(line)

    def _ended(self) -> ProgramError:
        return ProgramError(f"the program has ended with status {self._process.wait()}")


def _end(process):
    for pipe in (process.stdin, process.stdout):
        try:
            pipe.close()
        except OSError:
            pass
    try:
        process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class _Interrupts:
    """Passes Ctrl-C on to the running cell while its outputs are read.

    A KeyboardInterrupt in the middle of a line would leave the rest of it, and the cell's answer, for the next call.
    """

    def __init__(self, interrupt):
        self.arrived = False
        self._interrupt = interrupt
        self._is_main = threading.current_thread() is threading.main_thread()

    def __enter__(self):
        if self._is_main:
            self._kept = signal.signal(signal.SIGINT, self._pass_on)
        return self

    def __exit__(self, *_):
        # None: a handler that was not Python's, which Python cannot put back.
        if self._is_main and self._kept is not None:
            signal.signal(signal.SIGINT, self._kept)

    def _pass_on(self, *_):
        self.arrived = True
        self._interrupt()


class _Outputs:
    """Gathers a cell's outputs."""

    def __init__(self, listener):
        self.listener = listener
        self.streams = {"stdout": [], "stderr": []}
        self.displays = []
        self.places = {}

    def take(self, line):
        if self.listener:
            self.listener(line)
        if "stream" in line:
            self.streams[line["stream"]].append(line["text"])
        elif "display" in line:
            if "id" in line:
                self.places[line["id"]] = len(self.displays)
            self.displays.append(line["display"])
        elif "update" in line and line["id"] in self.places:
            self.displays[self.places[line["id"]]] = line["update"]
        elif line.get("clear"):
            self.__init__(self.listener)

    def answer(self, line) -> Answer:
        if line["status"] != "ok":
            if line["name"] == "KeyboardInterrupt":
                raise KeyboardInterrupt(line["message"])
            raise AttuneError(line["message"], line["name"], line["traceback"])
        answer = Answer("".join(self.streams["stdout"]), "".join(self.streams["stderr"]), self.displays,
                        line.get("result"))
        answer.displays += line.get("pages", [])
        for name, value in line.get("expressions", {}).items():
            if value["status"] != "ok":
                raise AttuneError(value["message"], value["name"], value["traceback"])
            data = value["data"]
            answer.values[name] = data["application/json"] if "application/json" in data else data["text/plain"]
        return answer
