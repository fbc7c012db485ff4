"""Telephones: a browser with a folder of its own, that closes, dies and starts again; what it keeps, to the last byte."""

import os
import signal
from pathlib import Path

from .cast import NOTEBOOK, PASSWORD, PEOPLE, SIGN_IN
from .places import CHROMIUM

OPTIONS = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
# `wait_for_function` takes the promise of an asynchronous function for a yes: what takes time is awaited in the page.
SETTLED = """async () => {
    const isKept = async () => Boolean(await caches.match(location.pathname, { ignoreVary: true }));
    while (!(await isKept())) await new Promise((resolve) => setTimeout(resolve, 50));
    await navigator.serviceWorker.ready;
}"""


class Phone:
    """One person's telephone; `page` is its notebook."""

    def __init__(self, playwright, site, role, folder):
        self.playwright, self.site, self.role, self.folder = playwright, site, role, Path(folder)
        self.context = None

    def start(self, **options):
        self.context = self.playwright.launch_persistent_context(
            self.folder, executable_path=CHROMIUM, args=OPTIONS, base_url=self.site.url, viewport={"width": 390, "height": 800},
            locale="fr-FR", has_touch=True, is_mobile=True, **options)
        self.context.set_default_timeout(15_000)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        return self

    def sign_in(self):
        self.page.goto(f"{SIGN_IN}?next={NOTEBOOK}")
        self.page.fill("[name=email]", PEOPLE[self.role])
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main form button:not([formaction])")
        self.page.wait_for_url(f"**{NOTEBOOK}")
        return self

    def open(self):
        self.page.goto(NOTEBOOK)
        return self.page

    def settle(self):
        """Waits until the notebook opens without network."""
        self.page.evaluate(SETTLED)
        return self

    def write(self, text):
        self.page.fill("[name=text]", text)
        self.page.get_by_role("button", name="Ajouter la note").click()

    def die(self):
        """As a battery that falls out: nothing is told to the browser, nothing is flushed by it."""
        for process in Path("/proc").iterdir():
            if process.name.isdigit() and self._is_ours(process):
                os.kill(int(process.name), signal.SIGKILL)
        try:
            self.context.close()
        except Exception:  # noqa: BLE001 - what it says of its end is no matter
            pass
        for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            (self.folder / name).unlink(missing_ok=True)

    def _is_ours(self, process):
        try:
            return f"--user-data-dir={self.folder}".encode() in (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            return False

    def close(self):
        self.context.close()


KEPT = """async () => {
    const read = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const text = (value) => (value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value) : JSON.stringify(value));
    const open = indexedDB.open("essaim-carnet");
    const database = await read(open);
    const all = await Promise.all(["records", "bytes"].filter((name) => database.objectStoreNames.contains(name))
        .map((name) => read(database.transaction(name).objectStore(name).getAll())));
    database.close();
    const caches_ = await Promise.all((await caches.keys()).map(async (name) => {
        const cache = await caches.open(name);
        return Promise.all((await cache.keys()).map(async (key) => key.url + (await (await cache.match(key)).text())));
    }));
    return {
        records: all.flat().map((record) => Object.values(record).map(text).join("|")),
        waiting: all[0].filter((record) => record.waits).length,
        caches: caches_.flat(), storage: JSON.stringify(localStorage),
    };
}"""


def kept(page):
    """All that this browser keeps of the site: sealed records, caches, storage."""
    return page.evaluate(KEPT)
