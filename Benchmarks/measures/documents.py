"""Documents beside the tools that bound them: a text taken as Word or OpenDocument and brought back beside pandoc, a PDF beside typst alone."""

import os
import subprocess
import time
from contextlib import contextmanager

from harness.cast import NOTEBOOK, PEOPLE
from harness.client import Client
from harness.places import BUILD

from .places import DOCUMENTS
from .site import serving
from .table import median, spread, table

VISIT = NOTEBOOK.rpartition("/")[0]
TITLE = "Documents beside pandoc and typst"
PYTHON = BUILD / "tools/venv/bin/python3"


def measure(folder):
    rows = []
    with witness(folder) as kept, serving(folder / "documents") as server:
        client = Client(server.port).sign_in(PEOPLE["officer"])
        text = longest(server, client)
        for ending in ("docx", "odt"):
            ours, _ = timed(lambda: take(client, f"{text}/document.{ending}"))
            file = folder / f"taken.{ending}"
            file.write_bytes(take(client, f"{text}/document.{ending}"))
            markdown = pandoc(file, folder / "read.md")
            theirs, _ = timed(lambda: pandoc(markdown, folder / f"written.{ending}"))
            rows.append(row(f"A text taken as .{ending}", ours, theirs, f"{file.stat().st_size:,}"))
            ours, _ = timed(lambda: bring(client, text, file))
            theirs, _ = timed(lambda: pandoc(file, folder / "read.md"))
            rows.append(row("… brought back: read, compared, shown", ours, theirs, f"{file.stat().st_size:,}"))
        ours, pdf = timed(lambda: take(client, f"{VISIT}/programme.pdf"))
        theirs, _ = timed(lambda: subprocess.run([PYTHON, "-I", "compile.py", "0"], cwd=kept, check=True, capture_output=True))
        rows.append(row("The programme of a visit as PDF", ours, theirs, f"{len(pdf):,}"))
    columns = ["Document", "Bytes", "Essaim, ms", "pandoc or typst alone, ms", "Essaim ÷ it"]
    return table(columns, rows) + (
        f"\n\n{DOCUMENTS} of each, the whole answer of the site, rights and page included; pandoc and typst as commands on the same files, their start "
        "included, as a site that calls them pays it. Ours reads and writes Word and OpenDocument itself.")


@contextmanager
def witness(folder):
    """typst behind a command that keeps what it was given last: the same files are then given to it alone."""
    kept = folder / "typst"
    kept.mkdir()
    command = folder / "python-witness"
    command.write_text(f'#!/bin/sh\ncp -- * "{kept}"\nexec "{PYTHON}" "$@"\n')
    command.chmod(0o755)
    former = os.environ.get("ESSAIM_TYPST")
    os.environ["ESSAIM_TYPST"] = str(command)
    try:
        yield kept
    finally:
        if former is None:
            del os.environ["ESSAIM_TYPST"]
        else:
            os.environ["ESSAIM_TYPST"] = former


def longest(server, client):
    """The synthesis of the demonstration."""
    page = client.page(VISIT)
    return page.split('/validation"', 1)[0].rpartition('href="')[2]


def take(client, path):
    status, content = client.ask("GET", path)
    assert status == 200, f"GET {path}: {status}"
    return content


def bring(client, text, file):
    """The document is sent, and its preview is read."""
    action = f"{text}/document"
    status, _ = client.send_file(action, action, "document", file.name, file.read_bytes())
    assert status == 303, f"POST {action}: {status}"
    page = client.page(action)
    client.send_form(action, "/abandon")
    return page


def pandoc(file, to):
    subprocess.run(["pandoc", "--extract-media", ".", file, "-o", to], check=True, cwd=file.parent)
    return to


def timed(act):
    """How long each time took, in milliseconds; and what the last gave."""
    waits = []
    act()
    for _ in range(DOCUMENTS):
        began = time.perf_counter()
        given = act()
        waits.append((time.perf_counter() - began) * 1000)
    return waits, given


def row(name, ours, theirs, size):
    return name, size, spread(ours), spread(theirs), f"{median(ours) / median(theirs):.2f}"
