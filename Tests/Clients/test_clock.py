"""A system clock that is set while the kernel works: durations are those of a clock that cannot be set."""

import pytest
from conftest import LANGUAGES
from wire import Kernel

LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"
DAY = 86_400


@pytest.fixture
def clock(tmp_path):
    """A kernel whose wall clock the test sets, as seconds beside the true time."""
    file = tmp_path / "clock"

    def set(seconds):
        (tmp_path / "new").write_text(f"{seconds:+d}s\n")
        (tmp_path / "new").rename(file)

    set(0)
    environment = {"LD_PRELOAD": LIBRARY, "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_NO_CACHE": "1",
                   "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}
    with Kernel(LANGUAGES["attune"].command, environment=environment, cwd=tmp_path) as kernel:
        kernel.set = set
        yield kernel


def value(kernel, expression):
    reply, _ = kernel.execute("", silent=True, user_expressions={"value": expression})
    return reply.content["user_expressions"]["value"]["data"]["application/json"]


@pytest.mark.parametrize("step", [DAY, -DAY])
@pytest.mark.parametrize("storage", ["none", '"s.db"'])
def test_the_seconds_of_a_trial_do_not_depend_on_the_date(clock, tmp_path, step, storage):
    code = f'space external\n    x in 0..9\nstudy storage {storage}\nstudy new "mine"\nask'
    assert clock.execute(code)[0].content["status"] == "ok"
    clock.set(step)
    assert clock.execute("tell 0 0.5")[0].content["status"] == "ok"
    assert 0 < value(clock, "trials[0].seconds") < DAY / 2
    if storage != "none":
        assert clock.execute('study open "mine"')[0].content["status"] == "ok"
        assert 0 < value(clock, "trials[0].seconds") < DAY / 2
