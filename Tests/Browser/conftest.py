"""The fixtures of the browser tests. A module that writes says `WRITES = True` and gets a site of its own."""

import shutil

import pytest
from harness import server as servers
from harness.cast import PASSWORD
from harness.html import Checker
from harness.looks import accessibility
from harness.places import BINARY, CHROMIUM, SCREENSHOTS
from harness.site import Site, Visits
from playwright.sync_api import sync_playwright

VISITS = pytest.StashKey()


def refuse(faults):
    """Fails the test with one line a fault."""
    if faults:
        pytest.fail("\n".join(faults))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory):
    """A folder of data as `essaim demo` makes it: to copy, never to serve."""
    if not BINARY.exists():
        pytest.fail(f"{BINARY} is not built: run `make test`", pytrace=False)
    folder = tmp_path_factory.mktemp("demonstration") / "data"
    servers.run("demo", "--data", folder, "--password", PASSWORD)
    return folder


@pytest.fixture(scope="session")
def sites(demonstration, tmp_path_factory):
    """Starts a site on a fresh copy of the demonstration; all are stopped by SIGTERM at the end."""
    started = []

    def start(name):
        folder = tmp_path_factory.mktemp(name) / "data"
        shutil.copytree(demonstration, folder)
        site = Site(servers.Server(folder))
        site.server.start()
        started.append(site)
        return site

    yield start
    for site in started:
        site.server.stop()


@pytest.fixture(scope="session")
def shared_site(sites):
    return sites("shared")


@pytest.fixture(scope="module")
def site(request):
    """The site of this module: `url`, `data`, `client(role)`."""
    if not getattr(request.module, "WRITES", False):
        yield request.getfixturevalue("shared_site")
        return
    own = request.getfixturevalue("sites")(request.module.__name__)
    yield own
    own.server.stop()


@pytest.fixture(scope="session")
def browser():
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def visits(browser, site, request):
    made = Visits(browser, site)
    request.node.stash[VISITS] = made
    yield made
    made.close()


@pytest.fixture
def person(visits):
    """`person("officer", javascript=False, width=320)`: a page of somebody signed in."""
    return visits.sign_in


@pytest.fixture
def anybody(visits):
    """`anybody(language="en")`: a page of somebody unknown."""
    return visits.open


@pytest.fixture
def allow(visits):
    """`allow("status of 403")`: a complaint of the browser that this test is about."""
    return visits.watch.allow


@pytest.fixture
def axe():
    """`axe(page, "home")`: no violation and no sideways scroll, wide and narrow, light and dark; two pictures."""

    def check(page, name):
        faults = accessibility(page, name)
        refuse(faults)

    return check


@pytest.fixture(scope="session")
def checker():
    made = Checker()
    yield made
    made.stop()


@pytest.fixture
def nu(checker):
    """`nu(page)` (its address is asked again, as this person) or `nu(html)`: valid HTML."""

    def check(page):
        html = page if isinstance(page, str) else page.request.get(page.url).text()
        faults = checker.errors(html)
        refuse(faults)

    return check


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """A test fails when a page complained, even if all that it looked at was right; a failure leaves a picture."""
    visits = item.stash.get(VISITS, None)
    try:
        result = yield
    except BaseException:
        if visits:
            visits.photograph(item.name)
        raise
    faults = visits.settle() if visits else []
    refuse(faults)
    return result
