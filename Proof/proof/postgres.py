"""A primary and its synchronous standby, each a real PostgreSQL on an address of its own."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from .network import Network, run

PORT = 5432
NAME, USER, PASSWORD = "latchkey", "latchkey", "proof"
START_LIMIT = 30.0  # seconds; recovery after `kill -9` takes about one
# For 30 nodes with their pools.
MAXIMUM_CONNECTIONS = 500


def programs() -> Path:
    """Where Debian keeps the server's programs, the newest version's first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise FileNotFoundError("PostgreSQL is not installed: run Scripts/install-packages test")
    return found[-1].parent


def wait_for(condition, limit: float, what: str, interval: float = 0.02):
    deadline = time.monotonic() + limit
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {limit} s: {what}")
        time.sleep(interval)
    return value


class Postgres:
    """One server process on one data folder."""

    SETTINGS = {
        "port": PORT,
        "max_connections": MAXIMUM_CONNECTIONS,
        "unix_socket_directories": "",
        "wal_keep_size": "256MB",
        # Quick to notice that the other one is back.
        "wal_retrieve_retry_interval": "200ms",
        "wal_receiver_status_interval": "1s",
        "shared_buffers": "64MB",
        "recovery_init_sync_method": "syncfs",
        "hot_standby": "on",
        "log_line_prefix": "%m [%p] %u@%h ",
    }

    def __init__(self, name: str, address: str, folder: Path):
        self.name, self.address = name, address
        self.data = folder / name
        self.log = folder / f"{name}.log"
        self.process: subprocess.Popen | None = None

    def make(self, network: str) -> None:
        self._as_postgres(
            "initdb", "--pgdata", str(self.data), "--username=postgres", "--auth=trust", "--encoding=UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        with (self.data / "pg_hba.conf").open("a") as file:
            file.write(f"host all {USER} {network} scram-sha-256\n")
            file.write(f"host all postgres {network} trust\nhost replication postgres {network} trust\n")

    def follow(self, primary: "Postgres") -> None:
        """Becomes a copy of the primary, to be started as its standby."""
        shutil.rmtree(self.data, ignore_errors=True)
        self._as_postgres(
            "pg_basebackup", "--host", primary.address, "--port", str(PORT), "--username=postgres", "--pgdata",
            str(self.data), "--checkpoint=fast", "--wal-method=stream", "--write-recovery-conf", "--no-sync",
        )  # fmt: skip

    def start(self) -> None:
        command = [programs() / "postgres", "-D", self.data]
        # A standby presents itself to its primary by the name of its cluster.
        for name, value in {"listen_addresses": self.address, "cluster_name": self.name, **self.SETTINGS}.items():
            command += ["-c", f"{name}={value}"]

        def answers() -> bool:
            # Right after `kill -9` the old processes may still hold the shared memory: then once more.
            if self.process is None or self.process.poll() is not None:
                with self.log.open("ab") as log:
                    self.process = subprocess.Popen(as_postgres(*command), stdout=log, stderr=log, cwd="/")
            return self.query("SELECT 1", check=False) == "1"

        self.process = None
        wait_for(answers, START_LIMIT, f"{self.name} answers (its log is {self.log})", interval=0.1)

    def query(self, text: str, check: bool = True, database: str = "postgres") -> str:
        """What a superuser reads, unaligned, without header."""
        return run(*self._psql(database), "-c", text, check=check).strip()

    def session(self, text: str, database: str = NAME) -> subprocess.Popen:
        """A session that has run the text and stays open until its input is closed."""
        held = subprocess.Popen(
            self._psql(database), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        held.stdin.write(text + "\n\\echo ready\n")
        held.stdin.flush()
        for line in held.stdout:
            if line.strip() == "ready":
                return held
        raise RuntimeError(f"a session on {self.name} ended: {text}")

    def kill(self) -> None:
        """`kill -9` of the server and of each of its processes: none lives on to answer for it."""
        if self.process is None:
            return
        children = self._children()
        self.process.kill()
        signal_all(children, signal.SIGKILL)
        self.process.wait()

    def _children(self) -> list[int]:
        return [int(pid) for pid in run("pgrep", "-P", str(self.process.pid), check=False).split()]

    def _psql(self, database: str) -> list[str]:
        options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        where = f"host={self.address} port={PORT} user=postgres dbname={database} connect_timeout=2"
        return ["psql", *options, where]

    def _as_postgres(self, program: str, *arguments: str) -> None:
        run(*map(str, as_postgres(programs() / program, *arguments)))


def signal_all(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


def as_postgres(*command) -> list:
    """The server refuses to run as root."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]


class Pair:
    """A primary and a synchronous standby; either can be either."""

    def __init__(self, network: Network, folder: Path):
        self.folder = folder / "postgres"
        self.folder.mkdir(mode=0o755)
        shutil.chown(self.folder, "postgres", "postgres")
        self.network = f"{network.address(0)}/24"
        self.primary = Postgres("database-1", network.add_address(11), self.folder)
        self.standby = Postgres("database-2", network.add_address(12), self.folder)
        self.addresses = [self.primary.address, self.standby.address]

    @property
    def url(self) -> str:
        hosts = ",".join(f"{address}:{PORT}" for address in self.addresses)
        return f"postgres://{USER}:{PASSWORD}@{hosts}/{NAME}?target_session_attrs=read-write"

    def start(self) -> None:
        self.primary.make(self.network)
        self.primary.start()
        self.primary.query(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")
        self.primary.query(f"CREATE DATABASE {NAME} OWNER {USER}")
        # From here on no commit is answered before the standby has it; the copy has the setting too. By name: `*` would
        # take the pg_basebackup of a standby in the making for one.
        names = f'"{self.primary.name}", "{self.standby.name}"'
        self.primary.query(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
        self.primary.query("SELECT pg_reload_conf()")
        self.attach_standby()

    def attach_standby(self) -> None:
        self.standby.follow(self.primary)
        self.standby.start()
        self.wait_until_synchronous()

    def wait_until_synchronous(self) -> None:
        state = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync' AND state = 'streaming'"
        wait_for(lambda: self.primary.query(state) == "1", START_LIMIT, "the standby is synchronous")

    def fail_over(self) -> None:
        """The primary dies for good, the standby takes its place, and a new standby is made of the dead one."""
        self.primary.kill()
        self.promote()
        self.attach_standby()

    def promote(self) -> None:
        self.primary, self.standby = self.standby, self.primary
        self.primary.query("SELECT pg_promote()")

    def stop(self) -> None:
        for server in (self.primary, self.standby):
            server.kill()
