"""Two databases and a network for each worker of the suite, and three new nodes for each test."""

import pytest
from proof.cluster import Cluster

from support.server import BINARY


@pytest.fixture(scope="session")
def databases():
    """What takes long to start, for all tests of a worker."""
    with Cluster(BINARY, nodes=0) as running:
        running.count = 3
        yield running


@pytest.fixture
def cluster(databases):
    databases.restart_nodes(clocks=True, binary=BINARY)
    yield databases
    databases.stop_nodes()
