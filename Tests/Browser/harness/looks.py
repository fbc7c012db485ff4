"""What a page must be: accessible at two widths and two palettes, whole under strain, and light."""

from importlib.util import find_spec
from pathlib import Path

from .places import SCREENSHOTS

AXE = Path(find_spec("axe_playwright_python").origin).with_name("axe.min.js")
WIDTHS = {1280: 900, 320: 640}
# Seconds after a page is loaded: what it asks for until then, it needs to be there.
AT_ONCE = 0.3
PICTURES = {(1280, "light"), (320, "dark")}


def accessibility(page, name):
    """Violations found by axe and horizontal scroll, in light and dark, wide and narrow; a picture of two."""
    faults = []
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.evaluate(AXE.read_text())
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            if (width, scheme) in PICTURES:
                page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
            # Only colours change with the palette.
            rules = None if scheme == "light" else ["color-contrast"]
            faults += [f"{name} {width}px {scheme}: {fault}" for fault in _violations(page, rules)]
        if sideways(page) > 0:
            faults.append(f"{name} {width}px: {sideways(page)}px wider than the window")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": WIDTHS[1280]})
    return faults


def _violations(page, rules):
    found = page.evaluate(
        "(runOnly) => axe.run(document, {resultTypes: ['violations'], ...(runOnly && {runOnly})})", rules)["violations"]
    return [
        f"{v['id']} ({v['help']}): " + "; ".join(
            f"{' '.join(map(str, node['target']))} {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
            for node in v["nodes"][:3])
        for v in found
    ]


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def cold(page, address):
    """Goes there as for the first time; returns (response, what it costs to be there): DOM elements (without lazy images and
    their legends, which are counted apart), requests, kilobytes received. What a page that is there prepares afterwards, for
    later, is not counted, however slow the machine."""
    wire = page.context.new_cdp_session(page)
    requests, received, loaded = {}, [], []
    wire.on("Page.loadEventFired", lambda e: loaded.append(e["timestamp"]))
    wire.on("Network.requestWillBeSent", lambda e: requests.setdefault(e["requestId"], (e["request"]["url"], e["timestamp"])))
    wire.on("Network.loadingFinished", lambda e: received.append((e["requestId"], e["encodedDataLength"])))
    wire.send("Page.enable")
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    response = page.goto(address)
    elements = page.evaluate("document.querySelectorAll('*:not(figure.image, figure.image *)').length")
    page.wait_for_timeout(40)
    wire.detach()
    over_at = loaded[-1] + AT_ONCE if loaded else float("inf")
    asked = {i for i, (url, at) in requests.items() if not url.startswith(("data:", "blob:")) and at <= over_at}
    return response, {
        "elements": elements,
        "requests": len(asked),
        "kb": round(sum(size for i, size in received if i in asked) / 1024, 1),
    }


def over(cost, limits):
    return [f"{what}: {cost[what]}, may be {limit}" for what, limit in limits.items() if cost[what] > limit]
