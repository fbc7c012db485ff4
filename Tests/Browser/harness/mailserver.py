"""A mail server of this machine (aiosmtpd), which answers what a test tells it to and keeps what it takes."""

import asyncio
import ssl
import subprocess
import threading
import time
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from .server import free_port


class Post:
    """What was taken, in order; `answers` are given to the next recipients or contents, then everything is taken."""

    def __init__(self):
        self.taken = []
        self.recipients = []
        self.answers = {"RCPT": [], "DATA": []}
        self.delay = 0
        self.reached = threading.Event()
        self.lock = threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):
        with self.lock:
            self.recipients.append(address)
            answer = self.answers["RCPT"].pop(0) if self.answers["RCPT"] else None
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        with self.lock:
            answer = self.answers["DATA"].pop(0) if self.answers["DATA"] else None
            if answer:
                return answer
            self.taken.append(Mail(envelope, session, server.transport))
        self.reached.set()
        if self.delay:
            await asyncio.sleep(self.delay)
        return "250 2.0.0 Ok: queued as ESSAI"

    def wait(self, count=1, patience=30):
        """Waits until so many mails were taken."""
        end = time.monotonic() + patience
        while len(self.taken) < count:
            assert time.monotonic() < end, f"{len(self.taken)} mails of {count} after {patience} s; recipients: {self.recipients}"
            time.sleep(0.02)
        return self.taken


class Mail:
    """A mail as it came: its envelope, its bytes, what a mail program reads in it."""

    def __init__(self, envelope, session, transport):
        self.sender = envelope.mail_from
        self.recipients = list(envelope.rcpt_tos)
        self.bytes = envelope.content
        self.message = message_from_bytes(envelope.content, policy=policy.default)
        self.is_encrypted = transport.get_extra_info("cipher") is not None
        self.user = session.auth_data

    @property
    def text(self):
        return self.message.get_content()


class MailServer:
    """`with MailServer(security="starttls", authority=…, user=…)`: on a free port until the end of the block."""

    def __init__(self, security="none", authority=None, user=None, password=None, port=None):
        self.post = Post()
        self.port = port or free_port()
        self.security = security
        self.accounts = (user, password) if user else None
        self.context = authority.context() if authority else None
        self.controller = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        options = {}
        if self.accounts:
            options = {"authenticator": self.check, "auth_required": True, "auth_require_tls": self.security != "none"}
        if self.security == "starttls":
            options |= {"tls_context": self.context, "require_starttls": True}
        # A server that listens with TLS at once; the library would otherwise make the test itself say it in clear first.
        implicit = self.context if self.security == "tls" else None
        if implicit and self.accounts:
            # It only knows of the encryption that it began itself.
            options["auth_require_tls"] = False
        self.controller = Controller(self.post, hostname="127.0.0.1", port=self.port, ssl_context=implicit, **options)
        self.controller.start()

    def stop(self):
        if self.controller:
            controller, self.controller = self.controller, None
            controller.stop(no_assert=True)

    def check(self, server, session, envelope, mechanism, data):
        given = tuple(part.decode() for part in (data.login, data.password))
        return AuthResult(success=given == self.accounts, auth_data=given[0], handled=False)


class Authority:
    """Certificates made by this test: an authority, and a server of 127.0.0.1 that it vouches for."""

    def __init__(self, folder):
        self.folder = folder
        self.certificate = folder / "authority.pem"
        openssl = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        self._run(*openssl, "-keyout", folder / "authority.key", "-out", self.certificate, "-subj", "/CN=Essai")
        self._run(
            *openssl, "-keyout", folder / "server.key", "-out", folder / "server.pem", "-subj", "/CN=127.0.0.1",
            "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE",
            "-CA", self.certificate, "-CAkey", folder / "authority.key")

    def context(self):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.folder / "server.pem", self.folder / "server.key")
        return context

    @staticmethod
    def _run(*command):
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
