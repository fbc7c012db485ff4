"""What a person waits for when they save a note or a section, at every size of the corpus."""

import time
import uuid

from harness.cast import PEOPLE
from harness.client import Client, block

from .corpus import each, growth
from .notes import TEXT
from .places import SAVES, WRITER
from .table import number, percentile, table

TITLE = "Saves"


def measure(folder):
    waits = {"A note": [], "A section, as a draft": [], "A section, as a revision": []}
    sizes = []
    for corpus in each(folder):
        sizes.append(corpus.size)
        with corpus.serving() as server:
            waits["A note"].append(notes(server))
            drafts, revisions = sections(server, corpus.places["text"])
            waits["A section, as a draft"].append(drafts)
            waits["A section, as a revision"].append(revisions)
    columns = ["Save, ms: middle / 99 of 100 within"] + [f"{size:,}" for size in sizes] + ["Growth"]
    rows = [
        (name, *(f"{number(percentile(all_, 0.5))} / {number(percentile(all_, 0.99))}" for all_ in of_size),
         growth([percentile(all_, 0.5) for all_ in of_size]))
        for name, of_size in waits.items()
    ]
    return table(columns, rows) + f"\n\n{SAVES} of each, one after the other: each one transaction that waits for the disk (`synchronous = FULL`)."


def notes(server):
    client = Client(server.port).sign_in(PEOPLE[WRITER])
    visit, device, waits = client.notebook(), str(uuid.uuid4()), []
    for count in range(SAVES):
        note = block(str(uuid.uuid4()), count + 1, TEXT)
        began = time.perf_counter()
        outcome = client.send_blocks(visit, device, [note])[note["id"]]
        waits.append((time.perf_counter() - began) * 1000)
        assert outcome == "saved", outcome
    return waits


def sections(server, text):
    client = Client(server.port).sign_in(PEOPLE["officer"])
    page = f"/textes/{text}/sections/initiative/modifier"
    drafts, revisions = [], []
    for count in range(SAVES):
        path, hidden = client.read_form(page, "/sections/initiative")
        values = {**hidden, "body": f"{TEXT}\n\nÉtape {count} de la visite."}
        for waits, to, more, done in ((drafts, f"{path}/brouillon", {}, 200), (revisions, path, {"act": "revision"}, 303)):
            began = time.perf_counter()
            client.post_form(to, {**values, **more}, done)
            waits.append((time.perf_counter() - began) * 1000)
    return drafts, revisions
