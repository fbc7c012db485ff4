"""The home and a public synthesis beside nginx serving the very same bytes."""

import re

from harness.client import Client

from .nginx import Nginx, take
from .places import HOME, LIBRARY, ROUNDS, SYNTHESIS
from .rate import wrk
from .site import serving
from .table import median, number, spread, table

TITLE = "Public pages beside nginx"


def measure(folder):
    with serving(folder / "demonstration") as server:
        client = Client(server.port)
        listed = re.search(SYNTHESIS, client.page(LIBRARY))
        client.close()
        if not listed:
            raise SystemExit(f"Benchmarks/run: {LIBRARY} leads to no synthesis")
        paths = {"Home": HOME, "Public synthesis": listed[1]}
        taken = [take(server.port, path) for path in paths.values()]
        nginx = Nginx(folder / "nginx", taken)
        try:
            rows = [
                row(name, server.url + path, nginx.address(number_), len(taken[number_][1]))
                for number_, (name, path) in enumerate(paths.items())
            ]
        finally:
            nginx.stop()
    columns = ["Page", "Bytes (Brotli)", "Essaim, requests/s", "nginx, requests/s", "Essaim ÷ nginx", "Middle latency, ms"]
    return table(columns, rows) + (
        f"\n\nwrk, 1 thread, 32 connections, {ROUNDS} rounds of each in turn, the same heads and bytes; nginx from files, "
        "access log off.")


def row(name, ours, theirs, size):
    wrk(ours), wrk(theirs)
    pairs = [(wrk(ours), wrk(theirs)) for _ in range(ROUNDS)]
    a, b = [first[0] for first, _ in pairs], [second[0] for _, second in pairs]
    return (
        name, f"{size:,}", spread(a), spread(b), f"{median([x / y for x, y in zip(a, b)]):.2f}",
        number(median([first[1] for first, _ in pairs])))
