"""The notebook on a telephone: it opens without network, keeps what is written whatever happens, and each word is on the site once."""

import http.server
import io
import os
import re
import shutil
import sqlite3
import threading
import time

import pytest
from harness import cast
from harness.network import Network
from harness.phones import Phone, kept
from harness.client import block
from harness.server import run
from PIL import Image
from playwright.sync_api import expect

WRITES = True
QUIET = "Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|status of"
STATE = "[data-notebook-state]"
DONE = "Tout est enregistré sur le site."


@pytest.fixture
def phone(browser, site, tmp_path):
    """`phone("visitor")`: a telephone of that person, signed in, whose notebook was opened once."""
    phones = []

    def start(role, settled=True, **options):
        made = Phone(browser.browser_type, site, role, tmp_path / f"{role}-{len(phones)}").start(**options).sign_in()
        phones.append(made)
        return made.settle() if settled else made

    yield start
    for made in phones:
        made.close()


@pytest.fixture(autouse=True)
def answering(site):
    """The server answers at the start of each test, whatever the last one did to it."""
    if site.server.process is None:
        site.server.start()


def sent(page):
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(STATE)).to_contain_text(DONE, timeout=30_000)


def texts(site, role="visitor"):
    """How often each text is in the notebook of somebody, as the site has it."""
    database = sqlite3.connect(site.data / cast.DATABASE)
    found = [row[0] for row in database.execute(
        "SELECT text FROM note_version JOIN note_block ON note_block.id = block_id AND note_block.version = note_version.version "
        "JOIN person ON person.id = author_id WHERE person.email = ?", [cast.PEOPLE[role]])]
    database.close()
    return found


def change(site, statement, *values):
    database = sqlite3.connect(site.data / cast.DATABASE, timeout=30)
    database.execute(statement, values)
    database.commit()
    database.close()


def test_two_people_write_through_a_day_without_network_one_telephone_dies_and_each_word_is_there_once(site, phone):
    first, second = phone("visitor"), phone("colleague")
    site.server.stop()
    for made in (first, second):
        made.open()
        expect(made.page.locator("[data-notebook-offline]")).to_be_visible()
    words = {}
    for number in range(12):
        for made in (first, second):
            text = f"{made.role} {number} : « on décide ensemble » 🐝"
            words.setdefault(made.role, []).append(text)
            made.write(text)
        if number == 5:
            first.page.fill("[name=text]", "à moitié écri")
            first.page.wait_for_timeout(300)
            first.die()
            first.start().open()
            expect(first.page.locator("[name=text]")).to_have_value("à moitié écri")
            expect(first.page.locator(".block[data-sent=no]")).to_have_count(6)
            second.page.reload()
            expect(second.page.locator(".block[data-sent=no]")).to_have_count(6)
            first.page.get_by_role("button", name="Ajouter la note").click()
            words["visitor"].append("à moitié écri")
    expect(first.page.locator(STATE)).to_contain_text("13 notes seulement sur cet appareil")
    site.server.start()
    # A browser writes its cookies down every half minute: killed just after the log-in, it has lost that one too.
    first.sign_in()
    for made in (first, second):
        sent(made.page)
    for role, expected in words.items():
        found = texts(site, role)
        assert {text: found.count(text) for text in expected} == dict.fromkeys(expected, 1)
    # The morning's come before the evening's, as they were written.
    listed = first.open().locator(".block .words").all_inner_texts()
    mine = [text for text in listed if text in words["visitor"]]
    assert mine == list(reversed(words["visitor"]))


def test_it_is_an_application_of_the_telephone(phone):
    made = phone("visitor")
    wire = made.context.new_cdp_session(made.page)
    manifest = wire.send("Page.getAppManifest")
    assert manifest["url"].endswith("/notes/manifeste") and not manifest["errors"]
    assert wire.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    scopes = made.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.map(({ scope }) => new URL(scope).pathname))")
    assert scopes == [cast.NOTEBOOK]


def test_it_is_said_that_it_opens_without_network_once_it_does_and_not_before(site, phone):
    made = phone("visitor", settled=False)
    opening = made.page.locator("[data-notebook-opening]")
    expect(opening).to_have_text(re.compile("^Ce carnet s’ouvre maintenant sans réseau"), timeout=30_000)
    made.settle()
    site.server.stop()
    made.open()
    expect(made.page.locator("[data-notebook-offline]")).to_be_visible()
    expect(made.page.locator("[data-notebook-opening]")).to_have_text("")


def test_what_opens_it_without_network_costs_little(phone):
    made = phone("visitor")
    made.page.wait_for_timeout(500)
    sizes = made.page.evaluate("""() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .filter(({ name }) => !/[.](jpg|png)|fichiers/.test(name)).map(({ name, transferSize }) => [name, transferSize]).filter(([, size]) => size)""")
    assert len(sizes) <= 9 and sum(size for _, size in sizes) < 60_000, sizes


def test_a_notebook_whose_page_could_not_be_kept_says_so_until_it_is(site, phone):
    made = phone("visitor")
    made.page.route("**/hors-ligne", lambda route: route.abort())
    made.page.evaluate("caches.keys().then((all) => Promise.all(all.map((name) => caches.delete(name))))")
    made.page.reload()
    opening = made.page.locator("[data-notebook-opening]")
    expect(opening).to_have_text(re.compile("^Ce carnet ne s’ouvre pas encore sans réseau"), timeout=30_000)
    made.page.unroute("**/hors-ligne")
    # The next time that the site says who is there, it is tried again.
    site.server.stop()
    made.write("Pendant une coupure")
    expect(made.page.locator(STATE)).to_contain_text("Pas de réseau")
    site.server.start()
    sent(made.page)
    expect(opening).to_have_text(re.compile("^Ce carnet s’ouvre maintenant sans réseau"), timeout=30_000)


@pytest.mark.parametrize("missing", ["indexedDB.open = () => { throw new DOMException('', 'SecurityError'); }", "delete Navigator.prototype.serviceWorker"])
def test_a_browser_that_keeps_nothing_says_so_before_one_leaves(phone, missing):
    made = phone("visitor", settled=False)
    made.context.add_init_script(missing)
    made.page.reload()
    expect(made.page.locator("[data-notebook-opening]")).to_have_text(re.compile("^Ce navigateur n’ouvre pas ce carnet sans réseau"), timeout=15_000)


def test_logging_out_in_another_tab_takes_back_that_it_opens(phone):
    made = phone("visitor")
    opening = made.page.locator("[data-notebook-opening]")
    expect(opening).not_to_be_empty(timeout=30_000)
    other = made.context.new_page()
    other.goto("/compte")
    other.get_by_role("button", name="Se déconnecter").click()
    other.wait_for_url(re.compile("/$"))
    expect(opening).to_be_empty()


def test_a_full_day_in_aeroplane_mode_and_a_restart(site, phone):
    made = phone("visitor")
    site.server.stop()
    made.open()
    made.write("Le matin, dans la grange")
    expect(made.page.locator(STATE)).to_contain_text("1 note seulement")
    made.close()
    made.start()
    made.context.add_init_script("const now = Date.now; Date.now = () => now() + 86_400_000")
    made.open()
    expect(made.page.locator(".block[data-sent=no]")).to_contain_text("Le matin, dans la grange")
    made.write("Le lendemain, sur la route")
    expect(made.page.locator(STATE)).to_contain_text("2 notes seulement")
    site.server.start()
    sent(made.page)
    found = texts(site)
    assert found.count("Le matin, dans la grange") == 1 and found.count("Le lendemain, sur la route") == 1


def test_a_network_that_cuts_answers_loses_and_doubles_no_word(browser, site, tmp_path):
    network = Network(site.server.port)
    made = Phone(browser.browser_type, network, "visitor", tmp_path / "valley").start().sign_in().settle()
    try:
        network.slow, network.cut = 0.1, 0.6
        expected = [f"Dans la vallée {number}, à moitié puis en entier" for number in range(8)]
        for text in expected:
            start, rest = text.split(",")
            # Half of it leaves; whether its answer comes or not, the rest is written from it.
            made.page.locator("[name=text]").press_sequentially(f"{start},", delay=5)
            made.page.wait_for_timeout(2_500)
            made.page.locator("[name=text]").press_sequentially(rest, delay=5)
            made.page.get_by_role("button", name="Ajouter la note").click()
            expect(made.page.locator("[name=text]")).to_have_value("")
        assert network.cuts >= 3
        network.cut = 0
        sent(made.page)
        assert made.page.locator(".block.twin").count() == 0
    finally:
        made.close()
        network.close()
    found = [text for text in texts(site) if text.startswith("Dans la vallée")]
    assert sorted(found) == expected
    database = sqlite3.connect(site.data / cast.DATABASE)
    [[beside]] = database.execute("SELECT count(*) FROM note_block WHERE is_twin = 1 AND id IN (SELECT block_id FROM note_version WHERE text LIKE 'Dans la vallée%')").fetchall()
    database.close()
    assert beside == 0


def blocks(site, text):
    """What the site has of a text: whether it is a note yet."""
    database = sqlite3.connect(site.data / cast.DATABASE)
    found = [row[0] for row in database.execute("SELECT is_begun FROM note_block JOIN note_version ON block_id = id WHERE text = ?", [text])]
    database.close()
    return found


def until(page, isTrue):
    for _ in range(300):
        if isTrue():
            return
        page.wait_for_timeout(100)
    raise AssertionError(isTrue)


@pytest.mark.parametrize("network", [True, False])
def test_what_was_written_then_emptied_is_nowhere(site, phone, network):
    made = phone("visitor")
    text = f"PENSEE INTIME {network}"
    made.page.fill("[name=text]", text)
    until(made.page, lambda: blocks(site, text) == [1])
    if not network:
        site.server.stop()
    made.page.fill("[name=text]", "")
    if not network:
        made.page.wait_for_timeout(2_000)
        made.open()
        expect(made.page.locator("[name=text]")).to_have_value("")
        site.server.start()
        made.page.evaluate("dispatchEvent(new Event('online'))")
    until(made.page, lambda: not blocks(site, text))
    page = made.open()
    expect(page.locator("[name=text]")).to_have_value("")
    expect(page.locator("main")).not_to_contain_text("PENSEE INTIME")


def test_emptied_while_answers_are_late_or_cut_nothing_of_it_stays(browser, site, tmp_path):
    network = Network(site.server.port)
    made = Phone(browser.browser_type, network, "visitor", tmp_path / "late").start().sign_in().settle()
    try:
        network.slow, network.cut = 1.0, 0.6
        for number in range(4):
            made.page.locator("[name=text]").press_sequentially(f"PENSEE TARDIVE {number}", delay=5)
            made.page.wait_for_timeout(1_700 + 400 * number)
            made.page.fill("[name=text]", "")
        network.slow = network.cut = 0
        made.write("Ce qui reste")
        sent(made.page)
        until(made.page, lambda: blocks(site, "Ce qui reste") == [0])
        until(made.page, lambda: not any("TARDIVE" in text for text in texts(site)))
    finally:
        made.close()
        network.close()


def test_what_is_in_the_field_is_neither_counted_nor_shared_and_the_page_says_so(site, phone):
    made = phone("visitor")
    made.write("Une note ajoutée")
    sent(made.page)
    made.page.fill("[name=text]", "PHRASE EN COURS")
    until(made.page, lambda: blocks(site, "PHRASE EN COURS") == [1])
    page = made.open()
    expect(page.locator("[name=text]")).to_have_value("PHRASE EN COURS")
    expect(page.locator(".block:visible", has_text="PHRASE EN COURS")).to_have_count(0)
    database = sqlite3.connect(site.data / cast.DATABASE)
    [[owed]] = database.execute(
        "SELECT count(*) FROM note_block JOIN access ON object_id = note_block.id JOIN person ON person.id = note_block.author_id "
        "WHERE person.email = ? AND audience = 'author' AND is_begun = 0 AND is_off_record = 0 AND withdrawn_at IS NULL", [cast.PEOPLE["visitor"]]).fetchall()
    database.close()
    button = page.locator("[data-share-all] button")
    expect(button).to_contain_text("cette note" if owed == 1 else f"ces {owed} notes")
    button.click()
    expect(page.get_by_role("status").filter(has_text="Une note commencée n’est pas partagée")).to_be_visible()
    assert "PHRASE EN COURS" not in site.client("colleague").page(cast.NOTEBOOK)
    expect(page.locator("[name=text]")).to_have_value("PHRASE EN COURS")
    page.get_by_role("button", name="Ajouter la note").click()
    expect(page.locator("[data-share-all] button")).to_contain_text("cette note")
    assert blocks(site, "PHRASE EN COURS") == [0]


def test_a_note_refused_for_its_photo_is_not_a_note_yet_and_leaves_no_empty_heading(site, phone, tmp_path):
    Image.new("RGB", (40, 30), "white").save(tmp_path / "mur.jpg")
    made = phone("visitor")
    page = made.page
    page.get_by_label("Demi-journée").first.select_option(index=1)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Photo", exact=True).click()
    chooser.value.set_files(tmp_path / "mur.jpg")
    expect(page.locator(".attached li")).to_have_count(1)
    made.write("Refusée pour sa photo")
    expect(page.get_by_text("Répondez d’abord aux questions")).to_be_visible()
    until(page, lambda: blocks(site, "Refusée pour sa photo") == [1])
    change(site, "UPDATE access SET withdrawn_at = 1 WHERE kind = 'note' AND withdrawn_at IS NULL AND author_id = (SELECT id FROM person WHERE email = ?) AND object_id NOT IN (SELECT id FROM note_block WHERE is_begun = 1)", cast.PEOPLE["visitor"])
    try:
        page = made.open()
        expect(page.locator("[name=text]")).to_have_value("Refusée pour sa photo")
        expect(page.locator("[data-share-all]")).to_have_count(0)
        empty = page.evaluate("""() => [...document.querySelectorAll("[data-notebook-shown] h3")].filter((heading) => heading.checkVisibility()
            && ![...heading.nextElementSibling.children].some((item) => item.checkVisibility())).map((heading) => heading.textContent)""")
        assert not empty
    finally:
        change(site, "UPDATE access SET withdrawn_at = NULL WHERE withdrawn_at = 1")
    page.get_by_role("button", name="Enlever").click()
    page.fill("[name=text]", "")
    until(page, lambda: not blocks(site, "Refusée pour sa photo"))


def test_on_a_telephone_the_first_note_comes_before_the_filters_are_open(site, phone):
    made = phone("visitor")
    filters = made.page.locator("details.note-filters")
    expect(filters).not_to_have_attribute("open", "")
    filters.locator("summary").click()
    filters.get_by_label("Façon de noter").select_option("verbatim")
    filters.get_by_role("button", name="Filtrer").click()
    expect(made.page.locator("details.note-filters")).to_have_attribute("open", "")


def test_the_sub_group_goes_along_without_network(site, phone):
    made = phone("visitor")
    site.server.stop()
    page = made.open()
    label = "() => document.querySelector('[name=subgroup]').selectedOptions[0].text"
    assert page.evaluate(label) == "Sous-groupe quartier"
    page.get_by_label("Rencontre").select_option(label="Une petite entreprise voisine : concurrence ou complément ?")
    assert page.evaluate(label) == "Sous-groupe ateliers"
    chosen = page.locator("[name=subgroup]").input_value()
    made.write("Avec les ateliers")
    with page.expect_download() as download:
        page.get_by_role("button", name="Prendre mes notes dans un fichier").click()
    assert "Sous-groupe ateliers" in open(download.value.path()).read()
    site.server.start()
    sent(page)
    # Filed with the half-day of its encounter: the notes of the sub-group hold on a page.
    page.goto(f"{cast.NOTEBOOK}?sous-groupe={chosen}")
    expect(page.locator(".block", has_text="Avec les ateliers").locator(".meta").first).to_contain_text("Sous-groupe ateliers")


def test_several_dimensions_are_ticked_without_network_and_come_back_with_the_page(site, phone):
    made = phone("visitor")
    site.server.stop()
    page = made.open()
    boxes = page.locator("[name=dimension]")
    for place in (0, 2):
        boxes.nth(place).check()
    page.fill("[name=text]", "De deux dimensions")
    page.wait_for_function("() => document.querySelector('[data-notebook-state]').textContent.includes('1 note')")
    page = made.open()
    expect(page.locator("[name=text]")).to_have_value("De deux dimensions")
    assert [box.is_checked() for box in boxes.all()][:3] == [True, False, True]
    labels = [boxes.nth(place).locator("xpath=..").inner_text().strip() for place in (0, 2)]
    page.get_by_role("button", name="Ajouter la note").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Prendre mes notes dans un fichier").click()
    assert ", ".join(labels) in open(download.value.path()).read()
    site.server.start()
    sent(page)
    page.goto(f"{cast.NOTEBOOK}?axe={boxes.nth(2).get_attribute('value')}")
    expect(page.locator(".block", has_text="De deux dimensions").locator(".meta").first).to_contain_text(f"{labels[0]} et {labels[1]}")


def test_the_next_note_is_neither_off_record_nor_about_the_same(site, phone):
    made = phone("visitor")
    page = made.page
    page.get_by_label("Qui parle").select_option(index=1)
    page.locator("[name=dimension]").first.check()
    page.get_by_label("Hors micro").check()
    made.write("Entre nous")
    expect(page.get_by_label("Hors micro")).not_to_be_checked()
    assert not any(box.is_checked() for box in page.locator("[name=dimension]").all())
    assert page.get_by_label("Qui parle").input_value()
    # By the button, in sight of the thumb, where it is.
    expect(page.locator("form.notebook > .acts").last).to_contain_text("Reçue par le site à")


def test_what_is_missing_is_said_where_it_is(phone, tmp_path):
    made = phone("visitor")
    page = made.page
    page.fill("[name=text]", "   ")
    page.get_by_role("button", name="Ajouter la note").click()
    told = page.locator(".field:has([name=text]) .error")
    expect(told).to_have_text("La note est vide : écrivez au moins un mot.")
    expect(page.locator("[name=text]")).to_be_focused()
    page.fill("[name=text]", "Un mot")
    expect(told).to_have_count(0)
    liar = tmp_path / "photo.jpg"
    liar.write_text("Ceci n'est pas une image.")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Photo", exact=True).click()
    chooser.value.set_files(liar)
    expect(page.locator("form.notebook")).to_contain_text("n’est pas une image que le site sait lire")
    assert page.locator(".attached li").count() == 0


def test_the_half_day_of_the_moment_is_proposed_until_one_chooses(site, phone):
    made = phone("visitor")
    database = sqlite3.connect(site.data / cast.DATABASE)
    [[day, slot]] = database.execute("SELECT day, id FROM slot WHERE half = 'pm' AND event_id = (SELECT id FROM visit WHERE slug = 'caen') ORDER BY day LIMIT 1").fetchall()
    page = made.page
    page.clock.set_fixed_time(f"{day}T15:00:00")
    page.reload()
    expect(page.get_by_label("Demi-journée").first).to_have_value(slot)
    page.get_by_label("Demi-journée").first.select_option("")
    made.write("Sans demi-journée, exprès")
    expect(page.get_by_label("Demi-journée").first).to_have_value("")


def test_others_notes_are_never_kept_and_ones_own_are_sealed(site, phone):
    visit = site.client("colleague").notebook()
    colleague = site.client("colleague")
    note = "0190a0f0-1111-4222-8333-4444555566aa"
    colleague.send_blocks(visit, "a", [block(note, 1, "MOTS-D-UNE-AUTRE")])
    colleague.send_form(cast.NOTEBOOK, f"{cast.NOTEBOOK}/partage")
    made = phone("visitor")
    made.page.reload()
    expect(made.page.locator("main")).to_contain_text("MOTS-D-UNE-AUTRE")
    made.settle()
    site.server.stop()
    made.open()
    made.write("MES-MOTS-SECRETS")
    expect(made.page.locator(STATE)).to_contain_text("1 note seulement")
    here = kept(made.page)
    whole = "\n".join([*here["records"], *here["caches"], here["storage"]])
    assert here["waiting"] == 1
    assert "MOTS-D-UNE-AUTRE" not in whole and "MES-MOTS-SECRETS" not in whole
    folder = b"".join(file.read_bytes() for file in made.folder.rglob("*") if file.is_file() and "IndexedDB" in str(file))
    assert b"MES-MOTS-SECRETS" not in folder and "MES-MOTS-SECRETS".encode("utf-16-le") not in folder
    site.server.start()
    sent(made.page)
    assert kept(made.page)["waiting"] == 0


def test_logging_out_empties_the_telephone(site, phone):
    made = phone("visitor")
    made.write("Avant de partir")
    sent(made.page)
    made.page.get_by_role("button", name="Se déconnecter").click()
    made.page.wait_for_url(re.compile("/$"))
    here = kept(made.page)
    assert not here["records"] and not here["caches"] and "note:" not in here["storage"]
    assert made.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_a_session_closed_from_elsewhere_empties_the_telephone_at_its_next_contact(site, phone):
    made = phone("visitor")
    site.server.stop()
    made.open()
    made.write("Sur un téléphone perdu")
    expect(made.page.locator(STATE)).to_contain_text("1 note seulement")
    site.server.start()
    elsewhere = site.client("visitor")
    elsewhere.send_form("/compte", "/compte/sessions/cloture")
    made.page.evaluate("dispatchEvent(new Event('online'))")
    expect(made.page.locator(STATE)).to_contain_text("Cette session a été fermée")
    expect(made.page.get_by_text("Sur un téléphone perdu")).to_have_count(0)
    here = kept(made.page)
    assert not here["records"] and not here["caches"]


def test_a_log_in_that_expired_a_week_ago_seals_the_notes_until_the_next_one(site, phone):
    made = phone("visitor")
    site.server.stop()
    made.open()
    made.write("D’il y a une semaine")
    expect(made.page.locator(STATE)).to_contain_text("1 note seulement")
    change(site, "UPDATE session SET seen_at = seen_at - ?", 8 * 86_400_000)
    site.server.start()
    made.page.evaluate("dispatchEvent(new Event('online'))")
    expect(made.page.locator(STATE)).to_contain_text("Votre session a pris fin")
    site.server.stop()
    made.page.reload()
    expect(made.page.locator(STATE)).to_contain_text("Une note chiffrée attend votre connexion.")
    expect(made.page.get_by_text("D’il y a une semaine")).to_have_count(0)
    made.write("Écrite sans connexion")
    site.server.start()
    made.sign_in()
    expect(made.page.locator(STATE)).to_contain_text(DONE, timeout=30_000)
    found = texts(site)
    assert found.count("D’il y a une semaine") == 1 and found.count("Écrite sans connexion") == 1


def test_a_site_restored_from_yesterdays_backup_has_again_what_it_had_acknowledged(site, phone, tmp_path):
    made = phone("visitor")
    made.write("Avant la sauvegarde")
    sent(made.page)
    run("backup", "--data", site.data, "--to", tmp_path / "archive")
    made.write("Depuis la sauvegarde")
    sent(made.page)
    assert texts(site).count("Depuis la sauvegarde") == 1
    site.server.stop()
    aside = site.data.with_name("before-the-restoration")
    site.data.rename(aside)
    run("restore", "--from", tmp_path / "archive", "--data", site.data)
    shutil.copy(aside / "essaim.key", site.data / "essaim.key")
    site.server.start()
    assert texts(site).count("Depuis la sauvegarde") == 0
    # Nobody stays logged in by a backup.
    made.sign_in()
    made.open()
    expect(made.page.get_by_text("Le site revient d’une sauvegarde")).to_be_visible()
    sent(made.page)
    assert texts(site).count("Depuis la sauvegarde") == 1 and texts(site).count("Avant la sauvegarde") == 1


class Portal(http.server.BaseHTTPRequestHandler):
    """The welcome page of a café's network, in answer to anything."""

    def do_GET(self):
        body = b"<!doctype html><title>Wifi</title><h1>Bienvenue sur le wifi du cafe</h1>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_):
        pass


def test_a_network_that_answers_in_place_of_the_site_takes_nothing(site, phone):
    made = phone("visitor")
    site.server.stop()
    portal = http.server.ThreadingHTTPServer(("127.0.0.1", site.server.port), Portal)
    threading.Thread(target=portal.serve_forever, daemon=True).start()
    try:
        made.open()
        expect(made.page.locator("[data-notebook-offline]")).to_be_visible()
        made.write("Au café")
        expect(made.page.locator(STATE)).to_contain_text("Le réseau répond à la place du site")
    finally:
        portal.shutdown()
        portal.server_close()
    site.server.start()
    sent(made.page)
    assert texts(site).count("Au café") == 1


def test_a_right_withdrawn_meanwhile_loses_nothing(site, phone):
    made = phone("colleague")
    site.server.stop()
    made.open()
    made.write("Écrite avant de le savoir")
    change(site, "UPDATE membership SET until = 1 WHERE role = 'visitor' AND person_id = (SELECT id FROM person WHERE email = ?)", cast.PEOPLE["colleague"])
    site.server.start()
    made.page.evaluate("dispatchEvent(new Event('online'))")
    expect(made.page.locator(".block .meta").first).to_contain_text("gardée pour vous, à part")
    made.page.goto("/compte/notes-a-part")
    expect(made.page.locator("main")).to_contain_text("Écrite avant de le savoir")
    change(site, "UPDATE membership SET until = NULL WHERE until = 1")


def test_a_notebook_that_is_no_more_leaves_the_notes_where_they_are(site, phone):
    made = phone("visitor")
    site.server.stop()
    made.open()
    made.write("Sans carnet")
    where = "person_id = (SELECT id FROM person WHERE email = ?)"
    change(site, f"UPDATE membership SET scope_id = scope_id || '-gone' WHERE role = 'visitor' AND {where}", cast.PEOPLE["visitor"])
    change(site, "UPDATE note_block SET author_id = (SELECT id FROM person WHERE email = ?) WHERE author_id = (SELECT id FROM person WHERE email = ?)", cast.PEOPLE["officer"], cast.PEOPLE["visitor"])
    site.server.start()
    made.page.evaluate("dispatchEvent(new Event('online'))")
    expect(made.page.locator(STATE)).to_contain_text("Le site n’a plus ce carnet pour vous")
    with made.page.expect_download() as download:
        made.page.get_by_role("button", name="Prendre mes notes dans un fichier").click()
    assert "Sans carnet" in open(download.value.path()).read()
    change(site, "UPDATE membership SET scope_id = replace(scope_id, '-gone', '')")
    sent(made.page)
    assert texts(site).count("Sans carnet") == 1


def test_one_person_on_two_telephones_has_both_versions(site, phone):
    first, second = phone("visitor"), phone("visitor")
    first.write("À changer")
    sent(first.page)
    address = first.page.locator(".block", has_text="À changer").get_by_role("link", name="Modifier").get_attribute("href")
    for made in (first, second):
        made.page.goto(address)
    for made, text in ((first, "Changée ici"), (second, "Changée là")):
        made.page.fill("[name=text]", text)
        made.page.get_by_role("button", name="Enregistrer la note").click()
        made.page.wait_for_url(f"**{cast.NOTEBOOK}?**")
    first.open()
    for text in ("Changée ici", "Changée là"):
        expect(first.page.locator(".block.twin")).to_contain_text(text)


def test_a_telephone_whose_clock_is_off_by_a_day_loses_nothing_and_dates_nothing_wrongly(site, phone):
    made = phone("visitor")
    made.context.add_init_script("const now = Date.now; Date.now = () => now() + 86_400_000")
    made.page.reload()
    made.write("De demain")
    sent(made.page)
    database = sqlite3.connect(site.data / cast.DATABASE)
    [[created]] = database.execute("SELECT created_at FROM note_block JOIN note_version ON block_id = id WHERE text = 'De demain'").fetchall()
    database.close()
    assert abs(created - time.time() * 1000) < 60_000


def large_photo(megabytes):
    """A photograph that weighs that much, as noise does."""
    side = 3_600
    picture = Image.frombytes("RGB", (side, side), os.urandom(side * side * 3))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=98, subsampling=0)
    content = written.getvalue()
    # What a camera writes after the picture: its size is what is tried.
    return content + b"\0" * max(0, (megabytes << 20) - len(content))


def test_a_photo_of_40_megabytes_leaves_small_and_says_so(site, phone, tmp_path):
    (tmp_path / "IMG_1.jpg").write_bytes(large_photo(40))
    made = phone("visitor")
    site.server.stop()
    made.open()
    with made.page.expect_file_chooser() as chooser:
        made.page.get_by_role("button", name="Photo", exact=True).click()
    chooser.value.set_files(tmp_path / "IMG_1.jpg")
    expect(made.page.get_by_text("Photo réduite de 40")).to_be_visible(timeout=60_000)
    made.page.get_by_label("Ce que montre la photo").fill("Le mur de la grange")
    made.page.get_by_label("Oui, avec son accord").check()
    made.page.get_by_label("Qui a donné son accord, quand, comment").fill("Rose, ce matin, à l’oral")
    made.write("Le mur, avec Rose")
    expect(made.page.locator(".block", has_text="Le mur, avec Rose")).to_contain_text("0\u00a0% reçu")
    made.page.reload()
    site.server.start()
    sent(made.page)
    page = made.open()
    image = page.locator(".block", has_text="Le mur, avec Rose").locator("img")
    expect(image).to_have_attribute("alt", "Le mur de la grange")
    expect(page.locator(".block", has_text="Le mur, avec Rose")).to_contain_text("Accord\u00a0: Rose, ce matin")
    database = sqlite3.connect(site.data / cast.DATABASE)
    [[count, size]] = database.execute("SELECT count(*), max(size) FROM attachment JOIN file ON file.id = file_id JOIN note_media ON attachment_id = attachment.id").fetchall()
    database.close()
    assert count == 1 and size < 3 << 20


def test_a_page_of_a_paper_notebook_needs_no_words(site, phone, tmp_path):
    Image.new("RGB", (400, 300), "white").save(tmp_path / "page.jpg")
    made = phone("visitor")
    with made.page.expect_file_chooser() as chooser:
        made.page.get_by_role("button", name="Page de carnet").click()
    chooser.value.set_files(tmp_path / "page.jpg")
    expect(made.page.get_by_label("Ce que montre la photo")).to_have_value("Page de mon carnet papier")
    made.page.get_by_role("button", name="Ajouter la note").click()
    sent(made.page)
    expect(made.open().locator(".block", has_text="Page de mon carnet papier").locator("img").first).to_be_visible()


def test_a_sound_recorded_without_network_arrives_with_its_agreement(site, phone):
    made = phone("visitor", permissions=["microphone"])
    site.server.stop()
    made.open()
    made.page.get_by_role("button", name="Son", exact=True).click()
    expect(made.page.get_by_text("Enregistrement")).to_be_visible()
    made.page.wait_for_timeout(4_000)
    made.page.get_by_role("button", name="Arrêter").click()
    made.page.get_by_label("Non", exact=True).check()
    made.write("Ce qu’on entend dans la cour")
    site.server.start()
    sent(made.page)
    page = made.open()
    sound = page.locator(".block", has_text="Ce qu’on entend dans la cour").locator("audio")
    expect(sound).to_have_count(1)
    length = sound.evaluate("""(audio) => new Promise((resolve, reject) => {
        audio.onloadeddata = () => resolve(audio.readyState);
        audio.onerror = () => reject(audio.error.message);
        audio.preload = "auto";
        audio.load();
    })""")
    assert length >= 2


def test_a_place_is_there_when_asked_for_and_not_otherwise(site, phone):
    made = phone("visitor", permissions=["geolocation"], geolocation={"latitude": 42.98765, "longitude": 1.14321})
    made.write("Sans lieu")
    made.page.get_by_text("Ajouter le lieu").click()
    made.page.get_by_role("button", name="Mettre ma position").click()
    expect(made.page.get_by_label("Lieu", exact=True)).to_have_value(re.compile("42.988, 1.143"))
    made.write("Avec lieu")
    sent(made.page)
    page = made.open()
    expect(page.locator(".block", has_text="Avec lieu").locator(".meta").first).to_contain_text("42.988")
    expect(page.locator(".block", has_text="Sans lieu").locator(".meta").first).not_to_contain_text("42.9")


def test_the_notebook_on_a_telephone_is_accessible_and_its_page_without_network_as_well(site, phone, axe, nu):
    made = phone("visitor")
    axe(made.page, "notebook-phone")
    nu(made.page.request.get(f"{cast.NOTEBOOK}/hors-ligne").text())
    site.server.stop()
    made.open()
    made.write("Sans réseau")
    axe(made.page, "notebook-without-network")
    small = made.page.evaluate("""() => [...document.querySelectorAll("form.notebook button, form.notebook select, form.notebook .choice, form.notebook summary")]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44).map((element) => element.outerHTML.slice(0, 80))""")
    assert not small, small
