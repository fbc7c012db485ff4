"""A durable note, from one and from eight writers, beside the raw SQLite insert that waits for the same disk."""

import multiprocessing
import sqlite3
import time
import uuid

from harness.cast import PEOPLE
from harness.client import Client, block

from .places import ROUNDS, SECONDS, WRITER
from .site import serving
from .table import median, number, percentile, spread, table

TITLE = "Durable notes"
TEXT = "Les habitantes et habitants décident ensemble de l'usage du lieu, à la réunion du lundi. " * 4


def measure(folder):
    rows = []
    with serving(folder / "demonstration") as server:
        client = Client(server.port).sign_in(PEOPLE[WRITER])
        visit = client.notebook()
        for writers in (1, 8):
            ours, raw = [], []
            for round_ in range(ROUNDS):
                ours.append(together(write_notes, writers, server.port, client.cookies, client.token, visit))
                raw.append(together(write_rows, writers, prepare(folder / f"raw-{writers}-{round_}.sqlite")))
            rows += [row("Essaim", writers, ours, raw), row("Raw SQLite, WAL, FULL", writers, raw, raw)]
    columns = ["Writes", "Writers", "Notes/s", "Middle, ms", "99 of 100 within, ms", "÷ raw"]
    return table(columns, rows) + "\n\nEach note: one request, one transaction, one wait for the disk (`synchronous = FULL`)."


def row(name, writers, rounds, raw):
    waits = [wait * 1000 for _, waits in rounds for wait in waits]
    shares = [a / b for (a, _), (b, _) in zip(rounds, raw)]
    return (
        name, writers, spread([rate for rate, _ in rounds]), number(percentile(waits, 0.5)),
        number(percentile(waits, 0.99)), f"{median(shares):.2f}")


def together(work, writers, *arguments):
    """Runs `writers` processes at once: writes per second of all, and the seconds that each write took."""
    with multiprocessing.Pool(writers) as pool:
        done = pool.starmap(work, [arguments] * writers, chunksize=1)
    waits = [wait for _, _, waits in done for wait in waits]
    return len(waits) / (max(end for _, end, _ in done) - min(began for began, _, _ in done)), waits


def timed(act):
    waits, began = [], time.monotonic()
    while (now := time.monotonic()) < began + SECONDS:
        act(len(waits) + 1)
        waits.append(time.monotonic() - now)
    return began, time.monotonic(), waits


def write_notes(port, cookies, token, visit):
    client = Client(port)
    client.cookies, client.token = cookies, token
    device = str(uuid.uuid4())

    def act(number_):
        note = block(str(uuid.uuid4()), number_, TEXT)
        outcome = client.send_blocks(visit, device, [note])[note["id"]]
        assert outcome == "saved", outcome

    return timed(act)


def prepare(file):
    """A raw database that waits for the disk as ours does."""
    database = sqlite3.connect(file)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE note (id TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL) STRICT")
    database.close()
    return file


def write_rows(file):
    database = sqlite3.connect(file, timeout=30, isolation_level=None)
    database.execute("PRAGMA synchronous = FULL")
    return timed(lambda _: database.execute("INSERT INTO note VALUES (?, ?)", [str(uuid.uuid4()), TEXT]))
