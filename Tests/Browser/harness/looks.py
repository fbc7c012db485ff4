"""What a page must be: accessible at two widths and two palettes, and light."""

from importlib.util import find_spec
from pathlib import Path

from .places import SCREENSHOTS

AXE = Path(find_spec("axe_playwright_python").origin).with_name("axe.min.js")
WIDTHS = {1280: 900, 320: 640}


def accessibility(page, name):
    """Violations found by axe and horizontal scroll, in light and dark, wide and narrow; a picture of each."""
    faults = []
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.evaluate(AXE.read_text())
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            where = f"{name} {width}px {scheme}"
            page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
            faults += [f"{where}: {fault}" for fault in _violations(page)]
        scroll = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if scroll > 0:
            faults.append(f"{name} {width}px: {scroll}px wider than the window")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": WIDTHS[1280]})
    return faults


def _violations(page):
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{v['id']} ({v['help']}): " + "; ".join(
            f"{' '.join(map(str, node['target']))} {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
            for node in v["nodes"][:3])
        for v in found
    ]


def weight(browser, url, state=None):
    """What a cold visit costs: DOM elements, requests, compressed kilobytes (heads and bodies as received)."""
    context = browser.new_context(storage_state=state, locale="fr-FR")
    try:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        requests, received = {}, []
        wire.on("Network.requestWillBeSent", lambda e: requests.setdefault(e["requestId"], e["request"]["url"]))
        wire.on("Network.loadingFinished", lambda e: received.append((e["requestId"], e["encodedDataLength"])))
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.goto(url, wait_until="networkidle")
        asked = {i: u for i, u in requests.items() if not u.startswith(("data:", "blob:"))}
        return {
            "elements": page.evaluate("document.querySelectorAll('*').length"),
            "requests": len(asked),
            "kb": round(sum(size for i, size in received if i in asked) / 1024, 1),
        }
    finally:
        context.close()
