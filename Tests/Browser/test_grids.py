"""The question grid as people take it along: a form for phones, a paper to write on, and one brought back."""

import io
import re
import subprocess

import openpyxl
import pikepdf
import pytest
from odf import teletype
from odf.opendocument import load
from odf.text import H, P
from pyxform import xls2xform

WRITES = True
GRID = "/programmes/territoires-en-action/grille"
VISIT = "/programmes/territoires-en-action/visites/caen/grille"


@pytest.fixture(scope="module")
def researcher(site):
    client = site.client("researcher")
    yield client
    client.close()


def form(client, path):
    status, content = client.ask("GET", f"{path}/formulaire.xlsx")
    assert status == 200 and "spreadsheetml" in client.headers["Content-Type"]
    return content


@pytest.mark.parametrize("path", [GRID, VISIT])
def test_the_form_is_one_that_phones_take(researcher, path):
    result = xls2xform.convert(xlsform=form(researcher, path), file_type=".xlsx", validate=False)
    assert result.warnings == []
    assert result.xform.count("<input ") > 14 and "Qui coopère avec qui" in result.xform


def test_what_a_visit_changes_is_in_its_form(researcher):
    survey = openpyxl.load_workbook(io.BytesIO(form(researcher, VISIT)))["survey"]
    rows = [[cell.value for cell in row] for row in survey.iter_rows()]
    labels = {row[1]: row[2] for row in rows if row[0] == "text"}
    assert labels["participation-place"].startswith("À quels moments les personnes privées d’emploi")
    assert "transition-diffusion" not in labels and "accompagnement-moyens" in labels
    assert any(label.startswith("Comment choisit-on une activité") for label in labels.values())
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", row[1]) for row in rows[1:] if row[1])


def test_a_form_comes_back_as_the_same_grid(researcher):
    status, page = researcher.send_file(f"{GRID}/brouillon/reprise", f"{GRID}/brouillon/reprise", "file", "grille.xlsx", form(researcher, GRID))
    assert status == 200 and "17 questions" in page
    assert "0 nouvelle, 17 déjà connues, 0 retirée" in page.replace("\xa0", " ")


def test_the_paper_has_room_to_write(researcher, tmp_path):
    status, content = researcher.ask("GET", f"{VISIT}/document.pdf")
    assert status == 200 and researcher.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert 3 <= len(pdf.pages) <= 9 and pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "fr"
    file = tmp_path / "grille.pdf"
    file.write_bytes(content)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    assert "Question propre à cette visite" in text and "Rencontre" in text
    assert "Trois structures du territoire" not in text
    # Lines enough for a hand under each question.
    drawn = subprocess.run(["pdftocairo", "-svg", file, "-"], capture_output=True, text=True, check=True).stdout
    assert drawn.count("<path") > 20


def test_the_document_opens_and_leaves_lines(researcher):
    status, content = researcher.ask("GET", f"{VISIT}/document.odt")
    assert status == 200
    document = load(io.BytesIO(content))
    titles = [teletype.extractText(heading) for heading in document.getElementsByType(H)]
    lines = [line for line in document.getElementsByType(P) if line.getAttribute("stylename") == "Horizontal_20_Line"]
    assert any("Qui coopère avec qui" in title for title in titles) and len(lines) == 5 * sum(1 for title in titles if re.match(r"\d+\.\d+ ", title))


def test_a_settled_grid_is_read_and_a_faulty_outline_refused(site, person, allow):
    """On a narrow screen, by the buttons of the pages."""
    allow("status of 422")
    visit = "/programmes/territoires-en-action/visites/hauts-de-france"
    visitor = person("visitor", width=320)
    visitor.goto(f"{site.url}{VISIT}")
    assert visitor.get_by_text("Arrêtée, sur la version 2").is_visible()
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 320
    visitor.goto(f"{site.url}{VISIT}/changements")
    assert visitor.get_by_role("heading", level=1).inner_text().startswith("Ce qui change pour")
    assert visitor.get_by_text("Trois structures du territoire").is_visible()
    visitor.goto(f"{site.url}{visit}/grille")
    assert visitor.get_by_role("link", name="Dire autrement").count() == 0

    researcher = person("researcher")
    researcher.goto(f"{site.url}{GRID}/brouillon/reprise")
    researcher.get_by_label("La grille, collée").fill("Qui décide ?\n\nCoopération\n- Qui paie ?")
    researcher.get_by_role("button", name="Relire avant de reprendre").click()
    alert = researcher.get_by_role("alert")
    assert "Ligne 1" in alert.inner_text() and "avant toute dimension" in alert.inner_text()
    assert "Qui décide ?" in researcher.get_by_label("La grille, collée").input_value()


def test_answers_are_tied_to_questions(site, person):
    visit = "/programmes/territoires-en-action/visites/caen"
    page = person("visitor")
    page.goto(f"{site.url}{visit}/reponses")
    page.get_by_label("Ce qui s’est dit").fill("Le comité se réunit tous les mardis, et chacun vient.")
    page.get_by_role("button", name="Enregistrer, puis relier").click()
    page.get_by_label("Comment les décisions communes se prennent-elles").check()
    page.get_by_role("button", name="Enregistrer").click()
    assert page.get_by_text("La réponse est reliée").is_visible()
    page.goto(f"{site.url}{visit}/questions")
    assert page.get_by_role("heading", name="Questions réellement abordées").is_visible()
    assert page.get_by_text("La direction n’avait pas les comptes").is_visible()
