"""Everything that a proof runs on, started together and stopped whatever happens."""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from .network import Network
from .nodes import Node
from .postgres import Pair

LEASE = 2.0  # seconds, as it is by default
POLL_INTERVAL = 1.0
NODE_PORT = 8080
FIRST_NODE = 101  # the last number of the first node's address
FIRST_PROCESS_PORT = 9001


class Cluster:
    """A network, a pair of databases, and nodes in namespaces of their own.

    With `fault_injection`, the nodes leave out a part of the protocol. With `clocks`, their wall clocks can be set.
    """

    def __init__(self, binary: Path, nodes: int = 3, fault_injection: str = "", clocks: bool = False):
        self.binary = binary
        self.count = nodes
        self.fault_injection = fault_injection
        self.clocks = clocks
        self.nodes: list[Node] = []
        self._stack = ExitStack()

    def __enter__(self) -> "Cluster":
        if not self.binary.is_file():
            raise FileNotFoundError(f"there is no binary at {self.binary}: build it first")
        try:
            self.folder = Path(tempfile.mkdtemp(prefix="latchkey-proof-"))
            self._stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
            self.network = Network()
            self._stack.callback(self.network.close)
            self.network.open()
            self.databases = Pair(self.network)
            self._stack.callback(self.databases.stop)
            self.databases.start()
            self._stack.callback(self.stop_nodes)
            self.start_nodes()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_) -> None:
        self._stack.close()

    def start_nodes(self) -> None:
        for number in range(self.count):
            host = FIRST_NODE + number
            node = self.node(f"n{number + 1}", self.network.address(host), NODE_PORT)
            node.namespace = f"{self.network.bridge}-{host}"
            if node.namespace not in self.network.namespaces:
                self.network.add_namespace(host)
            node.clock = self.clocks
            self.nodes.append(node)
            node.launch()
        self.wait_until_ready()

    def start_processes(self, count: int) -> None:
        """Nodes that share this machine's network, each on a port of its own."""
        for number in range(count):
            node = self.node(f"p{number + 1}", self.network.address(1), FIRST_PROCESS_PORT + number)
            self.nodes.append(node)
            node.launch()
        self.wait_until_ready()

    def restart_nodes(self, fault_injection: str = "", clocks: bool = False, binary: Path | None = None) -> None:
        """The same nodes, started anew in another way."""
        self.stop_nodes()
        self.fault_injection, self.clocks, self.binary = fault_injection, clocks, binary or self.binary
        self.start_nodes()

    def node(self, name: str, address: str, port: int) -> Node:
        options = ["--lease", f"{LEASE:g}s", "--poll-interval", f"{POLL_INTERVAL:g}s"]
        return Node(
            name, address, port, self.databases.url, self.binary, self.folder / name, options=options,
            fault_injection=self.fault_injection,
        )  # fmt: skip

    def wait_until_ready(self) -> None:
        for node in self.nodes:
            node.wait_until_ready()

    def stop_nodes(self) -> None:
        for node in self.nodes:
            if node.process and node.process.poll() is None:
                node.resume()
                node.process.terminate()
        for node in self.nodes:
            node.stop()
        self.nodes = []
