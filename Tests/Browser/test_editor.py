"""The editor of long texts in a real browser: typing, keyboard, pasting, and never losing a word."""

import re

import pytest
from playwright.sync_api import expect
from trial import Trial, attribute, form_values, keys

WORDS = keys(
    *"editor toolbar paragraph heading3 heading4 bold italic bulletList orderedList quote link linkAddress linkApply linkRemove close".split(),
    *"table addRow addColumn deleteRow deleteColumn deleteTable undo redo raw rich citation citationUnknown saving".split(),
    *"unsavedNetwork unsavedLogin unsavedServer unsavedConflict login localFound localRestore localDrop".split(),
) | {"saved": "saved at {time}"}

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0cm}</style></head><body lang=FR>
<!--StartFragment--><p class=MsoTitle>Le titre<o:p></o:p></p><h1>Le territoire</h1><p class=MsoNormal style='margin-bottom:0cm'>Une ville
<b style='mso-bidi-font-weight:normal'>ouvrière</b> et <i>fière</i>.<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference>[1]</span></a><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>Un</p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span>Un et demi</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>Deux</p>
<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>Qui</b></p></td><td><p class=MsoNormal>Apporte</p></td></tr>
<tr><td><p class=MsoNormal>Ville</p></td><td><p class=MsoNormal>un lieu</p><p class=MsoNormal>chauffé</p></td></tr></table>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1">[1]</a> Depuis 1920.</p></div></div>
<!--EndFragment--></body></html>"""

LIBRE_OFFICE = """<meta charset="utf-8"><p class="Titre1-western">Sans titre</p><h2 class="western">Le lieu</h2><ol><li><p style="line-height: 100%">
premier</p></li><li><p>second</p></li></ol><p style="font-weight: bold">tout en gras</p><p><font color="#ff0000">rouge</font></p>"""


@pytest.fixture
def trial(browser):
    made = Trial(browser)
    made.answer = lambda request: (200, {"base": "r1"})
    yield made
    made.close()


def open_editor(trial, text, citations=None):
    page = trial.open(
        f"""<form method="post" action="/save"><div class="field"><label for="body">Texte</label><p class="hint"><span data-plain-help>help</span></p><textarea id="body" name="body" data-editor
        data-autosave="/draft" data-base="r0" data-key="k" data-login="/login" data-words='{attribute(WORDS)}'
        data-citations='{attribute(citations or {})}'>{attribute(text)}</textarea><p data-save-state role="status"></p></div>
        <button type="button" data-insert-citation="c9" data-words="« Se taire. »" data-attribution="Un élu">Insérer</button><button>Enregistrer</button></form>""",
        ["texts-editor.js"],
    )
    page.wait_for_selector(".ProseMirror")
    return page


def markdown(page):
    return page.eval_on_selector("#body", "area => area.value")


def paste(page, html, plain=""):
    page.focus(".ProseMirror")
    page.evaluate(
        """([html, plain]) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", plain);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.querySelector(".ProseMirror").dispatchEvent(event);
        }""",
        [html, plain],
    )


def says(page, sentence, timeout=8_000):
    expect(page.locator("[data-save-state]")).to_have_text(sentence, timeout=timeout)


def test_what_is_typed_becomes_markdown_and_the_toolbar_works_by_keyboard(trial):
    page = open_editor(trial, "")
    page.focus(".ProseMirror")
    page.keyboard.type("Le lieu")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.dataset.act") == "heading3"
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("Une ")
    page.keyboard.press("Control+b")
    page.keyboard.type("ville")
    page.keyboard.press("Control+b")
    page.keyboard.type(" à 3 * 4 # _km_")
    page.keyboard.press("Shift+Tab")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.get_attribute('[data-act="bulletList"]', "aria-pressed") == "true"
    page.keyboard.press("Enter")
    page.keyboard.type("deux")
    assert markdown(page) == "# Le lieu\n\n- Une **ville** à 3 * 4 # \\_km\\_\n- deux\n"
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('.ProseMirror')")


def test_the_click_that_saves_is_not_lost_while_the_draft_is_sent(trial):
    page = open_editor(trial, "")
    page.click(".ProseMirror")
    page.keyboard.type("Une phrase")
    box = page.get_by_role("button", name="Enregistrer").bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 3)
    page.mouse.down()
    page.wait_for_timeout(60)
    page.mouse.up()
    page.wait_for_timeout(300)
    assert [form_values(request)["body"] for request in trial.posts if request.url.endswith("/save")] == ["Une phrase\r\n"]


def test_a_word_document_keeps_its_structure(trial):
    page = open_editor(trial, "")
    paste(page, WORD)
    assert markdown(page) == (
        "# Le titre\n\n# Le territoire\n\nUne ville **ouvrière** et *fière*.[^1]\n\n- Un\n  - Un et demi\n- Deux\n\n"
        "| **Qui** | Apporte |\n| --- | --- |\n| Ville | un lieu<br>chauffé |\n\n[^1]: Depuis 1920.\n"
    )


def test_a_libreoffice_document_keeps_its_structure(trial):
    page = open_editor(trial, "")
    paste(page, LIBRE_OFFICE)
    assert markdown(page) == "# Sans titre\n\n## Le lieu\n\n1. premier\n2. second\n\n**tout en gras**\n\nrouge\n"


def test_a_pasted_script_leaves_only_its_words(trial):
    page = open_editor(trial, "")
    paste(
        page,
        '<p onclick="alert(1)">a<script>alert(2)</script><img src=x onerror=alert(3)><a href="javascript:alert(4)">b</a></p>',
    )
    assert markdown(page) == "ab\n"


def test_paragraphs_nobody_touched_keep_their_very_words(trial):
    text = "* un\n* deux\n\nTitre\n-----\n\n<div>brut</div>\n\nun  [lien][ref] __fort__\n\n[ref]: https://exemple.fr\n\nfin"
    page = open_editor(trial, text)
    page.click(".ProseMirror > p:last-child")
    page.keyboard.press("Control+End")
    page.keyboard.type(" !")
    assert markdown(page) == text + " !\n"


def test_a_quotation_is_shown_inserted_and_removed_as_a_whole(trial):
    page = open_editor(
        trial, "avant\n\n[[citation:c1]]\n\naprès", {"c1": {"words": "« Oui. »", "attribution": "Une salariée"}}
    )
    assert page.inner_text(".ProseMirror figure blockquote") == "« Oui. »"
    page.click(".ProseMirror > p:last-child")
    page.click("[data-insert-citation]")
    assert markdown(page) == "avant\n\n[[citation:c1]]\n\naprès\n\n[[citation:c9]]\n"
    page.keyboard.type("et ça")
    assert markdown(page) == "avant\n\n[[citation:c1]]\n\naprès\n\n[[citation:c9]]\n\net ça\n"
    for _ in "et ça":
        page.keyboard.press("Backspace")
    assert page.inner_text(".ProseMirror figure:last-of-type figcaption") == "Un élu"
    page.click(".ProseMirror figure")
    page.keyboard.press("Backspace")
    assert markdown(page) == "avant\n\naprès\n\n[[citation:c9]]\n"


def test_the_buttons_below_do_not_move_when_the_draft_is_saved(trial):
    trial.answer = lambda request: (200, {})
    page = open_editor(trial, "un")
    button = page.locator("[data-insert-citation]")
    before = button.bounding_box()["y"]
    page.click(".ProseMirror")
    page.keyboard.type("deux")
    expect(page.locator("[data-save-state]")).not_to_be_empty(timeout=10_000)
    assert button.bounding_box()["y"] == before


def test_the_raw_text_can_be_written_too(trial):
    page = open_editor(trial, "un")
    expect(page.get_by_text("help")).to_be_hidden()
    page.click("text=raw")
    expect(page.get_by_text("help")).to_be_visible()
    page.fill("#body", "un\n\n**deux**")
    page.click("text=rich")
    assert page.inner_text(".ProseMirror strong") == "deux"
    assert page.eval_on_selector("#body", "area => area.hidden")


def test_a_link_is_put_and_a_dangerous_one_refused(trial):
    page = open_editor(trial, "le site")
    page.focus(".ProseMirror")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    page.fill("#link-address", "javascript:alert(1)")
    page.keyboard.press("Enter")
    assert page.locator("dialog").is_visible()
    page.fill("#link-address", "https://exemple.fr/a_b")
    page.keyboard.press("Enter")
    assert markdown(page) == "[le site](https://exemple.fr/a_b)\n"


def test_the_tab_key_goes_through_the_cells_of_a_table_and_out(trial):
    page = open_editor(trial, "")
    page.click('[data-act="table"]')
    page.keyboard.type("a")
    page.keyboard.press("Tab")
    page.keyboard.type("b|c")
    page.click('[data-act="addRow"]')
    assert markdown(page) == "| a | b\\|c |\n| --- | --- |\n|  |  |\n|  |  |\n"
    page.click('[data-act="deleteTable"]')
    assert markdown(page) == ""


def test_the_draft_saves_itself_and_says_so(trial):
    page = open_editor(trial, "un")
    page.click(".ProseMirror > p:last-child")
    page.keyboard.press("Control+End")
    page.keyboard.type(" deux")
    says(page, re.compile("^saved at"))
    sent = form_values(trial.posts[-1])
    assert sent == {"body": "un deux\n", "base": "r0", "csrf": "first"}
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('draft')).length") == 0


def test_without_network_the_words_stay_in_the_browser_and_come_back(trial):
    page = open_editor(trial, "un")
    trial.online = False
    page.click(".ProseMirror > p:last-child")
    page.keyboard.press("Control+End")
    page.keyboard.type(" perdu ?")
    says(page, "unsavedNetwork")
    page.reload()
    page.click("text=localRestore")
    assert "perdu ?" in page.inner_text(".ProseMirror")
    trial.online = True
    says(page, re.compile("^saved at"), timeout=20_000)


@pytest.mark.parametrize(
    "status, sentence", [(401, "unsavedLogin login"), (409, "unsavedConflict"), (500, "unsavedServer")]
)
def test_a_refused_draft_is_told_and_kept(trial, status, sentence):
    trial.answer = lambda request: (status, {})
    page = open_editor(trial, "un")
    page.focus(".ProseMirror")
    page.keyboard.type("x")
    says(page, sentence)
    assert page.evaluate("Object.keys(localStorage).some(key => key.includes('draft'))")


def test_a_stale_token_is_renewed_once(trial):
    page = open_editor(trial, "un")
    trial.token = "second"
    trial.answer = lambda request: (200 if request.headers["x-csrf-token"] == "second" else 403, {})
    page.focus(".ProseMirror")
    page.keyboard.type("x")
    says(page, re.compile("^saved at"))
    assert [form_values(post)["csrf"] for post in trial.posts] == ["first", "second"]
