"""What a server meets in its life: slow and greedy clients, few descriptors, a disk that stops, a clock that jumps, an upgrade."""

import gzip
import json
import lzma
import os
import re
import resource
import shutil
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.parse
import uuid
from pathlib import Path

import pytest
from harness import cast
from harness.client import Client, block
from harness.observatory import score
from harness.server import Server, run

WRITES = True
FIRST_THREAD = Path(__file__).parents[1] / "Fixtures/first-thread.sqlite.xz"
# Longer than any head may take.
HEAD = 30
PARTIAL = b"GET / HTTP/1.1\r\nHost: x\r\nX-a: "


@pytest.fixture
def data(demonstration, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(demonstration, folder)
    return folder


@pytest.fixture
def serve():
    """`serve(folder, …)`: a server of this test, stopped at its end."""
    started = []

    def start(folder, **how):
        started.append(Server(folder, **how))
        started[-1].start()
        return started[-1]

    yield start
    for server in started:
        server.stop()


class Held:
    """Connections that say something and then as good as nothing, from an address of this machine."""

    def __init__(self, port, count, said=b"", source="127.0.0.1"):
        self.wires = []
        for _ in range(count):
            wire = socket.create_connection(("127.0.0.1", port), 5, source_address=(source, 0))
            if said:
                wire.sendall(said)
            wire.setblocking(False)
            self.wires.append(wire)

    def closed(self):
        """How many the server has closed."""
        count = 0
        for wire in self.wires:
            try:
                count += wire.recv(4096) == b""
            except BlockingIOError:
                pass
            except OSError:
                count += 1
        return count

    def drip(self):
        for wire in self.wires:
            try:
                wire.send(b"a")
            except OSError:
                pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for wire in self.wires:
            wire.close()


def slowest(server, seconds, source=None):
    """The longest that a page took, asked for again and again on connections of its own."""
    longest, end = 0, time.time() + seconds
    while time.time() < end:
        began = time.perf_counter()
        client = Client(server.port, timeout=10)
        client.connection.source_address = source
        assert client.ask("GET", cast.SIGN_IN)[0] == 200
        client.connection.close()
        longest = max(longest, time.perf_counter() - began)
        time.sleep(0.05)
    return longest


def note(client, visit, text="Une note."):
    """The status of a note that is sent; its name."""
    name = str(uuid.uuid4())
    value = {"protocol": 1, "visit": visit, "device": "essai", "blocks": [block(name, 1, text)]}
    status, _ = client.ask(
        "POST", cast.BLOCKS, json.dumps(value), {"Content-Type": "application/json", "X-CSRF-Token": client.token})
    return status, name


@pytest.fixture(scope="module")
def dripping(site):
    """Ten heads that come letter by letter, from the first test of this module to the last."""
    with Held(site.server.port, 10, PARTIAL, "127.0.0.9") as held:
        over = threading.Event()

        def drip():
            while not over.wait(1):
                held.drip()

        thread = threading.Thread(target=drip)
        thread.start()
        yield time.monotonic(), held
        over.set()
        thread.join()


def test_five_hundred_connections_of_one_address_shut_nobody_out(site, dripping):
    body = (
        b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50000\r\n\r\n{" % cast.BLOCKS.encode())
    port = site.server.port
    with Held(port, 500) as idle, Held(port, 300, PARTIAL, "127.0.0.2") as heads, Held(port, 300, body, "127.0.0.3") as bodies:
        assert slowest(site.server, 1) < 1, "the address that holds the most"
        assert slowest(site.server, 1, ("127.0.0.4", 0)) < 1, "another address"
        for held, least in ((idle, 500 - 256), (heads, 300 - 256), (bodies, 300 - 256)):
            assert held.closed() >= least
    assert site.server.process.poll() is None


def test_a_proxy_of_ours_has_no_share(data, serve):
    (data / "essaim.conf").write_text("proxies = 127.0.0.1\n")
    server = serve(data)
    with Held(server.port, 400) as held:
        assert slowest(server, 0.5) < 1
        assert held.closed() == 0


def test_what_is_no_request_is_refused_and_changes_nothing(site):
    def answer(head, body=b""):
        with socket.create_connection(("127.0.0.1", site.server.port), 5) as wire:
            try:
                wire.sendall(head + b"\r\n" + body)
                said = wire.recv(65_536)
            except OSError:
                said = b""
        return int(said[9:12]) if said.startswith(b"HTTP/") else 0

    get, post = b"GET / HTTP/1.1\r\nHost: x\r\n", b"POST /connexion HTTP/1.1\r\nHost: x\r\n"
    bomb = gzip.compress(bytes(20_000_000), 9)
    shapes = {
        "a huge field": answer(get + b"X: " + b"a" * 200_000 + b"\r\n"),
        "many fields": answer(get + b"".join(b"X-%d: a\r\n" % number for number in range(20_000))),
        "a long address": answer(b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n"),
        "ten gigabytes": answer(post + b"Content-Length: 10000000000\r\n"),
        "two framings": answer(post + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\nGET /x"),
        "two lengths": answer(post + b"Content-Length: 1\r\nContent-Length: 2\r\n", b"ab"),
        "a negative length": answer(post + b"Content-Length: -1\r\n"),
        "a NUL": answer(b"GET /\x00 HTTP/1.1\r\nHost: x\r\n"),
        "a method": answer(b"TRACE / HTTP/1.1\r\nHost: x\r\n"),
        "a bomb": answer(post + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n" % len(bomb), bomb),
    }
    assert not {shape: status for shape, status in shapes.items() if status and not 400 <= status < 500}
    assert slowest(site.server, 0.3) < 1
    assert site.server.memory()["VmRSS"] < 300_000


def test_few_descriptors_are_enough_under_a_crowd(data, serve):
    server = serve(data, limits=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (128, 128)))
    client = Client(server.port).sign_in(cast.PEOPLE["visitor"])
    visit = client.notebook()
    with Held(server.port, 400, PARTIAL, "127.0.0.2"):
        time.sleep(0.5)
        assert len(os.listdir(f"/proc/{server.process.pid}/fd")) < 128
        assert note(client.copy(server.port), visit)[0] == 200
        assert slowest(server, 0.5) < 1
    status, _ = note(client.copy(server.port), visit)
    assert status == 200


@pytest.fixture
def loop_disk(tmp_path):
    """An ext4 disk in a file, for who may mount one: `(folder, mount)`."""
    image, folder = tmp_path / "disk.img", tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["sh", "-c", f"truncate -s 64M {image} && mkfs.ext4 -q -F {image}"], capture_output=True, text=True)
    mount = lambda: subprocess.run(["mount", "-o", "loop", str(image), str(folder)], capture_output=True, text=True)
    done = made if made.returncode else mount()
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield folder, mount
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_turns_read_only_is_said_read_through_and_recovered_from(demonstration, loop_disk):
    disk, mount = loop_disk
    shutil.copytree(demonstration, disk / "data")
    os.sync()
    server = Server(disk / "data")
    server.log = disk.with_suffix(".log")
    server.start()
    try:
        client = Client(server.port).sign_in(cast.PEOPLE["visitor"])
        visit = client.notebook()
        kept = [note(client, visit, f"Avant la panne, {number}.") for number in range(5)]
        assert {status for status, _ in kept} == {200}
        if subprocess.run(["mount", "-o", "remount,abort", str(disk)], capture_output=True).returncode:
            pytest.skip("this disk cannot be aborted")
        refused = [note(client, visit, "Pendant la panne.") for _ in range(3)]
        assert {status for status, _ in refused} == {503}
        assert client.ask("GET", cast.NOTEBOOK)[0] == 200
    finally:
        server.kill()
    subprocess.run(["umount", str(disk)], check=True)
    assert mount().returncode == 0
    server.start()
    try:
        client = Client(server.port).sign_in(cast.PEOPLE["visitor"])
        kept.append(note(client, visit, "Après la panne."))
        assert {client.ask("GET", f"{cast.BLOCKS}/{name}")[0] for _, name in kept} == {200}
        assert {client.ask("GET", f"{cast.BLOCKS}/{name}")[0] for _, name in refused} == {404}
    finally:
        server.stop()
    run("check", "--data", disk / "data")


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed: run scripts/setup --tests")
def test_a_clock_that_jumps_loses_nothing_and_takes_nobody_s_role(data, serve):
    kept = []
    for moment in ("2000-01-01 00:00:00", "2038-01-20 00:00:00", "2099-12-31 23:59:59", None):
        server = serve(data, under=["faketime", moment] if moment else [])
        client = Client(server.port).sign_in(cast.PEOPLE["visitor"])
        status, name = note(client, client.notebook(), f"Écrite le {moment}.")
        assert status == 200, moment
        kept.append(name)
        assert {client.ask("GET", f"{cast.BLOCKS}/{name}")[0] for name in kept} == {200}, moment
        server.stop()
    run("check", "--data", data)


def test_a_site_of_the_first_version_goes_on(tmp_path, serve):
    folder = tmp_path / "data"
    folder.mkdir()
    with lzma.open(FIRST_THREAD) as packed, (folder / cast.DATABASE).open("wb") as database:
        shutil.copyfileobj(packed, database)

    def rows():
        database = sqlite3.connect(f"file:{folder / cast.DATABASE}?mode=ro", uri=True)
        try:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert not database.execute("PRAGMA foreign_key_check").fetchall()
            names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'").fetchall()
            return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}
        finally:
            database.close()

    before = rows()
    assert before["note_block"] and before["publication"] and before["consent"]
    first = serve(folder)
    first.stop()
    after = rows()
    # Every version of a right of reply is kept since.
    before["reply_version"] = before.pop("right_of_reply")
    grown = {name: (count, after.get(name)) for name, count in before.items() if after.get(name) != count}
    # The grid of a programme is protected as a thing of its own since, and all of a programme is found by its filter.
    assert set(grown) <= {"schema_step", "setting", "access", "search_facet"} and after["access"] == before["access"] + after["grid"], grown
    server = serve(folder)  # the second time there is nothing left to do, but to note the day of the daily upkeep
    assert rows() | {"setting": 0} == after | {"setting": 0}
    visitor = Client(server.port).sign_in(cast.PEOPLE["visitor"])
    assert note(visitor, visitor.notebook())[0] == 200
    for role in ("officer", "coordinator", "host", "researcher", "administrator"):
        client = Client(server.port).sign_in(cast.PEOPLE[role])
        found = set(re.findall(r'href="(/[^"#?]*)"', client.page("/programmes/territoires-en-action"))) - {"/assets"}
        statuses = {path: client.ask("GET", path)[0] for path in sorted(found) if not path.startswith("/assets/")}
        assert {path: status for path, status in statuses.items() if status >= 400} == {}
    resource = re.search(r'href="(/ressources/[^"?]+)"', Client(server.port).page("/ressources"))[1]
    assert "<blockquote" in Client(server.port).page(resource)
    run("check", "--data", folder)


def test_the_headers_of_every_kind_of_answer_are_worth_an_a_plus(data, serve):
    server = serve(data, options=["--url", "https://essaim.example"])
    visitor = Client(server.port)
    visitor.page(cast.SIGN_IN)
    form = urllib.parse.urlencode({"email": cast.PEOPLE["visitor"], "password": cast.PASSWORD, "csrf": visitor.token})
    status, page = visitor.ask("POST", cast.SIGN_IN, form, {"Content-Type": "application/x-www-form-urlencoded"})
    assert status == 303 and list(visitor.cookies) == ["__Host-essaim"]
    points, costs = score(visitor.headers, page, visitor.headers["Set-Cookie"])
    assert points >= 100, costs
    private = [cast.NOTEBOOK, "/a-faire", "/compte", f"{cast.NOTEBOOK}/export", "/api/v1/blocs/0190a0f0-1111-4222-8333-444455556666"]
    public = ["/", "/ressources", "/connexion", "/qui-voit-quoi", "/a-propos", "/nulle-part", "/recherche?q=emploi"]
    faults = []
    for client, paths in ((visitor, private), (Client(server.port), public + private)):
        for path in paths:
            status, page = client.ask("GET", path)
            points, costs = score(client.headers, page)
            if points < 100:
                faults.append(f"{path}: {points} {costs}")
            if path in private and client.headers["Cache-Control"] != "no-store":
                faults.append(f"{path}: {client.headers['Cache-Control']}")
            if "ETag" in client.headers and path in private:
                faults.append(f"{path}: an ETag tells whether it changed")
            if re.search(rb"\son\w+\s*=|<script(?![^>]*src)|\sstyle=", page):
                faults.append(f"{path}: script or style in the page")
            if re.search(r"\d", client.headers.get("Server", "")):
                faults.append(f"{path}: {client.headers['Server']}")
    assert not faults, "\n".join(faults)


def test_a_head_that_comes_letter_by_letter_is_not_waited_for(site, dripping):
    began, held = dripping
    while time.monotonic() - began < HEAD + 5 and held.closed() < len(held.wires):
        time.sleep(0.25)
    assert held.closed() == len(held.wires), f"{held.closed()} closed after {time.monotonic() - began:.0f} s"
    assert slowest(site.server, 0.2) < 1


def test_a_site_that_stops_waits_for_no_body_that_does_not_come(data, serve):
    server = serve(data)
    body = b"POST /connexion HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\n"
    with Held(server.port, 20, PARTIAL), Held(server.port, 20, body):
        time.sleep(0.3)
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 10
