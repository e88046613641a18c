"""What was acknowledged holds, whenever the process dies."""

import random
import sqlite3
import threading

import httpx
import pytest

from support.client import PASSWORD, refusal, unique
from support.server import Server

ROUNDS = 200
WRITERS = 3


class Ledger:
    """What the server acknowledged before it died, and what it was asked without an answer."""

    def __init__(self):
        self.live: dict[str, str] = {}
        self.deleted: dict[str, str] = {}
        self.doubtful: set[str] = set()


def write_until_it_dies(server: Server, cookie: str, ledger: Ledger, started: threading.Event) -> None:
    """Creates keys and deletes every other one, and notes each acknowledged write."""
    headers = {"Cookie": f"latchkey={cookie}", "Sec-Fetch-Site": "same-origin"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=10) as client:
        try:
            for turn in range(1000):
                response = client.post("/v1/keys", json={"name": unique(f"t{threading.get_ident()}")})
                assert response.status_code == 201, response.text
                created = response.json()
                ledger.live[created["id"]] = created["key"]
                started.set()
                if turn % 2:
                    ledger.doubtful.add(created["id"])
                    assert client.delete(f"/v1/keys/{created['id']}").status_code == 200
                    ledger.deleted[created["id"]] = ledger.live.pop(created["id"])
                    ledger.doubtful.discard(created["id"])
        except httpx.TransportError:
            pass  # the server was killed, as planned


def one_round(server: Server, cookie: str, ledger: Ledger, delay: float) -> None:
    started = threading.Event()
    writers = [
        threading.Thread(target=write_until_it_dies, args=(server, cookie, ledger, started)) for _ in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    assert started.wait(10)
    threading.Event().wait(delay)
    server.kill()
    for writer in writers:
        writer.join(20)
        assert not writer.is_alive()


def assert_kept(server: Server, ledger: Ledger) -> None:
    with httpx.Client(base_url=server.url, timeout=10) as gateway:

        def ask(key: str) -> httpx.Response:
            return gateway.get("/v1/verify", headers={"X-API-Key": key})

        for key in ledger.deleted.values():
            assert refusal(ask(key)) == "deleted"
        for key_id, key in ledger.live.items():
            response = ask(key)
            accepted = response.status_code == 200
            assert accepted or (key_id in ledger.doubtful and refusal(response) == "deleted"), response.text


@pytest.mark.timeout(900)
def test_acknowledged_writes_survive_kill_9(tmp_path):
    """A moment of dying is chosen by chance, with a fixed seed, in each of the rounds."""
    chance = random.Random(20261122)
    server = Server(tmp_path / "crash")
    with server:
        body = {"name": "Irina", "email": "irina@example.com", "password": PASSWORD, "company": "Acme"}
        cookie = httpx.post(server.url + "/v1/accounts", json=body).cookies["latchkey"]
        written = 0
        for _ in range(ROUNDS):
            ledger = Ledger()
            one_round(server, cookie, ledger, delay=chance.uniform(0, 0.05))
            written += len(ledger.live) + 2 * len(ledger.deleted)
            server.start()
            assert_kept(server, ledger)
        assert written > ROUNDS * 2, "the rounds were too short to prove anything"
        server.stop()
    with sqlite3.connect(server.database) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
