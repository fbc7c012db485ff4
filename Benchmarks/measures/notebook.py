"""The notebook on a telephone: how light, how quick under the thumb with thousands of notes in it, how quick to empty itself,
and how many people write at once."""

import io
import json
import time

from harness.cast import NOTEBOOK, PASSWORD, PEOPLE, SIGN_IN
from harness.client import Client
from harness.phones import SETTLED
from harness.places import BUILD, CHROMIUM
from PIL import Image
from playwright.sync_api import expect, sync_playwright

from .notes import together, write_notes
from .places import QUICK, ROUNDS, WRITER
from .site import serving
from .table import median, number, percentile, spread, table

TITLE = "The notebook on a telephone"
SCRIPTS = ("platform.js", "notes-notebook.js", "notes-worker.js")
BLOCKS, PHOTOS = (400, 20) if QUICK else (2_000, 200)
SENT = 500
WRITERS = 30
SLOWER = 6
LETTERS = 4 * "On décide ensemble, même les jours où ça va vite. "
STATE = "[data-notebook-state]"
DONE = "Tout est enregistré"
WAITING = "notes seulement"
PATIENCE = 300_000

PLANT = """([visit, count, from]) => {
    const start = `essaim:${document.querySelector('meta[name="person"]').content}:note:${visit}:`;
    for (let i = 0; i < count; i += 1) {
        const id = crypto.randomUUID();
        const text = `Note ${from + i}. Les habitantes et habitants décident ensemble de l’usage du lieu.`;
        localStorage.setItem(start + id, JSON.stringify({ id, sequence: from + i, base: 0, manner: "observed", text }));
    }
}"""
# From the key to the next picture on the screen, as the browser itself counts; what it does not list took less than 16 ms.
WATCH = """() => {
    window.waits = [];
    new PerformanceObserver((list) => window.waits.push(...list.getEntries().filter(({ name }) => name === "keydown").map(({ duration }) => duration)))
        .observe({ type: "event", durationThreshold: 16, buffered: false });
}"""


def measure(folder):
    rows = [("Scripts, compressed", f"{weight() / 1_000:.1f} KB", "40 KB")]
    with serving(folder / "demonstration") as server, sync_playwright() as playwright:
        telephone = Telephone(playwright, folder / "telephone", server.url)
        visit = sign_in(telephone.page)
        rows.append(("500 notes sent, s", spread([sending(telephone.page, visit) for _ in range(ROUNDS)]), "2 s"))
        opened, waits = thumb(telephone, visit)
        rows.append((f"Opened without network, {BLOCKS:,} notes and {PHOTOS} photos, CPU ÷ {SLOWER}, s", number(opened), ""))
        rows.append((f"A letter shown, the same, CPU ÷ {SLOWER}, ms, 99 of 100 within", number(percentile(waits, 0.99)), "100 ms"))
        rows.append(("… the middle", number(median(waits)), ""))
        telephone.context.close()
        client = Client(server.port).sign_in(PEOPLE[WRITER])
        rate, waits = together(write_notes, WRITERS, server.port, client.cookies, client.token, visit)
        rows.append((f"{WRITERS} people writing at once, notes a second", number(rate), ""))
        rows.append(("… each note, ms, 99 of 100 within", number(1_000 * percentile(waits, 0.99)), ""))
    return table(["What", "Measured", "Promised"], rows)


class Telephone:
    """A browser that keeps what it has when it is closed."""

    def __init__(self, playwright, folder, url):
        self.playwright, self.folder, self.url = playwright, folder, url
        self.start()

    def start(self):
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder, executable_path=CHROMIUM, args=["--no-sandbox"], base_url=self.url, locale="fr-FR", viewport={"width": 390, "height": 800})
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.pages[0]

    def restart(self):
        self.context.close()
        self.start()


def weight():
    share = BUILD / "share/essaim/assets"
    manifest = json.loads((share / "manifest.json").read_text())
    return sum((share / f"{manifest[name]['file']}.br").stat().st_size for name in SCRIPTS)


def sign_in(page):
    page.goto(f"{SIGN_IN}?next={NOTEBOOK}")
    page.fill("[name=email]", PEOPLE[WRITER])
    page.fill("[name=password]", PASSWORD)
    page.click("main form button:not([formaction])")
    page.wait_for_url(f"**{NOTEBOOK}")
    page.evaluate(SETTLED)
    return page.get_attribute("[data-visit]", "data-visit")


def says(page, sentence):
    expect(page.locator(STATE)).to_contain_text(sentence, timeout=PATIENCE)


def plant(page, visit, count):
    """Puts notes in the browser as an earlier version of the site left them: they are sealed at the next opening."""
    page.evaluate(PLANT, [visit, count, 1_000])


def sending(page, visit):
    page.context.set_offline(True)
    plant(page, visit, SENT)
    page.reload()
    says(page, f"{SENT} {WAITING}")
    page.context.set_offline(False)
    began = time.perf_counter()
    page.evaluate("dispatchEvent(new Event('online'))")
    says(page, DONE)
    return time.perf_counter() - began


def thumb(telephone, visit):
    """The seconds to open, and what each letter waited for, in milliseconds."""
    page = telephone.page
    telephone.context.set_offline(True)
    plant(page, visit, BLOCKS)
    page.reload()
    says(page, WAITING)
    photograph(page)
    # As one takes the telephone out again: opened from what it keeps, nothing of the page before in its memory.
    telephone.restart()
    page = telephone.page
    telephone.context.set_offline(True)
    wire = telephone.context.new_cdp_session(page)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    began = time.perf_counter()
    page.goto(NOTEBOOK)
    says(page, WAITING)
    opened = time.perf_counter() - began
    page.evaluate(WATCH)
    page.focus("[name=text]")
    for letter in LETTERS:
        page.keyboard.type(letter)
        page.wait_for_timeout(150)
    page.wait_for_timeout(500)
    slow = page.evaluate("window.waits")
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return opened, slow + [16] * max(0, len(LETTERS) - len(slow))


def photograph(page):
    picture = io.BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(picture, "JPEG", quality=80)
    for number_ in range(PHOTOS):
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Page de carnet").click()
        chooser.value.set_files({"name": f"{number_}.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()})
        expect(page.locator(".attached li")).to_have_count(number_ % 10 + 1, timeout=PATIENCE)
        if number_ % 10 == 9:
            page.get_by_role("button", name="Ajouter la note").click()
