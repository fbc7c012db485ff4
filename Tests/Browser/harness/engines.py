"""Firefox and WebKit, driven by the commands of WebDriver: over the socket that Firefox opens itself, over HTTP for WebKit."""

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from .server import free_port

FIREFOX = Path("/usr/bin/firefox-esr")
WEBKIT = Path("/usr/bin/WebKitWebDriver")
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
# Neither asks the outside anything; what a page asks of the person waits for ever.
QUIET = {
    "app.update.enabled": False, "datareporting.policy.dataSubmissionEnabled": False, "app.normandy.enabled": False,
    "services.settings.server": "data:,", "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False,
    "browser.safebrowsing.update.enabled": False, "extensions.update.enabled": False, "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore", "toolkit.startup.max_resumed_crashes": -1, "intl.accept_languages": "fr-FR, fr",
}


class Refusal(Exception):
    """What the engine answers when it does not do it."""


class Engine:
    """A browser with a folder of its own: `go`, `run` a piece of script, `fill`, `click`, `wait` until a page says something."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def go(self, url):
        self.command("Navigate", "url", {"url": url})

    def run(self, script):
        whole = f"const done = arguments[0]; (async () => {{ {script} }})().then((value) => done([value ?? null, null]), (error) => done([null, String(error)]));"
        # A page that goes away meanwhile answers nothing.
        value, error = self.command("ExecuteAsyncScript", "execute/async", {"script": whole, "args": []}) or (None, None)
        if error:
            raise Refusal(error)
        return value

    def wait(self, expression, patience=30):
        end = time.monotonic() + patience
        while not (value := self.run(f"return {expression}")):
            assert time.monotonic() < end, f"{expression}: {self.run('return document.body.innerText')[:2000]}"
            time.sleep(0.1)
        return value

    def find(self, selector):
        return self.command("FindElement", "element", {"using": "css selector", "value": selector})[ELEMENT]

    def fill(self, selector, text):
        self.act("ElementSendKeys", "value", self.find(selector), {"text": text})

    def click(self, selector):
        self.act("ElementClick", "click", self.find(selector), {})

    def end(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Firefox(Engine):
    """`start()` again after `kill()`: its folder stays."""

    def start(self):
        port = free_port()
        settings = {**QUIET, "marionette.port": port}
        (self.folder / "user.js").write_text("".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()))
        self.process = subprocess.Popen(
            [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", self.folder],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self.wire = reached(port)
        self.read, self.count = self.wire.makefile("rb"), 0
        self._receive()
        self.command("NewSession", "", {})
        self.command("SetTimeouts", "", {"script": 60_000, "pageLoad": 60_000})
        return self

    def kill(self):
        self.end()
        self.wire.close()
        for name in ("lock", ".parentlock"):
            (self.folder / name).unlink(missing_ok=True)

    stop = kill

    def _receive(self):
        length = b""
        while (digit := self.read.read(1)) not in (b":", b""):
            length += digit
        return json.loads(self.read.read(int(length)))

    def command(self, name, _, body):
        self.count += 1
        sent = json.dumps([0, self.count, f"WebDriver:{name}", body]).encode()
        self.wire.sendall(f"{len(sent)}:".encode() + sent)
        _, _, error, result = self._receive()
        if error:
            raise Refusal(f"{name}: {error['message']}")
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def act(self, name, _, element, body):
        self.command(name, "", {"id": element, **body})


class WebKit(Engine):
    """What telephones of one maker have, as Debian builds it; driven, it forgets everything at its end."""

    def start(self):
        log = (self.folder / "log").open("ab")
        reader, writer = os.pipe()
        self.screen = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-nolisten", "tcp"], pass_fds=[writer], stdout=log, stderr=log)
        os.close(writer)
        with os.fdopen(reader) as told:
            display = f":{told.readline().strip()}"
        port = free_port()
        places = {"HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder)}
        own = {"DISPLAY": display, "NO_AT_BRIDGE": "1", "LIBGL_ALWAYS_SOFTWARE": "1", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        self.process = subprocess.Popen(
            [WEBKIT, f"--port={port}"], env={**os.environ, **places, **own}, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        reached(port).close()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.session = ""
        self.session = f"/session/{self._ask('POST', '/session', {'capabilities': {}})['sessionId']}"
        self._ask("POST", f"{self.session}/timeouts", {"script": 60_000, "pageLoad": 60_000})
        return self

    def stop(self):
        self.end()
        self.screen.terminate()
        self.screen.wait()

    def _ask(self, method, path, body):
        self.connection.request(method, path, json.dumps(body), {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        value = json.loads(answer.read())["value"]
        if answer.status != 200:
            raise Refusal(f"{path}: {value['message']}")
        return value

    def command(self, _, path, body):
        return self._ask("POST", f"{self.session}/{path}", body)

    def act(self, _, path, element, body):
        self._ask("POST", f"{self.session}/element/{element}/{path}", body)


def reached(port, patience=60):
    """A connection to what starts on this port."""
    end = time.monotonic() + patience
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=120)
        except OSError:
            assert time.monotonic() < end, f"nothing listens on {port}"
            time.sleep(0.1)
