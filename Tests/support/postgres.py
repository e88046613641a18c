"""A PostgreSQL server of the tests' own: real, at a port and in a folder of its own, gone when they end."""

import contextlib
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from support.server import free_port, wait_until

BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), default=Path("/usr/bin"))
START_LIMIT = 30.0  # seconds; a start takes a tenth of one, recovery one, but the machine may be busy

USER = "keeper"
# With everything in it that a URL must encode: no part of it may ever be read in a log or a message.
PASSWORD = "Tr0ub4dor/&:3@x%"
# What betrays it, encoded or not.
TELLTALE = "Tr0ub4dor"
# For psql and its like, as the server's superuser.
ENVIRONMENT = os.environ | {"PGPASSWORD": PASSWORD, "PGCONNECT_TIMEOUT": "5"}

# The lock under which writers take turns, as `TransactionMode.writersTurn` has it: "latchkey" in ASCII.
WRITERS_TURN = int.from_bytes(b"latchkey")


def as_postgres() -> list[str]:
    """PostgreSQL refuses to be root's."""
    if os.geteuid():
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def private_folder(name: str) -> Path:
    """Not pytest's own: nobody but their user comes through to those."""
    folder = Path(tempfile.mkdtemp(prefix=f"latchkey-{name}-", dir="/tmp"))
    if not os.geteuid():
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


class Daemon:
    """A program that listens at a port, stopped by its pid."""

    def __init__(self, name: str, address: str = "127.0.0.1", port: int | None = None):
        self.name, self.address, self.port = name, address, port or free_port()
        self.folder = private_folder(name)
        self.log = self.folder / "log"
        self.process: subprocess.Popen | None = None

    def launch(self, *command: str | Path) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*as_postgres(), *map(str, command)], cwd=self.folder, stdout=log, stderr=log
            )
        wait_until(self.answers, START_LIMIT, f"{command[0]} answers")

    def answers(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(f"it ended with {self.process.returncode}:\n{self.log.read_text()}")
        command = [BIN / "pg_isready", "--quiet", f"--host={self.address}", f"--port={self.port}"]
        return subprocess.run(command, check=False).returncode == 0

    @property
    def pid(self) -> int:
        return self.process.pid

    def halt(self, how: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(START_LIMIT)

    def remove(self) -> None:
        self.halt(signal.SIGQUIT)
        shutil.rmtree(self.folder)


@dataclass
class Child:
    pid: int

    def has_ended(self) -> bool:
        """Whether nothing is left of it but an entry that nobody has asked for."""
        try:
            return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
        except (FileNotFoundError, ProcessLookupError):
            return True


class Postgres(Daemon):
    """One server. What is committed need not survive a power cut of the test machine, unless `fsync=True`."""

    def __init__(self, *settings: str, fsync: bool = False, name: str = "postgres", **where):
        super().__init__(name, **where)
        # What is said on its command line, ALTER SYSTEM cannot change: `fsync=on`, which is the default, is not said.
        self.settings = settings if fsync else ("fsync=off", *settings)
        self.names = itertools.count(1)
        self.data = self.folder / "data"

    def make(self) -> None:
        """Makes its data folder, empty."""
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        self.run("initdb", f"--username={USER}", "--pwfile=password", "--auth=scram-sha-256", "--encoding=UTF8",
                 "--locale=C.UTF-8", "--no-sync")  # fmt: skip

    def run(self, program: str, *options: str) -> None:
        """Runs one of the programs that make a data folder."""
        command = [*as_postgres(), BIN / program, f"--pgdata={self.data}", *options]
        subprocess.run(command, cwd=self.folder, env=ENVIRONMENT, check=True, capture_output=True)

    def follow(self, primary: "Postgres") -> None:
        """Makes its data folder, as a copy of the primary's: it will start as that one's standby."""
        shutil.rmtree(self.data, ignore_errors=True)
        self.run("pg_basebackup", f"--host={primary.address}", f"--port={primary.port}", f"--username={USER}",
                 "--checkpoint=fast", "--wal-method=stream", "--write-recovery-conf", "--no-sync")  # fmt: skip

    def start(self) -> "Postgres":
        if not self.data.exists():
            self.make()
        settings = [f"listen_addresses={self.address}", "unix_socket_directories=", *self.settings]
        options = [option for setting in settings for option in ("-c", setting)]
        self.launch(BIN / "postgres", "-D", "data", "-p", str(self.port), *options)
        return self

    def stop(self) -> None:
        """As an operator does who does not wait for anybody: connections end."""
        self.halt(signal.SIGINT)

    def kill(self) -> None:
        """`kill -9` of the server and of each of its processes: none lives on to answer for it. A start recovers."""
        children = self.children() if self.process and self.process.poll() is None else []
        self.halt(signal.SIGKILL)
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGKILL)
        # Until then they hold the shared memory, and the next server does not start.
        wait_until(lambda: all(child.has_ended() for child in children), START_LIMIT, "the server's processes ended")

    def children(self) -> list[Child]:
        """Its processes: one a connection, and those that it needs for itself."""
        found = subprocess.run(["pgrep", "--parent", str(self.pid)], capture_output=True, text=True, check=False)
        return [Child(int(line)) for line in found.stdout.split()]

    def new_database(self) -> str:
        """Makes an empty one, and returns its name."""
        name = f"latchkey_{next(self.names)}"
        self.sql(f"CREATE DATABASE {name}", "postgres")
        return name

    def new_url(self) -> str:
        return self.url(self.new_database())

    def url(self, database: str, password: str = PASSWORD, port: int | None = None) -> str:
        return f"postgres://{USER}:{quote(password, safe='')}@127.0.0.1:{port or self.port}/{database}"

    def sql(self, statement: str, database: str = "postgres", check: bool = True) -> str:
        """What a statement returns, as psql prints it: columns with | between."""
        result = subprocess.run(
            [*self.psql(database), "--command", statement], env=ENVIRONMENT, capture_output=True, text=True,
            timeout=30, check=False,
        )  # fmt: skip
        assert result.returncode == 0 or not check, result.stderr
        return result.stdout.strip()

    def psql(self, database: str) -> list[str]:
        return ["psql", "--no-psqlrc", "--no-align", "--tuples-only", "--quiet", "--set=ON_ERROR_STOP=1",
                f"--host={self.address}", f"--port={self.port}", f"--username={USER}",
                f"--dbname={database}"]  # fmt: skip

    def __enter__(self) -> "Postgres":
        return self.start()

    def __exit__(self, *_) -> None:
        self.remove()


class Holding:
    """A session that has done something in a transaction, such as taking a lock, until the `with` ends."""

    def __init__(self, postgres: Postgres, database: str, statement: str):
        self.statement = statement
        self.process = subprocess.Popen(
            postgres.psql(database), env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> "Holding":
        self.process.stdin.write(f"BEGIN;\n{self.statement};\n\\echo held\n")
        self.process.stdin.flush()
        assert "held\n" in self.process.stdout, "the session has ended"
        return self

    def __exit__(self, *_) -> None:
        self.process.communicate("ROLLBACK;\n", timeout=10)


class Bouncer(Daemon):
    """PgBouncer in transaction mode before a server: each transaction of a client may run in another session."""

    def __init__(self, postgres: Postgres):
        super().__init__("pgbouncer")
        self.postgres = postgres
        (self.folder / "users").write_text(f'"{USER}" "{PASSWORD}"\n')
        settings = {
            "listen_addr": "127.0.0.1", "listen_port": self.port, "unix_socket_dir": "", "auth_type": "scram-sha-256",
            "auth_file": "users", "pool_mode": "transaction", "default_pool_size": 4, "max_client_conn": 100,
        }  # fmt: skip
        lines = ["[databases]", f"* = host=127.0.0.1 port={postgres.port}", "[pgbouncer]"]
        lines += [f"{name} = {value}" for name, value in settings.items()]
        (self.folder / "pgbouncer.ini").write_text("\n".join(lines) + "\n")
        for file in self.folder.iterdir():
            file.chmod(0o644)

    def url(self, database: str) -> str:
        return self.postgres.url(database, port=self.port)

    def __enter__(self) -> "Bouncer":
        self.launch("/usr/sbin/pgbouncer", "pgbouncer.ini")
        return self

    def __exit__(self, *_) -> None:
        # It has nothing to lose. What it does on SIGQUIT depends on who started it: in the background, nothing.
        self.halt(signal.SIGKILL)
        self.remove()
