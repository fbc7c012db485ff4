"""The manual of the people who host a site says what the program does: its settings, its commands, its own pages."""

import re
import subprocess
import unicodedata

import pytest
from harness.places import BINARY, ROOT

MANUAL = ROOT / "docs/exploitation"
PAGES = sorted(MANUAL.glob("*.md"))


def cells(line):
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def tables(text):
    """The tables of a page: (heads, rows)."""
    for block in re.findall(r"(?m)(?:^\|.*\n)+", text):
        heads, _, *rows = map(cells, block.splitlines())
        yield heads, rows


def settings_of_the_manual():
    for page in PAGES:
        for heads, rows in tables(page.read_text()):
            if heads[0] != "réglage":
                continue
            column = heads.index("fichier") if "fichier" in heads else 0
            for row in rows:
                yield from re.findall(r"`([a-z_]+)`", row[column])


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """The keys that the program knows, as it says them when one is unknown."""
    folder = tmp_path_factory.mktemp("settings")
    (folder / "essaim.conf").write_text("couleur = bleu\n")
    said = subprocess.run([BINARY, "check", "--data", folder], capture_output=True, text=True, timeout=60)
    assert said.returncode == 78, said.stderr
    return set(re.search(r"Clés possibles : ([^.]*)\.", said.stderr)[1].split(", "))


def test_the_manual_has_every_setting_and_no_other(settings):
    assert set(settings_of_the_manual()) == settings


def test_the_settings_of_the_package_are_known(settings):
    proposed = re.findall(r"(?m)^#?([a-z_]+) =", (ROOT / "packaging/essaim.conf").read_text())
    assert proposed and set(proposed) <= settings


def test_the_page_of_man_has_every_command():
    said = subprocess.run([BINARY, "--help"], capture_output=True, text=True, timeout=60).stdout
    commands = re.findall(r"(?m)^  ([a-z]+)(?: \(|\s{2,}|$)", said.partition("Commandes :")[2])
    page = (ROOT / "packaging/man/essaim.1.md").read_text()
    assert len(commands) > 8
    assert [name for name in commands if f"**{name}" not in page] == []


def anchor(title):
    """As forges make it from a title."""
    title = re.sub(r"[`*«»’'(),.:;?!]", "", title.lower()).strip()
    return unicodedata.normalize("NFC", title).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_its_links_lead_somewhere(page):
    lost = []
    for target, name in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", page.read_text()):
        file = (page.parent / target).resolve() if target else page
        if not file.is_file():
            lost.append(target)
        elif name and name not in [anchor(title) for title in re.findall(r"(?m)^#+ (.*)$", file.read_text())]:
            lost.append(f"{target}#{name}")
    assert lost == []


def test_every_page_is_reached_from_its_table_of_contents():
    reached, waiting = set(), [MANUAL / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached:
            reached.add(page)
            waiting += [MANUAL / name for name in re.findall(r"\]\(([a-z0-9-]+\.md)", page.read_text())]
    assert sorted(set(PAGES) - reached) == []


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_it_quotes_the_examples_of_the_package(name):
    example = (ROOT / "packaging/examples" / name).read_text()
    assert f"\n{example}```" in (MANUAL / "mandataire.md").read_text()
