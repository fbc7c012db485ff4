"""A page made of our built assets only, without the server: what the modules promise can be tried one by one."""

import html
import json
import os
import re
import time
from pathlib import Path

SHARE = Path(os.environ.get("ESSAIM_SHARE", Path(__file__).resolve().parents[2] / ".build/share/essaim"))
ORIGIN = "http://essaim.localhost"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; media-src 'self' blob:"
)


class Trial:
    """One browser context whose only site is ours; `answer` decides what a POST gets: (status, JSON)."""

    def __init__(self, browser):
        self.context = browser.new_context(locale="fr-FR")
        self.context.route("**/*", self._serve)
        self.page = self.context.new_page()
        self.complaints = []
        self.posts = []
        self.token = "first"
        self.online = True
        self.answer = lambda request: (200, {})
        # What the site says of itself to a notebook, and what it has no more of what it had acknowledged.
        self.hello = {"protocol": 1, "state": "open", "person": "7", "key": "A" * 43, "token": "first", "lasts": 10**9}
        self.hour = lambda: int(time.time() * 1000)
        self.missing = {"protocol": 1, "blocks": [], "media": []}
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, main, modules=(), body_words=None, head="", lang="fr"):
        self._page = (main, modules, body_words or {}, head, lang)
        self.page.goto(ORIGIN + "/")
        return self.page

    def close(self):
        self.context.close()
        assert not self.complaints, self.complaints

    def _listen(self, message):
        expected = "Failed to load resource" in message.text
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(message.text)

    def _serve(self, route):
        request = route.request
        path = request.url.removeprefix(ORIGIN).split("?")[0]
        if path.startswith("/api/v1/telephone"):
            if not self.online:
                return route.abort()
            value = self.missing if path.endswith("/recus") else self.hello | {"now": self.hour()}
            return route.fulfill(body=json.dumps(value), content_type="application/json; charset=utf-8")
        if request.method == "POST":
            if not self.online:
                return route.abort()
            self.posts.append(request)
            status, answer = self.answer(request)
            return route.fulfill(status=status, body=json.dumps(answer), content_type="application/json")
        if path.startswith("/assets/"):
            file = SHARE / "assets" / path.removeprefix("/assets/")
            kind = (
                "text/css" if file.suffix == ".css" else "text/javascript" if file.suffix == ".js" else "image/svg+xml"
            )
            return route.fulfill(body=file.read_bytes(), content_type=kind)
        if path != "/":
            return route.fulfill(status=404, body="")
        return route.fulfill(
            body=self._html(), content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY}
        )

    def _html(self):
        main, modules, words, head, lang = self._page
        files = {
            name: "/assets/" + entry["file"]
            for name, entry in json.loads((SHARE / "assets/manifest.json").read_text()).items()
        }
        scripts = "".join(f'<script type="module" src="{files[name]}"></script>' for name in ("platform.js", *modules))
        sheets = "".join(
            f'<link rel="stylesheet" href="{files[name]}">' for name in ("platform.css", "texts-editor.css")
        )
        return (
            f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Essai</title><meta name="csrf" content="{self.token}">'
            f'<meta name="person" content="7">{head}<link rel="icon" href="{files["favicon.svg"]}">{sheets}{scripts}</head>'
            f'<body data-words=\'{attribute(words)}\'><header class="site"><form class="search"><input type="search" name="q" aria-label="q">'
            f'</form></header><main id="main">{main}</main></body></html>'
        )


def attribute(value):
    """JSON or text, safe inside a single- or double-quoted attribute."""
    return html.escape(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), quote=True)


def keys(*names):
    """Words equal to their keys, so that a test can find them."""
    return {name: name for name in names}


def form_values(request):
    """The fields of a form-encoded request."""
    from urllib.parse import parse_qs

    return {name: values[0] for name, values in parse_qs(request.post_data or "", keep_blank_values=True).items()}


def squeeze(text):
    return re.sub(r"\n{2,}", "\n\n", text).strip()
