"""A primary and its synchronous standby, each a real PostgreSQL on an address of its own."""

from support.postgres import START_LIMIT, Postgres
from support.server import wait_until

from .network import Network

PORT = 5432
NAME, USER, PASSWORD = "latchkey", "latchkey", "proof"

SETTINGS = (
    "max_connections=500",  # for 30 nodes with their pools
    "shared_buffers=64MB",
    "wal_keep_size=256MB",
    # Quick to notice that the other one is back.
    "wal_retrieve_retry_interval=200ms",
    "wal_receiver_status_interval=1s",
    "recovery_init_sync_method=syncfs",
    "log_line_prefix=%m [%p] %u@%h ",
)


class Database(Postgres):
    """One of the two, whichever it is at the moment."""

    def __init__(self, name: str, network: Network, host: int):
        # A standby presents itself to its primary by the name of its cluster.
        settings = (*SETTINGS, f"cluster_name={name}")
        super().__init__(*settings, fsync=True, name=name, address=network.add_address(host), port=PORT)
        self.neighbours = f"{network.address(0)}/24"

    def make(self) -> None:
        super().make()
        with (self.data / "pg_hba.conf").open("a") as file:
            file.write(f"host all,replication all {self.neighbours} scram-sha-256\n")


class Pair:
    """A primary and a synchronous standby; either can be either."""

    def __init__(self, network: Network):
        self.primary = Database("database-1", network, 11)
        self.standby = Database("database-2", network, 12)
        self.addresses = [self.primary.address, self.standby.address]

    @property
    def url(self) -> str:
        hosts = ",".join(f"{address}:{PORT}" for address in self.addresses)
        return f"postgres://{USER}:{PASSWORD}@{hosts}/{NAME}?target_session_attrs=read-write"

    def start(self) -> None:
        self.primary.start()
        self.primary.sql(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")
        self.primary.sql(f"CREATE DATABASE {NAME} OWNER {USER}")
        # From here on no commit is answered before the standby has it; the copy has the setting too. By name: `*` would
        # take the pg_basebackup of a standby in the making for one.
        names = f'"{self.primary.name}", "{self.standby.name}"'
        self.primary.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
        self.primary.sql("SELECT pg_reload_conf()")
        self.attach_standby()

    def attach_standby(self) -> None:
        self.standby.follow(self.primary)
        self.standby.start()
        self.wait_until_synchronous()

    def wait_until_synchronous(self) -> None:
        state = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync' AND state = 'streaming'"
        wait_until(lambda: self.primary.sql(state) == "1", START_LIMIT, "the standby is synchronous")

    def fail_over(self) -> None:
        """The primary dies for good, the standby takes its place, and a new standby is made of the dead one."""
        self.primary.kill()
        self.promote()
        self.attach_standby()

    def promote(self) -> None:
        self.primary, self.standby = self.standby, self.primary
        self.primary.sql("SELECT pg_promote()")

    def stop(self) -> None:
        for server in (self.primary, self.standby):
            server.kill()
            server.remove()
