"""The field notebook in a real browser: nothing typed is lost, nothing is sent twice."""

import json
import re

import pytest
from playwright.sync_api import expect
from trial import Trial, attribute, keys

WORDS = keys(
    *"unsent sending keptBoth refused stateAll offline expired login retry drop full verbatim reworded".split()
) | {
    "saved": "saved at {time}",
    "stateWaiting.one": "{count} waits",
    "stateWaiting.other": "{count} wait",
}
FORM = f"""<form class="notebook" method="post" action="/notes" data-notebook data-sync="/api/v1/blocs" data-visit="v1" data-next="3"
data-login="/login" data-words='{attribute(WORDS)}'><input type="hidden" name="id" value="server"><input type="hidden" name="base" value="0">
<input type="hidden" name="sequence" value="3"><label>Moment <select name="slot"><option value=""></option><option value="s1">Matin</option></select></label>
<label>Dimension <select name="dimension"><option value=""></option></select></label><label>Qui <select name="speaker"><option value=""></option></select></label>
<label><input type="radio" name="manner" value="verbatim"> mot à mot</label><label><input type="radio" name="manner" value="reworded" checked> reformulée</label>
<label>Note <textarea name="text"></textarea></label><p data-notebook-state role="status"></p><button>Ajouter</button></form>
<ol class="blocks" data-notebook-list></ol>"""
UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")


class Inbox:
    """What the site does with blocks: keeps them by identifier and version."""

    def __init__(self):
        self.blocks = {}
        self.outcome = None

    def answer(self, request):
        message = json.loads(request.post_data)
        assert message["protocol"] == 1 and message["visit"] == "v1" and UUID.match(message["device"])
        return 200, {"blocks": [self.take(block) for block in message["blocks"]]}

    def take(self, block):
        known = self.blocks.get(block["id"])
        if self.outcome:
            return {"id": block["id"], "outcome": self.outcome, "version": 1, "message": "because"}
        if known and known["text"] == block["text"]:
            return {"id": block["id"], "outcome": "same", "version": known["version"]}
        assert block["base"] == (known["version"] if known else 0)
        self.blocks[block["id"]] = block | {"version": block["base"] + 1}
        return {"id": block["id"], "outcome": "saved", "version": block["base"] + 1}


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def trial(browser, inbox):
    made = Trial(browser)
    made.answer = inbox.answer
    yield made
    made.close()


def open_notebook(trial):
    return trial.open(FORM, ["notes-notebook.js"], {})


def state(page, words):
    expect(page.locator("[data-notebook-state]")).to_have_text(words, timeout=15_000)


def test_notes_are_sent_once_each_under_names_made_in_the_browser(trial, inbox):
    page = open_notebook(trial)
    page.select_option("[name=slot]", "s1")
    page.fill("textarea", "Une note 🐝")
    page.click("text=Ajouter")
    page.fill("textarea", "Une autre")
    page.click("text=Ajouter")
    state(page, "stateAll")
    assert [block["text"] for block in inbox.blocks.values()] == ["Une note 🐝", "Une autre"]
    assert [block["sequence"] for block in inbox.blocks.values()] == [3, 4]
    assert {block["slot"] for block in inbox.blocks.values()} == {"s1"}
    assert all(UUID.match(name) for name in inbox.blocks)
    expect(page.locator(".block")).to_have_count(2)
    expect(page.locator(".block[data-sent=yes]")).to_have_count(2)


def test_a_note_is_saved_while_it_is_written(trial, inbox):
    page = open_notebook(trial)
    page.type("textarea", "En cours")
    state(page, "stateAll")
    page.type("textarea", " toujours")
    page.click("text=Ajouter")
    state(page, "stateAll")
    assert [(block["text"], block["version"]) for block in inbox.blocks.values()] == [("En cours toujours", 2)]


def test_without_network_notes_wait_and_survive_a_closed_page(trial, inbox):
    page = open_notebook(trial)
    trial.online = False
    page.fill("textarea", "Hors ligne")
    page.click("text=Ajouter")
    page.fill("textarea", "à moitié éc")
    state(page, "offline 2 wait")
    page.reload()
    state(page, "offline 2 wait")
    expect(page.locator(".block[data-sent=no]")).to_have_count(1)
    expect(page.locator("textarea")).to_have_value("à moitié éc")
    trial.online = True
    page.evaluate("dispatchEvent(new Event('online'))")
    state(page, "stateAll")
    assert sorted(block["text"] for block in inbox.blocks.values()) == ["Hors ligne", "à moitié éc"]
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('note:')).length") == 0


def test_an_ended_session_keeps_everything_and_says_so(trial, inbox):
    trial.answer = lambda request: (401, {})
    page = open_notebook(trial)
    page.fill("textarea", "Gardée")
    page.click("text=Ajouter")
    state(page, "expired 1 waits login")
    trial.answer = inbox.answer
    page.evaluate("dispatchEvent(new Event('focus'))")
    state(page, "stateAll")
    assert len(inbox.blocks) == 1


def test_a_refused_note_stays_with_its_reason(trial, inbox):
    inbox.outcome = "refused"
    page = open_notebook(trial)
    page.fill("textarea", "Refusée")
    page.click("text=Ajouter")
    expect(page.locator(".block .meta")).to_have_text("reworded · refused because")
    inbox.outcome = None
    page.click("text=retry")
    state(page, "stateAll")


def test_two_kept_versions_are_told(trial, inbox):
    inbox.outcome = "kept_both"
    page = open_notebook(trial)
    page.fill("textarea", "Deux fois")
    page.click("text=Ajouter")
    expect(page.locator(".block .meta")).to_have_text("reworded · because")
    state(page, "stateAll")


def test_what_was_being_written_comes_back_in_the_field(trial, inbox):
    page = open_notebook(trial)
    page.check("[name=manner][value=verbatim]")
    page.type("textarea", "Une moitié de phr")
    state(page, "stateAll")
    page.reload()
    expect(page.locator("textarea")).to_have_value("Une moitié de phr")
    expect(page.locator("[name=manner][value=verbatim]")).to_be_checked()
    page.type("textarea", "ase")
    page.click("text=Ajouter")
    state(page, "stateAll")
    assert [(block["text"], block["version"]) for block in inbox.blocks.values()] == [("Une moitié de phrase", 2)]
    page.reload()
    expect(page.locator("textarea")).to_have_value("")


def test_the_button_stays_ready_and_the_list_is_no_longer_empty(trial, inbox):
    form = FORM.replace("data-notebook ", "data-notebook data-once ")
    page = trial.open('<div class="empty" data-notebook-empty>rien</div>' + form, ["notes-notebook.js"], {})
    page.fill("textarea", "Une note")
    page.click("text=Ajouter")
    state(page, "stateAll")
    expect(page.locator("[data-notebook-empty]")).to_have_count(0)
    assert page.get_attribute("text=Ajouter", "aria-disabled") is None
