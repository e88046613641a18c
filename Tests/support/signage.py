"""The example service of Examples/signage as a process, guarded by a Latchkey of the test's choice."""

import os
import subprocess
from pathlib import Path

import httpx

from support.server import BINARY, START_LIMIT, STOP_LIMIT, free_port, wait_until

SIGNAGE = Path(os.environ.get("SIGNAGE_BINARY", BINARY.with_name("signage")))


class Signage:
    """One `signage`, asking the Latchkey at that address."""

    def __init__(self, folder: Path, latchkey_url: str):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "signage.log"
        self.environment = os.environ | {"LATCHKEY_URL": latchkey_url, "PORT": str(self.port)}

    def __enter__(self) -> "Signage":
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([SIGNAGE], env=self.environment, stdout=log, stderr=log)
        try:
            wait_until(self.is_listening, START_LIMIT, "signage listens")
        except BaseException:
            self.process.kill()
            raise
        return self

    def is_listening(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(f"signage ended with {self.process.returncode}:\n{self.log.read_text()}")
        try:
            httpx.get(self.url, timeout=2)
            return True
        except httpx.TransportError:
            return False

    def __exit__(self, *_) -> None:
        self.process.terminate()
        try:
            self.process.wait(STOP_LIMIT)
        finally:
            self.process.kill()

    def ask(self, method: str, path: str, key: str | None = None, **options) -> httpx.Response:
        """Asks as a program with that key does."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx.request(method, self.url + path, headers=headers | options.pop("headers", {}), timeout=30, **options)
