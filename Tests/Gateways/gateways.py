"""The real gateways, started with the configurations of Examples/gateways on free loopback ports."""

import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from support.server import PROJECT, free_port, wait_until

EXAMPLES = PROJECT / "Examples" / "gateways"
START_LIMIT = 20.0  # seconds; Envoy takes one, but the machine may be busy
STOP_LIMIT = 10.0


def wheel_binary(name: str) -> str:
    """A program that a Python package brought."""
    return str(Path(sys.executable).parent / name)


def nginx(folder: Path) -> list[str]:
    """As Debian's nginx.conf does it: the example is one of the files that it includes.

    The user counts where the tests run as root: it must be one who may write into their folder.
    """
    (folder / "nginx.conf").write_text(
        "user root; daemon off; worker_processes 1; pid nginx.pid; error_log error.log;\n"
        "events { worker_connections 256; }\n"
        "http { access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;\n"
        "uwsgi_temp_path uwsgi; scgi_temp_path scgi; include latchkey.conf; }\n"
    )
    return ["/usr/sbin/nginx", "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]


def caddy(_: Path) -> list[str]:
    return [wheel_binary("caddy"), "run", "--config", "Caddyfile", "--adapter", "caddyfile"]


def traefik(_: Path) -> list[str]:
    return [wheel_binary("traefik"), "--configFile=traefik.yml"]


def envoy(_: Path) -> list[str]:
    # The program itself, not the script of that name, which would stand between us and the process to stop.
    import envoy as package

    binary = Path(package.__file__).parent / "_bin" / "envoy"
    return [str(binary), "-c", "envoy.yaml", "--disable-hot-restart", "--concurrency", "1", "--log-level", "warn"]


def haproxy(_: Path) -> list[str]:
    return ["/usr/sbin/haproxy", "-db", "-f", "haproxy.cfg"]


COMMANDS = {"nginx": nginx, "caddy": caddy, "traefik": traefik, "envoy": envoy, "haproxy": haproxy}
NAMES = list(COMMANDS)


@dataclass
class Process:
    """A program that listens on a port of its own, with its files in a folder of its own."""

    READY = 200  # what it answers to a request without a key, once it can work

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, command: list[str]) -> None:
        with (self.folder / "output.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={"HOME": str(self.folder), "PATH": "/usr/bin:/bin"},
            )  # fmt: skip
        wait_until(self.answers, START_LIMIT, f"{command[0]} answers")

    def answers(self) -> bool:
        if self.process.poll() is not None:
            log = (self.folder / "output.log").read_text()
            raise AssertionError(f"{self.process.args} ended with {self.process.returncode}:\n{log}")
        try:
            return httpx.get(self.url, timeout=5).status_code == self.READY
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Upstream(Process):
    """The service behind the gateways, which answers with what it saw."""

    def start(self) -> "Upstream":
        self.folder.mkdir(parents=True, exist_ok=True)
        self.run([sys.executable, str(EXAMPLES / "upstream" / "upstream.py"), str(self.port)])
        return self


class Gateway(Process):
    """One gateway between clients and an upstream, which asks the Latchkey at `latchkey_port`."""

    READY = 401

    def start(self, name: str, latchkey_port: int, upstream_port: int, edit=lambda text: text) -> "Gateway":
        """Starts it with its example's files, each after `edit`."""
        self.name = name
        shutil.copytree(EXAMPLES / name, self.folder)
        # The ports of the examples are numbers that stand there for nothing else.
        ports = {"8000": self.port, "8001": free_port(), "8080": latchkey_port, "9000": upstream_port}
        for file in self.folder.iterdir():
            text = re.sub(r"\b(8000|8001|8080|9000)\b", lambda found: str(ports[found[0]]), file.read_text())
            file.write_text(edit(text))
        self.run(COMMANDS[name](self.folder))
        return self
