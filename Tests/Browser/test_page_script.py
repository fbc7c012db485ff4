"""What every page gains when scripts run: shortcuts, kept forms, undo, dates."""

import pytest
from playwright.sync_api import expect
from trial import Trial, keys

WORDS = keys("shortcuts", "search", "help", "close", "keptRestore", "keptDrop", "forgetConfirm") | {
    "secondsLeft": "{seconds} left",
    "keptFound": "found {when}",
}
FORM = """<form method="post" action="/save" data-keep="visit-1"><label>Nom <input name="name"></label><label>Mot de passe <input name="p" type="password"></label>
<label><input type="checkbox" name="ok" value="1"> oui</label><label>Choix <select name="s"><option>a</option><option>b</option></select></label>
<label>Texte <textarea name="t"></textarea></label><button>Enregistrer</button></form>"""
LONG = """<form method="post" action="/reponse" data-once><textarea id="reply" name="body"></textarea><button>Répondre</button></form>
<form method="post" action="/ailleurs" data-once><textarea id="other" name="body"></textarea><button>Ailleurs</button></form>
<form method="post" action="/choix" data-once><input type="radio" name="a" value="1"><button>Choisir</button></form>"""


@pytest.fixture
def trial(browser):
    made = Trial(browser)
    yield made
    made.close()


def test_shortcuts_search_and_list_themselves(trial):
    page = trial.open('<a href="#x" data-shortcut="n" data-shortcut-words="new note">n</a>', body_words=WORDS)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("?/n")
    assert page.input_value("[type=search]") == "?/n"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("dialog dd").all_inner_texts() == ["search", "new note", "help"]
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    page.keyboard.press("n")
    assert page.url.endswith("#x")


def test_what_is_typed_comes_back_until_the_site_has_it(trial):
    page = trial.open(FORM, body_words=WORDS)
    page.fill("[name=name]", "Caen")
    page.fill("[name=p]", "secret secret secret")
    page.check("[name=ok]")
    page.select_option("[name=s]", "b")
    page.fill("[name=t]", "un\ndeux")
    page.reload()
    page.click("text=keptRestore")
    assert page.input_value("[name=name]") == "Caen"
    assert page.input_value("[name=t]") == "un\ndeux"
    assert page.input_value("[name=s]") == "b"
    assert page.is_checked("[name=ok]")
    assert page.input_value("[name=p]") == ""
    trial.open(FORM, body_words=WORDS, head='<meta name="kept" content="visit-1">')
    expect(page.locator("text=keptRestore")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def test_a_long_text_is_kept_without_being_named(trial):
    page = trial.open(LONG, body_words=WORDS)
    page.fill("#reply", "Notre réponse")
    page.fill("#other", "Autre chose")
    page.wait_for_timeout(300)
    # What met no network stays; another form of the page keeps its own.
    trial.online = False
    with page.expect_event("requestfailed"):
        page.click("text=Répondre")
    trial.online = True
    # One comes back later, in another tab.
    page.close()
    trial.page = trial.context.new_page()
    page = trial.open(LONG, body_words=WORDS)
    expect(page.get_by_role("button", name="keptRestore")).to_have_count(2)
    page.get_by_role("button", name="keptRestore").first.click()
    assert page.input_value("#reply") == "Notre réponse" and page.input_value("#other") == ""


def test_what_nobody_came_back_to_goes_after_thirty_days(trial):
    page = trial.open(LONG, body_words=WORDS)
    page.fill("#reply", "Notre réponse")
    page = trial.open(LONG, body_words=WORDS)
    expect(page.get_by_role("button", name="keptRestore")).to_have_count(1)
    page.evaluate("""() => {
        const [key] = Object.keys(localStorage);
        const entry = JSON.parse(localStorage[key]);
        localStorage[key] = JSON.stringify({ ...entry, at: entry.at - 31 * 86_400_000 });
    }""")
    page = trial.open(LONG, body_words=WORDS)
    expect(page.get_by_role("button", name="keptRestore")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def test_logging_out_empties_the_browser(trial):
    page = trial.open(
        FORM + '<form method="post" action="/out" data-forget><button>Sortir</button></form>', body_words=WORDS
    )
    page.fill("[name=name]", "Caen")
    page.wait_for_timeout(400)
    assert page.evaluate("localStorage.length") == 1
    with page.expect_navigation():
        page.click("text=Sortir")
    page.goto("http://essaim.localhost/")
    assert page.evaluate("localStorage.length") == 0


def test_a_form_is_sent_once(trial):
    page = trial.open(
        '<form method="post" action="/save" data-once target="_blank"><button>Envoyer</button></form>', body_words=WORDS
    )
    page.evaluate(
        "const form = document.querySelector('[data-once]'); form.requestSubmit(); form.requestSubmit(); form.requestSubmit()"
    )
    page.wait_for_timeout(500)
    assert len(trial.posts) == 1


def test_the_summary_of_errors_takes_the_focus_and_dates_are_told_in_words(trial):
    page = trial.open(
        '<div class="error-summary" tabindex="-1">Erreur</div><time data-relative datetime="2020-01-01T10:00:00Z">1er janvier 2020</time>'
        '<time id="now" data-relative>maintenant</time><p data-undo="1">Retirée <span data-undo-left></span></p>',
        body_words=WORDS,
    )
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert page.inner_text("time") == "1er janvier 2020"
    expect(page.locator("[data-undo]")).to_be_hidden()


def test_what_was_typed_in_another_form_of_the_page_is_there_unasked(trial):
    page = trial.open(LONG, body_words=WORDS)
    page.fill("#other", "Autre chose")
    page.fill("#reply", "Notre réponse")
    with page.expect_navigation():
        page.click("text=Répondre")
    page = trial.open(LONG, body_words=WORDS)
    assert page.input_value("#other") == "Autre chose"
    # Once only: whoever comes back later is asked.
    page = trial.open(LONG, body_words=WORDS)
    assert page.input_value("#other") == ""
    expect(page.get_by_role("button", name="keptRestore")).to_have_count(2)
