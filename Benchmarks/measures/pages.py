"""The home and a public resource beside nginx serving the very same bytes, at every size of the corpus."""

from .corpus import each
from .nginx import Nginx, take
from .places import HOME, LIBRARY, ROUNDS
from .rate import wrk
from .table import median, number, spread, table

TITLE = "Public pages beside nginx"


def measure(folder):
    rows = []
    for corpus in each(folder):
        with corpus.serving() as server:
            paths = {"Home": HOME, "Public resource": f"{LIBRARY}/{corpus.places['resource']}"}
            taken = [take(server.port, path) for path in paths.values()]
            nginx = Nginx(folder / f"nginx-{corpus.size}", taken)
            try:
                rows += [
                    row(name, corpus.size, server.url + path, nginx.address(number_), len(taken[number_][1]))
                    for number_, (name, path) in enumerate(paths.items())
                ]
            finally:
                nginx.stop()
    columns = ["Page", "Resources", "Bytes (Brotli)", "Essaim, requests/s", "nginx, requests/s", "Essaim ÷ nginx", "Middle ms", "99 of 100 within, ms"]
    return table(columns, sorted(rows, key=lambda row: row[0])) + (
        f"\n\nwrk, 1 thread, 32 connections, {ROUNDS} rounds of each in turn, the same heads and bytes; nginx from files, "
        "access log off.")


def row(name, resources, ours, theirs, size):
    wrk(ours), wrk(theirs)
    pairs = [(wrk(ours), wrk(theirs)) for _ in range(ROUNDS)]
    a, b = [first.rate for first, _ in pairs], [second.rate for _, second in pairs]
    return (
        name, f"{resources:,}", f"{size:,}", spread(a), spread(b), f"{median([x / y for x, y in zip(a, b)]):.2f}",
        number(median([first.middle for first, _ in pairs])), number(median([first.slow for first, _ in pairs])))
