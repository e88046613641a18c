"""Requests through a gateway, byte for byte where it matters, and what the upstream saw of them."""

import json
import socket
from dataclasses import dataclass
from http.client import HTTPResponse
from urllib.parse import unquote

LIMIT = 15.0  # seconds; every gateway gives up on a silent Latchkey within it


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def code(self) -> str | None:
        """The code of a refusal in a problem document."""
        return json.loads(self.body)["code"] if self.body.startswith(b"{") else None

    @property
    def seen(self) -> dict | None:
        """What the upstream saw, if the request came to it."""
        return json.loads(self.body) if self.status == 200 else None

    @property
    def identity(self) -> list[list[str]]:
        """Name and value of each identity header that the upstream saw, the names in small letters."""
        return identity(self.seen)


def identity(seen: dict) -> list[list[str]]:
    pairs = [header.split(": ", 1) for header in seen["identity"]]
    return sorted([name.lower(), value] for name, value in pairs)


def ask(
    gateway, key=None, path="/api/devices", method="GET", headers=(), body=b"", address="127.0.0.1"
) -> Answer:
    """One request on a connection of its own, from an address. Header names and the path are sent exactly as given."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{gateway.port}", "Connection: close"]
    lines += [f"Authorization: Bearer {key}"] if key else []
    lines += [f"{name}: {value}" for name, value in headers]
    lines += [f"Content-Length: {len(body)}"] if body else []
    request = "\r\n".join([*lines, "", ""]).encode("latin-1") + body
    with socket.create_connection(("127.0.0.1", gateway.port), LIMIT, (address, 0)) as connection:
        connection.sendall(request)
        response = HTTPResponse(connection, method=method)
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers, response.read())


def identity_of(key: dict, owner, permissions: str) -> list[list[str]]:
    """The identity headers that an upstream is to see: these, once each, and no others; none that is empty."""
    me = owner.get("/v1/me").json()
    values = {
        "x-latchkey-company": me["company"]["id"],
        "x-latchkey-expires": key["expires_at"],
        "x-latchkey-key": key["id"],
        "x-latchkey-permissions": permissions,
        "x-latchkey-user": me["user"]["id"],
    }
    return [[name, value] for name, value in values.items() if value]


def resolved(path: str) -> str:
    """The path as the most obliging of servers would read it."""
    path = path.split("?")[0]
    while (decoded := unquote(path)) != path:
        path = decoded
    parts: list[str] = []
    for part in path.replace("\\", "/").split("/"):
        name = part.split(";")[0].split("\0")[0]
        if name == "..":
            parts = parts[:-1]
        elif name not in ("", "."):
            parts.append(name.lower())
    return "/" + "/".join(parts)
