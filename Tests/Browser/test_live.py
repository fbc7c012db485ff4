"""Several browsers at once: what one does, the others see; a cut, a restart, an end of session lose nothing."""

import re
import time

import pytest
from harness import cast
from playwright.sync_api import expect
from test_together import PROGRAMME, add, save, section

WRITES = True
VISIT = f"{PROGRAMME}/visites/hauts-de-france"
SOON = 15_000


@pytest.fixture(scope="module")
def synthesis(site):
    officer = site.client("officer")
    return re.search(r'href="(/textes/[^"/]+)/validation"', officer.page(VISIT))[1]


def notebook(page):
    page.goto(cast.NOTEBOOK)
    # The line is followed a moment after the page is shown.
    page.wait_for_timeout(1200)


def note(page, words):
    page.get_by_label("Ce que vous notez").fill(words)
    page.get_by_role("button", name="Ajouter la note").click()
    item = page.locator("li.block").filter(has_text=words)
    share = item.get_by_role("button", name="Partager avec le groupe")
    expect(share).to_be_visible(timeout=SOON)
    share.click()
    expect(page.locator("main")).to_contain_text("Note partagée avec le groupe de visite.")


def test_what_one_shares_appears_to_the_others_while_they_write(person):
    visitor, colleague, officer = person("visitor"), person("colleague"), person("officer")
    for page in (visitor, officer):
        notebook(page)
    visitor.get_by_label("Ce que vous notez").fill("À moitié écr")
    notebook(colleague)
    expect(visitor.locator("[data-live-place='']")).to_contain_text("Idriss Kamara", timeout=SOON)
    colleague.get_by_label("Ce que vous notez").press_sequentially("Une idée en cours")
    expect(visitor.locator("[data-live-place='']")).to_contain_text("Idriss Kamara écrit en ce moment.", timeout=SOON)
    assert "Une idée en cours" not in visitor.content()
    note(colleague, "Partagée par Idriss, vue par tout le groupe.")
    for page in (visitor, officer):
        expect(page.locator("[data-live-part=notes]")).to_contain_text("vue par tout le groupe", timeout=SOON)
    expect(visitor.get_by_label("Ce que vous notez")).to_have_value("À moitié écr")


def test_a_cut_and_a_restart_are_said_and_caught_up(site, person, allow):
    allow("Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_FAILED|ERR_EMPTY|when fetching the script")
    visitor, colleague = person("visitor"), person("colleague")
    notebook(visitor)
    visitor.context.set_offline(True)
    notebook(colleague)
    note(colleague, "Écrite pendant la coupure.")
    visitor.context.set_offline(False)
    expect(visitor.locator("[data-live-part=notes]")).to_contain_text("Écrite pendant la coupure.", timeout=30_000)
    began = time.perf_counter()
    site.server.stop()
    assert time.perf_counter() - began < 5, "open pages hold the server back"
    site.server.start()
    notebook(colleague)
    note(colleague, "Écrite après le redémarrage.")
    expect(visitor.locator("[data-live-part=notes]")).to_contain_text("Écrite après le redémarrage.", timeout=60_000)


def test_what_the_demonstration_holds_off_the_record_is_its_authors_alone(site):
    words = "cela reste entre nous"

    def read(role):
        client = site.client(role)
        blocks = client.ask("GET", f"/api/v1/visites/{visit}/blocs")[1].decode()
        return [blocks, *(client.page(f"{cast.NOTEBOOK}/{page}") for page in ("lecture?tout=1", "lecture/document.md"))]

    visit = site.client("visitor").notebook()
    own, document, paper = read("visitor")
    assert words in own and words not in document + paper
    for role in ("colleague", "officer", "researcher"):
        assert not any(words in text for text in read(role)), role


def test_logging_out_elsewhere_ends_what_is_told(site, person, allow):
    allow("status of 401")
    visitor = person("researcher")
    notebook(visitor)
    other = visitor.context.new_page()
    other.goto("/")
    site.states.pop("researcher")
    other.request.post("/deconnexion", form={"csrf": other.locator("meta[name=csrf]").get_attribute("content")})
    expect(visitor.locator("[data-live]")).to_contain_text("Le direct est arrêté", timeout=30_000)


def test_the_pen_goes_from_hand_to_hand(person):
    officer, colleague = person("officer"), person("colleague")
    notebook(colleague)
    officer.goto(f"{cast.NOTEBOOK}/stylo")
    officer.get_by_label("À qui").select_option(label="Idriss Kamara")
    officer.get_by_role("button", name="Passer le stylo").click()
    expect(officer.locator("main")).to_contain_text("Le stylo a changé de main")
    expect(colleague.locator("[data-live-part=pen]")).to_contain_text("Vous tenez le stylo.", timeout=SOON)


def order(page):
    return [item.get_attribute("data-note") for item in page.locator("[data-common] > li").all()]


def shelf(page):
    page.goto(f"{cast.NOTEBOOK}/commune")
    tabs = page.get_by_role("navigation", name="Dimensions de la grille").get_by_role("link")
    best = max(tabs.all(), key=lambda tab: int(re.search(r"\((\d+)\)", tab.inner_text())[1]))
    best.click()
    page.wait_for_timeout(1200)
    assert len(order(page)) > 1
    return page.url


def test_the_common_page_is_reordered_by_buttons_without_script_and_by_hand_with_it(person):
    visitor, colleague, plain = person("visitor"), person("colleague"), person("officer", javascript=False)
    address = shelf(visitor)
    colleague.goto(address)
    before = order(visitor)
    plain.goto(address)
    plain.locator(f"[data-note='{before[0]}']").get_by_role("button", name="Descendre").click()
    expect(visitor.locator("[data-common] > li").first).to_have_attribute("data-note", before[1], timeout=SOON)
    first, second = visitor.locator("[data-common] > li").nth(0), visitor.locator("[data-common] > li").nth(1)
    second.locator(".grip").drag_to(first, target_position={"x": 5, "y": 2})
    expect(colleague.locator("[data-common] > li").first).to_have_attribute("data-note", before[0], timeout=SOON)
    assert order(colleague)[:2] == before[:2]


def test_a_note_is_moved_step_after_step_by_keyboard_alone(person):
    page = person("visitor")
    page.goto(shelf(page))
    first = order(page)[0]
    down = page.locator(f"[data-note='{first}']").get_by_role("button", name="Descendre")
    down.focus()
    for place in (2, 3):
        page.keyboard.press("Enter")
        expect(page.locator("[data-moved]")).to_contain_text(f"Note déplacée : {place} sur".replace(" :", "\u00a0:"))
        expect(down).to_be_focused()


def test_two_people_write_one_section_and_a_third_sees_who(synthesis, person):
    officer, researcher, reader = person("officer"), person("researcher"), person("colleague")
    reader.goto(synthesis)
    reader.wait_for_timeout(1200)
    for page in (officer, researcher):
        section(synthesis, "L.impact", page)
        page.wait_for_timeout(1200)
    add(officer, "Un paragraphe de Clémence.")
    expect(reader.locator(".contents")).to_contain_text("Clémence Roussel écrit dans cette section en ce moment.", timeout=SOON)
    expect(researcher.locator("main")).to_contain_text("Clémence Roussel écrit dans cette section", timeout=SOON)
    add(researcher, "Un paragraphe d’Hélène.")
    save(officer)
    expect(officer.locator("main")).to_contain_text("La révision est enregistrée.")
    expect(researcher.locator("[data-live]")).to_contain_text("Clémence Roussel vient d’enregistrer cette section.", timeout=SOON)
    expect(reader.locator("article")).to_contain_text("Un paragraphe de Clémence.", timeout=SOON)
    save(researcher)
    expect(researcher.locator("main")).to_contain_text("vos paragraphes et ceux enregistrés entre-temps par d’autres sont réunis")
    for words in ("Un paragraphe de Clémence.", "Un paragraphe d’Hélène."):
        expect(researcher.locator("article")).to_contain_text(words)
        expect(reader.locator("article")).to_contain_text(words, timeout=SOON)


def test_a_page_in_the_background_is_not_followed(person):
    visitor = person("visitor")
    asked = []
    visitor.on("request", lambda request: asked.append(request.url))
    notebook(visitor)
    assert sum("/direct" in url for url in asked) == 1
    visitor.evaluate(
        "Object.defineProperty(document, 'hidden', { value: true, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))")
    visitor.wait_for_timeout(300)
    visitor.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    visitor.wait_for_timeout(600)
    assert sum("/direct" in url for url in asked) == 2
