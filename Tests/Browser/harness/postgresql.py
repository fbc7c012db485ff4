"""A PostgreSQL server of our own (`scripts/postgresql`), that can be stopped in the worst way."""

import os
import subprocess
import urllib.parse

from .places import ROOT

SCRIPT = ROOT / "scripts/postgresql"


class PostgreSQL:
    """`start()`, `crash()`, `stop()`; `make(name)` gives the address of a new database."""

    def __init__(self, folder):
        self.folder = folder
        self.address = None

    def start(self):
        self.address = self.script("start", self.folder).strip().splitlines()[-1]

    def crash(self):
        """As a power cut does to its processes."""
        self.script("stop", self.folder, "immediate")

    def stop(self):
        self.script("stop", self.folder, "fast")

    def make(self, name):
        self.ask(f"CREATE DATABASE {name}")
        return self.address.replace("/postgres?", f"/{name}?")

    def ask(self, statement, database="postgres"):
        """Runs a statement; returns the lines of its answer."""
        address = self.address.replace("/postgres?", f"/{database}?")
        done = subprocess.run(
            ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--dbname", address, "--command", statement],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def loopback(self, name, password="essai"):
        """The address by the network, where a password is asked for."""
        port = urllib.parse.parse_qs(urllib.parse.urlsplit(self.address).query)["port"][0]
        return f"postgres://essaim:{password}@127.0.0.1:{port}/{name}"

    @staticmethod
    def script(*arguments):
        # What it holds must outlive a crash of the machine, as on a real server: Essaim refuses another.
        done = subprocess.run(
            [SCRIPT, *map(str, arguments)], env={**os.environ, "ESSAIM_TEST_FSYNC": "on"}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout
