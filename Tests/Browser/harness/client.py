"""A person at the keyboard without a browser: raw HTTP, one connection, a cookie, the token of forms."""

import html
import http.client
import json
import re
import urllib.parse

from .cast import BLOCKS, NOTEBOOK, PASSWORD, SIGN_IN


class Client:
    """One connection to one server. Errors of the network go to the caller."""

    def __init__(self, port, timeout=30):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        self.cookies = {}
        self.token = ""
        self.headers = {}
        self.html = ""

    def ask(self, method, path, body=None, headers=None):
        """Returns (status, body as bytes)."""
        headers = {"Accept-Language": "fr", **(headers or {})}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        self.headers = answer.headers
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()
        return answer.status, content

    def page(self, path):
        """Reads a page and keeps its form token."""
        status, content = self.ask("GET", path)
        assert status == 200, f"GET {path}: {status}"
        text = content.decode()
        self.html = text
        if found := re.search(r'<meta name="csrf" content="([^"]*)"', text):
            self.token = found[1]
        return text

    def value(self, name):
        """What a field of the page read last holds."""
        return html.unescape(re.search(rf'name="{name}"[^>]* value="([^"]*)"', self.html)[1])

    def sign_in(self, email, password=PASSWORD):
        self.page(SIGN_IN)
        form = urllib.parse.urlencode({"email": email, "password": password, "csrf": self.token})
        status, _ = self.ask("POST", SIGN_IN, form, {"Content-Type": "application/x-www-form-urlencoded"})
        assert status in (302, 303), f"no log-in for {email}: {status}"
        self.page("/")
        return self

    def send_form(self, page, action, to=None, **fields):
        """Sends the form of that page whose action ends so, as a browser without script (`to`: by a button that leads
        elsewhere); returns where it leads."""
        path, hidden = self.read_form(page, action)
        return self.post_form(to or path, {**hidden, **fields})

    def read_form(self, page, action):
        """Where the form of that page whose action ends so leads, and its hidden fields."""
        for form in re.findall(r'<form method="post" action="([^"]*)"[^>]*>(.*?)</form>', self.page(page), re.DOTALL):
            if form[0].endswith(action):
                break
        else:
            raise AssertionError(f"{page} has no form to …{action}")
        hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form[1])
        return form[0], {name: html.unescape(value) for name, value in hidden}

    def post_form(self, path, values, done=303):
        """Sends the fields of a form; returns where it leads."""
        status, _ = self.ask(
            "POST", path, urllib.parse.urlencode(values, doseq=True),
            {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.connection.port}"})
        assert status == done, f"POST {path}: {status}"
        return self.headers.get("Location", "")

    def send_file(self, page, action, field, name, content):
        """Sends a file with the form of that page, as a browser without script; returns (status, page)."""
        self.page(page)
        hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', self.html.split(f'action="{action}"', 1)[1].split("</form>")[0])
        line = "--essaim-file"
        head = "".join(f'{line}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{html.unescape(value)}\r\n' for key, value in hidden)
        head += f'{line}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n{line}--\r\n".encode()
        status, answer = self.ask("POST", action, body, {"Content-Type": "multipart/form-data; boundary=essaim-file"})
        return status, answer.decode(errors="replace")

    def copy(self, port):
        """The same person on another connection."""
        twin = Client(port)
        twin.cookies, twin.token = dict(self.cookies), self.token
        return twin

    def notebook(self):
        """The identifier of the visit whose notebook this person writes in."""
        found = re.search(r'data-visit="([^"]+)"', self.page(NOTEBOOK))
        assert found, f"no notebook at {NOTEBOOK}"
        return found[1]

    def send_blocks(self, visit, device, blocks):
        """Posts note blocks by the notebook's protocol; returns the outcome by block identifier."""
        value = {"protocol": 1, "visit": visit, "device": device, "blocks": blocks}
        status, content = self.ask(
            "POST", BLOCKS, json.dumps(value).encode(), {"Content-Type": "application/json", "X-CSRF-Token": self.token})
        assert status == 200, f"POST {BLOCKS}: {status} {content[:400]!r}"
        return {block["id"]: block["outcome"] for block in json.loads(content)["blocks"]}

    def close(self):
        self.connection.close()


def block(identifier, sequence, text):
    """A note as a phone writes it: its own words, no half-day, no encounter yet."""
    return {
        "id": identifier, "sequence": sequence, "base": 0, "slot": None, "encounter": None, "dimensions": [],
        "manner": "observed", "speaker": None, "text": text,
    }
