"""Each gateway is started once a worker, before the shared server; what breaks things starts its own."""

import pytest
from gateways import NAMES, Gateway, Upstream

from support.client import Browser


@pytest.fixture(scope="session")
def upstream(tmp_path_factory):
    running = Upstream(tmp_path_factory.mktemp("upstream")).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def owner(server):
    """An administrator on the shared server, whose keys the tests use."""
    with Browser(server) as browser:
        browser.register()
        yield browser


@pytest.fixture(scope="session")
def shared_gateways(server, upstream, tmp_path_factory):
    running = {}

    def start(name: str) -> Gateway:
        if name not in running:
            folder = tmp_path_factory.mktemp(name) / name
            running[name] = Gateway(folder)
            running[name].start(name, server.port, upstream.port)
        return running[name]

    yield start
    for gateway in running.values():
        gateway.stop()


@pytest.fixture(params=NAMES)
def gateway(request, shared_gateways):
    """Every gateway in turn, before the shared server."""
    return shared_gateways(request.param)


@pytest.fixture(params=NAMES)
def new_gateway(request, upstream, tmp_path):
    """Starts every gateway in turn before a server of the test's own: `new_gateway(server.port)`."""
    running = []

    def start(latchkey_port: int) -> Gateway:
        running.append(Gateway(tmp_path / f"{request.param}-{len(running)}"))
        return running[-1].start(request.param, latchkey_port, upstream.port)

    yield start
    for gateway in running:
        gateway.stop()


@pytest.fixture(scope="session")
def reader(owner):
    """A key that may read devices, and nothing else."""
    return owner.create_key(permissions=["devices:read"])
