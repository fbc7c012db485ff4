"""The field notebook in a real browser: nothing typed is lost, nothing is sent twice."""

import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect
from trial import SHARE, Trial, attribute, keys

WORDS = keys(
    *"unsent sending tried away keptBoth apart refused stateAll offline expired portal server gone ended other memory volatile full login retry".split(),
    *"begun drop edit takeAway failing photo page verbatim reworded offRecord".split(),
) | {
    "saved": "saved at {time}",
    "stateWaiting.one": "{count} waits",
    "stateWaiting.other": "{count} wait",
    "locked.other": "{count} locked",
    "aging.other": "{count} aging",
    "aged.other": "{count} aged",
    "restored.other": "{count} restored",
    "more.other": "{count} more",
}
FORM = f"""<form class="notebook" method="post" action="/notes" data-notebook data-sync="/api/v1/blocs" data-visit="v1" data-next="3"
data-login="/login" data-words='{attribute(WORDS)}'><input type="hidden" name="id" value="server"><input type="hidden" name="base" value="0">
<input type="hidden" name="sequence" value="3"><label>Moment <select name="slot"><option value=""></option><option value="s1">Matin</option></select></label>
<label><input type="checkbox" name="dimension" value="d1"> Une</label><label><input type="checkbox" name="dimension" value="d2"> Deux</label><label>Qui <select name="speaker"><option value=""></option></select></label>
<label><input type="radio" name="manner" value="verbatim"> mot à mot</label><label><input type="radio" name="manner" value="reworded" checked> reformulée</label>
<label><input type="checkbox" name="offRecord" value="1"> hors micro</label><label>Note <textarea name="text"></textarea></label><p data-notebook-state role="status"></p><button>Ajouter</button></form>
<ol class="blocks" data-notebook-list></ol>"""
UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")


class Inbox:
    """What the site does with blocks: keeps them by identifier and version."""

    def __init__(self):
        self.blocks = {}
        self.emptied = []
        self.gone = set()
        self.outcome = None

    def answer(self, request):
        message = json.loads(request.post_data)
        assert message["protocol"] == 1 and message["visit"] == "v1" and UUID.match(message["device"])
        return 200, {"protocol": 1, "blocks": [self.take(block) for block in message["blocks"]]}

    def take(self, block):
        known = self.blocks.get(block["id"])
        if block.get("dropped"):
            self.emptied.append(block["id"])
            if known and not known["begun"]:
                return {"id": block["id"], "outcome": "same", "version": known["version"], "mark": "dropped"}
            self.blocks.pop(block["id"], None)
            self.gone.add(block["id"])
            return {"id": block["id"], "outcome": "dropped", "version": 0, "mark": "dropped"}
        if block["id"] in self.gone:
            return {"id": block["id"], "outcome": "dropped", "version": 0}
        if self.outcome:
            return {"id": block["id"], "outcome": self.outcome, "version": 1, "mark": "m", "message": "because"}
        if known and known["text"] == block["text"]:
            known["begun"] = known["begun"] and block["begun"]
            return {"id": block["id"], "outcome": "same", "version": known["version"], "mark": block["text"]}
        assert block["base"] == (known["version"] if known else 0)
        self.blocks[block["id"]] = block | {"version": block["base"] + 1}
        return {"id": block["id"], "outcome": "saved", "version": block["base"] + 1, "mark": block["text"]}


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def trial(browser, inbox):
    made = Trial(browser)
    made.answer = inbox.answer
    promise(made, "Promise.resolve(true)")
    yield made
    made.close()


def promise(trial, answer):
    """What this browser answers when it is asked to keep what the site keeps in it."""
    trial.context.add_init_script(f"StorageManager.prototype.persisted = async () => false; StorageManager.prototype.persist = () => {answer};")


def open_notebook(trial):
    return trial.open(FORM, ["notes-notebook.js"], {})


def waiting(page):
    """How many records of this browser wait to be sent."""
    return page.evaluate("""async () => {
        const open = indexedDB.open("essaim-carnet");
        const database = await new Promise((resolve) => (open.onsuccess = () => resolve(open.result)));
        const all = database.transaction("records").objectStore("records").getAll();
        return new Promise((resolve) => (all.onsuccess = () => resolve(all.result.filter((record) => record.waits).length)));
    }""")


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
    [block] = inbox.blocks.values()
    # A slow machine sends once more between two letters.
    assert block["text"] == "En cours toujours" and block["version"] >= 2


def test_without_network_notes_wait_and_survive_a_closed_page(trial, inbox):
    page = open_notebook(trial)
    trial.online = False
    page.fill("textarea", "Hors ligne")
    page.click("text=Ajouter")
    page.fill("textarea", "à moitié éc")
    state(page, "offline 2 wait takeAway")
    page.reload()
    state(page, "offline 2 wait takeAway")
    expect(page.locator(".block[data-sent=no]")).to_have_count(1)
    expect(page.locator("textarea")).to_have_value("à moitié éc")
    trial.online = True
    page.evaluate("dispatchEvent(new Event('online'))")
    state(page, "stateAll")
    assert sorted(block["text"] for block in inbox.blocks.values()) == ["Hors ligne", "à moitié éc"]
    assert waiting(page) == 0


def test_what_is_being_written_is_sent_as_begun_and_added_by_its_author(trial, inbox):
    page = open_notebook(trial)
    page.type("textarea", "En cours")
    state(page, "stateAll")
    assert [block["begun"] for block in inbox.blocks.values()] == [True]
    page.click("text=Ajouter")
    wait(page, lambda: [block["begun"] for block in inbox.blocks.values()] == [None])


def test_what_was_added_comes_back_in_the_field_as_what_it_is(trial, inbox):
    trial.online = False
    page = open_notebook(trial)
    page.fill("textarea", "Ajoutée")
    page.click("text=Ajouter")
    page.get_by_role("button", name="edit").click()
    page.fill("textarea", "Ajoutée, corrigée")
    trial.online = True
    page.evaluate("dispatchEvent(new Event('online'))")
    wait(page, lambda: [(block["text"], block["begun"]) for block in inbox.blocks.values()] == [("Ajoutée, corrigée", None)])


def wait(page, isTrue):
    for _ in range(150):
        if isTrue():
            return
        page.wait_for_timeout(100)
    raise AssertionError(isTrue)


@pytest.mark.parametrize("reloads", [False, True])
def test_what_left_and_was_emptied_is_nowhere(trial, inbox, reloads):
    page = open_notebook(trial)
    page.select_option("[name=slot]", "s1")
    page.check("[value=d1]")
    page.type("textarea", "PENSEE INTIME")
    state(page, "stateAll")
    [name] = inbox.blocks
    if reloads:
        page.reload()
        expect(page.locator("textarea")).to_have_value("PENSEE INTIME")
    page.fill("textarea", "")
    wait(page, lambda: not inbox.blocks)
    assert inbox.emptied == [name]
    # What is chosen stays, under another name.
    expect(page.locator("[name=slot]")).to_have_value("s1")
    expect(page.locator("[value=d1]")).to_be_checked()
    page.reload()
    state(page, "stateAll")
    expect(page.locator("textarea")).to_have_value("")
    expect(page.locator(".block")).to_have_count(0)
    page.type("textarea", "Autre chose")
    page.click("text=Ajouter")
    wait(page, lambda: [block["text"] for block in inbox.blocks.values()] == ["Autre chose"])
    assert name not in inbox.blocks and inbox.emptied == [name]


def test_what_never_left_is_emptied_without_a_word_to_the_site(trial, inbox):
    trial.online = False
    page = open_notebook(trial)
    page.fill("textarea", "Jamais partie")
    page.wait_for_timeout(200)
    page.fill("textarea", "")
    state(page, "offline stateAll")
    trial.online = True
    page.evaluate("dispatchEvent(new Event('online'))")
    state(page, "stateAll")
    assert not inbox.blocks and not inbox.emptied and waiting(page) == 0


def test_emptied_without_network_and_after_a_reload_it_is_gone_at_the_next_contact(trial, inbox):
    page = open_notebook(trial)
    page.type("textarea", "PENSEE INTIME")
    state(page, "stateAll")
    trial.online = False
    page.fill("textarea", "")
    state(page, "offline stateAll")
    page.reload()
    state(page, "offline stateAll")
    expect(page.locator("textarea")).to_have_value("")
    assert len(inbox.blocks) == 1
    trial.online = True
    page.evaluate("dispatchEvent(new Event('online'))")
    wait(page, lambda: not inbox.blocks)


def test_emptied_while_its_answer_is_late_it_is_gone_and_undone_it_is_another(trial, inbox):
    page = open_notebook(trial)
    trial.answer = lambda request: (inbox.answer(request), (502, {}))[1]
    page.fill("textarea", "PENSEE INTIME")
    state(page, re.compile("^server"))
    page.fill("textarea", "")
    page.fill("textarea", "Autre chose")
    trial.answer = inbox.answer
    page.evaluate("dispatchEvent(new Event('online'))")
    wait(page, lambda: [block["text"] for block in inbox.blocks.values()] == ["Autre chose"])
    assert len(inbox.emptied) == 1


def test_a_note_that_was_added_is_not_taken_away_by_emptying_its_field(trial, inbox):
    page = trial.open("<p data-notebook-offline>hors ligne</p>" + FORM, ["notes-notebook.js"], {})
    page.fill("textarea", "Ajoutée")
    page.click("text=Ajouter")
    wait(page, lambda: [block["begun"] for block in inbox.blocks.values()] == [None])
    page.wait_for_timeout(700)
    page.reload()
    page.get_by_role("button", name="edit").click()
    expect(page.locator("textarea")).to_have_value("Ajoutée")
    page.fill("textarea", "")
    page.wait_for_timeout(2_500)
    assert [block["text"] for block in inbox.blocks.values()] == ["Ajoutée"] and not inbox.emptied


def test_a_site_that_comes_back_from_a_backup_is_told_again_what_was_emptied(trial, inbox):
    page = open_notebook(trial)
    page.type("textarea", "PENSEE INTIME")
    state(page, "stateAll")
    [block] = inbox.blocks.values()
    page.fill("textarea", "")
    wait(page, lambda: not inbox.blocks)
    inbox.blocks[block["id"]] = block
    trial.missing["blocks"] = [{"id": block["id"], "version": 1, "mark": "m~"}]
    page.reload()
    wait(page, lambda: not inbox.blocks)
    expect(page.get_by_text("restored")).to_have_count(0)


def test_what_was_begun_in_another_tab_and_left_is_in_the_list_as_begun(trial, inbox):
    page = open_notebook(trial)
    page.type("textarea", "Du premier")
    state(page, "stateAll")
    second = trial.context.new_page()
    second.goto(page.url)
    second.type("textarea", "Du second")
    state(second, "stateAll")
    second.fill("textarea", "")
    wait(second, lambda: [block["text"] for block in inbox.blocks.values()] == ["Du premier"])
    second.type("textarea", "Encore du second")
    state(second, "stateAll")
    second.close()
    trial.online = False
    page.reload()
    expect(page.locator("textarea")).to_have_value(re.compile("^(Du premier|Encore du second)$"))
    trial.online = True
    page.evaluate("dispatchEvent(new Event('online'))")
    wait(page, lambda: sorted((block["text"], block["begun"]) for block in inbox.blocks.values()) == [("Du premier", True), ("Encore du second", True)])


def test_what_was_emptied_elsewhere_and_is_written_here_goes_on_under_another_name(trial, inbox):
    page = open_notebook(trial)
    page.type("textarea", "Écrite")
    state(page, "stateAll")
    [name] = inbox.blocks
    inbox.blocks.clear()
    inbox.gone.add(name)
    page.type("textarea", " encore")
    wait(page, lambda: [block["text"] for block in inbox.blocks.values()] == ["Écrite encore"])
    page.type("textarea", " et ajoutée")
    page.click("text=Ajouter")
    wait(page, lambda: [(block["text"], block["begun"]) for block in inbox.blocks.values()] == [("Écrite encore et ajoutée", None)])
    assert name not in inbox.blocks and not inbox.emptied


def test_on_its_own_page_a_note_that_was_begun_stays_so_until_it_is_saved(trial, inbox):
    page = trial.open(FORM.replace("data-notebook ", "data-notebook data-edit data-begun "), ["notes-notebook.js"], {})
    page.type("textarea", "Sur sa page")
    state(page, "stateAll")
    assert [block["begun"] for block in inbox.blocks.values()] == [True]


def test_an_attempt_to_send_leaves_what_is_touched_in_the_list(trial, inbox):
    page = open_notebook(trial)
    trial.online = False
    page.fill("textarea", "Hors ligne")
    page.click("text=Ajouter")
    state(page, "offline 1 waits takeAway")
    page.get_by_role("button", name="edit").focus()
    for _ in range(2):
        with page.expect_event("requestfailed"):
            page.evaluate("dispatchEvent(new Event('online'))")
        state(page, "offline 1 waits takeAway")
    expect(page.get_by_role("button", name="edit")).to_be_focused()


def test_an_ended_session_keeps_everything_and_says_so(trial, inbox):
    trial.hello["state"] = "over"
    page = open_notebook(trial)
    page.fill("textarea", "Gardée")
    page.click("text=Ajouter")
    state(page, "expired 1 waits login takeAway")
    trial.hello["state"] = "open"
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
    # A slow machine sends once more between two letters: the words count, each once.
    assert [block["text"] for block in inbox.blocks.values()] == ["Une moitié de phrase"]
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


def test_what_an_earlier_version_of_the_site_kept_unsealed_is_taken_over(trial, inbox):
    page = trial.open("", [], {})
    old = {"id": "0190a0f0-1111-4222-8333-444455556666", "sequence": 1, "base": 0, "manner": "verbatim", "text": "D’avant"}
    page.evaluate("block => localStorage.setItem('essaim:7:note:v1:' + block.id, JSON.stringify(block))", old)
    page = open_notebook(trial)
    state(page, "stateAll")
    assert [block["text"] for block in inbox.blocks.values()] == ["D’avant"]
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('note:')).length") == 0


def test_notes_go_out_at_the_next_turn_even_when_the_answer_is_lost(trial, inbox):
    lost = []

    def answer(request):
        status, value = inbox.answer(request)
        if len(lost) < 2:
            lost.append(value)
            return 502, {}
        return status, value

    trial.answer = answer
    page = open_notebook(trial)
    page.fill("textarea", "Une fois")
    page.click("text=Ajouter")
    expect(page.locator(".block .meta")).to_contain_text("tried")
    trial.context.set_offline(True)
    expect(page.locator(".block .meta")).to_contain_text("away")
    trial.context.set_offline(False)
    for _ in range(3):
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(300)
    state(page, "stateAll")
    assert len(inbox.blocks) == 1 and len(lost) == 2


def test_a_site_that_comes_back_from_a_backup_gets_again_what_it_lost(trial, inbox):
    page = open_notebook(trial)
    page.fill("textarea", "Acquittée")
    page.click("text=Ajouter")
    state(page, "stateAll")
    page.wait_for_timeout(700)  # « All is sent » was true of the letters already: the note itself follows.
    [identifier] = inbox.blocks
    inbox.blocks.clear()
    trial.missing["blocks"] = [{"id": identifier, "version": 0, "mark": ""}]
    page.reload()
    expect(page.get_by_text("1 restored")).to_be_visible()
    state(page, "stateAll")
    assert [block["text"] for block in inbox.blocks.values()] == ["Acquittée"]


def test_a_receipt_goes_after_two_days_of_the_site_whatever_the_telephone_says(trial, inbox):
    page = open_notebook(trial)
    page.fill("textarea", "Acquittée")
    page.click("text=Ajouter")
    state(page, "stateAll")
    page.wait_for_timeout(700)  # « All is sent » was true of the letters already: the note itself follows.
    count = "() => new Promise((resolve) => { const open = indexedDB.open('essaim-carnet'); open.onsuccess = () => { const all = open.result.transaction('records').objectStore('records').count(); all.onsuccess = () => resolve(all.result); }; })"
    page.reload()
    state(page, "stateAll")
    assert page.evaluate(count) == 1
    trial.hour = lambda: int(time.time() * 1000) + 3 * 86_400_000
    page.reload()
    page.evaluate(f"async () => {{ while (await ({count})()) await new Promise((resolve) => setTimeout(resolve, 50)); }}")


def test_a_note_that_cannot_be_sent_goes_after_thirty_days_and_a_warning(trial, inbox):
    inbox.outcome = "refused"
    page = open_notebook(trial)
    page.fill("textarea", "Refusée")
    page.click("text=Ajouter")
    state(page, "1 waits takeAway")
    days = 24
    trial.hour = lambda: int(time.time() * 1000) + days * 86_400_000
    page.reload()
    expect(page.get_by_text("1 aging")).to_be_visible()
    days = 31
    page.reload()
    expect(page.get_by_text("1 aged")).to_be_visible()
    page.reload()
    state(page, "stateAll")


def test_a_clock_that_jumps_by_years_erases_nothing_before_a_warning(trial, inbox):
    inbox.outcome = "refused"
    page = open_notebook(trial)
    page.fill("textarea", "Refusée")
    page.click("text=Ajouter")
    state(page, "1 waits takeAway")
    trial.hour = lambda: int(time.time() * 1000) + 9_000 * 86_400_000
    page.reload()
    expect(page.get_by_text("1 aging")).to_be_visible()
    state(page, "1 waits takeAway")


def test_somebody_else_logged_in_sends_nothing_in_their_name(trial, inbox):
    trial.hello["person"] = "8"
    page = open_notebook(trial)
    page.fill("textarea", "À moi")
    page.click("text=Ajouter")
    state(page, "other 1 waits takeAway")
    assert not inbox.blocks


def test_a_session_ended_from_elsewhere_empties_this_browser(trial, inbox):
    trial.online = False
    page = open_notebook(trial)
    page.fill("textarea", "À effacer")
    page.click("text=Ajouter")
    state(page, "offline 1 waits takeAway")
    assert waiting(page) == 1
    trial.online = True
    trial.hello["state"] = "ended"
    page.evaluate("dispatchEvent(new Event('online'))")
    state(page, "ended stateAll login")
    expect(page.get_by_text("À effacer")).to_have_count(0)
    assert waiting(page) == 0


def test_a_browser_that_keeps_nothing_says_so_and_sends_all_the_same(trial, inbox):
    trial.context.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { throw new Error('private'); } })")
    trial.online = False
    page = open_notebook(trial)
    page.fill("textarea", "De mémoire")
    page.click("text=Ajouter")
    state(page, "offline 1 waits memory takeAway")
    trial.online = True
    page.evaluate("dispatchEvent(new Event('online'))")
    state(page, "stateAll")
    assert [block["text"] for block in inbox.blocks.values()] == ["De mémoire"]


def test_a_browser_that_asks_the_person_first_keeps_no_note_from_leaving(trial, inbox):
    promise(trial, "new Promise(() => {})")
    page = open_notebook(trial)
    page.fill("textarea", "Sans attendre la réponse")
    page.click("text=Ajouter")
    state(page, "stateAll")
    assert [block["text"] for block in inbox.blocks.values()] == ["Sans attendre la réponse"]
    trial.online = False
    page.fill("textarea", "Rien n’est promis")
    page.click("text=Ajouter")
    state(page, "offline 1 waits volatile takeAway")


def test_a_browser_that_takes_no_key_says_so_and_sends_all_the_same(trial, inbox):
    trial.context.add_init_script("""
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (value) {
            if (this.name === "keys") throw new DOMException("no key", "DataCloneError");
            return put.call(this, value);
        };
    """)
    trial.online = False
    page = open_notebook(trial)
    page.fill("textarea", "Sans clé")
    page.click("text=Ajouter")
    state(page, "offline 1 waits failing takeAway")
    trial.online = True
    page.evaluate("dispatchEvent(new Event('online'))")
    state(page, "stateAll")
    assert [block["text"] for block in inbox.blocks.values()] == ["Sans clé"]


def test_a_browser_whose_database_never_answers_says_so_and_sends_all_the_same(trial, inbox):
    trial.context.add_init_script("IDBFactory.prototype.open = () => ({});")
    trial.online = False
    page = open_notebook(trial)
    page.fill("textarea", "Sans réponse")
    state(page, "offline 1 waits memory takeAway")
    trial.online = True
    page.click("text=Ajouter")
    expect(page.locator(".block[data-sent=yes]")).to_have_count(1, timeout=15_000)
    assert [block["text"] for block in inbox.blocks.values()] == ["Sans réponse"]


def test_a_full_telephone_says_so_and_sends_all_the_same(trial, inbox):
    trial.context.add_init_script("""
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (value) {
            if (this.name === "keys") return put.call(this, value);
            throw new DOMException("full", "QuotaExceededError");
        };
    """)
    trial.online = False
    page = open_notebook(trial)
    page.fill("textarea", "Sans place")
    page.click("text=Ajouter")
    state(page, "offline 1 waits full takeAway")
    trial.online = True
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".block[data-sent=yes]")).to_have_count(1)
    assert [block["text"] for block in inbox.blocks.values()] == ["Sans place"]


def test_two_tabs_write_two_notes(trial, inbox):
    first = open_notebook(trial)
    first.type("textarea", "Du premier")
    state(first, "stateAll")
    second = trial.context.new_page()
    second.goto(first.url)
    expect(second.locator("textarea")).to_have_value("")
    second.type("textarea", "Du second")
    second.click("text=Ajouter")
    state(second, "stateAll")
    first.type("textarea", " onglet")
    first.click("text=Ajouter")
    expect(first.locator(".block", has_text="Du premier onglet")).to_have_count(1)
    state(first, "stateAll")
    assert sorted(block["text"] for block in inbox.blocks.values()) == ["Du premier onglet", "Du second"]
    first.reload()
    second.reload()
    for page in (first, second):
        state(page, "stateAll")
        expect(page.locator("textarea")).to_have_value("")


SLOW_SEAL = """{
    const seal = crypto.subtle.encrypt.bind(crypto.subtle);
    crypto.subtle.encrypt = async (...all) => (await new Promise((resolve) => setTimeout(resolve, 1_000)), seal(...all));
}"""


def test_nothing_is_said_to_be_sent_before_the_telephone_keeps_it_as_sent(trial, inbox):
    """On a slow telephone the answer of the site came before the browser had written that the field was empty: it came back."""
    trial.context.add_init_script(SLOW_SEAL)
    page = open_notebook(trial)
    for text in ("Du premier", "Du second"):
        page.type("textarea", text)
        page.wait_for_timeout(4_000)
        state(page, "stateAll")
        page.click("text=Ajouter")
        state(page, "stateAll")
        page.reload()
        state(page, "stateAll")
        expect(page.locator("textarea")).to_have_value("")
    assert sorted(block["text"] for block in inbox.blocks.values()) == ["Du premier", "Du second"]


SLOW_LOCK = """{
    const request = LockManager.prototype.request;
    LockManager.prototype.request = async function (...all) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        return request.apply(this, all);
    };
}"""


def test_what_is_typed_as_soon_as_a_note_is_added_is_the_next_note(trial, inbox):
    trial.context.add_init_script(SLOW_LOCK)
    page = open_notebook(trial)
    page.type("textarea", "Première")
    state(page, "stateAll")
    page.click("text=Ajouter")
    page.focus("textarea")
    page.keyboard.type("Seconde")
    expect(page.locator("textarea")).to_have_value("Seconde")
    page.click("text=Ajouter")
    expect(page.locator(".block[data-sent=yes]")).to_have_count(2, timeout=15_000)
    assert sorted(block["text"] for block in inbox.blocks.values()) == ["Première", "Seconde"]


@pytest.mark.parametrize("reloads", [False, True])
def test_a_note_typed_further_while_its_answer_was_lost_is_one_note(trial, inbox, reloads):
    """The site took the beginning, its answer was lost on the way: the rest is written from it, not beside it."""
    page = open_notebook(trial)
    trial.answer = lambda request: (inbox.answer(request), (502, {}))[1]
    page.fill("textarea", "À moitié")
    state(page, re.compile("^server"))
    assert [block["text"] for block in inbox.blocks.values()] == ["À moitié"]
    if reloads:
        page.reload()
        expect(page.locator("textarea")).to_have_value("À moitié")
        state(page, re.compile("^server"))
    page.type("textarea", " écrite" if not reloads else "")
    page.locator("textarea").press("End")
    if reloads:
        page.keyboard.type(" écrite")
    state(page, re.compile("^server"))
    trial.answer = inbox.answer
    page.click("text=Ajouter")
    state(page, "stateAll")
    [block] = inbox.blocks.values()
    assert block["text"] == "À moitié écrite" and block["version"] == 2


def test_what_is_typed_before_the_page_is_ready_is_not_lost(trial, inbox):
    page = open_notebook(trial)
    for number in range(4):
        page.reload(wait_until="commit")
        page.wait_for_selector("textarea")
        page.type("textarea", f"Tout de suite {number}", delay=5)
        page.click("text=Ajouter")
        expect(page.locator(".block", has_text=f"Tout de suite {number}")).to_have_count(1)
    state(page, "stateAll")
    assert sorted(block["text"] for block in inbox.blocks.values()) == [f"Tout de suite {number}" for number in range(4)]


def test_a_note_of_this_telephone_comes_back_in_the_field(trial, inbox):
    trial.online = False
    page = open_notebook(trial)
    page.check("[name=offRecord]")
    page.fill("textarea", "Première")
    page.click("text=Ajouter")
    page.fill("textarea", "Seconde")
    page.click("text=Ajouter")
    page.locator(".block", has_text="Première").get_by_text("edit").click()
    expect(page.locator("textarea")).to_have_value("Première")
    expect(page.locator(".block:visible", has_text="Première")).to_have_count(0)
    page.fill("textarea", "Première, corrigée")
    page.click("text=Ajouter")
    trial.online = True
    page.evaluate("dispatchEvent(new Event('online'))")
    state(page, "stateAll")
    assert sorted((block["text"], block["offRecord"]) for block in inbox.blocks.values()) == [("Première, corrigée", True), ("Seconde", False)]


def test_thousands_of_notes_are_shown_a_screenful_at_a_time(trial, inbox):
    trial.online = False
    page = open_notebook(trial)
    page.evaluate("""() => {
        for (let i = 0; i < 400; i += 1) {
            const id = crypto.randomUUID();
            localStorage.setItem(`essaim:7:note:v1:${id}`, JSON.stringify({ id, sequence: i + 10, base: 0, manner: "verbatim", text: `Note ${i}` }));
        }
    }""")
    page.reload()
    state(page, "offline 400 wait takeAway")
    expect(page.locator(".block")).to_have_count(30)
    page.click("text=370 more")
    expect(page.locator(".block")).to_have_count(60)
    trial.online = True
    page.evaluate("dispatchEvent(new Event('online'))")
    state(page, "stateAll")
    assert len(inbox.blocks) == 400


def test_what_waits_leaves_in_a_file_that_opens_anywhere(trial):
    trial.online = False
    page = open_notebook(trial)
    page.fill("textarea", "À <emporter>")
    page.click("text=Ajouter")
    state(page, "offline 1 waits takeAway")
    with page.expect_download() as download:
        page.click("text=takeAway")
    assert "À &#60;emporter&#62;" in Path(download.value.path()).read_text()


def test_the_script_is_light():
    share = json.loads((SHARE / "assets/manifest.json").read_text())
    sizes = [(SHARE / "assets" / (share[name]["file"] + ".gz")).stat().st_size for name in ("platform.js", "notes-notebook.js", "notes-worker.js")]
    assert sum(sizes) <= 40_000, sizes
