"""What a page must be: accessible at two widths and two palettes, whole under strain, and light."""

from importlib.util import find_spec
from pathlib import Path

from .places import SCREENSHOTS

AXE = Path(find_spec("axe_playwright_python").origin).with_name("axe.min.js")
WIDTHS = {1280: 900, 320: 640}
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
    """Goes there as for the first time; returns (response, what it costs): DOM elements (without lazy images and
    their legends, which are counted apart), requests, kilobytes received."""
    wire = page.context.new_cdp_session(page)
    requests, received = {}, []
    wire.on("Network.requestWillBeSent", lambda e: requests.setdefault(e["requestId"], e["request"]["url"]))
    wire.on("Network.loadingFinished", lambda e: received.append((e["requestId"], e["encodedDataLength"])))
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    response = page.goto(address)
    elements = page.evaluate("document.querySelectorAll('*:not(figure.image, figure.image *)').length")
    page.wait_for_timeout(40)
    wire.detach()
    asked = {i: u for i, u in requests.items() if not u.startswith(("data:", "blob:"))}
    return response, {
        "elements": elements,
        "requests": len(asked),
        "kb": round(sum(size for i, size in received if i in asked) / 1024, 1),
    }


def over(cost, limits):
    return [f"{what}: {cost[what]}, may be {limit}" for what, limit in limits.items() if cost[what] > limit]
