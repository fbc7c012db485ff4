"""From the start of the process to its first answer, and the memory it holds."""

import time

from harness.server import Server

from .places import BINARY, HOME, RESOURCES
from .rate import wrk
from .table import number, spread, table

TITLE = "Start and memory"
STARTS = 7


def measure(folder):
    rows = []
    for name, data in (("demonstration", folder / "demonstration"), (f"{RESOURCES:,} resources", folder / "resources")):
        waits = []
        for _ in range(STARTS):
            server = Server(data, binary=BINARY)
            waits.append(server.start() * 1000)
            server.stop()
        rows.append((f"Start to first answer, {name}, ms (of {STARTS})", spread(waits)))
    server = Server(folder / "demonstration", binary=BINARY)
    server.start()
    try:
        time.sleep(3)
        idle = server.memory()
        wrk(server.url + HOME)
        wrk(server.url + HOME)
        after = server.memory()
    finally:
        server.stop()
    for name, memory in (("idle", idle), ("after load", after)):
        rows.append((f"Resident memory, {name}, MiB", number(memory["VmRSS"] / 1024)))
        rows.append((f"… of which its own (anonymous), {name}, MiB", number(memory["RssAnon"] / 1024)))
    return table(["", "Measured"], rows)
