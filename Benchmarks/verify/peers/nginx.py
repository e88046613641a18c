"""nginx: a static answer, and Lua that checks keys as Kong and APISIX do it."""

import socket
from pathlib import Path

from ..keys import write_credentials
from ..machine import Process, free_port
from .peer import Peer

MODULES = Path("/usr/lib/nginx/modules")
LUA = Path(__file__).parent
REDIS_BATCH = 1_000

# No log, no connection that ends by age, no compression; every other setting is Debian's or nginx's own.
CONFIGURATION = """
{modules}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log error;
worker_processes {workers};
events {{ worker_connections 8192; }}
http {{
    access_log off;
    server_tokens off;
    keepalive_timeout 300s;
    keepalive_requests 1000000000;
    tcp_nodelay on;
    client_body_temp_path {folder}/temporary;
    proxy_temp_path {folder}/temporary;
    fastcgi_temp_path {folder}/temporary;
    uwsgi_temp_path {folder}/temporary;
    scgi_temp_path {folder}/temporary;
    {http}
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location / {{ {location} }}
    }}
}}
"""


class Nginx(Peer):
    """The price of an answer: nothing is checked."""

    name = "nginx"
    title = "nginx `return 200`"
    refuses_nothing = True
    modules = ""
    http = ""
    location = """default_type application/json; return 200 '{"valid":true}';"""

    def launch(self) -> None:
        file = self.folder / "nginx.conf"
        file.write_text(
            CONFIGURATION.format(
                folder=self.folder, workers=self.workers, port=self.port, modules=self.modules, http=self.http,
                location=self.location,
            )
        )  # fmt: skip
        self.run("nginx", "-p", self.folder, "-e", self.folder / "error.log", "-c", file)


class NginxLua(Nginx):
    """SHA-256 of the key, looked up in a table of the worker's own memory; expiry and permission are checked."""

    name = "nginx-lua"
    title = "nginx + Lua, SHA-256, keys in memory"
    refuses_nothing = False
    modules = f"""
load_module {MODULES}/ndk_http_module.so;
load_module {MODULES}/ngx_http_lua_module.so;"""
    location = """content_by_lua_block { keyauth.answer(keyauth.remembered) }"""

    @property
    def http(self) -> str:
        file = write_credentials(self.keys.accepted, self.folder / "credentials")
        return f"""
    lua_package_path "{LUA}/?.lua;/usr/share/lua/5.1/?.lua;;";
    init_by_lua_block {{
        keyauth = require "keyauth"
        keyauth.remember("{file}")
    }}"""


class NginxLuaRedis(NginxLua):
    """The same, but what is known of a key is asked of Redis on each request, over connections that stay open."""

    name = "nginx-lua-redis"
    title = "nginx + Lua + Redis a request"

    def launch(self) -> None:
        self.redis_port = free_port()
        redis = self.run(
            "redis-server", "--port", self.redis_port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
            "--dir", self.folder, "--daemonize", "no",
        )  # fmt: skip
        fill_redis(redis, self.redis_port, write_credentials(self.keys.accepted, self.folder / "credentials"))
        super().launch()

    @property
    def http(self) -> str:
        return f"""
    lua_package_path "{LUA}/?.lua;/usr/share/lua/5.1/?.lua;;";
    lua_socket_log_errors off;
    init_by_lua_block {{
        keyauth = require "keyauth"
        keyauth.redis_port = {self.redis_port}
    }}"""

    location = """content_by_lua_block { keyauth.answer(keyauth.asked) }"""


def fill_redis(process: Process, port: int, credentials: Path) -> None:
    """Each credential by its digest, over Redis's own protocol (RESP)."""
    connection = connected(process, port)
    with connection, connection.makefile("rb") as answers:
        lines = credentials.read_text().splitlines()
        for first in range(0, len(lines), REDIS_BATCH):
            batch = lines[first : first + REDIS_BATCH]
            for line in batch:
                digest, rest = line.split(" ", 1)
                parts = [b"SET", bytes.fromhex(digest), rest.encode()]
                connection.sendall(b"*3\r\n" + b"".join(b"$%d\r\n%b\r\n" % (len(part), part) for part in parts))
            if any(answers.readline() != b"+OK\r\n" for _ in batch):
                raise RuntimeError("Redis did not take the keys")


def connected(process: Process, port: int) -> socket.socket:
    while True:
        process.insist_on_life()
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            continue
