"""Several people, several tabs, no network, an ended session: nothing typed is lost, nothing is there twice."""

import re

import pytest
from harness import cast
from harness.keyboard import Keyboard
from playwright.sync_api import expect
from test_editor import WORD

WRITES = True
PROGRAMME = "/programmes/territoires-en-action"
VISIT = f"{PROGRAMME}/visites/hauts-de-france"


@pytest.fixture(scope="module")
def synthesis(site):
    officer = site.client("officer")
    return re.search(r'href="(/textes/[^"/]+)/validation"', officer.page(VISIT))[1]


def section(synthesis, title, page):
    page.goto(synthesis)
    page.get_by_role("link", name=re.compile(f"(Écrire|Modifier) {title}")).click()
    expect(page.locator(".ProseMirror")).to_be_visible()


def add(page, words):
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type(words)


def rewrite(page, words):
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def save(page):
    page.get_by_role("button", name="Enregistrer une révision").click()


def test_two_people_in_one_paragraph_are_told_see_both_and_merge(synthesis, person, allow):
    allow("status of 409")
    officer, researcher = person("officer"), person("researcher")
    for page in (officer, researcher):
        section(synthesis, "L.initiative", page)
    rewrite(officer, "La phrase de Clémence.")
    rewrite(researcher, "La phrase d’Hélène.")
    save(officer)
    expect(officer.locator("main")).to_contain_text("La révision est enregistrée.")
    save(researcher)
    expect(researcher.get_by_role("heading", level=1)).to_contain_text("Deux versions de")
    expect(researcher.get_by_role("alert").first).to_contain_text("Clémence Roussel")
    mine = researcher.get_by_label("Votre version, à copier")
    theirs = researcher.get_by_label("L’autre version, à copier")
    assert "La phrase d’Hélène." in mine.input_value() and "La phrase de Clémence." in theirs.input_value()
    expect(researcher.locator(".ProseMirror")).to_contain_text("La phrase de Clémence.")
    researcher.get_by_role("button", name="Enregistrer la fusion").click()
    for words in ["La phrase de Clémence.", "La phrase d’Hélène."]:
        expect(researcher.locator("main article, main .prose").first).to_contain_text(words)


def test_who_comes_second_is_told_that_somebody_writes_there(synthesis, person):
    officer, researcher = person("officer"), person("researcher")
    section(synthesis, "La structure", officer)
    add(officer, "En cours d’écriture")
    expect(officer.get_by_text("Brouillon enregistré à")).to_be_visible()
    section(synthesis, "La structure", researcher)
    expect(researcher.locator("main")).to_contain_text("Clémence Roussel modifie cette section.")


def test_a_word_document_pasted_in_a_real_text_keeps_its_structure(synthesis, person):
    officer = person("officer")
    section(synthesis, "L.impact", officer)
    officer.locator(".ProseMirror").click()
    officer.keyboard.press("Control+a")
    officer.evaluate(
        """(html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "");
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.querySelector(".ProseMirror").dispatchEvent(event);
        }""", WORD)
    save(officer)
    read = officer.locator("main")
    expect(read).to_contain_text("La révision est enregistrée.")
    expect(read.get_by_role("heading", name="Le territoire")).to_be_visible()
    expect(read.locator("strong").filter(has_text="ouvrière")).to_be_visible()
    expect(read.locator("li li").filter(has_text="Un et demi")).to_be_visible()
    expect(read.get_by_role("table").filter(has_text="Apporte").get_by_role("row")).to_have_count(2)
    expect(read).to_contain_text("Depuis 1920.")


def test_a_note_written_without_network_is_kept_and_sent_later(site, person, allow):
    allow("Failed to load resource|ERR_INTERNET_DISCONNECTED")
    visitor = person("visitor")
    visitor.goto(cast.NOTEBOOK)
    visitor.context.set_offline(True)
    visitor.get_by_label("Ce que vous notez").fill("Écrite dans le train, sans réseau.")
    visitor.get_by_role("button", name="Ajouter la note").click()
    expect(visitor.locator("main")).to_contain_text("eulement sur cet appareil")
    elsewhere = site.client("visitor")
    assert "dans le train" not in elsewhere.page(cast.NOTEBOOK)
    visitor.context.set_offline(False)
    expect(visitor.get_by_text("Tout est enregistré sur le site.")).to_be_visible(timeout=20_000)
    assert elsewhere.page(cast.NOTEBOOK).count("Écrite dans le train") == 1


def test_a_form_sent_twice_makes_one_object(site, person):
    officer = person("officer", javascript=False)
    officer.goto(f"{VISIT}/rencontres")
    officer.get_by_label("Rencontre", exact=True).fill("Deux clics, une rencontre")
    officer.get_by_label("Qui rencontre-t-on").select_option(label="habitant ou habitante")
    officer.get_by_role("button", name="Ajouter la rencontre").dblclick()
    expect(officer.locator("main")).to_contain_text("Deux clics, une rencontre")
    officer.goto(VISIT)
    assert officer.locator("main").inner_text().count("Deux clics, une rencontre") == 1


def test_what_is_typed_after_the_session_ended_comes_back_after_log_in(site, person, allow):
    allow("status of 401|status of 403")
    officer = person("officer")
    officer.goto(f"{VISIT}/objet")
    typed = "Ce que le groupe vient comprendre, tapé pendant que la session finissait."
    officer.get_by_label("Objet de la visite").fill(typed)
    officer.context.clear_cookies()
    officer.get_by_role("button", name="Enregistrer la description").click()
    officer.get_by_label("Adresse électronique").fill(cast.PEOPLE["officer"])
    officer.get_by_label("Mot de passe").fill(cast.PASSWORD)
    officer.get_by_role("button", name="Entrer").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("Votre texte n’est pas perdu")
    assert typed in "".join(area.input_value() for area in officer.get_by_role("textbox").all())
    officer.get_by_role("button", name="Envoyer maintenant").click()
    expect(officer.locator("main")).to_contain_text(typed)


def test_one_logs_in_by_keyboard_alone_from_the_top_of_the_page(anybody):
    page = anybody()
    page.goto("/")
    keys = Keyboard(page)
    page.keyboard.press("Tab")
    assert keys.name == "Aller au contenu" or "contenu" in keys.name.lower()
    keys.reach("Se connecter").press("Enter")
    page.wait_for_url("**/connexion**")
    keys.reach("Adresse électronique").write(cast.PEOPLE["visitor"])
    keys.reach("Mot de passe").write(cast.PASSWORD)
    keys.reach("Entrer").press("Enter")
    page.wait_for_url(re.compile(r"/(a-faire|)$"))
    assert not keys.unseen, keys.unseen


# Without script


def test_a_section_of_the_sheet_is_written_without_script(person):
    host = person("host", javascript=False)
    host.goto(cast.NOTEBOOK.removesuffix("/notes"))
    host.locator("main").get_by_role("link").filter(has_text="fiche de présentation").first.click()
    host.get_by_role("link", name=re.compile("(Écrire|Modifier) L.initiative")).click()
    area = host.locator("textarea[name=body]")
    area.fill(area.input_value() + "\n\nUne phrase **sans script**.")
    save(host)
    expect(host.locator("main strong").filter(has_text="sans script")).to_be_visible()


def test_a_validation_is_answered_without_script(synthesis, person):
    visitor = person("colleague", javascript=False)
    visitor.goto(f"{synthesis}/validation")
    for group in ["Est-ce exact", "Est-ce publiable"]:
        visitor.get_by_role("group", name=group).get_by_label("Oui").check()
    visitor.get_by_label("Je valide", exact=True).check()
    visitor.get_by_role("button", name="Envoyer ma réponse").click()
    expect(visitor.locator("main")).to_contain_text("Votre réponse est enregistrée")


def test_a_consent_is_recorded_without_script(person):
    officer = person("officer", javascript=False)
    officer.goto(f"{PROGRAMME}/extraits?state=pending")
    officer.locator("main ol").get_by_role("link").first.click()
    form = officer.locator("form[action$='/accords']")
    form.get_by_label("Oui").check()
    form.get_by_label("Être citée", exact=True).check()
    form.get_by_label("Sur papier").check()
    form.get_by_label("Ce qui le prouve").fill("Lettre signée, rangée au bureau.")
    form.get_by_label("La personne sait que").check()
    officer.get_by_role("button", name="Enregistrer la réponse").click()
    expect(officer.locator("main")).to_contain_text("Lettre signée, rangée au bureau.")
