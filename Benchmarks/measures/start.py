"""From the start of the process to its first answer, the memory it holds, the place the data takes, at every size of the corpus."""

import time

from .corpus import each, growth
from .places import HOME, SEARCH
from .rate import wrk
from .search import LUA
from .table import median, number, table

TITLE = "Start, memory, disk"
STARTS = 5


def measure(folder):
    rows = {}
    sizes = []
    for corpus in each(folder):
        sizes.append(corpus.size)
        for name, value in of(corpus, folder).items():
            rows.setdefault(name, []).append(value)
    columns = [""] + [f"{size:,}" for size in sizes] + ["Growth"]
    return table(columns, [(name, *map(number, values), growth(values)) for name, values in rows.items()])


def of(corpus, folder):
    server = corpus.server()
    waits = []
    for _ in range(STARTS):
        waits.append(server.start() * 1000)
        server.stop()
    server.start()
    try:
        time.sleep(3)
        idle = server.memory()
        script = folder / "load.lua"
        script.write_text(LUA % ", ".join(f'"{path}"' for path in (f"{HOME}?a=1", SEARCH.format(words="territoire"))))
        wrk(server.url + HOME)
        wrk(server.url, 8, script)
        after = server.memory()
    finally:
        server.stop()
    return {
        f"Start to first answer, ms (of {STARTS})": median(waits),
        "Resident memory, idle, MiB": idle["VmRSS"] / 1024,
        "… of which its own (anonymous), MiB": idle["RssAnon"] / 1024,
        "Resident memory, after load, MiB": after["VmRSS"] / 1024,
        "… of which its own (anonymous), after load, MiB": after["RssAnon"] / 1024,
        "Database, MiB": corpus.bytes / 2**20,
        "Writing the corpus, s": corpus.seconds,
    }
