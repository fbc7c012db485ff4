"""The notebook in the other engines: it opens without network, keeps, sends once, and is empty after the log-out."""

import pytest
from harness import cast
from harness.engines import FIREFOX, WEBKIT, Firefox, WebKit
from harness.phones import KEPT
from test_phone import DONE, texts

WRITES = True
STATE = "document.querySelector('[data-notebook-state]').innerText"
ADD = "form.notebook > .acts:last-of-type button"


@pytest.fixture(params=[(Firefox, FIREFOX), (WebKit, WEBKIT)], ids=["firefox", "webkit"])
def engine(request, tmp_path):
    kind, program = request.param
    if not program.exists():
        pytest.skip(f"{program} is not here: scripts/setup --tests brings it")
    made = kind(tmp_path / "engine").start()
    yield made
    made.stop()


def test_a_day_without_network_in_another_engine(site, engine):
    online, offline, half = (f"{text}, dans {type(engine).__name__}" for text in ("Sur le réseau", "Mot à mot, sans réseau", "à moitié"))

    def open_():
        engine.go(site.url + cast.NOTEBOOK)
        engine.wait(f"document.querySelector('[data-notebook-state]') && {STATE}")

    def write(text):
        engine.fill("[name=text]", text)
        engine.click(ADD)

    engine.go(f"{site.url}{cast.SIGN_IN}?next={cast.NOTEBOOK}")
    engine.fill("[name=email]", cast.PEOPLE["visitor"])
    engine.fill("[name=password]", cast.PASSWORD)
    engine.click("main form button:not([formaction])")
    engine.wait(f"location.pathname === '{cast.NOTEBOOK}' && document.readyState === 'complete'")
    engine.wait("document.querySelector('[data-notebook-opening]').innerText.startsWith('Ce carnet s’ouvre maintenant sans réseau')")
    write(online)
    # Firefox asks the person whether the site may stay: nobody answers here, and the note leaves all the same.
    engine.wait(f"{STATE}.includes('{DONE}') && !document.querySelector('.block[data-sent=no]')")
    assert texts(site).count(online) == 1
    site.server.stop()
    open_()
    write(offline)
    engine.wait(f"{STATE}.includes('1 note seulement')")
    engine.fill("[name=text]", half)
    engine.wait(f"{STATE}.includes('2 notes seulement')")
    if hasattr(engine, "kill"):
        engine.run("await new Promise((resolve) => setTimeout(resolve, 500))")
        engine.kill()
        engine.start()
    open_()
    engine.wait("document.querySelector('[name=text]').value === '" + half + "'")
    engine.click(ADD)
    site.server.start()
    engine.run("dispatchEvent(new Event('online'))")
    engine.wait(f"{STATE}.includes('{DONE}')")
    found = texts(site)
    assert [found.count(text) for text in (online, offline, half)] == [1, 1, 1]
    open_()
    engine.run("[...document.querySelectorAll('button')].find(({ innerText }) => innerText.includes('déconnecter')).click()")
    engine.wait("location.pathname === '/'")
    here = engine.run(f"return await ({KEPT})()")
    assert not here["records"] and not here["caches"] and "note:" not in here["storage"]
    assert engine.run("return (await navigator.serviceWorker.getRegistrations()).length") == 0
