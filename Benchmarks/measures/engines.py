"""Every read and write measured elsewhere, on both engines side by side: one site each, the same requests in turn."""

import os
import tempfile
import urllib.parse
from contextlib import ExitStack, contextmanager
from pathlib import Path

from harness.cast import PEOPLE
from harness.client import Client
from harness.postgresql import PostgreSQL
from harness.server import run

from .notes import together, write_notes
from .places import BINARY, ENGINE_RESOURCES, HOME, LIBRARY, QUERIES, ROUNDS, SEARCH, WRITER
from .rate import wrk
from .search import LUA
from .site import serving
from .table import median, number, percentile, spread, table

TITLE = f"SQLite and PostgreSQL, {ENGINE_RESOURCES:,} resources"
ENGINES = ("SQLite", "PostgreSQL")
# Pages made for each request: the address is new, so that none comes from the memory of public pages.
PAGES = {"Home, made again": HOME, "Library, made again": LIBRARY, "Library, page 50, made again": f"{LIBRARY}?page=50"}


def measure(folder):
    with tempfile.TemporaryDirectory(prefix="essaim-pg-", dir="/tmp") as place:
        postgresql = PostgreSQL(Path(place))
        postgresql.start()
        try:
            return compare(folder, postgresql)
        finally:
            postgresql.stop()


def compare(folder, postgresql):
    with ExitStack() as stack:
        servers = {}
        for engine, address in (("SQLite", None), ("PostgreSQL", postgresql.make("bench"))):
            with at(address):
                data = folder / f"engine-{engine}"
                with serving(data):
                    pass
                run("seed", "--data", data, "--resources", ENGINE_RESOURCES, binary=BINARY)
                servers[engine] = stack.enter_context(serving(data))
        postgresql.ask("VACUUM ANALYZE", "bench")
        same = all(answers(servers["SQLite"], typed) == answers(servers["PostgreSQL"], typed) for typed, _, _ in QUERIES.values())
        assert same, "the two engines do not answer alike"
        rows = [reads(name, [path], servers, folder) for name, path in PAGES.items()]
        searches = [SEARCH.format(words=urllib.parse.quote_plus(typed)) for typed, _, _ in QUERIES.values()]
        rows.append(reads("Search, five queries in turn", searches, servers, folder))
        rows += [writes(writers, servers) for writers in (1, 8)]
    columns = ["", "SQLite /s", "PostgreSQL /s", "PostgreSQL ÷ SQLite", "SQLite, middle ms", "PostgreSQL, middle ms"]
    return table(columns, rows) + (
        f"\n\nEight connections, {ROUNDS} rounds of each in turn; the server of PostgreSQL on the same machine, by its socket, fsync on. "
        "The same answers on both, in the same order.")


@contextmanager
def at(address):
    """One variable is the only difference."""
    if address:
        os.environ["ESSAIM_DATABASE"] = address
    try:
        yield
    finally:
        os.environ.pop("ESSAIM_DATABASE", None)


def answers(server, words):
    """The addresses that a search leads to, in order."""
    client = Client(server.port)
    page = client.page(SEARCH.format(words=urllib.parse.quote_plus(words)))
    client.close()
    return [part.split('"')[0] for part in page.split('<h2><a href="')[1:]] or page


def reads(name, paths, servers, folder):
    marked = ", ".join(f'"{path}{"&" if "?" in path else "?"}x=1"' for path in paths)
    script = folder / "engines.lua"
    script.write_text(LUA % marked)
    rounds = {engine: [] for engine in ENGINES}
    for engine in ENGINES:
        wrk(servers[engine].url, 8, script)
    for _ in range(ROUNDS):
        for engine in ENGINES:
            rounds[engine].append(wrk(servers[engine].url, 8, script))
    return row(name, *([done.rate for done in rounds[engine]] for engine in ENGINES), *(median([done.middle for done in rounds[engine]]) for engine in ENGINES))


def writes(writers, servers):
    rounds = {engine: [] for engine in ENGINES}
    for engine in ENGINES * ROUNDS:
        client = Client(servers[engine].port).sign_in(PEOPLE[WRITER])
        visit = client.notebook()
        rounds[engine].append(together(write_notes, writers, servers[engine].port, client.cookies, client.token, visit))
        client.close()
    waits = [percentile([wait * 1000 for _, waits in rounds[engine] for wait in waits], 0.5) for engine in ENGINES]
    return row(f"Durable notes, {writers} writer{'s' if writers > 1 else ''}", *([rate for rate, _ in rounds[engine]] for engine in ENGINES), *waits)


def row(name, here, there, here_wait, there_wait):
    return (name, spread(here), spread(there), f"{median(there) / median(here):.2f}", number(here_wait), number(there_wait))
