"""Choosing the exact words of a note: places are counted in Unicode code points of the stored text."""

import pytest
from playwright.sync_api import expect
from trial import Trial, attribute, keys

WORDS = keys("cite", "citeFrom", "choose", "nothing", "close")
STORED = "On 🐝 décide **ensemble**,\nmais  tard."
FORM = (
    '<form id="cite-form" method="post" action="/cite">'
    + "".join(f'<input type="hidden" name="{name}">' for name in ("source", "id", "version", "from", "to", "words"))
    + "</form>"
)


@pytest.fixture
def trial(browser):
    made = Trial(browser)
    yield made
    made.close()


def open_note(trial, shown, stored=None):
    text = f' data-text="{attribute(stored)}"' if stored else ""
    page = trial.open(
        f"""<div data-cite-words='{attribute(WORDS)}'><p class="words" data-citable data-source="block" data-id="b1" data-version="2"{text}>{shown}</p></div>
        <dialog id="cite"><p data-cite-shown></p>{FORM}</dialog>""",
        ["evidence-cite.js"],
    )
    page.wait_for_selector("text=citeFrom")
    return page


def select(page, words):
    page.evaluate(
        """(words) => {
            const element = document.querySelector("[data-citable]");
            const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            const nodes = [];
            while (walker.nextNode()) nodes.push(walker.currentNode);
            const whole = nodes.map((node) => node.data).join("");
            const place = (at) => {
                for (const node of nodes) {
                    if (at <= node.length) return [node, at];
                    at -= node.length;
                }
            };
            const start = whole.indexOf(words);
            const range = document.createRange();
            range.setStart(...place(start));
            range.setEnd(...place(start + words.length));
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        words,
    )


def chosen(page):
    return page.evaluate("Object.fromEntries(new FormData(document.querySelector('#cite-form')))")


def test_selected_words_are_counted_in_code_points(trial):
    page = open_note(trial, "On 🐝 décide ensemble.")
    select(page, "décide ")
    page.click("button.cite-here")
    assert chosen(page) == {"source": "block", "id": "b1", "version": "2", "from": "5", "to": "11", "words": "décide"}
    assert page.inner_text("[data-cite-shown]") == "décide"


def test_words_shown_without_their_markdown_are_found_in_what_is_stored(trial):
    page = open_note(trial, "On 🐝 décide <strong>ensemble</strong>,\nmais  tard.", STORED)
    select(page, "décide ensemble, mais".replace(", ", ",\n"))
    page.click("button.cite-here")
    found = chosen(page)
    assert found["words"] == "décide **ensemble**,\nmais"
    assert STORED[int(found["from"]) : int(found["to"])] == found["words"]


def test_words_are_chosen_with_the_keyboard_alone(trial):
    page = open_note(trial, "On 🐝 décide ensemble.")
    page.focus("text=citeFrom")
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert chosen(page)["words"] == "On"
    assert page.locator("dialog#cite").is_visible()


def test_choosing_no_word_says_so(trial):
    page = open_note(trial, "On 🐝 décide ensemble.")
    page.click("text=citeFrom")
    expect(page.locator(".cite-choose [role=alert]")).to_be_hidden()
    page.click(".cite-choose button.button")
    expect(page.locator(".cite-choose [role=alert]")).to_have_text("nothing")


def test_the_form_is_filled_with_what_the_note_says_of_who_speaks(trial):
    page = trial.open(
        f"""<div data-cite-words='{attribute(WORDS)}'><p data-citable data-source="block" data-id="b1" data-version="2"
        data-shown_as="une personne salariée" data-about_dimension="d2">Oui.</p><p class="acts"><a href="/p">page</a></p></div>
        <dialog id="cite"><p data-cite-shown></p>{FORM.replace("</form>", '<input name="shown_as"></form>')}</dialog>""",
        ["evidence-cite.js"],
    )
    page.wait_for_selector("text=citeFrom")
    assert page.locator("text=page").count() == 0
    select(page, "Oui")
    page.click("button.cite-here")
    assert chosen(page)["shown_as"] == "une personne salariée"
