"""A bridge with a namespace for each node, so that one node alone can be cut off from the database."""

import os
import subprocess

# 10.213.N.0/24 for the first N whose bridge is free: several proofs may run on one machine.
NUMBERS = range(1, 255)


def run(*command: str, check: bool = True) -> str:
    """Runs a short command; its output, or an error that holds what it said."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


class Network:
    """The proof's own network: databases have addresses of the bridge, nodes live behind it."""

    def __init__(self):
        self.number = 0
        self.namespaces: list[str] = []

    @property
    def bridge(self) -> str:
        return f"lkp{self.number}"

    def address(self, host: int) -> str:
        return f"10.213.{self.number}.{host}"

    def open(self) -> "Network":
        if os.geteuid() != 0:
            raise PermissionError("the proof makes network namespaces and cuts them off with iptables: run it as root")
        for self.number in NUMBERS:
            add = ["ip", "link", "add", self.bridge, "type", "bridge"]
            if subprocess.run(add, stderr=subprocess.DEVNULL).returncode == 0:
                break
        else:
            self.number = 0
            raise RuntimeError("no bridge can be made for the proof: the kernel or this container does not allow it")
        run("ip", "link", "set", self.bridge, "up")
        self.add_address(1)
        return self

    def add_address(self, host: int) -> str:
        run("ip", "address", "add", f"{self.address(host)}/24", "dev", self.bridge)
        return self.address(host)

    def add_namespace(self, host: int) -> str:
        """A namespace with one address, and the bridge as its only neighbour."""
        name, outer = f"{self.bridge}-{host}", f"{self.bridge}v{host}"
        # The bridge is ours alone: what bears its number is left over from a proof that was killed.
        run("ip", "link", "delete", outer, check=False)
        run("ip", "netns", "delete", name, check=False)
        run("ip", "netns", "add", name)
        self.namespaces.append(name)
        run("ip", "link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", name)
        run("ip", "link", "set", outer, "master", self.bridge, "up")
        for command in (f"address add {self.address(host)}/24 dev eth0", "link set eth0 up", "link set lo up"):
            run("ip", "-n", name, *command.split())
        return name

    def drop(self, namespace: str, addresses: list[str], outward=True, inward=True, share: float = 1.0) -> None:
        """Lets packets between the namespace and the addresses vanish: all, or a share of them, either way or both."""
        luck = [] if share == 1.0 else ["-m", "statistic", "--mode", "random", "--probability", str(share)]
        for address in addresses:
            if outward:
                self._rule(namespace, "OUTPUT", "-d", address, *luck, "-j", "DROP")
            if inward:
                self._rule(namespace, "INPUT", "-s", address, *luck, "-j", "DROP")

    def heal(self, namespace: str) -> None:
        run("ip", "netns", "exec", namespace, "iptables", "-w", "-F")

    def close(self) -> None:
        for name in self.namespaces:
            # By name: with its namespace alone it would go some time later.
            run("ip", "link", "delete", name.replace("-", "v"), check=False)
            run("ip", "netns", "delete", name, check=False)
        if self.number:
            run("ip", "link", "delete", self.bridge, check=False)

    def _rule(self, namespace: str, chain: str, *rule: str) -> None:
        run("ip", "netns", "exec", namespace, "iptables", "-w", "-A", chain, *rule)
