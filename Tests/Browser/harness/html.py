"""The Nu HTML checker, kept running for the whole session: one Java start for all pages."""

import http.client
import json
import subprocess
import time

from .places import CHECKER
from .server import free_port

# The checker that the package registry has dates from 2020: what it did not know yet, and the standard has since.
SINCE = (
    "Bad value “dialog” for attribute “method”",
    "Attribute “inert” not allowed",
    "Attribute “popover” not allowed",
    "Attribute “popovertarget” not allowed",
    "Attribute “fetchpriority” not allowed",
)


class Checker:
    """`errors(html)` says what is not valid, each with its line."""

    def __init__(self):
        self.process = None
        self.port = free_port()

    def errors(self, html):
        self._start()
        status, answer = self._post(html.encode())
        assert status == 200, f"the HTML checker answered {status}"
        messages = json.loads(answer)["messages"]
        return [
            f"line {m.get('lastLine', '?')}: {m['message']} — {' '.join(m.get('extract', '').split())}"
            for m in messages
            if m["type"] != "info" and not m["message"].startswith(SINCE)
        ]

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(10)

    def _start(self, patience=90):
        if self.process:
            return
        self.process = subprocess.Popen(
            ["java", "-Dnu.validator.servlet.bind-address=127.0.0.1", "-cp", str(CHECKER),
             "nu.validator.servlet.Main", str(self.port)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + patience
        while time.monotonic() < end:
            try:
                self._post(b"<!doctype html><title>x</title>")
                return
            except OSError:
                assert self.process.poll() is None, "the HTML checker ended at once"
                time.sleep(0.2)
        raise AssertionError(f"the HTML checker does not answer after {patience} s")

    def _post(self, content):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "text/html; charset=utf-8", "User-Agent": "Essaim"}
        try:
            connection.request("POST", "/?out=json", content, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()
