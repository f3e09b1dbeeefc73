"""Daemons of a test's own, which end with it however it ends: by its last line, by a failure, by a kill -9 of the whole run.

A process of its own starts them. It is the parent of all that comes of them, of what they detach too, and kills all of it when
its input ends; the system ends that input together with the test.
"""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time

import psutil

PR_SET_CHILD_SUBREAPER = 36


def adopt(on=True):
    """Whether orphans among what this process has started become its children again."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, int(on), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def end(*spared):
    """Kills what has come of this process, but for those spared and theirs; waits until it is gone."""
    limit = time.monotonic() + 20
    while time.monotonic() < limit:
        own = psutil.Process()
        kept = {p for s in spared if psutil.pid_exists(s.pid) for p in [s, *s.children(recursive=True)]}
        left = [p for p in own.children(recursive=True) if p not in kept]
        if not left:
            return
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                if process.status() != psutil.STATUS_ZOMBIE:
                    process.kill()
                elif process.ppid() == own.pid:
                    os.waitpid(process.pid, os.WNOHANG)
        time.sleep(0.02)
    raise RuntimeError(f"these processes do not end: {left}")


class Warden:
    """Starts processes: `with Warden() as warden`."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)

    def start(self, command, log, **options):
        """The process's number. Options are those of `Popen`: `cwd`, `env`."""
        return self._ask(command=list(map(str, command)), log=str(log), options=options, wait=False)

    def run(self, command, log, **options):
        """The process's status, when it has ended; what it detached goes on."""
        return self._ask(command=list(map(str, command)), log=str(log), options=options, wait=True)

    def _ask(self, **order):
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise RuntimeError(f"{order['command'][0]}: {answer['error']}")
        return answer["result"]

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def main():
    adopt()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for line in sys.stdin:
        order = json.loads(line)
        try:
            with open(order["log"], "a") as log:
                process = subprocess.Popen(
                    order["command"], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **order["options"])
            answer = {"result": process.wait() if order["wait"] else process.pid}
        except OSError as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)
    end()


if __name__ == "__main__":
    main()
