"""A cluster for the suite's worker: two databases, a network, three nodes."""

import pytest
from proof.cluster import Cluster

from support.server import BINARY


@pytest.fixture
def cluster():
    with Cluster(BINARY, clocks=True) as running:
        yield running
