"""HTTP clients: one that behaves as a browser of ours, and one that only holds a key."""

import itertools
import os
from datetime import datetime

import httpx

from support.server import Server

PASSWORD = "Correct-Horse-7-Battery"

_numbers = itertools.count(1)


def unique(word: str) -> str:
    """A word that no other test of this run uses, in this worker or another."""
    return f"{word}-{os.getpid()}-{next(_numbers)}"


class Browser(httpx.Client):
    """A signed-out browser on our own pages: keeps cookies, and says that its requests are same-origin."""

    def __init__(self, server: Server, address: str = "127.0.0.1"):
        super().__init__(
            base_url=server.url,
            transport=httpx.HTTPTransport(local_address=address, verify=server.trust),
            headers={"Sec-Fetch-Site": "same-origin"},
            timeout=30,
        )
        self.server = server
        self.email = ""
        self.password = ""

    def register(self, **members) -> dict:
        """Registers a person of their own, unless told otherwise, and stays signed in."""
        body = {
            "name": "Irina Volkova",
            "email": f"{unique('irina')}@example.com",
            "password": PASSWORD,
            "company": "Northern Lights",
        } | members
        response = self.post("/v1/accounts", json=body)
        assert response.status_code == 201, response.text
        self.email, self.password = body["email"], body["password"]
        return response.json()

    def log_in(self, email: str, password: str) -> httpx.Response:
        return self.post("/v1/session", json={"email": email, "password": password})

    def create_key(self, name: str | None = None, **members) -> dict:
        response = self.post("/v1/keys", json={"name": name or unique("key")} | members)
        assert response.status_code == 201, response.text
        return response.json()

    def key(self, key_id: str) -> dict:
        response = self.get(f"/v1/keys/{key_id}")
        assert response.status_code == 200, response.text
        return response.json()


def verify(server: Server, key: str, permission: str | None = None, **options) -> httpx.Response:
    """Asks whether a key opens something, as a gateway does."""
    parameters = {"permission": permission} if permission else None
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.get(server.url + "/v1/verify", params=parameters, headers=headers, timeout=30, **options)


def refusal(response: httpx.Response) -> str:
    """The code of a refused key."""
    assert response.status_code in (401, 403), response.text
    return response.json()["code"]


def assert_problem(response: httpx.Response, status: int, code: str, field: str | None = None) -> dict:
    """Checks a problem document (RFC 9457) of ours, and returns it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"].split(";")[0] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["code"] == code, problem
    for member in ("type", "title", "detail"):
        assert isinstance(problem[member], str) and problem[member], member
    if field:
        assert field in [error["field"] for error in problem["errors"]], problem
    return problem


def moment(text: str) -> datetime:
    """A time as the API writes it: RFC 3339, in UTC."""
    assert text.endswith("Z"), text
    return datetime.fromisoformat(text)
