"""A PostgreSQL server of the test's own: on loopback, in a temporary folder, gone with the test.

It runs as the user `postgres` where the test runs as root, which the server refuses to be. It ends with the test, also where
that is killed.
"""

import glob
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from warden import Warden


def programs():
    """The folder of `initdb` and `pg_ctl`; None where no server is installed."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda f: float(f.split("/")[4]))
    return Path(folders[-1]) if folders else None


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """Started by `with Server() as server`; `server.url` is a storage of its database `studies`.

    `prefix` stands before the command that starts it, `trusted` are addresses that it lets in beside this machine's own.
    """

    def __init__(self, connections=200, listen="127.0.0.1", password=None, settings=(), prefix=(), trusted=None):
        self.folder = Path(tempfile.mkdtemp(prefix="attune-postgres-"))
        self._prefix, self._trusted = list(prefix), trusted
        self.port = free_port()
        self.password = password
        self._as_root = os.geteuid() == 0
        if self._as_root:
            shutil.chown(self.folder, "postgres", "postgres")
        self._settings = [
            f"port={self.port}", f"listen_addresses={listen}", f"unix_socket_directories={self.folder}",
            f"max_connections={connections}", "shared_buffers=128MB", *settings]
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/studies"

    def _command(self, program, *arguments):
        command = [str(programs() / program), *map(str, arguments)]
        return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command] if self._as_root else command

    def _run(self, program, *arguments, check=True):
        command = self._command(program, *arguments)
        environment = {**os.environ, "PGPASSWORD": self.password or ""}
        done = subprocess.run(
            command, cwd=self.folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL)
        if check and done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stdout}")
        return done.stdout

    @property
    def data(self):
        return self.folder / "data"

    def start(self):
        options = " ".join(f"-c {s}" for s in self._settings)
        command = self._command("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-o", options, "-w", "start")
        if self._warden.run([*self._prefix, *command], self.folder / "start.log", cwd=str(self.folder)) != 0:
            raise RuntimeError("pg_ctl: " + (self.folder / "start.log").read_text() + self._log())

    def stop(self, mode="fast"):
        """`immediate` is a crash: nothing is written that had not been."""
        self._run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def _log(self):
        log = self.folder / "log"
        return log.read_text() if log.exists() else ""

    def restart(self, mode="fast"):
        self.stop(mode)
        self.start()

    def sql(self, statement, database="studies"):
        """What `psql` answers: a line a row, columns by `|`."""
        return self._run(
            "psql", "-h", self.folder, "-p", self.port, "-U", "postgres", "-AtX", "-v", "ON_ERROR_STOP=1", "-d", database,
            "-c", statement).strip()

    def new_database(self, name):
        self.sql(f'CREATE DATABASE "{name}"', database="postgres")
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def __enter__(self):
        authentication = ["-A", "trust"]
        if self.password:
            secret = self.folder / "secret"
            secret.write_text(self.password)
            if self._as_root:
                shutil.chown(secret, "postgres")
            authentication = ["-A", "scram-sha-256", f"--pwfile={secret}"]
        self._warden = Warden()
        try:
            self._run("initdb", "-D", self.data, "-U", "postgres", "-E", "UTF8", "--no-sync", *authentication)
            if self._trusted:
                with open(self.data / "pg_hba.conf", "a") as rules:
                    rules.write(f"host all all {self._trusted} trust\n")
            self.start()
            self.sql("CREATE DATABASE studies", database="postgres")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        try:
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop", check=False)
        finally:
            self._warden.close()
            shutil.rmtree(self.folder, ignore_errors=True)
