"""Search among many resources beside the raw index on a copy of the same file."""

import shutil
import sqlite3
import time
import urllib.parse

from harness.cast import DATABASE
from harness.server import run

from .places import BINARY, QUERIES, RAW_SEARCH, RESOURCES, ROUNDS, SEARCH, SECONDS
from .rate import wrk
from .site import serving
from .table import median, number, spread, table

TITLE = f"Search among {RESOURCES:,} resources"

# Each request is new to the server, so that no answer comes from the memory of public pages.
LUA = """
local paths = {%s}
local count = 0
request = function()
    count = count + 1
    return wrk.format("GET", paths[count %% #paths + 1] .. "&tour=" .. count)
end
"""


def measure(folder):
    data = folder / "resources"
    with serving(data):
        pass
    run("seed", "--data", data, "--resources", RESOURCES, binary=BINARY)
    copy = folder / "copy.sqlite"
    shutil.copy(data / DATABASE, copy)
    paths = [SEARCH.format(words=urllib.parse.quote_plus(words)) for words in QUERIES]
    script = folder / "search.lua"
    script.write_text(LUA % ", ".join(f'"{path}"' for path in paths))
    with serving(data) as server:
        one, eight, raw = [], [], []
        wrk(server.url, 1, script)
        for _ in range(ROUNDS):
            one.append(wrk(server.url, 1, script))
            raw.append(raw_rate(copy))
            eight.append(wrk(server.url, 8, script))
    rows = [
        ("Raw FTS5, 20 best titles, one thread", spread(raw), number(1000 / median(raw)), "1"),
        ("Essaim, whole page, 1 connection", spread([r for r, _ in one]), number(median([m for _, m in one])),
         f"{median([a / b for (a, _), b in zip(one, raw)]):.2f}"),
        ("Essaim, whole page, 8 connections", spread([r for r, _ in eight]), number(median([m for _, m in eight])),
         f"{median([a / b for (a, _), b in zip(eight, raw)]):.2f}"),
    ]
    asked = ", ".join(f"« {words} »" for words in QUERIES)
    return table(["Search", "Requests/s", "Middle latency, ms", "÷ raw"], rows) + f"\n\nAsked in turn: {asked}."


def expression(stems, beginning):
    """The same search in the words of FTS5: every stem, the last one also as the beginning of a word."""
    terms = [f'({{title body}} : "{stem}")' for stem in stems]
    terms[-1] = f'({terms[-1]} OR ({{surface}} : "{beginning}"*))'
    return " AND ".join(terms)


def raw_rate(file):
    database = sqlite3.connect(file)
    queries = [expression(*query) for query in QUERIES.values()]
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        database.execute(RAW_SEARCH, [queries[count % len(queries)]]).fetchall()
        count += 1
    rate = count / (time.perf_counter() - began)
    database.close()
    return rate
