"""Processes on cores of their own, and what the kernel says that they used."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
START_LIMIT = 300.0  # seconds; 10 million keys take a while
STOP_LIMIT = 15.0  # seconds; ours promises ten

SERVER_CORE, LOAD_CORE = "0", "1"
ALL_CORES = f"0-{(os.cpu_count() or 1) - 1}"


class Process:
    """A program with all that it forks, in a session of its own and on the cores that it is given."""

    def __init__(self, command: list, cores: str, log: Path, environment: dict[str, str] | None = None):
        self.log = log
        with log.open("ab") as output:
            self.popen = subprocess.Popen(
                ["taskset", "-c", cores, *map(str, command)], stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                cwd=log.parent, env=os.environ | (environment or {}), start_new_session=True,
            )  # fmt: skip

    def _stats(self) -> list[tuple[int, list[str]]]:
        """Each process of the session with the fields of /proc/PID/stat (proc(5)) that follow its name."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # ended meanwhile
            if int(fields[3]) == self.popen.pid:
                found.append((int(folder.name), fields))
        return found

    @property
    def cpu_seconds(self) -> float:
        """User and system time of all its processes."""
        return sum(int(fields[11]) + int(fields[12]) for _, fields in self._stats()) / TICKS

    def memory(self, line: str) -> int:
        """Bytes: a line of /proc/PID/status such as `VmRSS`, summed over its processes."""
        total = 0
        for pid, _ in self._stats():
            for text in Path(f"/proc/{pid}/status").read_text().splitlines():
                if text.startswith(line + ":"):
                    total += int(text.split()[1]) * 1024
        return total

    def insist_on_life(self) -> None:
        if self.popen.poll() is not None:
            raise RuntimeError(f"{self.popen.args[3]} ended with {self.popen.returncode}:\n{self.log.read_text()}")

    def stop(self) -> None:
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
        try:
            self.popen.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(self.popen.pid, signal.SIGKILL)
            self.popen.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(url: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """The status and the body that one request gets; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=10) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError:
        return 0, b""


def wait_until_it_answers(process: Process, url: str, pause: float = 0.005) -> float:
    """Seconds until a URL answers 200."""
    begin = time.monotonic()
    while ask(url)[0] not in (200, 401):
        process.insist_on_life()
        if time.monotonic() - begin > START_LIMIT:
            raise RuntimeError(f"no answer within {START_LIMIT} s from {url}:\n{process.log.read_text()}")
        time.sleep(pause)
    return time.monotonic() - begin
