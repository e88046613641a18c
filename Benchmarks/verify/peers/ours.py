"""Latchkey itself."""

import subprocess
from pathlib import Path

import seed

from ..keys import EXPIRED_SEED, KeySets
from ..machine import SERVER_CORE, Process, wait_until_it_answers
from .peer import Peer

DATABASE = "latchkey.sqlite"
ROUTES = 200


class Ours(Peer):
    name = "latchkey"
    title = "Latchkey"

    def __init__(self, folder: Path, keys: KeySets, cores: str = SERVER_CORE, workers: int = 1, *, binary: Path):
        super().__init__(folder, keys, cores, workers)
        self.binary = binary
        self.database = folder / DATABASE
        self.seconds_to_ready = 0.0

    def launch(self) -> None:
        if not self.database.exists():
            make_database(self.binary, self.database, self.keys.accepted.count, self.keys.expired.count)
        self.serve()

    def serve(self, *options: str) -> Process:
        process = self.run(
            self.binary, "serve", "--port", self.port, "--database", f"sqlite:{self.database}", "--log-level",
            "warning", *options,
        )  # fmt: skip
        self.seconds_to_ready = wait_until_it_answers(process, self.url + "/readyz")
        return process


class OursAuthorizing(Ours):
    """Asked as nginx asks for a request, with a table of 200 routes of which the wanted one is in the middle."""

    path = "/v1/authorize"

    def headers(self) -> dict[str, str]:
        return {"X-Original-Method": "GET", "X-Original-URI": "/api/devices/wanted/7/screens?page=2"}

    def serve(self, *options: str) -> Process:
        return super().serve("--platform", str(self.platform_file()), *options)

    def platform_file(self) -> Path:
        """The built-in platform with other routes, each as long as the wanted one and beginning alike."""
        shown = subprocess.run([self.binary, "platform", "show"], capture_output=True, text=True, check=True).stdout
        paths = [f"/api/devices/part-{number}/**" for number in range(ROUTES - 1)]
        paths.insert(ROUTES // 2, "/api/devices/wanted/**")
        routes = "".join(f"  - {{method: GET, path: {path}, permission: devices:read}}\n" for path in paths)
        file = self.folder / "platform.yaml"
        file.write_text(without_routes(shown) + "routes:\n" + routes)
        return file


def without_routes(platform: str) -> str:
    """A platform file without its block of routes: it goes from `routes:` to the next line that is not indented."""
    kept, inside = [], False
    for line in platform.splitlines(keepends=True):
        inside = line.startswith("routes:") or inside and (line.startswith((" ", "#", "-")) or not line.strip())
        if not inside:
            kept.append(line)
    return "".join(kept)


def make_database(binary: Path, file: Path, keys: int, expired: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([binary, "migrate", "--database", f"sqlite:{file}"], capture_output=True, check=True)
    seed.fill(file, keys)
    if expired:
        seed.fill(file, expired, seed=EXPIRED_SEED, expired=True)
