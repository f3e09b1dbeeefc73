"""A study that three hosts share: the database on one, a worker on each other, and cables that are pulled."""

import subprocess
import time

import hosts
import postgres
import pytest
from conftest import ATTUNE
from studies import attune, finished, load, notes, table, until, write

pytestmark = [
    pytest.mark.usefixtures("no_process_left"),
    pytest.mark.skipif(postgres.programs() is None, reason="NO POSTGRESQL SERVER IS INSTALLED: NOT TESTED ON THREE HOSTS"),
    pytest.mark.skipif(hosts.missing() is not None, reason=f"NO HOSTS CAN BE MADE: {hosts.missing()}; NOT TESTED ON THREE HOSTS"),
]


def test_cables_that_are_pulled_for_twenty_seconds_cost_nothing(tmp_path):
    with hosts.Network(2) as network, postgres.Server(
            listen="*", trusted="10.77.0.0/16", prefix=network.center.prefix) as server:
        # From here, which is on none of the three networks, by a file.
        near = f"postgresql://postgres@/studies?host={server.folder}&port={server.port}"
        tune = "tune trials=40 epochs=100 sampler=tpe pruner=median(startup=6) seed=7 parallel=2"
        attune(tmp_path, f'study new "unbroken"\n{tune}', near)
        attune(tmp_path, 'study new "mine"', near)
        cell = subprocess.Popen(
            [ATTUNE, "run", write(tmp_path, f'study open "mine"\n{tune} workers=outside(2)', near)], cwd=tmp_path,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        until(lambda: "attune:plan" in notes(near))
        workers = [
            subprocess.Popen(
                [*host.prefix, ATTUNE, "worker", "--study", "mine", "--threads", "1", "--storage",
                 f"postgresql://postgres@10.77.{index + 1}.1:{server.port}/studies"],
                cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            for index, host in enumerate(network.others)]
        until(lambda: finished(near) >= 5)
        network.pull()
        time.sleep(5)
        cut = finished(near)
        time.sleep(15)
        assert finished(near) == cut < 40, "the cables were not cut"
        network.plug()
        for process in workers:
            output, _ = process.communicate(timeout=300)
            assert process.returncode == 0, output
        output, _ = cell.communicate(timeout=120)
        assert cell.returncode == 0, output
        assert len(table(near)) == 40 and table(near) == table(near, "unbroken")
        owners = {t.system_attrs["attune:owner"]["host"] for t in load(near).trials}
        assert owners == {"host-1", "host-2"}
