"""An acknowledged note survives a crash: the server is killed under eight writers, restarted, and counted.

ESSAIM_CRASH_ROUNDS says how often: 5 in `make test`, 100 in `make bench`.
"""

import hashlib
import os
import sqlite3
import threading
import time
import uuid

import pytest
from harness.cast import BLOCK_TEXTS, DATABASE
from harness.client import block
from harness.server import run

WRITES = True
WRITERS = 8
ROUNDS = int(os.environ.get("ESSAIM_CRASH_ROUNDS", "5"))
RESTART = 3.0


def sealed(number):
    """A text that shows by itself whether it is whole: its words, then their hash."""
    words = f"Note {number} : on décide ensemble, « à voix haute ». " * (1 + number % 40)
    return f"{words}#{hashlib.sha256(words.encode()).hexdigest()}"


def is_whole(text):
    words, _, seal = text.rpartition("#")
    return hashlib.sha256(words.encode()).hexdigest() == seal


class Writer(threading.Thread):
    """A phone that sends one note after the other until nobody answers."""

    def __init__(self, client, visit):
        super().__init__(daemon=True)
        self.client = client
        self.visit = visit
        self.device = str(uuid.uuid4())
        self.sent = {}
        self.acknowledged = set()
        self.refused = []

    def run(self):
        number = 0
        while True:
            number += 1
            note = block(str(uuid.uuid4()), number, sealed(number))
            self.sent[note["id"]] = note
            try:
                outcome = self.client.send_blocks(self.visit, self.device, [note])[note["id"]]
            except (OSError, ValueError, EOFError):
                return
            except AssertionError as refusal:
                self.refused.append(str(refusal))
                return
            except Exception as cut:  # http.client raises its own kinds for an answer cut in the middle
                if type(cut).__module__ != "http.client":
                    self.refused.append(repr(cut))
                return
            if outcome == "saved":
                self.acknowledged.add(note["id"])
            else:
                self.refused.append(f"{note['id']}: {outcome}")


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_no_acknowledged_note_is_lost_torn_or_doubled_by_a_crash(site, round_):
    client = site.client("visitor")
    visit = client.notebook()
    writers = [Writer(client.copy(site.server.port), visit) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    time.sleep(0.4 + 0.17 * (round_ % 8))
    site.server.kill()
    for writer in writers:
        writer.join(30)
        assert not writer.is_alive(), "a writer still waits for a dead server"

    acknowledged = set().union(*(writer.acknowledged for writer in writers))
    assert not [refusal for writer in writers for refusal in writer.refused]
    assert len(acknowledged) >= WRITERS, "too few notes were written before the crash for this to prove anything"
    assert site.server.start() < RESTART

    # What was acknowledged is there as it was sent; what was not may be there, whole: sending all again doubles nothing.
    again = site.client("visitor")
    for writer in writers:
        outcomes = again.send_blocks(visit, writer.device, list(writer.sent.values())[-100:])
        assert set(outcomes.values()) <= {"saved", "same"}, outcomes
        lost = {name for name, outcome in outcomes.items() if outcome == "saved"} & acknowledged
        assert not lost, f"{len(lost)} acknowledged notes were lost"
    again.close()

    site.server.stop()
    count(site.data, {name: note["text"] for writer in writers for name, note in writer.sent.items()}, acknowledged)
    run("check", "--data", site.data)
    site.server.start()


def count(data, sent, acknowledged):
    """Reads the database itself, the server being stopped."""
    database = sqlite3.connect(f"file:{data / DATABASE}?mode=ro", uri=True)
    try:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = [(name, text) for name, text in database.execute(BLOCK_TEXTS) if name in sent]
    finally:
        database.close()
    names = [name for name, _ in kept]
    assert len(names) == len(set(names)), "notes were doubled"
    assert not acknowledged - set(names), "acknowledged notes were lost"
    torn = [name for name, text in kept if text != sent[name] or not is_whole(text)]
    assert not torn, f"{len(torn)} notes were torn"
