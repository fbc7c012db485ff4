"""What no page may do while a test looks: complain in the console, break its own policy, speak to a third party."""

import re
from urllib.parse import urlsplit


class Watch:
    """Listens to every page of a browser context; `faults` fills up, `allow(pattern)` says what a test expects."""

    def __init__(self, origin):
        self.origin = origin
        self.seen = []
        self.allowed = []

    def allow(self, pattern):
        self.allowed.append(re.compile(pattern))

    @property
    def faults(self):
        return [fault for fault in self.seen if not any(p.search(fault) for p in self.allowed)]

    def on(self, context):
        context.on("request", self._request)
        context.on("page", self._page)
        return context

    def _page(self, page):
        page.on("console", lambda m: self._console(m, page))
        page.on("pageerror", lambda error: self.seen.append(f"{page.url}: script error: {error}"))

    def _console(self, message, page):
        if message.type == "error" or "Content Security Policy" in message.text:
            self.seen.append(f"{page.url}: console: {message.text} ({message.location.get('url', '')})")

    def _request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.seen.append(f"third party: {request.url}")
