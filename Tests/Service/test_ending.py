"""SIGTERM: what a client had sent by then is answered, and a client that says nothing holds up nobody."""

import signal
import socket
from contextlib import ExitStack, contextmanager

import pytest

from support.client import Browser
from support.nodes import pause, resume
from support.secure import SecureConnection, SecureServer
from support.server import STOP_LIMIT
from support.wire import Connection, request

VERIFY = "/v1/verify?permission=devices:read"
# What the service logs when it cuts off those who hold it up.
CUT_OFF = "maximumGracefulShutdownDuration"


@contextmanager
def told_to_end(server):
    """The process hears of it, and of all that was sent to it meanwhile, when it goes on."""
    pause(server)
    try:
        yield
        server.process.send_signal(signal.SIGTERM)
    finally:
        resume(server)
