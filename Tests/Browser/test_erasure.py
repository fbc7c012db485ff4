"""Somebody erased, with the real binary: backups made before, restorations, a clock that jumps."""

import shutil
import sqlite3

import pytest
from harness import cast
from harness.server import Server
from test_commands import attempt

MARKER = "Clémence Roussel"
EMAIL = cast.PEOPLE["officer"]


@pytest.fixture
def data(demonstration, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(demonstration, folder)
    return folder


def holds(folder, word):
    """The files where the word is, whatever they are."""
    return [path.name for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def test_a_backup_made_before_is_erased_again_by_its_restoration(data, tmp_path):
    before, after = tmp_path / "before.tar", tmp_path / "after.tar"
    assert attempt("backup", "--to", before, "--data", data)[0] == 0
    assert MARKER.encode() in before.read_bytes()
    code, output, errors = attempt("person", "erase", "--yes", "--email", EMAIL, "--data", data)
    assert code == 0, errors
    assert "Personne effacée." in output
    assert holds(data, EMAIL) == []
    assert attempt("person", "erase", "--yes", "--email", EMAIL, "--data", data)[0] == 66
    journal = data / "erasures.log"
    assert journal.stat().st_mode & 0o077 == 0
    assert "Roussel" not in journal.read_text()
    assert attempt("backup", "--to", after, "--data", data)[0] == 0
    assert EMAIL.encode() not in after.read_bytes()
    code, output, errors = attempt("restore", "--from", before, "--data", tmp_path / "again", "--erasures", journal)
    assert code == 0, errors
    assert "Effacements appliqués de nouveau : 1." in output
    assert holds(tmp_path / "again", EMAIL) == []
    assert attempt("check", "--data", tmp_path / "again")[0] == 0


def test_an_erasure_at_the_console_wants_the_name_typed(data):
    command = ("person", "erase", "--email", EMAIL, "--data", data)
    for typed in ("", "oui\n", f"{EMAIL}\n"):
        code, output, errors = attempt(*command, given=typed)
        assert code == 75 and "rien n'est effacé" in errors and f"{MARKER}, {EMAIL}" in output and "ne se défait pas" in output
    assert holds(data, EMAIL) != []
    assert attempt(*command, given=f"{MARKER}\n")[0] == 0
    assert holds(data, EMAIL) == []


def test_a_server_that_starts_on_an_older_database_erases_again(data, tmp_path):
    backup = tmp_path / "before.tar"
    assert attempt("backup", "--to", backup, "--data", data)[0] == 0
    assert attempt("person", "erase", "--yes", "--email", EMAIL, "--data", data)[0] == 0
    again = tmp_path / "again"
    code, output, _ = attempt("restore", "--from", backup, "--data", again)
    assert code == 0
    assert "erasures.log" in output
    assert holds(again, EMAIL) != []
    shutil.copy(data / "erasures.log", again)
    server = Server(again)
    server.start()
    server.stop()
    assert holds(again, EMAIL) == []


def test_retention_counts_and_does_nothing_unless_asked(data):
    def counts():
        with sqlite3.connect(data / "essaim.sqlite") as database:
            tables = [name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone() for name in tables}

    before = counts()
    code, output, errors = attempt("retention", "--data", data)
    assert code == 0, errors
    assert "Sessions ouvertes (30 jours)" in output
    assert "rien n'a été fait" in output
    assert counts() == before
    assert attempt("retention", "--apply", "--data", data)[0] == 0
