"""A visit half-day by half-day, as its people live it: on a phone, on paper, without account, without network."""

import re
import subprocess
from datetime import timedelta

import pikepdf
import pytest
from harness import days
from harness.days import written
from harness.looks import sideways

WRITES = True
PROGRAMME = "/programmes/territoires-en-action"
CAEN = f"{PROGRAMME}/visites/caen"
BOURGOGNE = f"{PROGRAMME}/visites/bourgogne"


@pytest.fixture(scope="module")
def officer(site):
    client = site.client("officer")
    yield client
    client.close()


@pytest.fixture(scope="module")
def today(officer):
    """Bourgogne has just taken place, with two visitors: its half-days have begun, whatever the hour of this test."""
    page = officer.page(f"{BOURGOGNE}/groupe")
    people = {name: re.search(rf'value="([^"]+)"[^>]*> {name}', page)[1] for name in ("Pauline Escoffier", "Idriss Kamara")}
    officer.send_form(f"{BOURGOGNE}/groupe", "/groupe", visitors=list(people.values()), size_reason="Une visite à deux.")
    officer.send_form(f"{BOURGOGNE}/dates", "/dates", first_day=written(days.today() - timedelta(days=2)), length="4")
    officer.send_form(f"{BOURGOGNE}/rencontres", "/trame")
    return people


def test_the_programme_prints_on_two_sheets_and_is_read_from_its_pdf(person, officer, tmp_path):
    page = person("visitor")
    page.goto(f"{CAEN}/programme")
    page.emulate_media(media="print")
    (tmp_path / "programme.pdf").write_bytes(page.pdf(prefer_css_page_size=True))
    with pikepdf.open(tmp_path / "programme.pdf") as printed:
        assert len(printed.pages) <= 2
    status, content = officer.ask("GET", f"{CAEN}/programme.pdf")
    assert status == 200
    (tmp_path / "paper.pdf").write_bytes(content)
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "paper.pdf", "-"], check=True, capture_output=True, text=True).stdout
    for words in ("Gare de Caen, hall principal", "Partenaires et écosystème", "Sous-groupe", "Sandrine Petitjean"):
        assert words in text
    # The grid is that of the visit: what it says otherwise, not what is common.
    assert "À quels moments les personnes privées d’emploi" in " ".join(text.split())
    with pikepdf.open(tmp_path / "paper.pdf") as paper:
        assert len(paper.pages) <= 3


def test_the_copy_kept_offline_needs_nothing(person, officer, browser, tmp_path):
    _, content = officer.ask("GET", f"{CAEN}/programme.html")
    (tmp_path / "programme.html").write_bytes(content)
    context = browser.new_context(offline=True, viewport={"width": 320, "height": 640})
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto((tmp_path / "programme.html").as_uri())
    assert page.get_by_role("heading", level=1).inner_text().startswith("Programme de visite")
    assert sideways(page) == 0
    assert all(url.startswith("file:") for url in asked)
    context.close()


def test_a_visitor_signs_on_a_phone_and_has_the_next_one_sign(today, person):
    page = person("visitor", width=320, height=640)
    page.goto(f"{BOURGOGNE}/presence")
    assert sideways(page) == 0
    page.get_by_role("button", name="Je signe ma présence").first.click()
    assert page.get_by_role("status").inner_text() == "La présence est signée."
    page.get_by_role("link", name="Faire signer Idriss Kamara").first.click()
    assert sideways(page) == 0
    page.get_by_label("Votre nom").fill("Idriss Kamara")
    page.get_by_role("button", name="Je certifie ma présence").click()
    assert page.get_by_text("sur un autre téléphone (Pauline Escoffier)").first.is_visible()
    other = person("colleague", width=320, height=640)
    other.goto(f"{BOURGOGNE}/presence")
    # Signed already for this half-day: the afternoon is left.
    assert other.get_by_role("button", name="Je signe ma présence").count() == 1


def test_a_photograph_of_the_paper_sheet_is_its_proof(today, person, tmp_path):
    from PIL import Image

    Image.new("RGB", (800, 600), "white").save(tmp_path / "feuille.jpg")
    page = person("officer", width=320, height=640)
    page.goto(f"{BOURGOGNE}/presence/feuille")
    assert page.get_by_role("columnheader").count() >= 3
    page.goto(f"{BOURGOGNE}/presence")
    page.get_by_text("Ajouter une feuille signée").click()
    page.get_by_label("Photo ou scan de la feuille").set_input_files(tmp_path / "feuille.jpg")
    page.get_by_label("Pauline Escoffier").last.check()
    page.get_by_role("button", name="Ajouter cette feuille").click()
    assert page.get_by_role("link", name="feuille.jpg").is_visible()


def test_dates_are_asked_for_answered_without_account_and_chosen_on_a_phone(site, officer, person, anybody):
    visit = f"{PROGRAMME}/visites/bretagne"
    first = days.today() + timedelta(days=60)
    page = person("officer", width=320, height=640)
    page.goto(f"{visit}/sondage/nouveau")
    assert sideways(page) == 0
    page.get_by_label("Date possible 1").fill(written(first))
    page.get_by_label("Date possible 2").fill(written(first + timedelta(days=7)))
    page.get_by_label("Une personne extérieure : son nom").fill("Maël Le Goff")
    page.get_by_label("Son adresse électronique", exact=True).fill("mael@dehors.example")
    page.get_by_role("button", name="Envoyer la demande").click()
    mail = next(link for link in re.findall(r'href="(/courriels/[^"?]+)"', officer.page("/courriels")) if "mael@dehors" in officer.page(link))
    secret = re.search(r"/sondage/[\w-]+", officer.page(mail))[0]
    guest = anybody(width=320, height=640)
    guest.goto(secret)
    assert sideways(guest) == 0
    for answer in guest.get_by_role("radio", name="oui").all():
        answer.check()
    guest.get_by_role("button", name="Enregistrer ma réponse").click()
    assert "enregistrée" in guest.get_by_role("status").inner_text()
    page.reload()
    page.goto(f"{visit}/sondage")
    page.get_by_role("link", name="Retenir cette date").first.click()
    page.get_by_role("button", name="Retenir cette date et prévenir").click()
    assert page.get_by_text("Date retenue").first.is_visible()
    page.goto(visit)
    assert page.get_by_text("Datée").first.is_visible()


def test_where_things_stand_is_seen_on_a_phone_and_printed_on_one_page(today, person, tmp_path):
    page = person("coordinator", width=320, height=640)
    page.goto(f"{PROGRAMME}/avancement")
    assert sideways(page) == 0
    assert page.get_by_role("button", name="Envoyer un rappel").count() > 0
    page.goto(f"{PROGRAMME}/calendrier")
    assert sideways(page) == 0
    assert page.get_by_role("img").is_visible()
    page.goto(f"{PROGRAMME}/avancement/etat")
    page.emulate_media(media="print")
    (tmp_path / "state.pdf").write_bytes(page.pdf(prefer_css_page_size=True))
    with pikepdf.open(tmp_path / "state.pdf") as printed:
        assert len(printed.pages) == 1


def test_a_long_answer_is_kept_by_the_browser_until_the_site_has_it(site, person):
    page = person("host")
    page.goto(f"{CAEN}")
    page.goto(page.locator('a[href$="/validation"]').first.get_attribute("href"))
    words = "La structure précise ce que l’on lit ici."
    page.locator("[name=reply_body]").fill(words)
    page.reload()
    page.get_by_role("button", name="Reprendre ce que vous aviez saisi").click()
    assert page.locator("[name=reply_body]").input_value() == words
    page.locator("form", has=page.locator("[name=reply_body]")).get_by_role("button").click()
    assert page.get_by_text(words).count() > 0
    page.reload()
    assert page.get_by_role("button", name="Reprendre ce que vous aviez saisi").count() == 0
    assert not page.evaluate("Object.keys(localStorage).filter((key) => key.includes(':form:'))")
