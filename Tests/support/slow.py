"""Thousands of clients that take their time: one thread holds them all."""

import resource
import selectors
import socket
import time
from contextlib import contextmanager, suppress


@contextmanager
def room_for(files: int):
    """Lets this process, and servers that it starts meanwhile, have so many files open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert hard == resource.RLIM_INFINITY or hard >= files, f"the machine allows {hard} files a process"
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, files), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


class Crawlers:
    """Connections that say what they have to say a byte a second, after what they say at once, until the server has
    enough of it."""

    def __init__(self, port: int, texts: list[bytes], at_once: bytes = b""):
        self.answers = [b""] * len(texts)
        self._left = [memoryview(text) for text in texts]
        self._selector = selectors.DefaultSelector()
        self._first = time.monotonic()
        for number in range(len(texts)):
            connection = socket.create_connection(("127.0.0.1", port), 30)
            connection.setblocking(False)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(connection, selectors.EVENT_READ, number)
            connection.send(at_once + self._left[number][:1])
        self._last = time.monotonic()

    @property
    def longest(self) -> float:
        """Seconds since the first of them began, or a little more."""
        return time.monotonic() - self._first

    @property
    def shortest(self) -> float:
        """Seconds since the last of them began."""
        return time.monotonic() - self._last

    @property
    def open(self) -> int:
        return len(self._selector.get_map())

    def crawl(self) -> None:
        """A byte of each, and what is said to them within a second."""
        end = time.monotonic() + 1
        for key in list(self._selector.get_map().values()):
            self._left[key.data] = self._left[key.data][1:]
            self._try(key, lambda key: key.fileobj.send(self._left[key.data][:1]))
        while self.open and (left := end - time.monotonic()) > 0:
            for key, _ in self._selector.select(left):
                self._try(key, self._read)

    def _read(self, key) -> None:
        read = key.fileobj.recv(65536)
        self.answers[key.data] += read
        if not read:
            self._end(key)

    def _try(self, key, action) -> None:
        try:
            action(key)
        except BlockingIOError:
            pass
        except OSError:
            # It was closed while a byte was on its way; what was said before that can be read all the same.
            with suppress(OSError):
                self.answers[key.data] += key.fileobj.recv(65536)
            self._end(key)

    def _end(self, key) -> None:
        self._selector.unregister(key.fileobj)
        key.fileobj.close()

    def close(self) -> None:
        for key in list(self._selector.get_map().values()):
            self._end(key)
