"""What is measured and where it is on the site: the only file to change when an address changes."""

import os
from pathlib import Path

from harness.places import BUILD, ROOT

BINARY = Path(os.environ.get("ESSAIM_BINARY", BUILD / "release/essaim"))
RESULTS = Path(os.environ.get("ESSAIM_BENCH_RESULTS", ROOT / "Benchmarks/results.md"))
NGINX = "/usr/sbin/nginx"

HOME = "/"
# A link of this shape on the page that lists what is published leads to a public synthesis.
LIBRARY = "/ressources"
SYNTHESIS = r'href="(/ressources/[a-z0-9-]+)"'

SEARCH = "/recherche?q={words}"
RESOURCES = int(os.environ.get("ESSAIM_BENCH_RESOURCES", "10000"))
# Of each of the two engines: PostgreSQL takes a while to take them in, one transaction and many small statements.
ENGINE_RESOURCES = int(os.environ.get("ESSAIM_BENCH_ENGINE_RESOURCES", "2000"))
# What is asked, with its stems and the beginning of its last word as the index keeps them.
QUERIES = {
    "jardins partagés": (["jardin", "partag"], "partages"),
    "coopération territoire": (["cooper", "territoir"], "territoire"),
    "énergie citoyenne": (["energ", "citoyen"], "citoyenne"),
    "alimentation": (["aliment"], "alimentation"),
    "accompagner les habitants": (["accompagn", "habit"], "habitants"),
}
# The twenty best documents of a query straight from the index, without asking who may see them.
RAW_SEARCH = """
    SELECT search_document.object_id, search_document.title, search_document.body FROM (
        SELECT rowid AS number, bm25(search_words, 6.0, 1.0, 0.4) AS score FROM search_words
        WHERE search_words MATCH ? ORDER BY score LIMIT 20
    ) AS best JOIN search_document ON search_document.number = best.number ORDER BY best.score
"""

# Short rounds, several of them, in turn: the machine's moods fall on both sides alike.
ROUNDS = int(os.environ.get("ESSAIM_BENCH_ROUNDS", "5"))
SECONDS = float(os.environ.get("ESSAIM_BENCH_SECONDS", "4"))
WRITER = "visitor"
