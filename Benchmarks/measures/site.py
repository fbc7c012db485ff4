"""The release server on a fresh demonstration."""

from contextlib import contextmanager

from harness.cast import PASSWORD
from harness.server import Server, run

from .places import BINARY


@contextmanager
def serving(data):
    """A running server on this folder; the demonstration is put there when there is nothing."""
    if not data.exists():
        run("demo", "--data", data, "--password", PASSWORD, binary=BINARY)
    server = Server(data, binary=BINARY)
    server.start()
    try:
        yield server
    finally:
        server.stop()
