"""HAProxy: the key itself, looked up in a map; no digest, no expiry, no permission."""

from .peer import Peer

# Nothing is logged, and no connection ends while a run lasts.
CONFIGURATION = """
global
    maxconn 8192
    nbthread {workers}
defaults
    mode http
    timeout client 300s
    timeout connect 5s
    timeout server 300s
    timeout http-keep-alive 300s
frontend keys
    bind 127.0.0.1:{port}
    http-request set-var(txn.user) http_auth_bearer,map_str({map})
    http-request return status 200 content-type application/json string '{{"valid":true}}' hdr X-User %[var(txn.user)] \
if {{ var(txn.user) -m found }}
    http-request return status 401 content-type application/json string '{{"valid":false}}' hdr WWW-Authenticate Bearer
"""


class HAProxy(Peer):
    name = "haproxy"
    title = "HAProxy map of keys"

    def launch(self) -> None:
        known = self.folder / "keys.map"
        keys = self.keys.accepted.all()
        known.write_text("".join(f"{key.decode()} usr_{number}\n" for number, key in enumerate(keys)))
        file = self.folder / "haproxy.cfg"
        file.write_text(CONFIGURATION.format(workers=self.workers, port=self.port, map=known))
        self.run("haproxy", "-db", "-f", file)
