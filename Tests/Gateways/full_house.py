"""Stands in for a Latchkey that has no time: asks for a key, and then sends every key away for 7 seconds."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FullHouse:
    def __init__(self, status: int, code: str):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                is_asking = "Authorization" in self.headers
                body = json.dumps({"status": status, "code": code}).encode()
                self.send_response(status if is_asking else 401)
                self.send_header("Latchkey-Refusal", code)
                self.send_header("Content-Type", "application/problem+json")
                self.send_header("Content-Length", str(len(body)))
                if is_asking:
                    self.send_header("Retry-After", "7")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_HEAD = answer

            def log_message(self, *_) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]

    def __enter__(self) -> "FullHouse":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()
        self._server.server_close()
