"""Pages made anew for one person, at every size of the corpus: ordinary ones do not grow with it."""

import time

from harness.cast import PEOPLE
from harness.client import Client

from .corpus import each, growth
from .places import DASHBOARDS, LISTS, REQUESTS
from .table import number, percentile, table


def lists(folder):
    return pages(folder, LISTS)


def dashboards(folder):
    return pages(folder, DASHBOARDS)


lists.TITLE = "Lists and public pages made anew"
dashboards.TITLE = "Dashboards and working pages"


def pages(folder, wanted):
    waits = [[] for _ in wanted]
    sizes = []
    for corpus in each(folder):
        sizes.append(corpus.size)
        with corpus.serving() as server:
            clients = {who: Client(server.port, timeout=120) for _, who, _ in wanted}
            for who, client in clients.items():
                if who:
                    client.sign_in(PEOPLE[who])
            places = corpus.places
            for (_, who, path), of_page in zip(wanted, waits):
                of_page.append(timed(clients[who], path.format(**places)))
    columns = ["Page, ms: middle / 99 of 100 within", "Who"] + [f"{size:,}" for size in sizes] + ["Growth"]
    rows = [
        (name, who or "anybody", *(f"{number(percentile(all_, 0.5))} / {number(percentile(all_, 0.99))}" for all_ in of_page),
         growth([percentile(all_, 0.5) for all_ in of_page]))
        for (name, who, _), of_page in zip(wanted, waits)
    ]
    return table(columns, rows) + (
        f"\n\nOne connection, {REQUESTS} requests of each, each at an address of its own so that none comes from the memory of public "
        "pages; the first three are not counted.")


def timed(client, path):
    client.close()  # It may have waited longer than the server keeps an idle connection.
    waits = []
    for count in range(REQUESTS + 3):
        began = time.perf_counter()
        status, _ = client.ask("GET", f"{path}{'&' if '?' in path else '?'}x={count}")
        waits.append((time.perf_counter() - began) * 1000)
        assert status == 200, f"{path}: {status}"
    return waits[3:]
