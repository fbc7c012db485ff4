"""The real binary on PostgreSQL: every command, a server that crashes under eight writers, two sites on one database."""

import hashlib
import http.client
import shutil
import subprocess
import tempfile
import threading
import time
import uuid
from pathlib import Path

import pytest
from harness.cast import NOTEBOOK, PASSWORD, PEOPLE
from harness.client import Client, block
from harness.places import BINARY, ROOT
from harness.postgresql import PostgreSQL
from harness.server import Server, run

WRITERS = 8
PROGRAMME = "territoires-en-action"


@pytest.fixture(scope="module")
def postgresql():
    # A short path: that of a socket has a limit. Not the folder of pytest: another user runs the server.
    with tempfile.TemporaryDirectory(prefix="essaim-pg-", dir="/tmp") as folder:
        server = PostgreSQL(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="module")
def on_server(postgresql, tmp_path_factory):
    """The folder and the address of a demonstration; the same command as on SQLite, with one variable more."""
    folder = tmp_path_factory.mktemp("postgresql") / "data"
    address = postgresql.make("demonstration")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESSAIM_DATABASE", address)
        run("demo", "--data", folder, "--password", PASSWORD)
    return folder, address


def refused(*arguments):
    """What a command that refuses says, and its code."""
    done = subprocess.run([str(BINARY), *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0 and done.stderr.count("\n") == 1, done.stderr
    return done.returncode, done.stderr


def test_every_command_works_as_on_sqlite(postgresql, on_server, demonstration, tmp_path):
    folder, address = on_server
    assert not (folder / "essaim.sqlite").exists()
    assert "Tout va bien" in run("check", "--data", folder, "--database", address)
    assert PEOPLE["officer"] in run("demo", "--data", folder, "--database", address)

    backup, copy, other = tmp_path / "site.tar", tmp_path / "copy", postgresql.make("copy")
    run("backup", "--data", folder, "--database", address, "--to", backup)
    run("restore", "--from", backup, "--data", copy, "--database", other)
    assert "Tout va bien" in run("check", "--data", copy, "--database", other)
    exported = run("programme", "export", PROGRAMME, "--data", demonstration)
    assert exported == run("programme", "export", PROGRAMME, "--data", folder, "--database", address)
    assert exported == run("programme", "export", PROGRAMME, "--data", copy, "--database", other)
    code, words = refused("restore", "--from", backup, "--data", tmp_path / "again", "--database", other)
    assert code == 73 and "n'est pas vide" in words
    code, words = refused("restore", "--from", backup, "--data", tmp_path / "sqlite")
    assert code == 65 and "autre moteur" in words

    fresh = postgresql.make("fresh")
    data = ["--data", tmp_path / "fresh", "--database", fresh]
    run("programme", "import", ROOT / "Examples/territoires-en-action.yaml", *data)
    run("person", "add", *data, "--name", "Zoé", "--email", "zoe@essai.example", "--role", "coordinator")
    run("check", *data)


def test_an_empty_base_is_not_opened_in_the_place_of_the_site_of_the_folder(postgresql, demonstration, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(demonstration, folder)
    fresh = postgresql.make("beside")
    code, words = refused("serve", "--data", folder, "--port", 0, "--database", fresh)
    assert code == 78 and "aucun passage de SQLite à PostgreSQL n'existe" in words and "essaim.sqlite" in words
    assert postgresql.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", "beside") == ["0"]


def test_what_cannot_be_used_is_refused_in_one_sentence(postgresql, on_server, tmp_path):
    data = ["serve", "--data", tmp_path / "data", "--port", 0, "--database"]
    assert "mot de passe" in refused(*data, postgresql.loopback("demonstration", "faux"))[1]
    assert "n'existe pas" in refused(*data, postgresql.loopback("absente"))[1]
    assert "ne répond pas" in refused(*data, "postgres://127.0.0.1:1/absente")[1]
    assert refused(*data, "mysql://127.0.0.1/x")[0] == 64
    postgresql.make("wordpress")
    postgresql.ask("CREATE TABLE wp_posts (id int)", "wordpress")
    code, words = refused(*data, postgresql.loopback("wordpress"))
    assert code == 65 and "pas celles d'un site Essaim" in words
    assert postgresql.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", "wordpress") == ["1"]
    newer = postgresql.make("newer")
    run("programme", "import", ROOT / "Examples/territoires-en-action.yaml", "--data", tmp_path / "newer", "--database", newer)
    postgresql.ask("INSERT INTO schema_step VALUES ('2099-01-01-later', '0', 0)", "newer")
    assert "plus récente" in refused(*data, newer)[1]
    for address in (postgresql.loopback("demonstration", "secret"), "postgres://a:secret@127.0.0.1:1/x"):
        assert "secret" not in refused(*data, address)[1]


class Writer(threading.Thread):
    """A phone that sends one note after the other, each again until it is answered, until it is told to stop."""

    def __init__(self, client, port, visit, stopping):
        super().__init__(daemon=True)
        self.client, self.port, self.visit, self.stopping = client, port, visit, stopping
        self.device = str(uuid.uuid4())
        self.acknowledged, self.refusals, self.heads = {}, [], []

    def run(self):
        number = 0
        while not self.stopping.is_set():
            number += 1
            words = f"Note {number} : on décide ensemble, « à voix haute ». " * (1 + number % 9)
            note = block(str(uuid.uuid4()), number, words + hashlib.sha256(words.encode()).hexdigest())
            while not self.stopping.is_set() and not self.send(note):
                time.sleep(0.05)

    def send(self, note):
        try:
            outcome = self.client.send_blocks(self.visit, self.device, [note])[note["id"]]
        except AssertionError as refusal:
            self.refusals.append(str(refusal))
            return False
        except OSError:
            self.client = self.client.copy(self.port)
            return False
        self.acknowledged[note["id"]] = note["text"]
        return outcome in ("saved", "same")


def test_a_server_that_crashes_under_writers_loses_nothing_acknowledged_and_the_site_goes_on(postgresql, on_server, monkeypatch):
    folder, address = on_server
    site = Server(folder)
    monkeypatch.setenv("ESSAIM_DATABASE", address)
    site.start()
    monkeypatch.delenv("ESSAIM_DATABASE")
    try:
        first = Client(site.port).sign_in(PEOPLE["visitor"])
        visit, stopping = first.notebook(), threading.Event()
        writers = [Writer(first.copy(site.port), site.port, visit, stopping) for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        for _ in range(2):
            time.sleep(1)
            postgresql.crash()
            time.sleep(0.5)
            first.connection.request("GET", "/programmes", headers={"Cookie": "essaim=x"})
            answer = first.connection.getresponse()
            answer.read()
            assert answer.status == 503 and answer.headers["Retry-After"]
            before = sum(len(writer.acknowledged) for writer in writers)
            postgresql.start()
            time.sleep(2)
            assert sum(len(writer.acknowledged) for writer in writers) > before, "the site did not recover"
        stopping.set()
        for writer in writers:
            writer.join(30)
        refusals = [refusal for writer in writers for refusal in writer.refusals]
        assert refusals and all(": 503 " in refusal for refusal in refusals), set(refusals)
    finally:
        site.stop()
    kept = {}
    for line in postgresql.ask("SELECT block_id || '|' || text FROM note_version", "demonstration"):
        name, _, text = line.partition("|")
        assert name not in kept, "a note was doubled"
        kept[name] = text
    sent = {name: text for writer in writers for name, text in writer.acknowledged.items()}
    assert len(sent) > WRITERS
    assert {name: kept.get(name) for name in sent} == sent, "acknowledged notes were lost or torn"
    run("check", "--data", folder, "--database", address)


class Told(threading.Thread):
    """A page that follows a feed, as a browser does: all that it was told."""

    def __init__(self, client, port, path):
        super().__init__(daemon=True)
        self.text, self.path = "", path
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        self.start()

    def run(self):
        self.connection.request("GET", self.path, headers={"Cookie": self.cookie, "Accept": "text/event-stream", "Accept-Language": "fr"})
        answer = self.connection.getresponse()
        while line := answer.readline():
            self.text += line.decode()

    def hears(self, words, within=15):
        end = time.monotonic() + within
        while words not in self.text:
            assert time.monotonic() < end, f"not told « {words} »: {self.text}"
            time.sleep(0.02)


def test_two_servers_on_one_database_tell_each_other_what_happens(postgresql, on_server, monkeypatch):
    folder, _ = on_server
    monkeypatch.setenv("ESSAIM_DATABASE", postgresql.loopback("demonstration"))
    here, there = Server(folder), Server(folder)
    here.start()
    there.start()
    try:
        reader = Client(here.port).sign_in(PEOPLE["visitor"])
        writer = Client(here.port).sign_in(PEOPLE["colleague"]).copy(there.port)
        visit = writer.notebook()
        told = Told(reader, here.port, f"{NOTEBOOK}/direct")
        told.hears("event: presence")
        Told(writer, there.port, f"{NOTEBOOK}/direct").hears("Pauline Escoffier a aussi le carnet ouvert.")
        told.hears("Idriss Kamara a aussi le carnet ouvert.")
        writer.post_form(f"{NOTEBOOK}/presence", {"csrf": writer.token}, done=200)
        told.hears("Idriss Kamara écrit en ce moment.")
        note = block(str(uuid.uuid4()), 1, "SECRET écrit sur un serveur, lu sur l’autre.")
        writer.send_blocks(visit, "there", [note])
        assert "event: change" not in told.text, "a note that is not shared is told to nobody"
        writer.post_form(f"{NOTEBOOK}/{note['id']}/partage", {"csrf": writer.token})
        told.hears("Idriss Kamara vient de partager des notes")
        assert "SECRET" not in told.text and "lu sur l’autre" in reader.page(NOTEBOOK)
        # One that stops and comes back hears the other again; what was missed meanwhile is caught up.
        told.text = ""
        postgresql.crash()
        time.sleep(0.5)
        postgresql.start()
        time.sleep(3)
        second = block(str(uuid.uuid4()), 2, "Après la panne de la base.")
        writer.send_blocks(visit, "there", [second])
        writer.post_form(f"{NOTEBOOK}/{second['id']}/partage", {"csrf": writer.token})
        told.hears("Idriss Kamara vient de partager des notes", within=30)
        # A log-out on one server ends what the other tells.
        reader.copy(there.port).post_form("/deconnexion", {"csrf": reader.token})
        told.hears('event: end\ndata: "closed"')
    finally:
        here.stop()
        there.stop()
