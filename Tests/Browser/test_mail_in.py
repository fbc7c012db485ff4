"""Impression notes come in by a real mail server of this machine: SMTP into a maildir that the site reads, and the pipe."""

import re
import smtplib
import sqlite3
import subprocess
import time
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from harness.cast import DATABASE
from harness.places import BINARY
from harness.server import free_port

WRITES = True
VISIT = "/programmes/territoires-en-action/visites/hauts-de-france"
LIST = "/programmes/territoires-en-action/courriels-recus"


@pytest.fixture(scope="module")
def postbox(site, tmp_path_factory):
    """A mail server that delivers in the folder that the site reads; the site is started again with it."""
    folder = tmp_path_factory.mktemp("postbox") / "maildir"
    handler = Mailbox(str(folder))
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    with (site.data / "essaim.conf").open("a") as conf:
        conf.write(f"mail_replies = notes+*@essai.example\nmail_folder = {folder}\n")
    site.server.stop()
    site.server.start()
    yield port
    controller.stop()


def rows(site, query):
    with sqlite3.connect(site.data / DATABASE) as base:
        return base.execute(query).fetchall()


def addresses(site):
    """The private address of each visitor who owes a note, as the mails say it."""
    found = {}
    for address, body in rows(site, "SELECT address, body FROM mail"):
        for private in re.findall(r"notes\+[a-z0-9]{24}@essai\.example", body):
            found[address] = private
    return found


def letter(sender, to, text, subject="Ma note", **headers):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Quelqu’un <{sender}>", to, subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text, charset="iso-8859-1", cte="quoted-printable")
    return message


def wait(site, query, expected, patience=40):
    end = time.monotonic() + patience
    while rows(site, query)[0][0] != expected:
        assert time.monotonic() < end, rows(site, "SELECT state, reason, sender FROM received_mail")
        time.sleep(0.3)


def test_notes_come_by_smtp_and_a_maildir(site, postbox):
    officer = site.client("officer")
    officer.send_form(VISIT, f"{VISIT}/impressions/adresses")
    known = addresses(site)
    assert len(known) >= 1
    sender, private = next(iter(known.items()))
    with smtplib.SMTP("127.0.0.1", postbox) as smtp:
        smtp.send_message(letter(sender, private, "Ce qui m'a marquée : l'été à l'écart.\n\n-- \nSolène\n"))
        smtp.send_message(letter("inconnue@ailleurs.example", private, "Qui suis-je ?", "Bonjour"))
        for number in range(40):
            smtp.send_message(letter(sender, private, "Je suis absente.", f"Absence {number}", Auto_Submitted="auto-replied"))
    wait(site, "SELECT count(*) FROM received_mail", 42)
    assert rows(site, "SELECT state, count(*) FROM received_mail GROUP BY state ORDER BY state") == [("automatic", 40), ("taken", 1), ("waiting", 1)]
    kept = rows(site, "SELECT body FROM section_content WHERE body LIKE '%l''été à l''écart.%'")
    assert len(kept) == 1 and kept[0][0].endswith("Ce qui m'a marquée : l'été à l'écart."), "below what was there, without the signature"
    answers = rows(site, f"SELECT subject FROM mail WHERE address = '{sender}' AND subject LIKE '%bien arriv%'")
    assert len(answers) == 1, "one answer to the note, none to the machine"
    assert not rows(site, "SELECT 1 FROM mail WHERE address = 'inconnue@ailleurs.example'")
    listed = officer.page(LIST)
    assert "inconnue@ailleurs.example" in listed and "Absence" not in listed


def test_what_waits_is_read_by_whoever_sorts_it(site, postbox):
    officer = site.client("officer")
    found = re.search(rf'href="({LIST}/[0-9a-f-]+)"', officer.page(LIST))
    assert found and "Qui suis-je ?" in officer.page(found[1])


def test_the_pipe_takes_a_mail_once(site, postbox):
    private = list(addresses(site).values())[-1]
    sender = list(addresses(site))[-1]
    message = letter(sender, private, "Par le tube.").as_bytes()
    command = [str(BINARY), "mail", "receive", "--data", str(site.data), "--recipient", private, "--sender", sender]
    said = [subprocess.run(command, input=message, capture_output=True, timeout=60) for _ in range(2)]
    assert [done.returncode for done in said] == [0, 0], said
    assert "note d'impression" in said[0].stdout.decode() and "déjà" in said[1].stdout.decode()
