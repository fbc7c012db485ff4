"""From a programme file to a public synthesis and a withdrawal: one person, one browser; each test is a scene of one story."""

import re
from datetime import timedelta

import pytest
from harness.days import today, written
from harness.keyboard import Keyboard
from playwright.sync_api import expect

WRITES = True
PROGRAMME = "/programmes/territoires-en-action"
VISIT = f"{PROGRAMME}/visites/bourgogne"
SAID = "On a commencé par une 🐝 soupe, et la mairie est venue ensuite."
QUOTED = "la mairie est venue ensuite"
NEW = """format: essaim-programme/1
titre: "Rives en commun"
slug: rives
regle_de_visite: { groupe_min: 4, groupe_max: 6, visites_par_personne: 3 }
roles: [{ id: mission, nom: "Mission", genre: mission }]
phases: [{ id: une, titre: "Première phase", periode: { debut: "01/01/2027", fin: "30/06/2027" } }]
territoires: [{ id: caen, nom: "Caen", codes: [{ genre: commune, code: "14118" }] }]
organisations: [{ id: ardes, nom: "ARDES", genre: reseau-regional }]
visites: [{ id: rive-droite, titre: "Visite rive droite", hotes: [ardes], territoire: caen }]
"""


@pytest.fixture(scope="module")
def story():
    """What a scene leaves to the next: the addresses of the texts, the link that came by mail."""
    return {}


def ready(story, *needed):
    missing = set(needed) - set(story)
    if missing:
        pytest.skip(f"an earlier scene failed: {missing}")


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def mail(page, subject, person):
    """The address in the last mail on this subject to this person, read where the demonstration keeps mails."""
    page.goto("/courriels")
    page.locator("li, tr").filter(has_text=subject).filter(has_text=person).get_by_role("link").first.click()
    return page.locator("main").get_by_role("link", name=re.compile("^http")).first.get_attribute("href")


# a. The officer


def test_a_programme_file_is_imported_by_the_page(person, tmp_path):
    file = tmp_path / "rives.yaml"
    file.write_text(NEW, encoding="utf-8")
    officer = person("officer")
    officer.goto("/programmes")
    officer.get_by_role("link", name="Importer un fichier").click()
    officer.get_by_label("Fichier du programme").set_input_files(file)
    press(officer, "Voir ce que ce fichier crée")
    expect(officer.locator("main")).to_contain_text("Rives en commun")
    press(officer, "Créer le programme")
    expect(officer.get_by_role("heading", level=1)).to_contain_text("Rives en commun")
    officer.goto("/programmes/rives/visites")
    expect(officer.locator("main")).to_contain_text("Visite rive droite")


def test_a_programme_starts_from_nothing_with_one_visit(person):
    officer = person("officer")
    officer.goto("/programmes/nouveau")
    officer.get_by_label("Nom de la visite").fill("Visite aux jardins")
    officer.get_by_label("Lieu").fill("Chenôve")
    officer.get_by_label("Premier jour").fill("14/04/2027")
    press(officer, "Créer le programme et sa visite")
    expect(officer.get_by_role("heading", level=1)).to_contain_text("Visite aux jardins")
    expect(officer.locator("main")).to_contain_text("14 et 15 avril 2027")


def test_the_officer_prepares_the_visit_and_invites(person, story):
    officer = person("officer")
    officer.goto(f"{PROGRAMME}/visites")
    expect(officer.locator("main")).to_contain_text("Visite en Bourgogne")
    officer.get_by_role("link", name="Visite en Bourgogne").first.click()

    officer.get_by_role("link", name="Fixer les dates").first.click()
    officer.get_by_label("Premier jour").fill(written(today() - timedelta(days=4)))
    officer.get_by_label("Deux jours", exact=True).check()
    press(officer, "Enregistrer les dates")

    officer.get_by_role("link", name="Décrire la visite").click()
    officer.get_by_label("Objet de la visite").fill("Comment un tiers-lieu devient l’affaire de tout un quartier.")
    press(officer, "Enregistrer la description")

    officer.get_by_role("link", name="Préparer les rencontres").first.click()
    officer.get_by_label("Qui ?").fill("deux habitantes du quartier")
    officer.get_by_label("À quel titre").select_option(label="habitant ou habitante")
    press(officer, "Ajouter cette personne")
    for title in ["Les habitantes du tiers-lieu", "D’autres habitants, au marché"]:
        officer.get_by_label("Rencontre", exact=True).fill(title)
        officer.get_by_label("Qui rencontre-t-on").select_option(label="habitant ou habitante")
        officer.get_by_label("Demi-journée", exact=True).select_option(index=1)
        press(officer, "Ajouter la rencontre")

    officer.goto(f"{VISIT}/groupe")
    for name in ["Pauline Escoffier", "Idriss Kamara", "Solène Marchand"]:
        officer.get_by_label(name).check()
    officer.get_by_label("Clémence Roussel").check()
    officer.get_by_label("Hélène Vasseur").check()
    officer.get_by_label("Pourquoi moins de quatre").fill("Le minibus a cinq places.")
    press(officer, "Enregistrer le groupe de visite")
    officer.goto(f"{VISIT}/groupe")
    form = officer.locator("form[action$='/structure']")
    form.get_by_label("Nom", exact=True).fill("Lucie Caron")
    form.get_by_label("Fonction").fill("présidence")
    form.get_by_label("Adresse électronique").fill("lucie@dehors.example")
    press(officer, "Ajouter cette personne à la structure")

    officer.goto(f"{VISIT}/invitations")
    officer.locator("main form").get_by_role("button").first.click()
    officer.goto(VISIT)
    expect(officer.locator("main")).to_contain_text("Le minibus a cinq places.")
    expect(officer.locator("main")).to_contain_text("Invitations envoyées")
    story["prepared"] = True


# b. The host, without account


def test_the_host_writes_the_sheet_by_a_private_link(person, anybody, story):
    ready(story, "prepared")
    officer = person("officer")
    officer.goto(VISIT)
    press(officer, "Écrire la fiche de présentation")
    story["sheet"] = re.match(r".*/textes/[^/?#]+", officer.url)[0]
    officer.locator("form[action$='/liens'] select").select_option(index=0)
    officer.locator("form[action$='/liens'] button").click()

    host = anybody()
    host.goto(mail(host, "Visite en Bourgogne", "Lucie Caron"))
    expect(host.locator("main")).to_contain_text("écosystème")
    host.get_by_role("link", name="Écrire La structure").click()
    editor = host.locator(".ProseMirror")
    editor.click()
    host.keyboard.type("Un quartier")
    host.get_by_role("button", name="Titre", exact=True).click()
    host.keyboard.press("End")
    host.keyboard.press("Enter")
    host.keyboard.type("Nous tenons une ")
    host.keyboard.press("Control+b")
    host.keyboard.type("maison ouverte")
    host.keyboard.press("Control+b")
    host.keyboard.type(".")
    expect(host.get_by_text("Brouillon enregistré à")).to_be_visible()
    press(host, "Enregistrer une révision")
    expect(host.locator("main").get_by_role("heading", name="Un quartier")).to_be_visible()
    expect(host.locator("main strong").filter(has_text="maison ouverte")).to_be_visible()


def test_the_officer_sends_the_sheet_and_sees_who_has_it(person, story):
    ready(story, "sheet")
    officer = person("officer")
    officer.goto(story["sheet"])
    officer.get_by_label("Envoyer la fiche bien que").check()
    press(officer, "Envoyer la fiche au groupe")
    table = officer.get_by_role("table")
    for name in ["Pauline Escoffier", "Idriss Kamara", "Solène Marchand"]:
        expect(table.get_by_role("row").filter(has_text=name)).to_contain_text("Révision")
    visitor = person("visitor")
    visitor.goto(mail(visitor, "La fiche de présentation", "Pauline Escoffier"))
    assert "/revisions/" in visitor.url
    expect(visitor.locator("main")).to_contain_text("maison ouverte")


# c. The visitors


@pytest.mark.parametrize("role, manner, words", [
    ("visitor", "Mot à mot", SAID),
    ("colleague", "Observé", "La porte reste ouverte, même l’hiver."),
])
def test_a_visitor_notes_shares_and_writes_an_impression(person, story, role, manner, words):
    ready(story, "prepared")
    visitor = person(role)
    visitor.goto(f"{VISIT}/notes")
    visitor.get_by_label("Ce que vous notez").fill(words)
    visitor.get_by_label(manner).first.check()
    visitor.locator("form.notebook").get_by_label("Rencontre").select_option(label="Les habitantes du tiers-lieu")
    visitor.locator("form.notebook").get_by_label("Qui parle").select_option(label="habitant ou habitante")
    visitor.locator("form.notebook [name=dimension]").first.check()
    press(visitor, "Ajouter la note")
    expect(visitor.get_by_text("Tout est enregistré sur le site.")).to_be_visible()
    visitor.reload()
    visitor.get_by_role("button", name="Partager cette note").click()
    expect(visitor.locator("main")).to_contain_text("Lue par le groupe de visite")

    visitor.goto(VISIT)
    press(visitor, "Écrire ma note d’impression")
    if visitor.get_by_role("link", name="Écrire").count():
        visitor.get_by_role("link", name="Écrire").first.click()
    visitor.locator(".ProseMirror").click()
    visitor.keyboard.type("Ce qui m’a frappé, c’est le temps laissé aux gens.")
    press(visitor, "Enregistrer une révision")
    expect(visitor.locator("main")).to_contain_text("La révision est enregistrée.")
    visitor.goto(VISIT)
    press(visitor, "Partager avec le groupe de visite")
    expect(visitor.locator("main")).to_contain_text("Votre note est lue par le groupe de visite.")
    story.setdefault("noted", set()).add(role)


# d. The synthesis, from the notes


def drag_over(page, words):
    """Selects words of a note with the mouse, from their first letter to their last."""
    ends = page.evaluate(
        """(words) => {
            const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const node = walker.currentNode;
                if (!node.parentElement.closest("[data-citable]") || !node.data.includes(words)) continue;
                const range = document.createRange();
                range.setStart(node, node.data.indexOf(words));
                range.setEnd(node, node.data.indexOf(words) + words.length);
                node.parentElement.scrollIntoView({ block: "center" });
                const boxes = [...range.getClientRects()];
                const [first, last] = [boxes[0], boxes.at(-1)];
                return [[first.left + 0.5, first.top + first.height / 2], [last.right - 0.5, last.top + last.height / 2]];
            }
        }""", words)
    page.mouse.move(*ends[0])
    page.mouse.down()
    page.mouse.move(*ends[1], steps=8)
    page.mouse.up()


def test_the_officer_cites_words_with_the_mouse_and_writes(person, story):
    ready(story, "noted")
    officer = person("officer")
    officer.goto(VISIT)
    press(officer, "Écrire la synthèse")
    story["synthesis"] = re.match(r".*/textes/[^/?#]+", officer.url)[0]
    officer.get_by_role("link", name="Écrire La structure").click()
    story["section"] = officer.url.split("?")[0]
    expect(officer.locator(".ProseMirror")).to_be_visible()
    drag_over(officer, QUOTED)
    press(officer, "Citer ces mots")
    dialog = officer.get_by_role("dialog")
    expect(dialog).to_contain_text(QUOTED)
    dialog.get_by_label("Par sa fonction").check()
    dialog.get_by_label("Ce qui sera écrit").fill("une habitante")
    dialog.get_by_role("button", name="Citer ces mots").click()
    expect(officer.locator("aside").last).to_contain_text("L’extrait est prêt")
    officer.locator(".ProseMirror").click()
    officer.keyboard.type("La soupe d’abord : une faute de frape reste ici.")
    officer.get_by_role("button", name="Insérer ici").first.click()
    press(officer, "Enregistrer une révision")
    expect(officer.locator("main figure.quotation")).to_contain_text(QUOTED)


def test_the_researcher_cites_with_the_keyboard_alone(person, story):
    ready(story, "section")
    researcher = person("researcher")
    researcher.goto(story["section"])
    keys = Keyboard(researcher)
    keys.reach("Citer des mots")
    keys.press("Enter", *["Shift+ArrowRight"] * 8)
    keys.reach("Citer ces mots").press("Enter")
    dialog = researcher.get_by_role("dialog")
    expect(dialog).to_be_visible()
    keys.choose("Par sa fonction", "Sans rien dire")
    keys.reach("Citer ces mots").press("Enter")
    expect(researcher.locator("aside").last).to_contain_text("L’extrait est prêt")


def test_the_consent_of_the_person_quoted_is_recorded(person, story):
    ready(story, "section")
    officer = person("officer")
    officer.goto(f"{PROGRAMME}/extraits")
    officer.get_by_role("link").filter(has_text=QUOTED).first.click()
    story["excerpt"] = officer.url.split("?")[0]
    expect(officer.locator("main")).to_contain_text("Accord à demander")
    form = officer.locator("form[action$='/accords']")
    form.get_by_label("Oui").check()
    form.get_by_label("Être citée", exact=True).check()
    form.get_by_label("De vive voix").check()
    form.get_by_label("Ce qui le prouve").fill("accord donné au téléphone, redit par courriel")
    form.get_by_label("La personne sait que").check()
    press(officer, "Enregistrer la réponse")
    expect(officer.locator("main")).to_contain_text("Accord donné")


# e. and f. Validation, and publication refused until then


def test_validation_is_asked_and_publication_refused_with_its_reasons(person, story, allow):
    ready(story, "excerpt")
    allow("status of 422")
    officer = person("officer")
    officer.goto(f"{VISIT}/groupe")
    signatory = officer.get_by_role("radio", name="Lucie Caron")
    if signatory.count():
        signatory.check()
        officer.locator("form[action$='/signataire'] button").click()
    officer.goto(story["synthesis"])
    officer.get_by_role("link", name="Demander la validation").first.click()
    press(officer, "Envoyer la demande de validation")
    expect(officer.locator("main")).to_contain_text("Sans réponse")
    story["asked"] = True
    officer.goto(f"{story['synthesis']}/publication")
    expect(officer.locator("main")).to_contain_text("On attend la réponse de la structure")
    press(officer, "Publier")
    expect(officer.get_by_role("alert").first).to_contain_text("structure")
    assert officer.goto("/ressources").status == 200
    expect(officer.locator("main")).not_to_contain_text("Bourgogne")


def test_a_visitor_objects_by_keyboard_alone(person, story):
    ready(story, "asked")
    visitor = person("visitor")
    visitor.goto(f"{story['synthesis']}/validation")
    keys = Keyboard(visitor)
    keys.choose("Oui", "Non")
    keys.choose("Oui", "Non")
    keys.choose("Je valide", "Je fais objection")
    keys.reach("Votre réserve").write("Il y a une faute de frappe.")
    keys.choose("Une erreur")
    keys.reach("Envoyer ma réponse").press("Enter")
    expect(visitor.locator("main")).to_contain_text("Votre réponse est enregistrée")
    expect(visitor.locator("main")).to_contain_text("En attente d’une suite")
    assert not keys.unseen, keys.unseen


def test_the_objection_is_settled_by_a_change_and_validation_asked_again(person, story):
    ready(story, "asked")
    officer = person("officer")
    officer.goto(story["section"])
    editor = officer.locator(".ProseMirror")
    editor.get_by_text("faute de frape").click()
    officer.keyboard.press("Home")
    text = officer.locator("#body").input_value()
    officer.get_by_role("button", name="Afficher le texte brut").click()
    officer.locator("#body").fill(text.replace("faute de frape", "faute de frappe"))
    press(officer, "Enregistrer une révision")
    expect(officer.locator("main")).to_contain_text("faute de frappe")
    officer.goto(f"{story['synthesis']}/validation")
    settle = officer.locator("form[action*='/objections/']")
    settle.get_by_role("radio").first.check()
    settle.get_by_label("Motif").fill("La faute est corrigée.")
    settle.get_by_role("button").click()
    expect(officer.locator("main")).to_contain_text("La suite donnée à l’objection est enregistrée")
    officer.get_by_role("link", name="Demander une nouvelle validation").first.click()
    press(officer, "Envoyer la demande de validation")
    expect(officer.locator("main")).to_contain_text("La demande de validation est envoyée")
    story["asked again"] = True


def test_the_signatory_answers_with_a_reservation_by_keyboard_alone(anybody, story):
    ready(story, "asked again")
    host = anybody()
    host.goto(mail(host, "Votre avis sur", "Lucie Caron"))
    keys = Keyboard(host)
    keys.choose("Oui")
    keys.choose("Oui")
    keys.choose("Je valide", "Je valide avec une réserve")
    keys.reach("Votre réserve").write("La soupe a eu lieu un mardi.")
    keys.reach("Envoyer ma réponse").press("Enter")
    expect(host.locator("main")).to_contain_text("Votre réponse est enregistrée")
    expect(host.locator(".rows").first).to_contain_text("La soupe a eu lieu un mardi.")
    assert not keys.unseen, keys.unseen


def test_the_others_answer_by_phone_and_by_the_page(person, story):
    ready(story, "asked again")
    officer = person("officer")
    officer.goto(f"{story['synthesis']}/validation")
    officer.get_by_role("link", name="Saisir une réponse reçue autrement").click()
    officer.get_by_label("Réponse de").select_option(label=officer.locator("#person option").filter(has_text="Solène").inner_text())
    officer.get_by_label("téléphone").check()
    for group in ["Est-ce exact", "Est-ce publiable"]:
        officer.get_by_role("group", name=group).get_by_label("Oui").check()
    officer.get_by_label("Je valide", exact=True).check()
    officer.get_by_label("Preuve").first.fill("Appel de ce matin, réponse relue à voix haute.")
    press(officer, "Enregistrer cette réponse")
    expect(officer.locator("main")).to_contain_text("Appel de ce matin")

    for role in ["visitor", "colleague"]:
        visitor = person(role)
        visitor.goto(f"{story['synthesis']}/validation")
        for group in ["Est-ce exact", "Est-ce publiable"]:
            visitor.get_by_role("group", name=group).get_by_label("Oui").check()
        visitor.get_by_label("Je valide", exact=True).check()
        press(visitor, "Envoyer ma réponse")
        expect(visitor.locator("main")).to_contain_text("Votre réponse est enregistrée")
    story["answered"] = True


def test_the_synthesis_is_published(person, story):
    ready(story, "answered")
    officer = person("officer")
    officer.goto(f"{story['synthesis']}/publication")
    officer.get_by_label("Présentation").fill("Un tiers-lieu, sa soupe, son quartier.")
    officer.get_by_label("Auteurs et autrices").fill("Clémence Roussel\nHélène Vasseur")
    officer.get_by_label("Territoire").select_option(label="Chenôve")
    blanks = officer.locator("[name=unexplained]")
    if blanks.count():
        blanks.check()
    press(officer, "Publier")
    officer.get_by_role("link", name="Voir la page publique").first.click()
    story["public"] = officer.url.split("?")[0]


# g. Anybody


def test_anybody_finds_it_reads_it_without_script_and_opens_its_sources(anybody, story):
    ready(story, "public")
    reader = anybody(javascript=False)
    reader.goto("/")
    reader.get_by_role("searchbox", name="Que cherchez-vous").fill("soupes de quartier")
    reader.keyboard.press("Enter")
    expect(reader.locator("main mark").first).to_be_visible()
    reader.locator("main").get_by_role("link").filter(has_text="Synthèse –").first.click()
    assert reader.url.split("?")[0] == story["public"]
    expect(reader.locator("figure.quotation")).to_contain_text(QUOTED)
    expect(reader.locator("main")).to_contain_text("La soupe a eu lieu un mardi.")
    reader.get_by_role("link", name="D’où vient ce texte").first.click()
    for address in [reader.url, story["excerpt"]]:
        reader.goto(address)
        expect(reader.locator("main")).to_contain_text("une habitante")
        # Never the note itself: neither its other words, nor who wrote it.
        assert not [secret for secret in ["une 🐝 soupe", "Pauline"] if secret in reader.content()]


# h. Withdrawal


def test_a_withdrawal_empties_every_page_at_once(person, anybody, story):
    ready(story, "public")
    reader = anybody()
    reader.goto(story["public"])
    expect(reader.locator("main")).to_contain_text(QUOTED)
    officer = person("officer")
    officer.goto(story["excerpt"])
    officer.get_by_text("La personne ne veut plus être citée", exact=True).click()
    officer.get_by_label("La personne ne veut plus être citée :").check()
    press(officer, "Retirer ces mots de partout")
    expect(officer.locator("main")).to_contain_text("Les mots ne se lisent plus")
    for address in [story["public"], "/recherche?q=mairie+venue", f"{story['public']}/source.md"]:
        assert QUOTED not in reader.request.get(address).text()
    visitor = person("visitor")
    visitor.goto(f"{story['synthesis']}/revisions")
    visitor.locator("main ol, main ul, main table").get_by_role("link").first.click()
    expect(visitor.locator("main")).not_to_contain_text(QUOTED)
    expect(visitor.locator("main")).not_to_contain_text("une habitante")
