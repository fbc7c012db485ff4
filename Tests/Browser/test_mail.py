"""Mails leave the site by a real mail server of this machine: TLS, log-in, refusals, a server that is away, slow, or killed with us."""

import html
import re
import shutil
import sqlite3
import subprocess
import time

import pytest
from conftest import refuse
from harness.cast import DATABASE, PEOPLE
from harness.client import Client
from harness.looks import accessibility
from harness.mailserver import Authority, MailServer
from harness.places import BINARY
from harness.server import Server, run

PASSWORD = "une phrase assez longue pour un compte"
ADMINISTRATOR, MEMBER = "gaelle@exemple.fr", "zoe@exemple.fr"
PATH = "/administration/courriels"
SECRET = "mot-de-passe-du-courriel-à-taire"


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A site with an administrator and a member, its own invitation given up: to copy, never to serve."""
    folder = tmp_path_factory.mktemp("founded") / "data"
    for name, email, role in [("Gaëlle Martin", ADMINISTRATOR, "administrator"), ("Zoé L’Hénaff", MEMBER, "facilitator")]:
        run(
            "person", "add", "--data", folder, "--name", name, "--email", email, "--role", role, "--password-stdin",
            given=PASSWORD + "\n")
    return folder


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def site(founded, tmp_path):
    """`site(server, key="value")`: a site on a fresh copy that sends through this mail server, not yet started."""
    sites = []

    def make(mail, **settings):
        folder = tmp_path / f"data{len(sites)}"
        shutil.copytree(founded, folder)
        made = MailSite(folder)
        made.configure(mail, **settings)
        sites.append(made)
        return made

    yield make
    for made in sites:
        made.stop()


class MailSite(Server):
    def configure(self, mail, **settings):
        values = {
            "name": "Réseau d’essai", "second_factor": "offered", "mail_from": "site@exemple.fr", "mail_returns": "retours+*@exemple.fr",
            **({"smtp_server": "127.0.0.1", "smtp_port": mail.port, "smtp_security": mail.security} if mail else {}), **settings}
        if not mail:
            values = {"name": "Réseau d’essai", "second_factor": "offered", **settings}
        (self.data / "essaim.conf").write_text("".join(f"{key} = {value}\n" for key, value in values.items()))

    def ask_link(self, email=MEMBER):
        """Somebody asks for a link to log in: a mail is written."""
        Client(self.port).send_form("/connexion", "/connexion", to="/connexion/lien", email=email)

    def administrator(self):
        return Client(self.port).sign_in(ADMINISTRATOR, PASSWORD)

    def page(self, path=PATH):
        return html.unescape(self.administrator().page(path))

    def wait_for(self, words, path=PATH, patience=20):
        """Waits until the page of the mails says so."""
        administrator, end = self.administrator(), time.monotonic() + patience
        while words not in (page := html.unescape(administrator.page(path))):
            assert time.monotonic() < end, f"« {words} » is not said:\n{page[page.find('<main'):][:3000]}"
            time.sleep(0.1)
        return page

    def try_again(self):
        administrator = self.administrator()
        one = re.search(rf'href="({PATH}/[0-9a-f-]+)"', administrator.page(PATH))[1]
        administrator.send_form(one, "/envoi")
        return one

    def database(self):
        return sqlite3.connect(self.data / DATABASE, timeout=10)

    def write(self, count):
        """Puts mails in the outbox, as another program would."""
        with self.database() as database:
            database.executemany(
                "INSERT INTO mail (id, created_at, address, subject, body) VALUES (?, ?, ?, ?, ?)",
                [(f"0190a0f0-0000-4000-8000-{number:012x}", int(time.time() * 1000), MEMBER, f"Numéro {number}", "Bonjour")
                 for number in range(count)])

    def states(self):
        with self.database() as database:
            return dict(database.execute("SELECT state, COUNT(*) FROM mail GROUP BY state"))


def names(mails):
    return [mail.message["Message-ID"] for mail in mails]


def test_a_mail_is_plain_text_from_the_site_with_one_link(site):
    with MailServer() as mail:
        made = site(mail)
        made.start()
        made.ask_link()
        [letter] = mail.post.wait()
        message = letter.message
        assert message["From"].addresses[0].display_name == "Réseau d’essai" and message["From"].addresses[0].addr_spec == "site@exemple.fr"
        assert message["To"].addresses[0].display_name == "Zoé L’Hénaff" and letter.recipients == [MEMBER]
        assert "Réseau d’essai" in message["Subject"]
        assert message["Auto-Submitted"] == "auto-generated" and message["Date"].datetime and message.get_content_type() == "text/plain"
        token = re.fullmatch(r"<([0-9a-f]{32})@exemple\.fr>", message["Message-ID"])[1]
        assert letter.sender == f"retours+{token}@exemple.fr"
        links = re.findall(r"http\S+", letter.text)
        assert len(links) == 1 and "/connexion/lien/" in links[0]
        assert all(len(line) <= 78 for line in letter.bytes.split(b"\r\n")) and b"\n" not in letter.bytes.replace(b"\r\n", b"")
        page = made.wait_for("Pris par le serveur de courriel")
        assert MEMBER in page and "/connexion/lien/" not in page
        secret = links[0].rsplit("/", 1)[1]
        made.stop()
        assert secret not in made.log.read_text()


def test_a_mail_leaves_encrypted_under_a_trusted_certificate(site, authority):
    for security in ("starttls", "tls"):
        with MailServer(security, authority) as mail:
            made = site(mail, smtp_ca_file=authority.certificate)
            made.start()
            made.ask_link()
            [letter] = mail.post.wait()
            assert letter.is_encrypted


def test_a_certificate_that_nobody_vouches_for_stops_everything(site, authority):
    for security in ("starttls", "tls"):
        with MailServer(security, authority) as mail:
            made = site(mail)
            made.start()
            made.ask_link()
            assert "certificate" in made.wait_for("son certificat n’est pas reconnu")
            assert not mail.post.taken and not mail.post.recipients


def test_a_server_without_encryption_is_given_nothing(site):
    with MailServer() as mail:
        made = site(mail, smtp_security="starttls")
        made.start()
        made.ask_link()
        made.wait_for("il ne propose pas le chiffrement demandé")
        assert not mail.post.taken and not mail.post.recipients


def test_a_log_in_is_made_encrypted_and_its_password_is_told_to_nobody_else(site, authority, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(SECRET + "\n")
    settings = {"smtp_ca_file": authority.certificate, "smtp_user": "essaim", "smtp_password_file": secret}
    for security in ("starttls", "tls"):
        with MailServer(security, authority, "essaim", SECRET) as mail:
            made = site(mail, **settings)
            made.start()
            made.ask_link()
            [letter] = mail.post.wait()
            assert letter.user == "essaim"
    with MailServer("starttls", authority, "essaim", "un autre") as mail:
        made = site(mail, **settings)
        made.start()
        made.ask_link()
        page = made.wait_for("refuse l’identifiant ou le mot de passe")
        assert "535" in page and not mail.post.taken
        assert "Le serveur de courriel ne prend rien" in html.unescape(made.administrator().page("/a-faire"))
        made.stop()
        # Once it is set right, the start of the site is enough.
        mail.accounts = ("essaim", SECRET)
        made.start()
        mail.post.wait()
        made.stop()
        said = made.log.read_text()
        assert SECRET not in page and SECRET not in said and "smtp" not in said.lower().replace(str(made.data), "")


def test_a_password_is_never_sent_in_clear_to_another_machine(site):
    made = site(None, smtp_server="smtp.exemple.fr", smtp_security="none", smtp_user="essaim", smtp_password=SECRET, mail_from="a@b.fr")
    done = subprocess.run([BINARY, "serve", "--data", made.data, "--port", "0"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 78 and "en clair" in done.stderr and SECRET not in done.stderr


def test_a_mail_that_is_deferred_leaves_later_under_the_same_name(site):
    with MailServer() as mail:
        mail.post.answers["RCPT"] = ["450 4.2.1 liste grise, revenez"]
        made = site(mail)
        made.start()
        made.ask_link()
        page = made.wait_for("demande d’attendre")
        assert "Prochain essai" in page
        one = made.try_again()
        mail.post.wait()
        page = made.wait_for("Pris par le serveur de courriel", one)
        assert re.search(r"<dt>Essais</dt><dd>2</dd>", page)


def test_a_refusal_for_good_is_told_with_its_reason_and_the_words_of_the_server(site):
    with MailServer() as mail:
        mail.post.answers["RCPT"] = ["550 5.1.1 <zoe@exemple.fr>: boîte inconnue"]
        made = site(mail)
        made.start()
        made.ask_link()
        page = made.wait_for("Cette adresse est refusée")
        one = re.search(rf'href="({PATH}/[0-9a-f-]+)"', page)[1]
        page = made.page(one)
        assert "550 5.1.1 <zoe@exemple.fr>: boîte inconnue" in page and MEMBER in page and "/connexion/lien" not in page
        assert "1 courriel n’a pas pu être remis" in made.page("/a-faire")
        time.sleep(6)
        assert len(mail.post.recipients) == 1
        made.administrator().send_form(one, "/abandon")
        assert "n’a pas pu être remis" not in made.page("/a-faire")
        mail.post.answers["DATA"] = ["554 5.7.1 indésirable"]
        made.ask_link()
        made.wait_for("qu’il juge indésirable")


def test_a_server_that_is_away_loses_nothing(site):
    mail = MailServer()
    made = site(mail)
    made.start()
    made.write(4)
    made.ask_link()
    made.wait_for("Le serveur de courriel ne répond pas")
    assert made.states() == {"waiting": 5}
    with mail:
        made.try_again()
        mail.post.wait(5)
        made.wait_for("5 envoyés")
        assert len(set(names(mail.post.taken))) == 5


def test_a_slow_server_holds_back_no_page_and_no_stop(site):
    with MailServer() as mail:
        mail.post.delay = 60
        made = site(mail, smtp_timeout=3)
        made.start()
        made.ask_link()
        assert mail.post.reached.wait(20)
        began = time.monotonic()
        assert Client(made.port).ask("GET", "/")[0] == 200
        assert time.monotonic() - began < 2
        made.wait_for("a mis trop de temps à répondre")
        made.write(1)
        mail.post.reached.clear()
        made.try_again()
        assert mail.post.reached.wait(20)
        began = time.monotonic()
        made.stop(patience=15)
        assert time.monotonic() - began < 12
        run("check", "--data", made.data)


def test_a_crash_in_the_middle_loses_no_mail(site):
    with MailServer() as mail:
        mail.post.delay = 0.05
        made = site(mail, smtp_timeout=1)
        made.start()
        made.write(30)
        for _ in range(3):
            mail.post.reached.clear()
            assert mail.post.reached.wait(20)
            time.sleep(0.03)
            made.kill()
            made.start()
        made.wait_for("30 envoyés", patience=60)
        # What left twice left under one name: at most one mail a crash.
        assert len(set(names(mail.post.taken))) == 30
        assert len(mail.post.taken) <= 33
        assert made.states() == {"sent": 30}


def test_two_servers_of_one_site_send_each_mail_once(site):
    with MailServer() as mail:
        made = site(mail)
        other = MailSite(made.data)
        other.log = made.data.with_name("other.log")
        made.start()
        other.start()
        try:
            made.write(40)
            mail.post.wait(40, patience=60)
            made.wait_for("40 envoyés")
        finally:
            other.stop()
        assert len(mail.post.taken) == 40 and len(set(names(mail.post.taken))) == 40


def test_nothing_typed_makes_a_header_or_a_command(site):
    with MailServer() as mail:
        made = site(mail, name='Réseau "<x@y.fr>", d’essai')
        with made.database() as database:
            database.execute("UPDATE person SET name = ? WHERE email = ?", ("Zoé\r\nBcc: tous@exemple.fr\r\n\r\nRien", MEMBER))
        made.write(1)
        with made.database() as database:
            database.execute(
                "UPDATE mail SET subject = ?, body = ?", ("Objet\r\nBcc: tous@exemple.fr", ".\r\n.\r\nQUIT\r\n\r\n.\r\nRCPT TO:<x@y.fr>"))
        made.start()
        made.ask_link()
        for letter in mail.post.wait(2):
            assert letter.recipients == [MEMBER] and letter.message["Bcc"] is None
            assert len(letter.message.keys()) == 9 and letter.message["From"].addresses[0].addr_spec == "site@exemple.fr"
        assert "RCPT TO:<x@y.fr>" in mail.post.taken[0].text and len(mail.post.taken) == 2


def test_a_trial_says_step_by_step_what_happened(site, authority):
    with MailServer("starttls", authority, "essaim", SECRET) as mail:
        settings = {"smtp_ca_file": authority.certificate, "smtp_user": "essaim", "smtp_password": SECRET}
        made = site(mail, **settings)

        def trial(*more):
            done = subprocess.run(
                [BINARY, "mail", "test", "--data", made.data, "--to", MEMBER, *more], capture_output=True, text=True, timeout=60)
            assert SECRET not in done.stdout + done.stderr
            return done

        done = trial()
        assert done.returncode == 0, done.stderr
        for words in ["✓ connexion", "✓ chiffrement : TLSv1.", "✓ identifiant et mot de passe : 235", "✓ adresse du destinataire", "✓ message : 250 2.0.0 Ok"]:
            assert words in done.stdout, done.stdout
        [letter] = mail.post.taken
        assert "sait écrire" in letter.text
        mail.post.answers["RCPT"] = ["550 5.1.1 inconnue"]
        done = trial()
        assert done.returncode == 69 and "✗ adresse du destinataire : 550 5.1.1 inconnue" in done.stdout and "refusée" in done.stderr
        mail.accounts = ("essaim", "autre")
        done = trial()
        assert done.returncode == 75 and "✗ identifiant et mot de passe : 535" in done.stdout
        done = trial("--smtp-port", str(Server(made.data).port))
        assert done.returncode == 75 and "✗ connexion" in done.stdout and "ne répond pas" in done.stderr


def test_a_mail_that_comes_back_is_read_from_a_pipe(site):
    with MailServer() as mail:
        made = site(mail)
        made.start()
        made.ask_link()
        [letter] = mail.post.wait()
        made.wait_for("Pris par le serveur")
        report = (
            "From: MAILER-DAEMON@mx.fr\r\nContent-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n"
            "Reporting-MTA: dns; mx.fr\r\n\r\nFinal-Recipient: rfc822; zoe@exemple.fr\r\nAction: failed\r\nStatus: 5.2.2\r\n"
            "Diagnostic-Code: smtp; 552 5.2.2 boite pleine\r\n\r\n--x--\r\n")

        def bounce(message, *more):
            return run("mail", "bounce", "--data", made.data, *more, given=message)

        assert "aucun courriel de ce site" in bounce(report)
        assert "rien n'est changé" in bounce("Subject: Absente\n\nEn congé.", "--recipient", letter.sender)
        assert f"n'est pas arrivé à {MEMBER}" in bounce(report, "--recipient", letter.sender)
        page = made.wait_for("puis il est revenu")
        assert "552 5.2.2 boite pleine" in page or "552 5.2.2 boite pleine" in made.page(re.search(rf'href="({PATH}/[0-9a-f-]+)"', page)[1])


def test_the_pages_of_mails_are_accessible_and_valid(site, browser, nu):
    with MailServer() as mail:
        mail.post.answers["RCPT"] = ["550 5.1.1 <zoe@exemple.fr>: boîte inconnue, avec-un-mot-vraiment-très-très-long-que-rien-ne-coupe"]
        made = site(mail)
        made.start()
        made.write(2)
        made.wait_for("1 envoyé ")
        mail.stop()
        made.ask_link()
        made.wait_for("Rien ne part en ce moment")
        context = browser.new_context(base_url=made.url, locale="fr-FR")
        page = context.new_page()
        page.goto("/connexion")
        page.fill("[name=email]", ADMINISTRATOR)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button:not([type])")
        page.wait_for_url(lambda url: "/connexion" not in url)
        try:
            page.goto(PATH)
            addresses = [PATH, f"{PATH}?etat=failed", *{link.get_attribute("href") for link in page.locator(".entries a").all()}, "/compte", "/a-faire"]
            assert len(addresses) == 7
            for number, address in enumerate(addresses):
                page.goto(address)
                refuse(accessibility(page, f"mails-{number}"))
                nu(page)
        finally:
            context.close()


def test_a_site_without_mail_server_says_that_mails_wait(site):
    made = site(None)
    made.write(3)
    made.start()
    assert "aucun serveur n'est réglé" in made.log.read_text() and "3 courriels attendent" in made.log.read_text()
    assert "Aucun serveur de courriel n’est réglé : 3 courriels attendent" in made.page("/a-faire").replace("\u00a0", " ")
    assert "3 courriels attendent" in run("check", "--data", made.data)


def test_nothing_leaves_a_demonstration(demonstration, tmp_path):
    with MailServer() as mail:
        folder = tmp_path / "data"
        shutil.copytree(demonstration, folder)
        made = MailSite(folder)
        made.configure(mail)
        made.start()
        try:
            made.ask_link(PEOPLE["visitor"])
            time.sleep(7)
            assert not mail.post.recipients
            assert "Ici rien ne part" in html.unescape(Client(made.port).page("/courriels"))
        finally:
            made.stop()
