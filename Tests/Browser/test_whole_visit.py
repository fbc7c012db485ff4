"""A whole visit on five telephones, 320 pixels wide: from its name to « Où en est-on ? », each step through the screens."""

import re
from datetime import timedelta

import pytest
from harness.days import today, written
from harness.looks import sideways
from playwright.sync_api import expect

WRITES = True
PROGRAMME = "/programmes/territoires-en-action"
NAME = "Visite à Rennes"
HERE = "Qui coopère avec qui, autour de la cuisine de Rennes ?"
STAGES = ["Fiche", "Grille", "Groupe", "Émargement", "Compte rendu", "Notes", "Bilan", "Synthèse", "Validation"]


class Telephone:
    """One person's page, narrow; it never scrolls sideways."""

    def __init__(self, page):
        self.page = page

    def still(self):
        self.page.wait_for_load_state("load")
        wide = sideways(self.page)
        assert wide == 0, f"{self.page.url} is {wide} pixels too wide"
        return self

    def go(self, path):
        response = self.page.goto(path)
        assert response.status == 200, f"{path}: {response.status}"
        return self.still()

    def follow(self, name):
        self.page.get_by_role("link", name=name).first.click()
        return self.still()

    def press(self, name, within=None):
        (within or self.page).get_by_role("button", name=name).first.click()
        return self.still()

    def fill(self, **fields):
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").first.fill(value)
        return self

    def says(self, words):
        expect(self.page.locator("main")).to_contain_text(words)
        return self

    def write(self, section, words):
        """A section of a text, in the editor."""
        self.follow(re.compile(f"^(Écrire|Modifier) {section}"))
        self.page.locator(".ProseMirror").click()
        self.page.keyboard.type(words)
        return self.press("Enregistrer une révision")


@pytest.fixture
def phones(person):
    return {role: Telephone(person(role, width=320, height=640)) for role in ("officer", "coordinator", "researcher", "host", "visitor", "colleague")}


def test_a_whole_visit_is_played_by_its_people_on_telephones(phones):
    officer, coordinator, researcher = phones["officer"], phones["coordinator"], phones["researcher"]
    host, visitor, colleague = phones["host"], phones["visitor"], phones["colleague"]
    visit = named(officer)
    dated_and_gathered(officer, visit)
    sheet_written(host, officer, visit)
    grid_adapted(visitor, researcher, visit)
    half_days(officer, visit)
    taken_along(visitor, visit)
    signed(visitor, officer, visit)
    noted(visitor, visit)
    noted(colleague, visit)
    held(officer, visit)
    impression(visitor, visit)
    impression(colleague, visit)
    reviewed(visitor, colleague, officer, host, visit)
    claimed(officer, visitor, visit)
    minutes(officer, visitor, colleague, visit)
    synthesis(officer, visitor, visit)
    where_things_stand(coordinator, officer, visit)


def named(officer):
    officer.go(f"{PROGRAMME}/visites").follow("Ajouter une visite")
    officer.fill(name=NAME, place="Rennes")
    officer.press("Ajouter la visite").says(NAME)
    return re.sub(r"[?#].*", "", officer.page.url)


def dated_and_gathered(officer, visit):
    officer.follow("Fixer les dates").fill(first_day=written(today() - timedelta(days=2)))
    officer.page.get_by_label("Deux jours", exact=True).check()
    officer.press("Enregistrer les dates").says("Les dates sont enregistrées")
    officer.follow("Composer le groupe")
    for name in ("Pauline Escoffier", "Idriss Kamara", "Clémence Roussel", "Hélène Vasseur"):
        officer.page.get_by_label(name).first.check()
    officer.page.get_by_label("Pourquoi moins de quatre").fill("Une visite à deux.")
    officer.press("Enregistrer le groupe de visite")
    officer.go(f"{visit}/groupe")
    form = officer.page.locator("form[action$='/structure']")
    form.get_by_label("Nom", exact=True).fill("Odile Hamelin")
    form.locator("[name=other_host]").fill("La Cuisine commune")
    form.get_by_label("Adresse électronique").fill("odile.hamelin@territoires.example")
    officer.press("Ajouter cette personne à la structure")
    officer.go(visit).follow("Inviter le groupe")
    officer.page.locator("main form").get_by_role("button").first.click()
    officer.still().says("Les invitations sont parties.")


def sheet_written(host, officer, visit):
    host.go("/a-faire").says(NAME)
    host.go(visit).press("Écrire la fiche de présentation")
    host.write("La structure", "Une cuisine partagée, ouverte aux habitants.")
    host.write("L’initiative", "Cent repas par semaine, à prix libre.")
    officer.go(visit).follow("Fiche de présentation").press("Envoyer la fiche au groupe")
    officer.says("Envoyée")


def grid_adapted(visitor, researcher, visit):
    visitor.go(visit).follow("Lire la grille de la visite").follow("Dire autrement")
    visitor.fill(text=HERE)
    visitor.press("Proposer ce changement").says("Votre proposition est envoyée")
    researcher.go("/a-faire").follow(re.compile("adaptation de la grille.*" + NAME))
    researcher.press("Approuver").says(HERE)
    researcher.press("Arrêter la grille de la visite").says("Arrêtée")
    visitor.go(f"{visit}/grille").follow("Ce qui change pour").says(HERE)


def half_days(officer, visit):
    officer.go(visit).follow("Préparer les rencontres").press("Reprendre la trame du programme").says("Partenaires")
    officer.page.get_by_label("Qui ?").fill("une cuisinière bénévole")
    officer.page.get_by_label("Le rendez-vous est confirmé").check()
    officer.page.get_by_label("À quel titre ?").select_option(label="bénévole")
    officer.press("Ajouter cette personne").says("une cuisinière bénévole")
    officer.follow("Former des sous-groupes")
    officer.page.get_by_label("Nom du sous-groupe").fill("Cuisine")
    officer.page.locator("[name=members]").first.check()
    officer.page.locator("[name=note_takers]").first.check()
    officer.press("Ajouter le sous-groupe").says("Cuisine")
    officer.go(f"{visit}/rencontres")
    form = officer.page.locator("form[action$='/rencontres']")
    form.get_by_label("Rencontre", exact=True).fill("La cuisinière bénévole")
    form.get_by_label("Qui rencontre-t-on").select_option(label="bénévole")
    form.get_by_label("Demi-journée", exact=True).select_option(index=1)
    form.get_by_label("Heure", exact=True).fill("9 h 30")
    officer.press("Ajouter la rencontre").says("La cuisinière bénévole")
    officer.follow("Modifier : La cuisinière bénévole")
    officer.page.locator("[name=subgroup]").select_option(label="Cuisine")
    officer.press("Enregistrer les changements")
    officer.go(f"{visit}/pratique").fill(meeting_point="Gare de Rennes, sortie nord.", lodging="Auberge du canal.")
    officer.press("Enregistrer").says("Gare de Rennes")


def taken_along(visitor, visit):
    visitor.go(visit).follow("Programme de visite")
    for words in ("La cuisinière bénévole", "Cuisine", "Gare de Rennes", HERE, "dite autrement"):
        visitor.says(words)
    expect(visitor.page.get_by_role("link", name="Télécharger en PDF")).to_be_visible()
    expect(visitor.page.get_by_role("link", name="agenda").first).to_be_visible()


def signed(visitor, officer, visit):
    visitor.go(visit).follow("Émargement")
    for day in each_day(visitor):
        while visitor.go(day).page.get_by_role("button", name="Je signe ma présence").count():
            visitor.press("Je signe ma présence").says("La présence est signée.")
    officer.go(visit).follow("Émargement")
    for day in each_day(officer):
        while officer.go(day).page.get_by_role("button", name="Je signe ma présence").count():
            officer.press("Je signe ma présence")
        while officer.go(day).page.get_by_role("link", name=re.compile("Faire signer (?!Odile)")).count():
            link = officer.page.get_by_role("link", name=re.compile("Faire signer (?!Odile)")).first
            name = link.get_attribute("aria-label").removeprefix("Faire signer ")
            link.click()
            officer.still().fill(typed=name).press("Je certifie ma présence")
    officer.says("16 signatures").follow(re.compile("[Ii]mprimer"))


def each_day(phone):
    return [link.get_attribute("href") for link in phone.page.locator("nav.tabs a").all()]


def noted(phone, visit):
    phone.go(visit).follow(re.compile("carnet"))
    phone.page.get_by_label("Ce que vous notez").fill("La porte reste ouverte, même l’hiver.")
    phone.page.get_by_label("Observé").first.check()
    phone.page.locator("form.notebook").get_by_label("Rencontre").select_option(label="La cuisinière bénévole")
    phone.page.locator("form.notebook [name=dimension]").first.check()
    phone.press("Ajouter la note")
    expect(phone.page.get_by_text("Tout est enregistré sur le site.")).to_be_visible()
    phone.page.reload()
    phone.press("Partager cette note").says("Lue par le groupe de visite")


def held(officer, visit):
    officer.go(visit).press("Noter que la visite a eu lieu").says("Faite")


def impression(visitor, visit):
    visitor.go(visit).press("Écrire ma note d’impression")
    if visitor.page.get_by_role("link", name="Écrire").count():
        visitor.follow("Écrire")
    visitor.page.locator(".ProseMirror").click()
    visitor.page.keyboard.type("Le temps laissé aux gens.")
    visitor.press("Enregistrer une révision").says("La révision est enregistrée.")
    visitor.go(visit).press("Partager avec le groupe de visite").says("Votre note est lue par le groupe de visite.")


def reviewed(visitor, colleague, officer, host, visit):
    review = f"{visit}/bilan"
    visitor.go(review).press("Ouvrir le bilan collectif")
    colleague.go(review)
    for part, button, words in (
        ("results", "Ajouter sur l’initiative", "Cent repas par semaine."), ("methods", "Ajouter sur les méthodes", "On cuisine avant de parler."),
        ("learning", "Ajouter ce qui a été appris", "Commencer par un repas."), ("advice", "Ajouter ce conseil", "Ouvrir la cuisine le soir."),
    ):
        visitor.page.locator(f"[name=text_{part}]").fill(words)
        visitor.press(button).says(words)
    expect(colleague.page.locator("main")).to_contain_text("Ouvrir la cuisine le soir.", timeout=8_000)
    colleague.still()
    colleague.page.locator("[name=text_learning]").fill("Laisser la porte ouverte.")
    colleague.press("Ajouter ce qui a été appris").says("Laisser la porte ouverte.")
    officer.go(review).press("Clôturer le bilan").says("Clôturé")
    host.go("/a-faire").go(review)
    host.page.get_by_label("Piste retenue").check()
    host.page.locator("textarea[name^='words-']").fill("Dès septembre.")
    host.press("Envoyer les réponses").says("Piste retenue")
    visitor.go(review).says("Dès septembre.")


def claimed(officer, visitor, visit):
    officer.go(visit).follow("Voir les frais").follow("Fixer les plafonds")
    form = officer.page.locator("main form").first
    form.get_by_label("Financeur, ou origine de l’argent").last.fill("Fondation")
    form.get_by_label("Déplacement").last.fill("200")
    officer.press("Enregistrer les plafonds").says("Fondation")
    visitor.go(visit).follow(re.compile("Voir les frais|Demander un remboursement"))
    if visitor.page.url.endswith("/frais"):
        visitor.follow("Demander un remboursement")
    visitor.page.get_by_label("Déplacement").check()
    visitor.fill(words="Train jusqu’à Rennes", spent_on=written(today()), amount="64,50")
    visitor.press("Envoyer la demande").says("64,50")
    officer.go(f"{visit}/frais").follow("Train jusqu’à Rennes")
    officer.page.locator("[name=decision][value=accept]").check()
    officer.press("Enregistrer la décision").says("Fondation")
    visitor.go(f"{visit}/frais").says("64,50")


def minutes(officer, visitor, colleague, visit):
    officer.go(visit).press("Écrire le compte rendu")
    text = re.match(r".*/textes/[^/?#]+", officer.page.url)[0]
    for section in ("Le déroulé", "Décisions", "Suites"):
        officer.go(text).write(section, "Une matinée en cuisine, puis le bilan.")
    officer.go(text).says("Envoyez-le pour remarques").follow("Envoyer pour remarques")
    officer.page.get_by_label("Clémence Roussel").uncheck()
    officer.press("Envoyer le compte rendu").says("Envoyé pour remarques")
    visitor.go("/a-faire").follow(re.compile("^Relire le compte rendu"))
    visitor.page.locator("[name=exact][value=yes]").check()
    visitor.page.locator("[name=kind][value=endorse_with_reservation]").check()
    visitor.fill(text="Ajouter le nom du pain.")
    visitor.press("Envoyer ma réponse").says("Remarque")
    officer.go(text).write("Suites", "Le pain du quartier. ")
    officer.says("amendé")
    officer.page.get_by_text("Noter une approbation en séance").click()
    officer.page.get_by_label("Qui l’a approuvé").fill("Le groupe, à l’unanimité.")
    officer.page.locator("[name=approved_silent]").check()
    officer.press("Noter l’approbation").says("Approuvé")
    colleague.go(text).says("Le compte rendu est approuvé.")


def synthesis(officer, visitor, visit):
    officer.go(visit).press("Écrire la synthèse")
    text = re.match(r".*/textes/[^/?#]+", officer.page.url)[0]
    officer.write("La structure", "Une cuisine qui accueille.")
    officer.go(f"{visit}/groupe")
    if officer.page.locator("form[action$='/signataire'] [type=radio]").count():
        officer.page.locator("form[action$='/signataire'] [type=radio]").first.check()
        officer.press("Enregistrer qui signe")
    officer.go(text).follow("Demander la validation").press("Envoyer la demande de validation").says("Sans réponse")
    visitor.go(f"{text}/validation")
    visitor.page.locator("[name=exact][value=yes]").check()
    visitor.page.locator("[name=publishable][value=yes]").check()
    visitor.page.locator("[name=kind][value=endorse]").check()
    visitor.press("Envoyer ma réponse").says("Votre réponse est enregistrée")


def where_things_stand(coordinator, officer, visit):
    coordinator.go(f"{PROGRAMME}/visites").follow(re.compile("Où en est-on"))
    line = coordinator.page.locator("ol.visits > li").filter(has_text=NAME)
    shown = line.locator("ol.nine > li").all()
    assert [item.inner_text().split("\n")[0].split("  ")[0].strip().startswith(stage) for item, stage in zip(shown, STAGES, strict=True)] == [True] * 9
    states = dict(zip(STAGES, [item.get_attribute("data-state") for item in shown], strict=True))
    assert states.pop("Validation") == "now"
    assert set(states.values()) == {"done"}, states
    coordinator.follow("État sur une page").says(NAME)
    coordinator.go(f"{PROGRAMME}/calendrier").says(NAME)
    officer.go(f"{PROGRAMME}/avancement")
    nudge = officer.page.locator("ol.visits > li").filter(has_text=NAME).get_by_role("button", name=re.compile("rappel"))
    expect(nudge.first).to_be_visible()
    nudge.first.click()
    officer.still().says("rappel")
