"""Every kind of page: accessible, valid, light, and whole when zoomed, spaced, printed or stripped of its style."""

import re
from datetime import timedelta

import pytest
from conftest import refuse
from harness import cast
from harness.atlas import Atlas, routes
from harness.days import today, written
from harness.looks import cold, over
from harness.papers import altered
from harness.places import BINARY
from harness.strain import strain

WRITES = True
PROGRAMME = "/programmes/territoires-en-action"
ROUTES = routes() if BINARY.exists() else []

DOOR = {"elements": 150, "requests": 3, "kb": 25}
ARTICLE = {"elements": 250, "requests": 4, "kb": 40}
STEP = {"elements": 380, "requests": 5, "kb": 40}
# The editor of a text is a tool: fetched when one writes, then kept by the browser.
LIMITS = {
    "/": DOOR,
    "/connexion": DOOR,
    "/ressources/{resource}": ARTICLE,
    "/textes/{text}/sections/{section}/modifier": STEP | {"elements": 400, "requests": 6, "kb": 120},
    "/fiche/{secret}/sections/{section}/modifier": STEP | {"kb": 120},
}
# The notebook asks the site who is there; what opens it without network comes after: test_phone.
NOTEBOOK = STEP | {"requests": 6}
LIMITS |= {"/programmes/{programme}/visites/{visit}/notes": NOTEBOOK, "/programmes/{programme}/visites/{visit}/notes/{block}": NOTEBOOK}
# Routes that need what the crawl does not lead to: tried by hand below, or not a page.
APART = {
    "/api/v1/blocs/{block}": "JSON",
    "/api/v1/blocs/{block}/versions": "JSON",
    "/api/v1/programmes/{programme}/visites/{visit}/blocs/recus": "JSON",
    "/api/v1/visites/{visit}/blocs": "JSON",
    "/.well-known/security.txt": "plain text",
    "/api/v1/telephone": "JSON",
    "/carnet.js": "the worker of the notebook: test_phone",
    "/administration/programmes/{programme}": "every programme of the demonstration is managed: LeavingTests",
    "/compte/notes-a-part": "what came after somebody left a group: ApartNotesTests, test_phone",
    "/compte/notes-a-part/export": "a table: ApartNotesTests",
    "/programmes/{programme}/visites/{visit}/fiche": "the group of a visit without sheet: StageTurnTests",
    "/programmes/{programme}/visites/{visit}/notes/hors-ligne": "what a telephone keeps: test_phone",
    "/programmes/{programme}/visites/{visit}/notes/manifeste": "the manifest: test_phone",
    "/extraits/{excerpt}/preuves/{file}": "a file",
    "/textes/{text}/validation/preuves/{file}": "a file",
    "/compte/second-facteur/code.svg": "a drawing",
    "/connexion/code": "test_factor",
    "/programmes/{programme}/visites/{visit}/notes/direct": "told as it happens: test_live",
    "/programmes/{programme}/visites/{visit}/bilan/direct": "told as it happens: ReviewRequestTests, test_whole_visit",
    "/textes/{text}/direct": "told as it happens: test_live",
    "/fiche/{secret}/direct": "told as it happens, to who holds a link: TextLiveTests",
    "/fichiers/{file}": "a file: test_files",
    "/administration/courriels-recus/{mail}": "nothing waits in the demonstration: MailInTests",
    "/courriels-recus/{mail}/original": "a file: test_mail_in",
    "/courriels-recus/{mail}/fichiers/{file}": "a file: MailInTests",
    "/programmes/{programme}/courriels-recus": "nothing waits in the demonstration: test_mail_in",
    "/programmes/{programme}/courriels-recus/{mail}": "nothing waits in the demonstration: test_mail_in",
    "/programmes/{programme}/visites/{visit}/frais/{claim}/justificatifs/{file}": "a file: CostsRequestTests",
    "/programmes/{programme}/visites/{visit}/bilan/lignes/{line}": "no line of the demonstration can be changed any more: ReviewRequestTests",
    "/programmes/{programme}/visites/{visit}/bilan/saisie": "every advice of the demonstration is answered: AdviceTests",
    "/conseils/{secret}": "the advice for somebody without account: AdviceTests",
    "/conseils/{secret}/pas-moi": "the same page as that of a sheet",
    "/impression/{secret}": "the note of somebody without account: test_mail_in",
    "/impression/{secret}/pas-moi": "the same page as that of a sheet",
    "/fiche/{secret}/fichiers/{file}": "a file",
    "/validation/{secret}/fichiers/{file}": "a file",
    "/reponse/{secret}/fichiers/{file}": "a file",
    "/fiche/{secret}/sections/{section}/fichiers": "the form of members, for who holds a link: TextFileTests",
    "/installation/{secret}": "test_commands",
    "/mesures": "figures for machines: test_monitoring",
    "/sante": "JSON: test_monitoring",
    "/fiche/{secret}/revisions/{revision}": "the sheet as it was sent to somebody without account: SheetTests",
    "/reponse/{secret}/document.docx": "a file: DocumentTests",
    "/reponse/{secret}/document.odt": "a file: DocumentTests",
    "/calendrier/{secret}": "a calendar: test_calendar",
    "/rappels/{secret}": "reminders of somebody without account: ReminderTests",
    "/sondage/{secret}": "the dates of somebody without account: test_visit",
    "/programmes/{programme}/visites/{visit}/presence/papiers/{file}": "a file: AttendanceTests",
    "/programmes/{programme}/seminaires/{event}/presence/papiers/{file}": "a file: AttendanceTests",
    "/reponse/{secret}": "the right of reply of somebody without account, after the publication: ReplyTests",
    "/reponse/{secret}/pas-moi": "the same page as that of a sheet",
}


@pytest.fixture(scope="module")
def atlas(site):
    """All pages, once the officer has written to people without account: an invitation, a sheet, a validation, a log-in."""
    officer = site.client("officer")
    visit = f"{PROGRAMME}/visites/hauts-de-france"
    officer.send_form(
        f"{PROGRAMME}/communaute/inviter", "/invitations", name="Camille Leroy", email="camille@dehors.example",
        function="animation", role="facilitator")
    officer.send_form(
        f"{visit}/groupe", "/structure", name="Lucie Caron", email="lucie@dehors.example", function="présidence")
    sheet = re.search(r'href="(/textes/[^"/]+)">[^<]*fiche', officer.page(visit))[1]
    lucie = re.search(r'<option value="([^"]+)"[^>]*>Lucie', officer.page(sheet))[1]
    officer.send_form(sheet, "/liens", person=lucie)
    officer.send_form(f"{visit}/groupe", "/signataire", signatory=lucie)
    synthesis = re.search(r'href="(/textes/[^"/]+)/validation"', officer.page(visit))[1]
    section = re.search(rf'href="({synthesis}/sections/[^"/]+)/modifier"', officer.page(synthesis))[1]
    officer.send_form(f"{section}/modifier", section, body="Une section récrite.", act="revision")
    officer.page(f"{synthesis}/validation/demande")
    officer.send_form(
        f"{synthesis}/validation/demande", "/demande", validators=[lucie], deadline=officer.value("deadline"))
    officer.send_form("/compte/adresse", "/compte/adresse", email="clemence@ailleurs.example")
    # A seminar that took place yesterday, with somebody who had said that they would come: it is signed at any hour.
    seminar = re.findall(rf'href="({PROGRAMME}/seminaires/[0-9a-f-]{{36}})"', officer.page(f"{PROGRAMME}/seminaires"))[0]
    officer.send_form(f"{seminar}/modifier", "/modifier", title="Restitution", first_day=written(today()), length="one", mode="on_site")
    officer.send_form(seminar, "/participation", comes="1")
    officer.send_form(
        f"{seminar}/modifier", "/modifier", title="Restitution", first_day=written(today() - timedelta(days=1)), length="one", mode="on_site")
    presence = f"{seminar}/presence"
    slot = re.search(rf'formaction="({presence}/[^"/]+)"', officer.page(presence))[1]
    officer.post_form(slot, officer.read_form(presence, "/personnes")[1])
    signed = re.search(rf'formaction="({slot}/[^"/]+/retrait)"', officer.page(presence))[1]
    # Dates asked for, of which one may be retained.
    polls = []
    for event in (seminar, visit):
        asked = re.search(r'name="people" value="([^"]+)"', officer.page(f"{event}/sondage/nouveau"))[1]
        officer.send_form(
            f"{event}/sondage/nouveau", "/sondage", people=asked, half_days="2", half_1="am", half_2="am", answer_by="",
            day_1=written(today() + timedelta(days=40)), day_2=written(today() + timedelta(days=47)))
        polls.append(re.search(r'href="([^"]+/sondage/choix[^"]+)"', officer.page(f"{event}/sondage"))[1])
    # A document waits to be read over: its preview is the longest page of its kind.
    _, paper = officer.ask("GET", f"{synthesis}/document.odt")
    paper = altered(paper, {"content.xml": lambda text: text.replace(b"crite.", "crite, revue au café.".encode())})
    assert officer.send_file(f"{synthesis}/document", f"{synthesis}/document", "document", "x.odt", paper)[0] == 303
    anybody = site.client()
    anybody.send_form("/connexion", "/connexion", to="/connexion/lien", email=cast.PEOPLE["researcher"])
    mails = re.findall(r'href="(/courriels/[^"]+)"', officer.page("/courriels"))[:60]
    officer.close()
    return Atlas(site, also={
        "officer": [f"{visit}/invitations", f"{PROGRAMME}/visites/caen/sous-groupes", f"{synthesis}/validation/demande", "/compte/confirmation", "/compte/effacement/demande", f"{section}/fichiers", signed, *polls, *mails],
    })


def test_every_route_is_reached_or_known_to_be_apart(atlas):
    missed = set(ROUTES) - set(atlas.pages) - atlas.documents - set(APART)
    assert not missed
    assert not set(APART) & set(atlas.pages), "reached now: it is tried as the others"


@pytest.mark.parametrize("route", [route for route in ROUTES if route not in APART])
def test_a_page_is_accessible_valid_light_and_whole(site, atlas, person, anybody, axe, nu, route):
    if route in atlas.documents and route not in atlas.pages:
        pytest.skip("not a page: a document")
    role, address, _ = atlas.pages[route]
    page = person(role) if role else anybody()
    response, cost = cold(page, site.url + address)
    assert response.status == 200
    print(route, cost, address)
    faults = over(cost, LIMITS.get(route, STEP))
    refuse([f"{address}: {fault}" for fault in faults + strain(page)])
    axe(page, route.strip("/").replace("/", "-") or "home")
    nu(response.text())


SPECIAL = {
    "not-found": (None, "/nulle-part", 404),
    "dead-link": (None, "/invitation/inconnue", 404),
    "not-yours": ("host", cast.NOTEBOOK, 404),
    "no-result": (None, "/recherche?q=introuvable", 200),
    "an-empty-notebook": ("officer", f"{PROGRAMME}/visites/bourgogne", 200),
}


@pytest.mark.parametrize("name", SPECIAL)
def test_a_page_without_content_is_held_to_the_same(site, person, anybody, axe, nu, allow, name):
    role, address, status = SPECIAL[name]
    allow("status of 404")
    page = person(role) if role else anybody()
    response, cost = cold(page, site.url + address)
    assert response.status == status
    refuse(over(cost, STEP) + strain(page))
    axe(page, name)
    nu(response.text())


def test_a_form_refused_says_so_and_is_held_to_the_same(person, axe, nu, allow):
    allow("status of 422")
    page = person("officer")
    page.goto(f"{PROGRAMME}/visites/bourgogne/dates")
    page.get_by_label("Premier jour").fill("31/02/2027")
    page.get_by_label("Deux jours", exact=True).check()
    with page.expect_navigation() as sent:
        page.get_by_role("button", name="Enregistrer les dates").click()
    assert sent.value.status == 422
    assert page.title().startswith("Erreur")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert page.get_by_label("Premier jour").input_value() == "31/02/2027"
    refuse(strain(page))
    axe(page, "form-refused")
    nu(sent.value.text())


def test_dates_that_a_file_filled_in_are_held_to_the_same(person, axe, nu):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//essai//FR", "BEGIN:VEVENT", "UID:1@essai", "SUMMARY:Visite",
             "DTSTART;TZID=Ailleurs/Nulle-Part:20270504T140000", "DTEND;TZID=Ailleurs/Nulle-Part:20270505T120000", "END:VEVENT", "END:VCALENDAR", ""]
    page = person("officer")
    page.goto(f"{PROGRAMME}/visites/bourgogne/dates")
    page.get_by_text("Reprendre les dates d’un fichier .ics").click()
    page.locator("[name=ics]").set_input_files({"name": "visite.ics", "mimeType": "text/calendar", "buffer": "\r\n".join(lines).encode()})
    with page.expect_navigation() as sent:
        page.get_by_role("button", name="Lire ce fichier").click()
    assert sent.value.status == 200
    assert page.get_by_label("Premier jour").input_value() == "04/05/2027"
    assert page.locator("main").inner_text().count("un nom que le site ne connaît pas") == 1
    assert page.locator("[name=half_days]:checked").count() == 2
    refuse(strain(page))
    axe(page, "dates-of-a-file")
    nu(sent.value.text())


def test_a_form_of_an_old_tab_comes_back_and_is_held_to_the_same(person, axe, nu, allow):
    allow("status of 403")
    page = person("officer")
    page.goto(f"{PROGRAMME}/visites/bourgogne/objet")
    page.get_by_label("Objet de la visite").fill("Ce que le groupe vient comprendre.")
    page.evaluate("for (const field of document.querySelectorAll('[name=csrf]')) field.value = 'ancien'")
    with page.expect_navigation() as sent:
        page.get_by_role("button", name="Enregistrer la description").click()
    assert sent.value.status == 403
    assert "Ce que le groupe vient comprendre." in page.content()
    refuse(strain(page))
    axe(page, "form-of-an-old-tab")
    nu(sent.value.text())


def test_two_versions_to_merge_are_held_to_the_same(site, person, axe, nu, allow):
    allow("status of 409")
    officer = site.client("officer")
    synthesis = re.search(r'href="(/textes/[^"/]+)/validation"', officer.page(f"{PROGRAMME}/visites/hauts-de-france"))[1]
    section = re.search(rf'href="({synthesis}/sections/[^"/]+)/modifier"', officer.page(synthesis))[1]
    page = person("researcher")
    page.goto(f"{section}/modifier")
    page.get_by_role("button", name="Afficher le texte brut").click()
    officer.send_form(f"{section}/modifier", section, body="Une autre version.", act="revision")
    page.locator("#body").fill("Ma version.")
    with page.expect_navigation() as sent:
        page.get_by_role("button", name="Enregistrer une révision").click()
    assert sent.value.status == 409
    refuse(strain(page))
    axe(page, "two-versions")
    nu(sent.value.text())


def test_the_published_text_prints_whole(site, anybody):
    page = anybody()
    page.goto("/ressources")
    page.locator(".entries a").first.click()
    page.emulate_media(media="print")
    printed = page.locator("body").inner_text()
    for part in ["CC BY-SA", "D’où vient ce texte", page.locator("h1").inner_text()]:
        assert part in printed
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF-") and 3 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 12
