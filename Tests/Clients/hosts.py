"""Hosts of a test's own, as the network sees them: each a network and a host name, joined to the first by a cable that can be pulled.

They are held by processes and are gone with these: nothing is left of them where a test is killed.
"""

import os
import subprocess
import time

from warden import Warden


def missing():
    """Why there are none on this machine; None where there are."""
    if os.geteuid() != 0:
        return "they take root"
    tried = subprocess.run(["unshare", "--net", "--uts", "ip", "link", "set", "lo", "up"], capture_output=True, text=True)
    return None if tried.returncode == 0 else tried.stderr.strip()


class Host:
    def __init__(self, name, warden):
        self.name = name
        self.process = warden.start(["unshare", "--net", "--uts", "sleep", "infinity"], "/dev/null")
        limit = time.monotonic() + 30
        while os.readlink(f"/proc/{self.process}/ns/net") == os.readlink("/proc/self/ns/net"):
            assert time.monotonic() < limit, "no namespace"
            time.sleep(0.01)
        self.run("hostname", name)
        self.run("ip", "link", "set", "lo", "up")

    @property
    def prefix(self):
        """What stands before a command that runs there."""
        return ["nsenter", f"--target={self.process}", "--net", "--uts"]

    def run(self, *command):
        subprocess.run([*self.prefix, *command], check=True)


class Network:
    """`with Network(2) as network`: `network.center`, and two others that know it as `10.77.1.1` and `10.77.2.1`."""

    def __init__(self, others):
        self.count = others

    def __enter__(self):
        self.warden = Warden()
        try:
            self.center = Host("center", self.warden)
            self.others = [Host(f"host-{index + 1}", self.warden) for index in range(self.count)]
            for index, host in enumerate(self.others):
                subprocess.run(
                    ["ip", "link", "add", f"to-{index + 1}", "netns", str(self.center.process), "type", "veth", "peer", "name",
                     "cable", "netns", str(host.process)], check=True)
                for place, end, number in ((self.center, f"to-{index + 1}", 1), (host, "cable", 2)):
                    place.run("ip", "address", "add", f"10.77.{index + 1}.{number}/24", "dev", end)
                    place.run("ip", "link", "set", end, "up")
        except BaseException:
            self.__exit__()
            raise
        return self

    def pull(self, cables="down"):
        for host in self.others:
            host.run("ip", "link", "set", "cable", cables)

    def plug(self):
        self.pull("up")

    def __exit__(self, *_):
        self.warden.close()
