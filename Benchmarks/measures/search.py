"""Search beside the raw index on a copy of the same file, at every size of the corpus: rare words, ordinary ones, frequent ones."""

import sqlite3
import time
import urllib.parse

from .corpus import each, growth
from .places import QUERIES, RAW_SEARCH, ROUNDS, SEARCH, SECONDS
from .rate import wrk
from .table import median, number, table

TITLE = "Search beside the raw index"

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
    found = {}
    for corpus in each(folder):
        with corpus.serving() as server:
            for kind, (typed, stems, beginning) in QUERIES.items():
                script = folder / "search.lua"
                script.write_text(LUA % f'"{SEARCH.format(words=urllib.parse.quote_plus(typed))}"')
                wrk(server.url, 1, script)
                ours, eight, raw = [], [], []
                for _ in range(ROUNDS):
                    ours.append(wrk(server.url, 1, script))
                    raw.append(raw_milliseconds(corpus.copy, expression(stems, beginning)))
                    eight.append(wrk(server.url, 8, script).rate)
                count = corpus.ask("SELECT count(*) FROM search_words WHERE search_words MATCH ?", expression(stems, beginning))
                found.setdefault(kind, []).append((corpus.size, typed, count, ours, eight, median(raw)))
    rows = []
    for kind, sizes in found.items():
        middles = [median([rate.middle for rate in ours]) for _, _, _, ours, _, _ in sizes]
        for index, (size, typed, count, ours, eight, raw) in enumerate(sizes):
            rows.append((
                f"{kind}: « {typed} »", f"{size:,}", f"{count:,}", number(raw), number(middles[index]), number(median([rate.slow for rate in ours])),
                f"{middles[index] / raw:.2f}", number(median(eight)), growth(middles) if index == len(sizes) - 1 else ""))
    columns = ["Words", "Resources", "Documents with them", "Raw FTS5, ms", "Essaim, middle ms", "99 of 100 within, ms", "÷ raw", "8 connections, requests/s", "Growth"]
    return table(columns, rows) + (
        "\n\nRaw: the twenty best by bm25 with their words, whoever may see them. Essaim: the whole page, what this person may see, "
        "counts by facet, extracts; a word in more documents than 2,000 is ranked among the newest ones.")


def expression(stems, beginning):
    """The same search in the words of FTS5: every stem, the last one also as the beginning of a word."""
    terms = [f'({{title body}} : "{stem}")' for stem in stems]
    terms[-1] = f'({terms[-1]} OR ({{surface}} : "{beginning}"*))'
    return " AND ".join(terms)


def raw_milliseconds(file, words):
    """The middle wait of the raw index, one query after the other."""
    database = sqlite3.connect(file)
    waits, began = [], time.perf_counter()
    while (now := time.perf_counter()) - began < SECONDS / 2 or len(waits) < 3:
        database.execute(RAW_SEARCH, [words]).fetchall()
        waits.append((time.perf_counter() - now) * 1000)
    database.close()
    return median(waits)
