"""The notebook where a telephone ends: no room, a browser that clears or keeps nothing, a new version of the site meanwhile, a network
that breaks in the worst places. What is written is on the site once, and the page never says it is before it is."""

import json
import shutil
import sqlite3
import time

import pytest
from harness import cast
from harness.network import Network
from harness.phones import SETTLED, Phone, kept
from PIL import Image
from playwright.sync_api import expect
from test_phone import DONE, STATE, answering, phone, sent, texts  # noqa: F401 - two of them are fixtures
from trial import SHARE

WRITES = True
OPENING = "[data-notebook-opening]"


def room(made, size):
    """Leaves so many bytes to this site in the browser: its real quota; all of the disk again when `size` is None. A browser
    that has just looked does not look again for a while: one limits it before the first page."""
    made.wire = getattr(made, "wire", None) or made.context.new_cdp_session(made.page)
    made.wire.send("Storage.overrideQuotaForOrigin", {"origin": made.site.url, **({} if size is None else {"quotaSize": size})})


def clear(made, kinds):
    """As a browser does that makes room: without a word."""
    made.context.new_cdp_session(made.page).send("Storage.clearDataForOrigin", {"origin": made.site.url, "storageTypes": kinds})


def photo(made, path, text, side=1_200):
    if not path.exists():
        Image.effect_noise((side, side), 90).convert("RGB").save(path, quality=90)
    with made.page.expect_file_chooser() as chooser:
        made.page.get_by_role("button", name="Photo", exact=True).click()
    chooser.value.set_files(path)
    made.page.get_by_label("Ce que montre la photo").fill(text)
    made.page.get_by_label("Non", exact=True).check()
    made.write(text)


def photos(site, text):
    """How many photographs the site has under this description."""
    database = sqlite3.connect(site.data / cast.DATABASE)
    [[count]] = database.execute("SELECT count(*) FROM attachment JOIN note_media ON attachment_id = attachment.id WHERE alternative = ?", [text]).fetchall()
    database.close()
    return count


BYTES = """() => new Promise((resolve) => {
    const open = indexedDB.open("essaim-carnet");
    open.onsuccess = () => {
        const all = open.result.transaction("bytes").objectStore("bytes").count();
        all.onsuccess = () => (open.result.close(), resolve(all.result));
    };
})"""


def test_a_telephone_without_room_lets_go_of_what_the_site_has_and_says_that_it_is_full_until_it_is_not(site, phone, tmp_path):
    made = phone("visitor")
    photo(made, tmp_path / "a.jpg", "Un mur reçu")
    sent(made.page)
    assert made.page.evaluate(BYTES) > 0
    made.close()
    site.server.stop()
    made.start()
    room(made, 300_000)
    made.open()
    for number in range(3):
        made.write(f"À l’étroit {number} " + "a" * 15_000)
    expect(made.page.locator(STATE)).to_contain_text("Ce téléphone n’a plus de place")
    expect(made.page.locator(STATE)).to_contain_text("3 notes seulement")
    assert made.page.evaluate(BYTES) == 0
    room(made, None)
    made.write("De nouveau au large")
    expect(made.page.locator(STATE)).not_to_contain_text("n’a plus de place")
    made.page.reload()
    expect(made.page.locator(STATE)).to_contain_text("4 notes seulement")
    site.server.start()
    sent(made.page)
    found = texts(site)
    assert [sum(text.startswith(start) for text in found) for start in ("À l’étroit", "De nouveau au large")] == [3, 1]


def test_room_is_made_of_what_the_site_has_before_anything_is_said(site, phone, tmp_path):
    made = phone("visitor")
    photo(made, tmp_path / "a.jpg", "Un mur à oublier")
    sent(made.page)
    # No room for a record as long as the photograph is there.
    made.context.add_init_script("""
        const { put, delete: drop } = IDBObjectStore.prototype;
        let isRoom = false;
        IDBObjectStore.prototype.put = function (...values) {
            if (this.name === "records" && !isRoom) throw new DOMException("full", "QuotaExceededError");
            return put.apply(this, values);
        };
        IDBObjectStore.prototype.delete = function (...values) {
            isRoom ||= this.name === "bytes";
            return drop.apply(this, values);
        };
    """)
    site.server.stop()
    made.open()
    made.write("À la place du mur")
    expect(made.page.locator(STATE)).to_contain_text("1 note seulement")
    made.page.wait_for_timeout(500)
    expect(made.page.locator(STATE)).not_to_contain_text("n’a plus de place")
    assert made.page.evaluate(BYTES) == 0 and kept(made.page)["waiting"] == 1
    site.server.start()
    sent(made.page)


def test_a_browser_that_clears_the_site_under_the_open_page_loses_no_word(site, phone):
    made = phone("visitor")
    site.server.stop()
    made.open()
    made.write("Avant le ménage")
    expect(made.page.locator(STATE)).to_contain_text("1 note seulement")
    clear(made, "indexeddb,cache_storage,service_workers")
    made.write("Après le ménage")
    expect(made.page.locator(STATE)).to_contain_text("2 notes seulement")
    made.page.wait_for_timeout(500)
    expect(made.page.locator(STATE)).not_to_contain_text("ne parvient plus")
    assert kept(made.page)["waiting"] == 2
    site.server.start()
    # Sealed anew, they open again in another page.
    made.open()
    sent(made.page)
    found = texts(site)
    assert found.count("Avant le ménage") == found.count("Après le ménage") == 1


def test_a_page_whose_kept_page_was_cleared_says_that_it_opens_no_more(site, phone):
    made = phone("visitor")
    opening = made.page.locator(OPENING)
    expect(opening).to_contain_text("s’ouvre maintenant sans réseau", timeout=30_000)
    site.server.stop()
    clear(made, "indexeddb,cache_storage,service_workers")
    made.write("Sans filet")
    expect(opening).to_contain_text("ne s’ouvre pas encore sans réseau", timeout=30_000)
    site.server.start()
    sent(made.page)
    expect(opening).to_contain_text("s’ouvre maintenant sans réseau", timeout=30_000)


def test_notes_that_a_browser_cleared_between_two_openings_are_said_lost(site, phone):
    made = phone("visitor")
    site.server.stop()
    made.open()
    for text in ("Perdue une", "Perdue deux"):
        made.write(text)
    expect(made.page.locator(STATE)).to_contain_text("2 notes seulement")
    made.page.goto("about:blank")
    clear(made, "indexeddb")
    site.server.start()
    made.open()
    lost = made.page.get_by_text("Ce navigateur a effacé 2 notes qui n’étaient que sur cet appareil")
    expect(lost).to_be_visible()
    made.page.wait_for_timeout(1_500)
    expect(lost).to_be_visible()
    made.open()
    expect(made.page.locator(STATE)).to_contain_text(DONE)
    expect(lost).to_have_count(0)


def test_a_private_window_opens_without_network_and_says_that_it_may_end(site, browser):
    context = browser.new_context(base_url=site.url, locale="fr-FR")
    made = Phone(browser.browser_type, site, "visitor", ".")
    made.context, made.page = context, context.new_page()
    made.sign_in()
    made.page.evaluate(SETTLED)
    expect(made.page.locator(OPENING)).to_contain_text("à la fin d’une navigation privée", timeout=30_000)
    site.server.stop()
    made.open()
    made.write("En privé")
    expect(made.page.locator(STATE)).to_contain_text("envoyez dès que possible")
    made.page.reload()
    expect(made.page.locator(STATE)).to_contain_text("envoyez dès que possible")
    site.server.start()
    sent(made.page)
    context.close()
    assert texts(site).count("En privé") == 1


@pytest.fixture
def version(tmp_path, monkeypatch):
    """`version("b")`: what a server started from now on gives for the scripts and the style of the notebook."""

    def deploy(name):
        share = tmp_path / name
        shutil.copytree(SHARE, share)
        manifest = json.loads((share / "assets/manifest.json").read_text())
        for entry in (manifest["notes-notebook.js"], manifest["notes-worker.js"]):
            old = share / "assets" / entry["file"]
            entry["file"] = old.with_suffix(f".{name}{old.suffix}").name
            (share / "assets" / entry["file"]).write_text(old.read_text() + f"\n// {name}\n")
            entry["encodings"] = []
            entry["bytes"] = (share / "assets" / entry["file"]).stat().st_size
            for file in share.glob(f"assets/{old.name}*"):
                file.unlink()
        (share / "assets/manifest.json").write_text(json.dumps(manifest))
        monkeypatch.setenv("ESSAIM_SHARE", str(share))

    return deploy


def test_a_new_version_of_the_site_takes_what_the_old_one_kept(site, phone, version):
    made = phone("visitor")
    script = "() => [...document.scripts].map(({ src }) => src).find((src) => src.includes('notes-notebook'))"
    before = made.page.evaluate(script)
    site.server.stop()
    made.open()
    made.write("Par l’ancienne page")
    expect(made.page.locator(STATE)).to_contain_text("1 note seulement")
    version("suivante")
    site.server.start()
    # The old page, still open, speaks with the new site.
    assert made.page.evaluate(script) == before
    sent(made.page)
    site.server.stop()
    made.open()
    made.write("Gardée par l’ancienne version")
    made.page.locator("[name=text]").fill("à moitié")
    expect(made.page.locator(STATE)).to_contain_text("2 notes seulement")
    site.server.start()
    made.open()
    after = made.page.evaluate(script)
    assert after != before
    expect(made.page.locator("[name=text]")).to_have_value("à moitié")
    sent(made.page)
    expect(made.page.locator(OPENING)).to_contain_text("s’ouvre maintenant sans réseau", timeout=30_000)
    site.server.stop()
    made.open()
    assert made.page.evaluate(script) == after
    expect(made.page.locator("[data-notebook-offline]")).to_be_visible()
    assert not any(before.rsplit("/", 1)[1] in entry for entry in kept(made.page)["caches"])
    found = texts(site)
    assert [found.count(text) for text in ("Par l’ancienne page", "Gardée par l’ancienne version", "à moitié")] == [1, 1, 1]


@pytest.fixture
def valley(browser, site, tmp_path):
    """A telephone behind a network that one may break."""
    network = Network(site.server.port)
    made = Phone(browser.browser_type, network, "visitor", tmp_path / "valley").start().sign_in().settle()
    yield made, network
    network.close()
    made.close()


def test_a_telephone_killed_while_a_photo_leaves_goes_on_from_there(site, valley, tmp_path):
    made, network = valley
    # A slow network takes small pieces: none is too long for the patience of the page.
    network.rate = 60_000
    photo(made, tmp_path / "b.jpg", "Tué en route")
    made.page.wait_for_function("() => / [1-9][0-9]?\u00a0% reçu/.test(document.querySelector('[data-notebook-list] .block .meta')?.innerText)", timeout=60_000)
    made.die()
    before = network.sent
    network.rate = 0
    made.start().sign_in()
    sent(made.page)
    assert photos(site, "Tué en route") == 1 and texts(site).count("Tué en route") == 1
    assert network.sent - before < (tmp_path / "b.jpg").stat().st_size


def test_a_network_that_goes_dark_while_a_photo_leaves_keeps_and_doubles_nothing(site, valley, tmp_path):
    made, network = valley
    network.rate = 60_000
    photo(made, tmp_path / "c.jpg", "Dans le noir")
    made.page.wait_for_timeout(3_000)
    network.dark = True
    made.write("Pendant le noir")
    made.page.wait_for_timeout(3_000)
    expect(made.page.locator(STATE)).not_to_contain_text(DONE)
    network.dark, network.rate = False, 0
    sent(made.page)
    assert photos(site, "Dans le noir") == 1 and texts(site).count("Pendant le noir") == 1


def test_nothing_is_said_saved_while_the_answer_is_on_its_way_or_its_connection_is_reset(site, valley):
    made, network = valley
    network.trickle = 10
    made.write("Réponse au compte-gouttes")
    began = time.monotonic()
    line = made.page.locator(".block", has_text="Réponse au compte-gouttes")
    expect(line).to_contain_text("Envoi en cours", timeout=15_000)
    expect(line).to_contain_text("Reçue par le site", timeout=40_000)
    assert time.monotonic() - began > 8
    network.trickle, network.cut, network.abrupt = 0, 1.0, True
    made.write("Réponse coupée net")
    line = made.page.locator(".block", has_text="Réponse coupée net")
    expect(line).to_contain_text("pas encore confirmé")
    expect(made.page.locator(STATE)).not_to_contain_text(DONE)
    network.cut = 0
    sent(made.page)
    found = texts(site)
    assert found.count("Réponse au compte-gouttes") == found.count("Réponse coupée net") == 1


def test_a_notebook_at_rest_asks_nothing_of_the_network_nor_of_the_battery(site, phone):
    made = phone("visitor")
    made.page.wait_for_timeout(2_000)
    made.page.add_init_script("""
        globalThis.turns = 0;
        for (const name of ["setTimeout", "setInterval", "requestAnimationFrame"]) {
            const own = globalThis[name];
            globalThis[name] = (act, ...others) => {
                const ofTheTest = new Error().stack.includes("ClockController");
                return own(() => { globalThis.turns += ofTheTest ? 0 : 1; act(); }, ...others);
            };
        }
    """)
    made.page.clock.install()
    made.open()
    made.page.wait_for_timeout(4_000)
    made.page.clock.run_for(30_000)
    expect(made.page.locator(STATE)).to_contain_text(DONE)
    asked = []
    made.page.on("request", lambda request: asked.append(request.url))
    before = made.page.evaluate("turns")
    made.page.clock.run_for(300_000)
    made.page.wait_for_timeout(500)
    turns = made.page.evaluate("turns") - before
    assert not asked and turns == 0, (asked, turns)
    # Without network and nothing to send, a page that nobody looks at does not try either.
    site.server.stop()
    made.page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true }); document.dispatchEvent(new Event('visibilitychange'))")
    made.page.clock.run_for(30_000)
    asked.clear()
    before = made.page.evaluate("turns")
    made.page.clock.run_for(300_000)
    turns = made.page.evaluate("turns") - before
    assert not asked and turns == 0, (asked, turns)
