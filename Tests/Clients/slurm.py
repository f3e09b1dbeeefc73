"""A Slurm of the test's own, of one node and without systemd: its own key, ports and folder, gone with the test.

It leaves what is configured on the machine alone: `SLURM_CONF` in its environment is what its tools follow.
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from postgres import free_port
from warden import Warden

TOOLS = ["munged", "slurmctld", "slurmd", "sbatch", "scontrol", "scancel", "squeue", "sinfo", "srun"]


def missing():
    """Why it cannot be started here; None where it can."""
    if os.geteuid() != 0:
        return "it takes root"
    absent = [tool for tool in TOOLS if shutil.which(tool, path=PATH) is None]
    return f"there is no {', '.join(absent)} (apt-get install slurm-wlm munge)" if absent else None


PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"


class Slurm:
    """Started by `with Slurm() as slurm`; programs with `slurm.environment` are its users."""

    def __init__(self, processors=4):
        self.folder = Path(tempfile.mkdtemp(prefix="attune-slurm-"))
        # The tools are another user's to munged, which asks that the way to its socket be open.
        self.folder.chmod(0o755)
        self.processors = processors
        self.environment = {**os.environ, "PATH": PATH, "SLURM_CONF": str(self.folder / "slurm.conf")}

    def _configure(self):
        host = socket.gethostname().split(".")[0]
        for name in ("state", "spool", "munge"):
            (self.folder / name).mkdir(mode=0o755)
        key = self.folder / "munge/key"
        key.write_bytes(secrets.token_bytes(128))
        key.chmod(0o600)
        (self.folder / "slurm.conf").write_text(f"""\
ClusterName=attune
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={free_port()}
SlurmdPort={free_port()}
SlurmUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket={self.folder}/munge/socket
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_min_interval=100000,batch_sched_delay=0
KillWait=10
SlurmctldPidFile={self.folder}/slurmctld.pid
SlurmdPidFile={self.folder}/slurmd.pid
StateSaveLocation={self.folder}/state
SlurmdSpoolDir={self.folder}/spool
NodeName={host} NodeAddr=127.0.0.1 CPUs={self.processors} State=UNKNOWN
PartitionName=cpu Nodes=ALL Default=YES MaxTime=INFINITE State=UP
""")

    def _daemon(self, *command):
        log = self.folder / f"{command[0]}.log"
        return self.warden.start([shutil.which(command[0], path=PATH), *command[1:]], log, env=self.environment, cwd=str(self.folder))

    def run(self, *command):
        """What a tool answers."""
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(f"{command}: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def queue(self):
        """Its jobs by `job_task`, with their states; those that have ended are not among them."""
        lines = self.run("squeue", "--array", "--noheader", "--format=%i %T").splitlines()
        return dict(line.split() for line in lines)

    def _wait(self, what, *command, until):
        limit = time.monotonic() + 60
        while True:
            try:
                answer = self.run(*command)
            except RuntimeError as error:
                answer = str(error)
            if until(answer):
                return
            if time.monotonic() > limit:
                logs = "".join(f"\n== {f.name}\n{f.read_text()[-2000:]}" for f in self.folder.glob("*.log"))
                raise RuntimeError(f"{what} does not come up: {answer}{logs}")
            time.sleep(0.1)

    def __enter__(self):
        self.warden = Warden()
        try:
            self._configure()
            munge = self.folder / "munge"
            self._daemon(
                "munged", "--foreground", f"--socket={munge}/socket", f"--key-file={munge}/key", f"--pid-file={munge}/pid",
                f"--log-file={munge}/log", f"--seed-file={munge}/seed")
            self._wait("munged", "munge", "--no-input", f"--socket={munge}/socket", until=lambda a: a.startswith("MUNGE:"))
            self._daemon("slurmctld", "-D", "-c")
            self._wait("slurmctld", "scontrol", "ping", until=lambda a: "is UP" in a)
            self._daemon("slurmd", "-D")
            self._wait("slurmd", "sinfo", "--noheader", "--format=%t", until=lambda a: a == "idle")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.warden.close()
        shutil.rmtree(self.folder, ignore_errors=True)
