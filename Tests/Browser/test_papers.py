"""Texts as documents: what Word and LibreOffice people bring, what anybody takes away, and files made to hurt."""

import io
import re
import subprocess
import zipfile

import docx
import pikepdf
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import Inches
from harness.papers import altered
from odf import teletype
from odf.namespaces import FONS, OFFICENS, STYLENS
from odf.opendocument import load
from odf.style import DefaultStyle, Style
from odf.text import A, H, Note, P
from PIL import Image

WRITES = True
VISIT = "/programmes/territoires-en-action/visites/hauts-de-france"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def officer(site):
    client = site.client("officer")
    yield client
    client.close()


@pytest.fixture(scope="module")
def synthesis(officer):
    return re.search(r'href="(/textes/[^"/]+)/validation"', officer.page(VISIT))[1]


@pytest.fixture(scope="module")
def resource(site):
    client = site.client()
    found = re.search(r'href="(/ressources/[^"?]+)"', client.page("/ressources"))[1]
    client.close()
    return found


def bring(client, text, content, name="document.docx"):
    """Sends a file to a text; returns (status, page)."""
    return client.send_file(f"{text}/document", f"{text}/document", "document", name, content)


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def french(titles):
    """A document as a French Word makes it: « Titre 1 » styles, a list, a table, changes that are followed, an image."""
    document = docx.Document()
    style = document.styles.add_style("Titre 1", WD_STYLE_TYPE.PARAGRAPH)
    for title in titles:
        document.add_paragraph(f"1. {title.upper()}", style=style)
        paragraph = document.add_paragraph("Ce que nous avons ")
        paragraph.add_run("vraiment").bold = True
        paragraph.add_run(" appris.")
    document.add_paragraph("un atelier", style="List Bullet")
    document.add_paragraph("un jardin", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip([cell for row in table.rows for cell in row.cells], ["Lieu", "Personnes", "Lille", "12"]):
        cell.text = words
    paragraph = document.add_paragraph("Une phrase ")
    paragraph._p.append(parse_xml(f'<w:ins {W} w:id="1" w:author="A"><w:r><w:t>ajoutée</w:t></w:r></w:ins>'))
    paragraph._p.append(parse_xml(f'<w:del {W} w:id="2" w:author="A"><w:r><w:delText>barrée</w:delText></w:r></w:del>'))
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "green").save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture, Inches(1))
    document.add_paragraph("À côté", style="Heading 1")
    document.add_paragraph("Une annexe.")
    return saved(document)


def test_a_word_document_becomes_a_revision(officer, synthesis):
    titles = re.findall(r'<h2>([^<]+)</h2>', re.search(r"<article[^>]*>(.*?)</article>", officer.page(synthesis), re.DOTALL)[1])
    status, _ = bring(officer, synthesis, french(titles[:1]), "Ma synthèse.docx")
    assert status == 303
    preview = officer.page(f"{synthesis}/document")
    assert "Aperçu de « Ma synthèse.docx »".replace("« ", "«\u00a0").replace(" »", "\u00a0»") in preview
    for words in ["vraiment", "un atelier", "| Lille | 12 |", "Une phrase ajoutée", "Décrivez cette image", "1 insertion", "1 suppression", "Où va «\u00a0À côté"]:
        assert words in preview, words
    assert "barrée" not in preview
    key = re.search(r'name="take-([^"]+)"', preview)[1]
    officer.send_form(f"{synthesis}/document", "/document/reprise", act="save", **{f"take-{key}": "1", "alternative-0": "Un carré vert", "people-0": "none"})
    page = officer.page(synthesis)
    assert 'alt="Un carré vert"' in page
    assert "<strong>vraiment</strong>" in page and "<td>Lille</td>" in page and "Le document est repris" not in page


FOREIGN = """# {title}

Un paragraphe **fort**, *doux*, [lié](https://exemple.org/a), avec une note[^1].

- une puce
    1. un numéro
    2. un autre
- une autre

## Un sous-titre

> Une citation.

| Lieu | Nombre |
|------|-------:|
| Lens |     14 |

[^1]: Ce que dit la note.
"""


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_a_document_made_elsewhere_is_understood(officer, synthesis, tmp_path, ending):
    title = re.findall(r"<h2>([^<]+)</h2>", re.search(r"<article[^>]*>(.*?)</article>", officer.page(synthesis), re.DOTALL)[1])[1]
    (tmp_path / "x.md").write_text(FOREIGN.format(title=title))
    subprocess.run(["pandoc", tmp_path / "x.md", "-o", tmp_path / f"x.{ending}"], check=True)
    assert bring(officer, synthesis, (tmp_path / f"x.{ending}").read_bytes())[0] == 303
    preview = officer.page(f"{synthesis}/document")
    for words in [
        "Un paragraphe **fort**, *doux*, [lié](https://exemple.org/a), avec une note[^1].", "- une puce", "  1. un numéro", "- une autre", "# Un sous-titre",
        "&gt; Une citation.", "| Lieu | Nombre |", "| Lens | 14 |", "[^1]: Ce que dit la note.",
    ]:
        assert words in preview, words
    officer.send_form(f"{synthesis}/document", "/abandon")


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_what_leaves_is_read_by_the_libraries_of_others(officer, synthesis, ending):
    status, content = officer.ask("GET", f"{synthesis}/document.{ending}")
    assert status == 200
    if ending == "docx":
        document = docx.Document(io.BytesIO(content))
        styles = {paragraph.style.name for paragraph in document.paragraphs}
        assert {"Title", "Heading 1"} <= styles, styles
    else:
        document = load(io.BytesIO(content))
        assert [heading.getAttribute("outlinelevel") for heading in document.getElementsByType(H)][0] == "1"


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_what_comes_back_untouched_changes_nothing(officer, synthesis, ending):
    _, content = officer.ask("GET", f"{synthesis}/document.{ending}")
    assert bring(officer, synthesis, content, f"x.{ending}")[0] == 303
    preview = officer.page(f"{synthesis}/document")
    assert "rien à enregistrer" in preview and "<ins>" not in preview
    officer.send_form(f"{synthesis}/document", "/abandon")


def test_a_published_text_is_a_true_opendocument(site, resource):
    client = site.client()
    status, content = client.ask("GET", f"{resource}/texte.odt")
    assert status == 200 and client.headers["Content-Type"] == "application/vnd.oasis.opendocument.text"
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.infolist()[0].filename == "mimetype" and archive.infolist()[0].compress_type == zipfile.ZIP_STORED
    document = load(io.BytesIO(content))
    used = {paragraph.getAttribute("stylename") for paragraph in document.getElementsByType(P)}
    assert {"Title", "Text_20_body", "Propos_20_recueillis", "Footnote"} <= used, used
    named = {style.getAttribute("name") for style in document.styles.getElementsByType(Style)}
    assert used <= named, used - named
    levels = [int(heading.getAttribute("outlinelevel")) for heading in document.getElementsByType(H)]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:]))
    notes = document.getElementsByType(Note)
    assert notes and all("D’où vient ce texte" in teletype.extractText(note) for note in notes)
    addresses = {link.getAttribute("href") for link in document.getElementsByType(A)}
    assert any("/sources/" in address for address in addresses)
    assert any("creativecommons.org" in address for address in addresses)
    default = document.styles.getElementsByType(DefaultStyle)[0].childNodes[1]
    assert default.getAttrNS(FONS, "language") == "fr"
    client.close()


def test_a_published_text_is_an_accessible_pdf(site, resource):
    client = site.client()
    assert f"{resource}/texte.pdf" in client.page(resource)
    status, content = client.ask("GET", f"{resource}/texte.pdf")
    assert status == 200 and client.headers["Content-Type"] == "application/pdf"
    assert client.headers["Content-Disposition"].startswith("attachment")
    assert client.headers["X-Content-Type-Options"] == "nosniff"
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "fr"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1" and metadata["dc:title"]
        with pdf.open_outline() as outline:
            assert len(outline.root) >= 4
        kinds = set(tags(pdf.Root.StructTreeRoot))
        assert {"/H1", "/P", "/Table", "/TH", "/L", "/Note", "/Link"} <= kinds, kinds
    client.close()


def tags(element, depth=0):
    """The kinds of the structure tree."""
    if isinstance(element, pikepdf.Array):
        for child in element:
            yield from tags(child, depth)
    elif isinstance(element, pikepdf.Dictionary) and depth < 60:
        if "/S" in element:
            yield str(element["/S"])
        if "/K" in element:
            yield from tags(element["/K"], depth + 1)


def hostile():
    document = docx.Document()
    document.add_paragraph("Bonjour.")
    plain = saved(document)
    entity = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    macros = altered(plain, {"[Content_Types].xml": lambda text: text.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml")})
    return {
        "a bomb": (altered(plain, also={"word/media/x.bin": b"\0" * (80 << 20)}), "trop volumineux"),
        "an entity from outside": (altered(plain, {"word/document.xml": lambda text: entity + text.split(b"?>", 1)[1].replace(b"Bonjour", b"&x;")}), "abîmé"),
        "a way out": (altered(plain, also={"../../../tmp/x.xml": b"x"}), "abîmé"),
        "a file cut": (plain[: len(plain) // 2], "abîmé"),
        "macros": (macros, "macros"),
        "a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "mot de passe"),
        "another kind": (b"%PDF-1.7\n", "ni un document Word"),
    }


@pytest.mark.parametrize("name", list(hostile()))
def test_a_file_made_to_hurt_is_refused_with_its_reason(officer, synthesis, name):
    content, sentence = hostile()[name]
    status, page = bring(officer, synthesis, content)
    assert status == 422 and sentence in page, f"{name}: {status}"
    assert "root:" not in page
    assert officer.ask("GET", synthesis)[0] == 200
