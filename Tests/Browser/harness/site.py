"""A site as the tests see it: its address, its data, and people who come to it with their browsers."""

import time

from playwright.sync_api import Error as PlaywrightError

from .cast import PASSWORD, PEOPLE, SIGN_IN
from .client import Client
from .places import SCREENSHOTS
from .watch import Watch

# Seconds: half of what the site takes for fresh.
FRESH = 300


class Site:
    """One running server with the demonstration in it; `people` are its log-ins by role."""

    def __init__(self, server):
        self.server = server
        self.people = PEOPLE
        self.states = {}

    @property
    def url(self):
        return self.server.url

    @property
    def data(self):
        return self.server.data

    def client(self, role=None):
        """Somebody without a browser, signed in when a role is given."""
        client = Client(self.server.port)
        return client.sign_in(self.people[role]) if role else client


class Visits:
    """The browser contexts of one test: each person in their own, all watched, all closed at the end."""

    def __init__(self, browser, site):
        self.browser = browser
        self.site = site
        self.watch = Watch(site.url)
        self.contexts = []

    def open(self, state=None, **options):
        """A page in a new context; `javascript=False`, `language="en"`, `width=320` and what Playwright takes."""
        size = {"width": options.pop("width", 1280), "height": options.pop("height", 900)}
        context = self.browser.new_context(
            base_url=self.site.url, viewport=size, storage_state=state, reduced_motion="reduce",
            locale={"fr": "fr-FR", "en": "en-GB"}[options.pop("language", "fr")],
            java_script_enabled=options.pop("javascript", True), **options,
        )
        context.set_default_timeout(15_000)
        self.contexts.append(self.watch.on(context))
        return context.new_page()

    def sign_in(self, role, **options):
        """A page of somebody who signed in a moment ago; the log-in itself is done once by role and site, then again when
        it is too old for what is sensitive."""
        state, since = self.site.states.get(role, (None, float("-inf")))
        if time.monotonic() - since > FRESH:
            page = self.open()
            page.goto(SIGN_IN)
            page.fill("[name=email]", self.site.people[role])
            page.fill("[name=password]", PASSWORD)
            page.click("main form button[type=submit], main form button:not([type])")
            page.wait_for_url(lambda url: SIGN_IN not in url)
            state = page.context.storage_state()
            self.site.states[role] = state, time.monotonic()
        return self.open(state, **options)

    def settle(self):
        """Lets late events arrive; returns what the watch saw."""
        for page in [page for context in self.contexts for page in context.pages]:
            page.wait_for_timeout(30)
        return self.watch.faults

    def photograph(self, name):
        """Keeps a picture of every open page of a test that failed."""
        pages = [page for context in self.contexts for page in context.pages]
        for number, page in enumerate(pages):
            try:
                page.screenshot(path=SCREENSHOTS / f"failed-{name}-{number}.png", full_page=True)
            except PlaywrightError:
                continue

    def close(self):
        for context in self.contexts:
            context.close()
