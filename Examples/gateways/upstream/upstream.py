#!/usr/bin/env python3
"""A service behind a gateway: answers with what it saw of the request and of its caller's identity, as JSON.

It checks no key. The gateway has done so, and says who calls in the X-Latchkey-* headers. So it listens on
loopback: whoever reaches it past the gateway may claim to be anybody.
"""

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Servers that hand headers on as variables (CGI, WSGI, PHP) read X_Latchkey_User and X.Latchkey.User as
# X-Latchkey-User, so those count as identity too.
IDENTITY = re.compile(r"x[^0-9a-z]latchkey[^0-9a-z].*", re.IGNORECASE)


class Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # keeps connections
    timeout = 60  # seconds, for a client that sends nothing

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        seen = {
            "method": self.command,
            "path": self.path,
            "identity": [f"{name}: {value}" for name, value in self.headers.items() if IDENTITY.fullmatch(name)],
            "headers": sorted(name.lower() for name in self.headers),
            "body_bytes": len(body),
        }
        text = json.dumps(seen, indent=2).encode() + b"\n"
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer

    def log_message(self, *_) -> None:
        """Says nothing."""


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 9000
    ThreadingHTTPServer(("127.0.0.1", port), Echo).serve_forever()
