"""The same seeded corpus at several sizes, each made once: resources, one visit for two hundred of them, one person for twenty."""

import shutil
import sqlite3
import time
from contextlib import contextmanager

from harness.cast import DATABASE
from harness.server import Server, run

from .places import BINARY, PROGRAMME, SIZES
from .site import serving

_made = {}


class Corpus:
    def __init__(self, folder, size):
        self.size = size
        self.data = folder / f"corpus-{size}"
        with serving(self.data):
            pass
        began = time.monotonic()
        run("seed", "--data", self.data, "--resources", size, binary=BINARY, patience=3600)
        self.seconds = time.monotonic() - began
        self.bytes = (self.data / DATABASE).stat().st_size
        self.copy = folder / f"copy-{size}.sqlite"
        shutil.copy(self.data / DATABASE, self.copy)

    def ask(self, query, *values):
        """The first value that a query of the copy gives."""
        database = sqlite3.connect(self.copy)
        try:
            return database.execute(query, values).fetchone()[0]
        finally:
            database.close()

    @property
    def places(self):
        """What stands for `{name}` in the address of a page."""
        programme = self.ask("SELECT id FROM programme WHERE slug = ?", PROGRAMME.rpartition("/")[2])
        visit = "SELECT {} FROM visit WHERE programme_id = ? AND stage = 'held' ORDER BY position DESC, id LIMIT 1"
        text = "SELECT id FROM text WHERE kind = 'synthesis' AND subject_id = ? LIMIT 1"
        return {
            "programme": PROGRAMME,
            "visit": self.ask(visit.format("slug"), programme),
            "text": self.ask(text, self.ask(visit.format("id"), programme)),
            "resource": self.ask("SELECT slug FROM publication WHERE request_id IS NULL ORDER BY slug LIMIT 1"),
            "territory": self.ask("SELECT slug FROM territory WHERE programme_id = ? ORDER BY id DESC LIMIT 1", programme),
            "person": self.ask(
                "SELECT person_id FROM membership WHERE scope_id = ? AND role = 'facilitator' ORDER BY since DESC LIMIT 1", programme),
            "deep": str(self.size // 20),
        }

    @contextmanager
    def serving(self):
        with serving(self.data) as server:
            yield server

    def server(self):
        return Server(self.data, binary=BINARY)


def each(folder):
    """Every size, the smallest first."""
    for size in SIZES:
        if size not in _made:
            print(f"  {size:,} resources…", flush=True)
            _made[size] = Corpus(folder, size)
        yield _made[size]


def growth(values):
    """« ×1.3 »: from the smallest size to the largest."""
    return f"×{values[-1] / values[0]:.1f}"
