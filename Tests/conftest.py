"""The servers of the black-box suites. One is shared where its state does not matter; others are a test's own."""

import pytest

from support.client import Browser
from support.server import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A server that all tests of a worker share. Use people and keys of your own on it."""
    with Server(tmp_path_factory.mktemp("shared")) as running:
        yield running


@pytest.fixture
def new_server(tmp_path):
    """Makes servers of the test's own: `new_server()`, or `new_server("--registration", "closed")`."""
    running = []

    def start(*options, folder=None, **settings) -> Server:
        made = Server(folder or tmp_path / f"server-{len(running)}", *options, **settings)
        running.append(made)
        return made.start()

    yield start
    for made in running:
        made.kill()


@pytest.fixture
def visitor(server):
    """A signed-out browser on the shared server."""
    with Browser(server) as browser:
        yield browser


@pytest.fixture
def member(server):
    """A new administrator, signed in to the shared server."""
    with Browser(server) as browser:
        browser.register()
        yield browser
