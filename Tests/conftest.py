"""The servers of the black-box suites. One is shared where its state does not matter; others are a test's own."""

import pytest

from support.client import Browser
from support.postgres import TELLTALE, Postgres
from support.server import Server


def pytest_addoption(parser):
    parser.addoption(
        "--engine", choices=("sqlite", "postgres"), default="sqlite", help="what the servers keep their data in"
    )


# What the engine may have a say in. The rest would only be said twice.
ON_BOTH_ENGINES = {
    "test_accounts", "test_audit_export", "test_audit_log", "test_company_keys", "test_discussions", "test_introspect",
    "test_invitations", "test_key_expiry", "test_key_list", "test_key_names", "test_keys", "test_people_pages",
    "test_refusals", "test_roles", "test_sessions", "test_verify",
}  # fmt: skip


def pytest_collection_modifyitems(config, items):
    """On another engine, those tests that it has a say in, but for those that look into the SQLite file."""
    if config.getoption("--engine") == "sqlite":
        return
    beside = [
        item for item in items if item.path.stem not in ON_BOTH_ENGINES or item.get_closest_marker("sqlite")
    ]
    config.hook.pytest_deselected(items=beside)
    items[:] = [item for item in items if item not in beside]


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server that all tests of a worker share. Use a database of your own on it."""
    with Postgres() as running:
        yield running


@pytest.fixture
def own_postgres():
    """A server that the test may stop."""
    with Postgres() as running:
        yield running


@pytest.fixture(scope="session")
def database_of(request):
    """The URL of the database that belongs to a folder: the same again for a server that is started anew in it."""
    if request.config.getoption("--engine") == "sqlite":
        return lambda _: None
    postgres = request.getfixturevalue("postgres")
    urls = {}

    def url(folder) -> str:
        if folder not in urls:
            urls[folder] = postgres.new_url()
        return urls[folder]

    return url


@pytest.fixture(scope="session")
def server(tmp_path_factory, database_of):
    """A server that all tests of a worker share. Use people and keys of your own on it."""
    folder = tmp_path_factory.mktemp("shared")
    with Server(folder, database_url=database_of(folder)) as running:
        yield running
    assert_discreet([running])


@pytest.fixture
def new_server(tmp_path, database_of):
    """Makes servers of the test's own: `new_server()`, or `new_server("--registration", "closed")`."""
    running = []

    def start(*options, folder=None, **settings) -> Server:
        folder = folder or tmp_path / f"server-{len(running)}"
        made = Server(folder, *options, **{"database_url": database_of(folder)} | settings)
        running.append(made)
        return made.start()

    yield start
    for made in running:
        made.kill()
    assert_discreet(running)


@pytest.fixture
def new_nodes(tmp_path):
    """Makes nodes on one database: `new_nodes(url, 3)`."""
    running = []

    def start(url: str, count: int = 1, *options) -> list[Server]:
        made = [
            Server(tmp_path / f"node-{len(running) + number}", *options, database_url=url) for number in range(count)
        ]
        running.extend(made)
        return [node.start() for node in made]

    yield start
    for node in running:
        node.kill()
    assert_discreet(running)


def assert_discreet(servers: list[Server]) -> None:
    """No log holds the password of the database."""
    for server in servers:
        assert TELLTALE not in server.log.read_text(), server.log


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
