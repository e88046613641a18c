"""One `latchkey serve` as a process: in a namespace of its own, under a wall clock that can be set."""

import http.client
import os
import re
import signal
import subprocess
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from support.server import FAKETIME, wait_until

from .wire import Wire

START_LIMIT = 60.0  # seconds; a start takes well under one where the database answers
STOP_LIMIT = 12.0  # seconds; the server promises ten


@dataclass
class Node:
    name: str
    address: str
    port: int
    database: str
    binary: Path
    folder: Path
    # None: the machine's own.
    namespace: str | None = None
    options: list[str] = field(default_factory=list)
    # What a test takes out: LATCHKEY_FAULT. Debug builds know it.
    fault_injection: str = ""
    clock: bool = False
    process: subprocess.Popen | None = None
    # What the fast lane of processes that were killed had answered when they were last asked.
    lane_answers_before: int = 0

    @property
    def wire(self) -> Wire:
        return Wire(self.name, self.address, self.port)

    @property
    def _clock_file(self) -> Path:
        return self.folder / "clock"

    def launch(self) -> None:
        """Starts the process and does not wait for it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command = ["ip", "netns", "exec", self.namespace] if self.namespace else []
        # The second `env` takes the first load of libfaketime, which moves the environment about, and Swift finds its
        # arguments by where the environment lies.
        command += ["env", *self._environment(), "env", self.binary, "serve", "--host", self.address]
        command += ["--port", str(self.port), "--database", self.database, "--log-level", "notice", *self.options]
        if self.clock:
            self.set_clock("+0")
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log)

    def _environment(self) -> list[str]:
        settings = [f"LATCHKEY_FAULT={self.fault_injection}"] if self.fault_injection else []
        if self.clock:
            # CLOCK_MONOTONIC and CLOCK_BOOTTIME stay as they are: no administrator can set those.
            settings += [
                f"LD_PRELOAD={FAKETIME}", f"FAKETIME_TIMESTAMP_FILE={self._clock_file}",
                "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_CACHE_DURATION=1",
            ]  # fmt: skip
        return settings

    def start(self) -> None:
        self.launch()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        wait_until(self.is_ready, START_LIMIT, f"{self.name} is ready (its log is {self.folder / 'log'})")

    def is_ready(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.name} ended with {self.process.returncode}: {self.last_words()}")
        connection = http.client.HTTPConnection(self.address, self.port, timeout=2)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def revision(self) -> int | None:
        """How far it has come, whether it may say so to those who verify or not."""
        return self._metric("latchkey_index_revision")

    def lane_answers(self) -> int:
        """How many answers the fast lane gave, at least: a process that was killed gave more after it was asked."""
        return self.lane_answers_before + (self._metric("latchkey_fast_lane_answers_total") or 0)

    def _metric(self, name: str) -> int | None:
        with urllib.request.urlopen(f"http://{self.address}:{self.port}/metrics", timeout=5) as answer:
            found = re.search(rf"^{name} (\d+)".encode(), answer.read(), re.MULTILINE)
        return int(found[1]) if found else None

    def last_words(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-2000:]

    def set_clock(self, offset: str) -> None:
        """Sets the wall clock, such as `+1d` or `-1d` off the true one. Takes hold within a second."""
        made = self._clock_file.with_suffix(".new")
        made.write_text(offset + "\n")
        made.replace(self._clock_file)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def pause(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """Asks it to stop, and ends it where it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.resume()
        self.process.terminate()
        try:
            self.process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self.kill()

    def processor_seconds(self) -> float:
        """What the process has used of the processors since its start."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
