"""The commands as a host runs them: the real binary, folders, signals, disks."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.parse
import uuid

import pytest
from harness import cast
from harness.client import Client, block
from harness.places import BINARY, ROOT
from harness.server import Server, run

PASSWORD = "une phrase assez longue pour un compte"


def attempt(*arguments, given=None, **environment):
    """Runs a subcommand to its end, whatever it is: (exit code, output, errors)."""
    done = subprocess.run(
        [str(BINARY), *map(str, arguments)], input=given, capture_output=True, text=True, timeout=120,
        env={**os.environ, **environment})
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def serve(tmp_path):
    """`serve(folder)`: a server of this test; all are stopped at its end."""
    started = []

    def start(folder):
        server = Server(folder)
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def data(demonstration, tmp_path):
    """A folder of this test, as `essaim demo` made it."""
    folder = tmp_path / "data"
    shutil.copytree(demonstration, folder)
    return folder


def send_form(client, path, **fields):
    status, content = client.ask(
        "POST", path, urllib.parse.urlencode({"csrf": client.token, **fields}),
        {"Content-Type": "application/x-www-form-urlencoded"})
    return status, content.decode()


def test_a_new_site_prints_an_address_that_sets_it_up_once(serve, tmp_path):
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "essaim.conf").write_text("second_factor = offered\n", encoding="utf-8")
    server = serve(folder)
    printed = re.search(r"/installation/\S+", server.log.read_text())
    assert printed, server.log.read_text()
    client = Client(server.port)
    assert 'name="email"' in client.page(printed[0])
    status, _ = send_form(client, printed[0], name="Gaëlle Martin", email="gaelle@exemple.fr", password=PASSWORD)
    assert status == 303
    assert Client(server.port).ask("GET", printed[0])[0] == 404
    Client(server.port).sign_in("gaelle@exemple.fr", PASSWORD)
    server.stop()
    server.start()
    assert len(re.findall("/installation/", server.log.read_text())) == 1


def test_sigterm_answers_what_is_under_way_and_ends_well(data):
    server = Server(data)
    server.start()
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as wire:
        body = b"email=personne%40exemple.fr&password=une+phrase+de+passe+fausse"
        wire.sendall(
            b"POST /connexion HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body[:20])
        time.sleep(0.2)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        wire.sendall(body[20:])
        answer = b""
        while part := wire.recv(65_536):
            answer += part
    assert answer.startswith(b"HTTP/1.1 "), answer[:200]
    assert server.process.wait(20) == 0, server.tail()


def test_a_backup_taken_while_people_write_restores_the_same_pages(data, serve, tmp_path):
    server = serve(data)
    writer = Client(server.port).sign_in(cast.PEOPLE["visitor"])
    visit = writer.notebook()
    stop, kept = threading.Event(), []

    def write():
        while not stop.is_set():
            note = block(str(uuid.uuid4()), len(kept) + 1, f"Pendant la sauvegarde, {len(kept)}.")
            writer.send_blocks(visit, "essai", [note])
            kept.append(note["id"])

    thread = threading.Thread(target=write)
    thread.start()
    time.sleep(0.3)
    before = len(kept)
    archive = tmp_path / "site.tar"
    run("backup", "--data", data, "--to", archive)
    stop.set()
    thread.join()
    assert before > 0
    refused, _, said = attempt("backup", "--data", data, "--to", archive)
    assert refused != 0 and "existe déjà" in said

    elsewhere = tmp_path / "restored"
    run("restore", "--from", archive, "--data", elsewhere)
    run("check", "--data", elsewhere)
    twin = serve(elsewhere)
    reader = Client(server.port)
    address = re.search(r'href="(/ressources/[^"?]+)"', reader.page("/ressources"))[1]
    for path in ["/", "/ressources", address, f"{address}/source.md"]:
        mine, theirs = (Client(port).ask("GET", path)[1].replace(b"%d" % port, b"") for port in (server.port, twin.port))
        assert mine == theirs, path
    again = Client(twin.port).sign_in(cast.PEOPLE["visitor"])
    outcomes = again.send_blocks(
        visit, "essai", [block(name, number + 1, f"Pendant la sauvegarde, {number}.") for number, name in enumerate(kept[:before])])
    assert set(outcomes.values()) == {"same"}


def test_a_restored_backup_opens_nothing_that_was_closed_since(data, tmp_path, serve):
    server = serve(data)
    visitor = Client(server.port).sign_in(cast.PEOPLE["visitor"])
    visitor.send_form("/compte/calendrier", "/compte/calendrier")
    officer = Client(server.port).sign_in(cast.PEOPLE["officer"])
    people = "/programmes/territoires-en-action/communaute"
    officer.page(people)
    officer.post_form(
        f"{people}/invitations",
        {"csrf": officer.token, "name": "Camille Dehors", "email": "camille@dehors.example", "function": "animation", "role": "facilitator"})
    # The settings name a file that is not in any backup: it is put back afterwards.
    (data / "essaim.conf").write_text("smtp_server = smtp.exemple.org\nsmtp_password_file = /nulle/part\nmail_from = a@exemple.org\n")
    archive = tmp_path / "site.tar"
    run("backup", "--data", data, "--to", archive)
    kept = dict(visitor.cookies)
    visitor.post_form("/deconnexion", {"csrf": visitor.token})

    def opens(folder):
        with sqlite3.connect(folder / cast.DATABASE) as database:
            counts = ["session", "half_session", "sign_in_link WHERE used_at IS NULL", "calendar_feed", "private_link WHERE revoked_at IS NULL"]
            return [database.execute(f"SELECT count(*) FROM {count}").fetchone()[0] for count in counts]

    before = opens(data)
    code, said, errors = attempt("restore", "--from", archive, "--data", tmp_path / "restored")
    assert code == 0, errors
    assert "connexions de la sauvegarde sont fermées" in said and "  camille@dehors.example" in said
    assert "Reviennent ouverts" in said and "1 adresse" not in said and "une adresse de calendrier" in said and "--close-links" in said
    assert opens(tmp_path / "restored") == [0, 0, 0, *before[3:]] and before[3] == 1
    (tmp_path / "restored/essaim.conf").unlink()
    twin = serve(tmp_path / "restored")
    again = Client(twin.port)
    again.cookies = kept
    assert again.ask("GET", "/compte")[0] == 401

    code, said, errors = attempt("restore", "--from", archive, "--data", tmp_path / "closed", "--close-links")
    assert code == 0, errors
    assert "Fermés aussi" in said and opens(tmp_path / "closed") == [0] * 5
    (tmp_path / "closed/essaim.conf").unlink()
    run("check", "--data", tmp_path / "closed")


def test_settings_behind_a_symbolic_link_are_saved_as_words(data, tmp_path):
    """As a Debian package has them, in /etc."""
    settings = tmp_path / "etc.conf"
    settings.write_text("name = Un essai\n")
    (data / "essaim.conf").symlink_to(settings)
    run("backup", "--data", data, "--to", tmp_path / "site.tar")
    settings.unlink()
    run("restore", "--from", tmp_path / "site.tar", "--data", tmp_path / "restored")
    restored = tmp_path / "restored/essaim.conf"
    assert not restored.is_symlink() and restored.read_text() == "name = Un essai\n"


def test_restore_never_writes_over_anything(data, tmp_path):
    archive = tmp_path / "site.tar"
    run("backup", "--data", data, "--to", archive)
    full = tmp_path / "full"
    full.mkdir()
    (full / "lettre.txt").write_text("à garder")
    code, _, said = attempt("restore", "--from", archive, "--data", full)
    assert code != 0 and "n'est pas vide" in said.replace("’", "'")
    assert [file.name for file in full.iterdir()] == ["lettre.txt"]
    file = tmp_path / "fichier"
    file.write_text("à garder")
    code, _, said = attempt("restore", "--from", archive, "--data", file)
    assert code != 0 and said.startswith("essaim : ")
    assert file.read_text() == "à garder"


def test_a_programme_goes_out_and_comes_back_the_same(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    said = run("programme", "import", ROOT / "Examples/territoires-en-action.yaml", "--data", first)
    assert "territoires-en-action" in said
    exported = run("programme", "export", "territoires-en-action", "--data", first)
    (tmp_path / "again.yaml").write_text(exported)
    run("programme", "import", tmp_path / "again.yaml", "--data", second)
    assert run("programme", "export", "territoires-en-action", "--data", second) == exported
    (tmp_path / "broken.yaml").write_text(exported.replace("titre:", "titr:", 1))
    code, _, said = attempt("programme", "import", tmp_path / "broken.yaml", "--data", tmp_path / "third")
    assert code == 65 and "titr" in said


def test_a_person_added_with_a_password_logs_in(serve, tmp_path):
    folder = tmp_path / "data"
    run(
        "person", "add", "--data", folder, "--name", "Gaëlle Martin", "--email", "gaelle@exemple.fr",
        "--role", "administrator", "--password-stdin", given=PASSWORD + "\n")
    (folder / "essaim.conf").write_text("second_factor = offered\n", encoding="utf-8")
    server = serve(folder)
    assert "/installation/" not in server.log.read_text()
    assert "Gaëlle Martin" in Client(server.port).sign_in("gaelle@exemple.fr", PASSWORD).page("/compte")
    code, _, said = attempt(
        "person", "add", "--data", folder, "--name", "X", "--email", "x@exemple.fr", "--role", "officer",
        "--password-stdin", given="court\n")
    assert code != 0 and said.startswith("essaim : ")


def test_the_list_of_routes_is_json():
    routes = json.loads(run("routes", "--json"))
    assert {"method", "path", "right", "audience"} <= set(routes[0])
    assert {"method": "GET", "path": "/connexion"}.items() <= next(r for r in routes if r["path"] == "/connexion").items()


def test_the_demonstration_prepared_twice_changes_nothing(data):
    def content():
        database = sqlite3.connect(f"file:{data / cast.DATABASE}?mode=ro", uri=True)
        try:
            tables = [name for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
        finally:
            database.close()

    before = content()
    said = run("demo", "--data", data)
    assert cast.PEOPLE["officer"] in said
    assert content() == before


def test_a_flag_wins_over_the_environment_which_wins_over_the_file(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "essaim.conf").write_text("# essai\nport = 70000\nname = Site du fichier\n")
    code, _, said = attempt("serve", "--data", folder)
    assert code == 64 and "70000" in said
    code, _, said = attempt("serve", "--data", folder, ESSAIM_PORT="70001")
    assert code == 64 and "70001" in said
    code, _, said = attempt("serve", "--data", folder, "--port", "70002", ESSAIM_PORT="70001")
    assert code == 64 and "70002" in said
    (folder / "essaim.conf").write_text("name = Site du fichier\nporte = 1\n")
    code, _, said = attempt("serve", "--data", folder)
    assert code == 78 and "ligne 2" in said


def test_a_body_cut_in_the_middle_leaves_nothing(data, serve):
    server = serve(data)
    visitor = Client(server.port).sign_in(cast.PEOPLE["visitor"])
    visit = visitor.notebook()
    note = block(str(uuid.uuid4()), 1, "Cette note est coupée en route.")
    body = json.dumps({"protocol": 1, "visit": visit, "device": "essai", "blocks": [note]}).encode()
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    head = (
        f"POST {cast.BLOCKS} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {cookies}\r\nX-CSRF-Token: {visitor.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n").encode()
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as wire:
            wire.sendall(head + body[: len(body) // 2])
    time.sleep(0.3)
    assert "coupée en route" not in visitor.page(cast.NOTEBOOK)
    assert visitor.send_blocks(visit, "essai", [note]) == {note["id"]: "saved"}


def test_a_body_too_large_is_refused_with_a_page(data, serve):
    server = serve(data)
    visitor = Client(server.port).sign_in(cast.PEOPLE["visitor"])
    visitor.page(cast.NOTEBOOK)
    for length in (60_000_000, 4_000_000_000):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.putrequest("POST", cast.NOTEBOOK)
        connection.putheader("Content-Type", "application/x-www-form-urlencoded")
        connection.putheader("Content-Length", str(length))
        connection.endheaders()
        answer = connection.getresponse()
        assert answer.status == 413
        assert "trop lourd" in answer.read().decode()
        connection.close()
    assert visitor.ask("GET", "/")[0] == 200


@pytest.fixture
def small_disk(tmp_path):
    """A disk of its own, of 24 MiB, for who may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "essaim", str(disk)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def write_note(client, text):
    client.page(cast.NOTEBOOK)
    return send_form(client, cast.NOTEBOOK, id=str(uuid.uuid4()), base="0", sequence="1", text=text, manner="observed")


def fill(client, visit):
    """Writes long notes until nothing is taken any more: what SQLite had set aside is used up first."""
    for number in range(200):
        notes = [block(str(uuid.uuid4()), number, "mot " * 4_000) for _ in range(10)]
        value = {"protocol": 1, "visit": visit, "device": "essai", "blocks": notes}
        headers = {"Content-Type": "application/json", "X-CSRF-Token": client.token}
        status, _ = client.ask("POST", cast.BLOCKS, json.dumps(value), headers)
        if status != 200:
            assert status == 507, status
            return
    raise AssertionError("the disk is never full")


def test_a_full_disk_is_said_read_through_and_recovered_from(demonstration, small_disk):
    folder = small_disk / "data"
    shutil.copytree(demonstration, folder)
    server = Server(folder)
    server.log = small_disk.with_suffix(".log")
    server.start()
    try:
        visitor = Client(server.port).sign_in(cast.PEOPLE["visitor"])
        ballast = small_disk / "ballast"
        with ballast.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(65_536))
            except OSError:
                pass
        fill(visitor, visitor.notebook())
        status, page = write_note(visitor, "Note sur un disque plein.")
        assert status == 507, status
        assert "plus de place" in page
        assert "le disque est plein" in server.log.read_text()
        assert Client(server.port).ask("GET", "/ressources")[0] == 200
        assert visitor.ask("GET", cast.NOTEBOOK)[0] == 200
        ballast.unlink()
        status, _ = write_note(visitor, "Note d’après, la place revenue.")
        assert status == 303
        assert "la place revenue" in visitor.page(visitor.headers["Location"].partition("#")[0])
    finally:
        server.stop()
    run("check", "--data", folder)


def test_a_database_cut_to_nothing_or_gone_is_never_served_as_a_new_site(data):
    database = data / cast.DATABASE
    kept = database.read_bytes()
    database.write_bytes(b"")
    for command in (("serve", "--port", "0"), ("check",), ("backup", "--to", data.with_name("copy.tar"))):
        code, _, said = attempt(*command, "--data", data)
        assert code == 74 and "Restaurez une sauvegarde" in said, said
    assert database.read_bytes() == b"" and not data.with_name("copy.tar").exists()
    database.unlink()
    code, _, said = attempt("serve", "--data", data, "--port", "0")
    assert code == 66 and "restaurez une sauvegarde" in said, said
    assert not database.exists()
    database.write_bytes(kept[: len(kept) // 2])
    code, _, said = attempt("serve", "--data", data, "--port", "0")
    assert code == 74 and "Restaurez une sauvegarde" in said, said


def test_a_read_only_folder_is_refused_with_a_sentence(demonstration, small_disk):
    shutil.copytree(demonstration, small_disk / "data")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    code, _, said = attempt("serve", "--data", small_disk / "data", "--port", "0")
    assert code == 74
    assert said.startswith("essaim : ") and "écriture" in said


def test_a_database_held_by_another_program_is_said_and_recovered_from(data, serve):
    server = serve(data)
    visitor = Client(server.port).sign_in(cast.PEOPLE["visitor"])
    visitor.page(cast.NOTEBOOK)
    holder = sqlite3.connect(data / cast.DATABASE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        status, page = write_note(visitor, "Note pendant que la base est tenue.")
        assert status == 503, status
        assert "ne peut pas écrire" in page
        assert int(visitor.headers["Retry-After"]) > 0
        assert Client(server.port).ask("GET", "/ressources")[0] == 200
    finally:
        holder.rollback()
        holder.close()
    assert write_note(visitor, "Note d’après, la base rendue.")[0] == 303
    assert "la base rendue" in visitor.page(visitor.headers["Location"].partition("#")[0])


COMMANDS = [
    [], ["serve"], ["demo"], ["programme"], ["programme", "import"], ["programme", "export"], ["person"], ["person", "add"], ["person", "import"],
    ["person", "factor"], ["person", "erase"], ["routes"], ["backup"], ["restore"], ["check"], ["mail"], ["mail", "test"], ["mail", "receive"],
    ["mail", "bounce"], ["retention"], ["version"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_help_is_in_the_language_of_hosts(command):
    code, help, _ = attempt(*command, "--help")
    assert code == 0 and "Usage : essaim" in help
    assert not re.search(r"OVERVIEW|USAGE|OPTIONS|ARGUMENTS|SUBCOMMANDS|Show |See |default|subcommand", help), help
    assert set(re.findall(r"<[a-z]+>", help)) <= {"<commande>", "<options>"}
    assert attempt("help", *command)[1] == help


@pytest.mark.parametrize("arguments, said", [
    (["retention", "--data", "x", "--aply"], "essaim : l'option « --aply » n'existe pas. Vouliez-vous dire « --apply » ?"),
    (["backup", "--data", "x"], "essaim : il manque « --to <FICHIER> »."),
    (["backup", "--data", "x", "--to"], "essaim : il manque la valeur de « --to <FICHIER> »."),
    (["serve", "--data", "x", "--port", "abc"], "essaim : « abc » ne convient pas à « --port <PORT> »."),
    (["check", "--data", "x", "y"], "essaim : « y » n'est pas attendu ici."),
    (["check", "--data", "x", "y", "z"], "essaim : « y », « z » ne sont pas attendus ici."),
    (["check", "--data", "x", "--qqqqqqqqqqq"], "essaim : l'option « --qqqqqqqqqqq » n'existe pas."),
    (["check"], "essaim : Dites où est le site"),
])
def test_a_command_badly_written_is_refused_in_the_language_of_hosts(arguments, said):
    environment = {"ESSAIM_DATA": ""} if arguments == ["check"] else {}
    code, _, errors = attempt(*arguments, **environment)
    assert code == 64 and errors.startswith(said), errors
    assert "Pour en savoir plus : « essaim" in errors


def test_a_port_taken_is_said_with_how_to_see_by_whom(data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, said = attempt("serve", "--data", data, "--port", port)
    assert code == 69 and f"Le port {port} est déjà pris" in said and f"ss -ltnp 'sport = :{port}'" in said


def test_a_backup_on_a_full_disk_names_the_disk_of_the_backup(data, small_disk):
    with (small_disk / "ballast").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4_096))
        except OSError:
            pass
    code, _, said = attempt("backup", "--data", data, "--to", small_disk / "site.tar")
    assert code == 74 and f"plus de place dans « {small_disk} »" in said and str(data) not in said, said
    (small_disk / "ballast").unlink()
    assert sorted(small_disk.iterdir()) == []


def test_a_backup_cut_short_is_said_as_one(data, tmp_path):
    archive = tmp_path / "site.tar"
    run("backup", "--data", data, "--to", archive)
    archive.write_bytes(archive.read_bytes()[:9_000])
    code, _, said = attempt("restore", "--from", archive, "--data", tmp_path / "again")
    assert code == 65 and "n'est pas une sauvegarde entière" in said and "EOF" not in said


def test_a_key_that_is_none_is_said_by_the_check_and_at_the_start(data, serve):
    (data / "essaim.key").write_text("cle\n")
    code, output, _ = attempt("check", "--data", data)
    assert code == 1 and "essaim.key » n'est pas une clé : remettez-y la copie" in output
    server = serve(data)
    assert "Attention : « " in server.log.read_text()
    assert Client(server.port).ask("GET", "/sante")[0] == 503


def test_an_account_that_may_not_read_is_told_so(data, tmp_path):
    """As whoever forgets sudo."""
    if os.geteuid() != 0 or not os.access(BINARY, os.X_OK):
        pytest.skip("only root can run a command as somebody else")
    tmp_path.chmod(0o700)
    for command in (["check", "--data", data], ["restore", "--from", data / cast.DATABASE, "--data", "/tmp/absent"]):
        done = subprocess.run([BINARY, *command], user=65_534, group=65_534, extra_groups=[], cwd="/", capture_output=True, text=True, timeout=60)
        if "Permission denied" in done.stderr:
            pytest.skip("the program is in a folder that others may not enter")
        assert done.returncode == 77 and "n'a pas le droit de lire" in done.stderr and "sudo" in done.stderr, done.stderr
    code, _, said = attempt("check", "--data", tmp_path / "absent")
    assert code == 66 and "Il n'y a pas de site" in said


def test_one_day_is_not_several(data):
    assert "(1 jour)" in run("retention", "--data", data) and "(1 jours)" not in run("retention", "--data", data)


def test_people_come_in_from_a_table(data, tmp_path):
    table = tmp_path / "liste.csv"
    table.write_text("nom,adresse\nCamille Roux,camille@exemple.org\nOdile,%s\n" % cast.PEOPLE["host"])
    command = ("person", "import", table, "--data", data, "--programme", "territoires-en-action", "--role", "facilitator")
    tried = run(*command)
    assert "ligne 2 : Camille Roux, camille@exemple.org : invitation" in tried and "ligne 3 : Odile" in tried and "Essai à blanc" in tried
    assert "C'est fait." in run(*command, "--apply")
    assert "ligne 2 : Camille Roux, camille@exemple.org : a déjà ce rôle" in run(*command)
    table.write_text("nom,adresse\nCamille Roux,camille\n")
    code, _, said = attempt(*command, "--apply")
    assert code == 65 and "ligne 2 : " in said
