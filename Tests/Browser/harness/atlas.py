"""Which pages a site has: each route read by following links, as each role, with one real address a kind of page."""

import json
import re
from collections import Counter
from functools import cache
from html import unescape

from .server import run

# Where somebody begins: what the navigation does not lead to from the home page.
DOORS = ["/", "/connexion", "/connexion/envoi", "/a-faire", "/recherche?q=emploi", "/courriels", "/compte", "/territoires", "/boite-a-outils", "/programmes"]
SAME_KIND = 3


@cache
def routes():
    """The paths of all GET routes, as `essaim routes` says them."""
    return sorted(route["path"] for route in json.loads(run("routes", "--json")) if route["method"] == "GET")


def _pattern(path):
    parts = ["[^/]+" if part.startswith("{") else re.escape(part) for part in path.split("/")]
    return re.compile("/".join(parts))


class Atlas:
    """`pages[route]`: (role, address, size) of the longest HTML page found there."""

    def __init__(self, site, also=None):
        self._url = site.url
        self.pages = {}
        self.documents = set()
        self._patterns = sorted(((path.count("{"), path, _pattern(path)) for path in routes()), key=lambda entry: entry[:2])
        for role in [None, *site.people]:
            self._walk(role, site.client(role), (also or {}).get(role, []))

    def route(self, address):
        path = address.split("?")[0]
        return next((name for _, name, pattern in self._patterns if pattern.fullmatch(path)), None)

    def _walk(self, role, client, also):
        queue, seen, kinds = also + DOORS, set(), Counter()
        while queue:
            address = queue.pop(0).split("#")[0]
            route = self.route(address)
            if route is None or address.split("?")[0] in seen:
                continue
            if kinds[route] >= SAME_KIND and address not in also:
                continue
            seen.add(address.split("?")[0])
            status, content = client.ask("GET", address)
            if status != 200:
                continue
            kinds[route] += 1
            html = content.decode(errors="replace")
            if not html.startswith("<!doctype html>") or "attachment" in (client.headers.get("Content-Disposition") or ""):
                self.documents.add(route)
                continue
            found = (role, address, html.count("<"))
            self.pages[route] = max(found, self.pages.get(route, found), key=lambda page: page[2])
            links = re.findall(rf'href="(?:{re.escape(self._url)})?(/[^"/][^"]*)"', html)
            queue += [unescape(link) for link in links]
        client.close()
