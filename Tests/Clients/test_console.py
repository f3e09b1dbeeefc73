"""`jupyter console` in a pseudo-terminal, as a person types."""

import re
import sys

import pexpect
import pytest


class Console:
    def __init__(self, environment):
        self.child = pexpect.spawn(
            sys.executable, ["-m", "jupyter_console", "--kernel", "attune", "--ZMQTerminalInteractiveShell.simple_prompt=True"],
            env={**environment, "TERM": "dumb", "PROMPT_TOOLKIT_NO_CPR": "1"}, encoding="utf-8", timeout=60, dimensions=(60, 160))
        self.expect(r"In \[1\]:")

    def expect(self, pattern):
        self.child.expect(pattern)
        return self.child.before

    def type(self, line):
        self.child.sendline(line)


@pytest.fixture
def console(jupyter):
    console = Console(jupyter)
    yield console
    console.child.close(force=True)


def test_a_session(console, jupyter):
    console.type("width = 3")
    console.expect(r"In \[2\]:")
    console.type("width * 2")
    console.expect(r"Out\[2\]: 6")
    console.expect(r"In \[3\]:")
    console.type("train epochs=2 learning_rat=0.1")
    console.expect(r"did you mean 'learning_rate'\?")
    console.expect(r"In \[4\]:")
    console.type("data digits")
    console.expect("train")
    console.expect(r"In \[5\]:")
    console.type("train epochs=2")
    console.expect("loss")
    console.expect(r"In \[6\]:")
    console.type("plot loss")
    console.expect("loss")
    console.expect(r"In \[7\]:")
    console.type("train epochs=1000000")
    # The progress line, not the echo of what was typed: before it, Ctrl-C would be the console's own.
    console.child.expect(r"\d/1,000,000", timeout=20)
    console.child.sendintr()
    console.expect("KeyboardInterrupt")
    console.expect(r"In \[8\]:")
    console.type("width")
    console.expect(r"Out\[8\]: 3")
    console.type("exit")
    console.child.expect(pexpect.EOF)


def interactive(jupyter):
    child = pexpect.spawn(sys.executable, ["-m", "jupyter_console", "--kernel", "attune"],
                          env={**jupyter, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}, encoding="utf-8", timeout=60,
                          dimensions=(60, 160))
    child.expect(r"In \[.*1.*\]:")
    return child


def plain(text):
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text)


def test_a_space_block_line_by_line_completion_and_history(jupyter):
    """The prompt that asks the kernel whether a cell is complete, completes with Tab and remembers."""
    child = interactive(jupyter)
    child.send("space external\r")
    child.send("x in 0..1\r")
    child.send("\r")
    child.expect(r"In \[.*2.*\]:")
    assert "expected" not in plain(child.before)
    child.send("networ\t")
    child.expect("network")
    child.send("\x15marker = 4242\r")
    child.expect(r"In \[.*3.*\]:")
    child.send("exit\r")
    child.expect(pexpect.EOF)
    again = interactive(jupyter)
    again.send("\x1b[A\x1b[A")
    again.expect("4242")
    again.send("\x15exit\r")
    again.expect(pexpect.EOF)
