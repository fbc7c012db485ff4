"""Images and documents: added to a section with and without script, to a note from a phone, to a visit; read by their readers."""

import io
import re

import pytest
from conftest import refuse
from harness import cast
from harness.strain import strain
from PIL import Image, ImageDraw
from playwright.sync_api import expect

WRITES = True
PROGRAMME = "/programmes/territoires-en-action"
VISIT = f"{PROGRAMME}/visites/hauts-de-france"
MARK = b"SECRETPLACE"


def drawing(size=(1_800, 900), form="JPEG"):
    """A plan drawn here, with what a phone would write in its EXIF."""
    image = Image.new("RGB", size, (250, 240, 200))
    ImageDraw.Draw(image).ellipse((100, 100, 700, 700), fill=(40, 90, 60))
    exif = image.getexif()
    exif[0x010E] = MARK.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0)})
    sent = io.BytesIO()
    image.save(sent, form, exif=exif)
    return sent.getvalue()


def upload(name="plan.jpg", content=None, kind="image/jpeg"):
    return {"name": name, "mimeType": kind, "buffer": content if content is not None else drawing()}


@pytest.fixture(scope="module")
def section(site):
    """A section of a synthesis that the officer writes: the path of its editor, without `/modifier`."""
    officer = site.client("officer")
    synthesis = re.search(r'href="(/textes/[^"/]+)/validation"', officer.page(VISIT))[1]
    found = re.findall(rf'href="({synthesis}/sections/[^"/]+)/modifier"', officer.page(synthesis))
    officer.close()
    return found


def describe(page, words="Plan du jardin"):
    page.get_by_label("Ce que montre l’image").fill(words)
    page.get_by_label("Non, ou ce n’est pas une photo").check()


def test_without_script_the_image_joins_the_draft_with_what_was_typed(person, site, section, axe, nu):
    page = person("officer", javascript=False, width=320)
    page.goto(f"{section[0]}/modifier")
    page.locator("#body").fill("Tapé avant d’ajouter l’image.")
    page.get_by_role("button", name="Ajouter une image ou un fichier").click()
    expect(page.locator("h1")).to_contain_text("Image ou fichier")
    nu(page)
    page.get_by_label("Fichier", exact=True).set_input_files(upload())
    describe(page)
    page.get_by_label("Légende (facultative)").fill("L’entrée est au sud")
    page.get_by_role("button", name="Ajouter à la section").click()
    typed = page.locator("#body").input_value()
    assert typed.startswith("Tapé avant d’ajouter l’image.\n\n![Plan du jardin](/fichiers/") and 'L’entrée est au sud")' in typed
    page.get_by_role("button", name="Enregistrer une révision").click()
    image = page.get_by_role("img", name="Plan du jardin")
    expect(image).to_have_attribute("loading", "lazy")
    expect(page.locator("figure.image figcaption")).to_have_text("L’entrée est au sud")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert 0 < image.evaluate("image => image.naturalWidth") <= 1_600
    source = page.request.get(site.url + image.get_attribute("src")).body()
    assert MARK not in source and b"Exif" not in source
    assert not any(MARK in file.read_bytes() for file in site.data.rglob("*") if file.is_file())
    nu(page)
    # What looks at a page closely needs scripts.
    seen = person("officer")
    for address, name in [(page.url, "text-with-an-image"), (f"{section[0]}/fichiers", "file-of-a-text")]:
        seen.goto(address)
        refuse(strain(seen))
        axe(seen, name)


def test_with_script_it_appears_where_one_is_writing(person, section, axe):
    page = person("officer")
    page.goto(f"{section[1]}/modifier")
    editor = page.locator(".ProseMirror")
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Des mots tapés.")
    page.get_by_role("toolbar").get_by_role("button", name="Image ou fichier").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Ce que montre l’image")).to_be_visible()
    axe(page, "file-in-the-editor")
    dialog.get_by_label("Fichier", exact=True).set_input_files(upload())
    describe(dialog, "Un [plan] *simple*")
    dialog.get_by_role("button", name="Ajouter à la section").click()
    expect(dialog).to_be_hidden(timeout=30_000)
    expect(editor.get_by_role("img", name="Un [plan] *simple*")).to_be_visible()
    assert "![Un \\[plan\\] \\*simple\\*](/fichiers/" in page.locator("#body").input_value()
    page.get_by_role("button", name="Enregistrer une révision").click()
    expect(page.get_by_role("img", name="Un [plan] *simple*")).to_have_count(1)
    assert "Des mots tapés." in page.locator("article").inner_text()


def test_a_pasted_image_opens_the_form_and_a_refusal_loses_nothing(person, section, allow):
    allow("status of 422")
    page = person("officer")
    page.goto(f"{section[2]}/modifier")
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Avant de coller.")
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["pas une image"], "photo.png", { type: "image/png" }));
            document.querySelector(".ProseMirror").dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Ce que montre l’image")).to_be_focused()
    dialog.get_by_label("Fichier", exact=True).set_input_files(upload("photo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png"))
    describe(dialog)
    dialog.get_by_role("button", name="Ajouter à la section").click()
    expect(dialog.get_by_role("alert")).to_contain_text("ni une image ni un document")
    assert dialog.get_by_label("Ce que montre l’image").input_value() == "Plan du jardin"
    dialog.get_by_role("button", name="Fermer").click()
    assert "Avant de coller." in page.locator("#body").input_value()


def test_a_photo_joins_a_note_from_a_phone(person, axe, nu):
    page = person("visitor", width=320)
    page.goto(cast.NOTEBOOK)
    page.get_by_role("link", name="Ajouter une photo").first.click()
    refuse(strain(page))
    page.get_by_label("Photo", exact=True).set_input_files(upload())
    page.get_by_label("Ce que montre l’image").fill("L’atelier, deux établis")
    page.get_by_label("Oui : elle est marquée").check()
    page.get_by_role("button", name="Ajouter la photo").click()
    expect(page.get_by_role("img", name="L’atelier, deux établis")).to_be_visible()
    expect(page.locator("figure.image figcaption").first).to_contain_text("Personnes reconnaissables")
    refuse(strain(page))
    axe(page, "note-with-a-photo")
    nu(page)
    page.get_by_role("button", name="Retirer la photo").click()
    page.get_by_role("button", name="Annuler").first.click()
    expect(page.get_by_role("img", name="L’atelier, deux établis")).to_be_visible()


def test_a_document_joins_a_visit_for_those_it_is_given_to(person, site, nu):
    page = person("officer")
    page.goto(VISIT)
    page.get_by_role("link", name="Ajouter un document").click()
    page.get_by_label("Nom du document").fill("Programme des deux jours")
    page.get_by_label("Fichier", exact=True).set_input_files(upload("p.pdf", b"%PDF-1.7 deux jours", "application/pdf"))
    page.get_by_label("Le groupe de visite seul").check()
    page.get_by_role("button", name="Ajouter le document").click()
    link = page.get_by_role("link", name="Programme des deux jours")
    address = link.get_attribute("href")
    nu(page)
    answer = page.request.get(site.url + address)
    assert answer.headers["content-disposition"].startswith("attachment") and answer.headers["cache-control"] == "private, no-store"
    assert person("host").request.get(site.url + address).status == 404


def test_the_drawing_of_the_published_synthesis_is_seen_by_anybody(anybody, site):
    page = anybody(width=320)
    page.goto("/ressources")
    page.locator(".entries a").first.click()
    image = page.locator("figure.image img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => [image.naturalWidth > 0, image.currentSrc.endsWith('largeur=640')]") == [True, True]
    again = page.request.get(site.url + image.get_attribute("src"))
    tag = again.headers["etag"]
    assert page.request.get(site.url + image.get_attribute("src"), headers={"if-none-match": tag}).status == 304
