"""What is measured and where it is on the site: the only file to change when an address changes."""

import os
from pathlib import Path

from harness.places import BUILD, ROOT

BINARY = Path(os.environ.get("ESSAIM_BINARY", BUILD / "release/essaim"))
RESULTS = Path(os.environ.get("ESSAIM_BENCH_RESULTS", ROOT / "Benchmarks/results.md"))
NGINX = "/usr/sbin/nginx"

QUICK = os.environ.get("BENCH") == "quick"

HOME = "/"
LIBRARY = "/ressources"
PROGRAMME = "/programmes/territoires-en-action"

# How many resources, the fewest first; there are as many visits as two hundred go into it, as many people as twenty.
SIZES = [int(size) for size in os.environ.get("ESSAIM_BENCH_SIZES", "1000,10000" if QUICK else "1000,10000,100000").split(",")]
# Of each of the two engines: PostgreSQL takes a while to take them in, many small statements.
ENGINE_RESOURCES = int(os.environ.get("ESSAIM_BENCH_ENGINE_RESOURCES", "1000" if QUICK else "2000"))

# Name, who asks (nobody: without account), address.
LISTS = [
    ("Home", None, HOME),
    ("Resources", None, LIBRARY),
    ("… by title", None, f"{LIBRARY}?tri=titre"),
    ("… by territory", None, f"{LIBRARY}?tri=territoire"),
    ("… of a territory", None, f"{LIBRARY}?territoire={{territory}}"),
    ("… of a kind", None, f"{LIBRARY}?genre=public_version"),
    ("… of both", None, f"{LIBRARY}?genre=public_version&territoire={{territory}}"),
    ("… the last page", None, f"{LIBRARY}?page={{deep}}"),
    ("Territories", None, "/territoires"),
    ("A resource", None, f"{LIBRARY}/{{resource}}"),
    ("A programme", None, "{programme}"),
    ("Its territories", None, "{programme}/territoires"),
    ("Search without words", None, "/recherche"),
]
DASHBOARDS = [
    ("Things to do", "officer", "/a-faire"),
    ("Things to do", "visitor", "/a-faire"),
    ("A programme", "officer", "{programme}"),
    ("Where are we?", "officer", "{programme}/visites"),
    ("Where are we?, most missing first", "officer", "{programme}/visites?tri=missing"),
    ("Community", "officer", "{programme}/communaute"),
    ("Community, a name", "officer", "{programme}/communaute?nom=vigneron"),
    ("Somebody", "officer", "{programme}/communaute/{person}"),
    ("Texts", "officer", "{programme}/textes"),
    ("Texts", "visitor", "{programme}/textes"),
    ("Notes and excerpts", "officer", "{programme}/notes"),
    ("Excerpts", "officer", "{programme}/extraits"),
    ("Journal", "officer", "{programme}/journal"),
    ("Seminars", "officer", "{programme}/seminaires"),
    ("A visit", "officer", "{programme}/visites/{visit}"),
    ("Its notebook", "officer", "{programme}/visites/{visit}/notes"),
    ("A text", "officer", "/textes/{text}"),
    ("Its validation", "officer", "/textes/{text}/validation"),
    ("Its history", "officer", "/historique/{text}"),
    ("Journal of the site", "administrator", "/administration/journal"),
]
REQUESTS = int(os.environ.get("ESSAIM_BENCH_REQUESTS", "30" if QUICK else "100"))
# Of each document, taken and brought back.
DOCUMENTS = int(os.environ.get("ESSAIM_BENCH_DOCUMENTS", "5" if QUICK else "20"))
SAVES = int(os.environ.get("ESSAIM_BENCH_SAVES", "30" if QUICK else "200"))

SEARCH = "/recherche?q={words}"
# What is typed, with its stems and the beginning of its last word as the index keeps them.
QUERIES = {
    "Rare": ("hackathon webinaire", ["hackathon", "webinair"], "webinaire"),
    "Medium": ("menuiserie", ["menuiser"], "menuiserie"),
    "Two words": ("jardin alimentation", ["jardin", "aliment"], "alimentation"),
    "Frequent": ("territoire", ["territoir"], "territoire"),
    "Two frequent": ("territoire coopération", ["territoir", "cooper"], "cooperation"),
}
# The twenty best documents of a query straight from the index, without asking who may see them.
RAW_SEARCH = """
    SELECT search_document.object_id, search_document.title, search_document.body FROM (
        SELECT rowid AS number, bm25(search_words, 6.0, 1.0, 0.4) AS score FROM search_words
        WHERE search_words MATCH ? ORDER BY score LIMIT 20
    ) AS best JOIN search_document ON search_document.number = best.number ORDER BY best.score
"""

# Short rounds, several of them, in turn: the machine's moods fall on both sides alike.
ROUNDS = int(os.environ.get("ESSAIM_BENCH_ROUNDS", "2" if QUICK else "3"))
SECONDS = float(os.environ.get("ESSAIM_BENCH_SECONDS", "1" if QUICK else "3"))
WRITER = "visitor"
