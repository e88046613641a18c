"""The real binary as a process: on a free loopback port, with its data in a folder of its own."""

import itertools
import os
import signal
import socket
import sqlite3
import subprocess
import time
from pathlib import Path

import httpx

PROJECT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("LATCHKEY_BINARY", PROJECT / ".build/debug/latchkey")).resolve()

FAKETIME = "/usr/$LIB/faketime/libfaketime.so.1"  # the loader puts the architecture's folder for $LIB
START_LIMIT = 20.0  # seconds; a start takes well under one, but the machine may be busy
STOP_LIMIT = 10.0  # seconds, as the interface promises for SIGTERM


# Below the ports that the kernel gives to whoever asks for any (ip(7), ip_local_port_range): between our asking and the
# server's binding nobody gets one of these by chance. Each process of the suite begins elsewhere.
PORTS = range(10_000, 32_000)
_ports = itertools.cycle([*PORTS[os.getpid() * 97 % len(PORTS) :], *PORTS[: os.getpid() * 97 % len(PORTS)]])


def free_port() -> int:
    """A port that is free now, and that this process has given to nobody else."""
    for port in itertools.islice(_ports, len(PORTS)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no port is free")


def wait_until(condition, limit: float, what: str, interval: float = 0.01):
    """Returns the condition's value as soon as it is true; fails with `what` after `limit` seconds."""
    deadline = time.monotonic() + limit
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {limit} s: {what}")
        time.sleep(interval)
    return value


class Server:
    """One `latchkey serve`, on an SQLite file of its own unless it is given the URL of another database.

    `clock` moves its wall clock (`+400d`), or stops it (`2026-11-22 12:00:00`), or lets all clocks run faster
    (`+0 x10`).
    """

    # Whose certificate clients trust, as httpx takes it: any that the system trusts.
    trust = True

    def __init__(
        self,
        folder: Path,
        *options: str,
        binary: Path = BINARY,
        clock: str | None = None,
        database_url: str | None = None,
    ):
        self.folder = folder
        self.options = options
        self.binary = binary
        self.clock = clock
        self.database = folder / "data" / "latchkey.sqlite"
        self.database_url = database_url or f"sqlite:{self.database}"
        self.port = free_port()
        self.log = folder / "server.log"
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        return self.process.pid

    def start(self) -> "Server":
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [self.binary, "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        command += ["--database", self.database_url, *self.options]
        environment = dict(os.environ)
        if self.clock:
            # Not by the command `faketime`, which would stand between us and the process that we must stop. `env`
            # becomes that process: it takes the first load of the library, which moves the environment about, and
            # Swift finds its arguments by where the environment lies.
            command = ["env", *command]
            only_wall = "0" if " x" in self.clock else "1"
            environment |= {"LD_PRELOAD": FAKETIME, "FAKETIME": self.clock, "FAKETIME_DONT_FAKE_MONOTONIC": only_wall}
            environment["TZ"] = "UTC"  # in which the library reads a clock that stands
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)
        wait_until(self.is_ready, START_LIMIT, "the server is ready")
        return self

    def is_ready(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.log.read_text()}")
        try:
            return httpx.get(self.url + "/readyz", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def stop(self) -> int:
        """Asks the server to stop, and answers its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the server did not stop within {STOP_LIMIT} s of SIGTERM") from None

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def cli(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess:
        """Runs another command of the binary on this server's database."""
        return run_cli(*arguments, "--database", self.database_url, stdin=stdin, folder=self.folder)

    def sql(self, statement: str) -> None:
        """Changes the database beside the server, in SQL that both engines understand."""
        if self.database_url.startswith("sqlite:"):
            with sqlite3.connect(self.database, timeout=30) as database:
                database.execute(statement)
        else:
            command = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", self.database_url]
            subprocess.run(command, input=statement, text=True, check=True)

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_) -> None:
        self.kill()


def run_cli(*arguments: str, stdin: str = "", folder: Path | None = None) -> subprocess.CompletedProcess:
    """Runs the binary and returns its status, output and errors as text."""
    return subprocess.run(
        [BINARY, *arguments], input=stdin, cwd=folder, capture_output=True, text=True, timeout=30, check=False
    )
