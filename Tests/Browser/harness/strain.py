"""What a page must survive: 400 % zoom, text twice as large, other spacing, no style sheet, paper."""

from .looks import WIDTHS, sideways

# Text as somebody spaces it who reads better so (WCAG 1.4.12).
SPACED = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }
"""

CUT = """() => [...document.querySelectorAll("body *")].filter((element) => {
    const style = getComputedStyle(element);
    if (!/hidden|clip/.test(style.overflow) || element.closest(".unseen, [hidden]") || !element.innerText?.trim()) return false;
    return element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
}).map((element) => element.outerHTML.slice(0, 120))"""

MOVED = """() => [...document.querySelectorAll("main *, body > *")].filter((element) => {
    const style = getComputedStyle(element);
    return style.order !== "0" || style.flexDirection.endsWith("reverse") || style.flexWrap === "wrap-reverse";
}).map((element) => element.outerHTML.slice(0, 120))"""


def strain(page):
    """What is lost when the page is zoomed to 400 %, spaced, its text doubled, printed, or shown without its style sheet."""
    faults = []
    page.set_viewport_size({"width": 320, "height": 256})
    if sideways(page) > 0:
        faults.append(f"at 400 %: {sideways(page)}px wider than the window")
    fixed = """() => [...document.querySelectorAll("body *")].filter((element) =>
        /fixed|sticky/.test(getComputedStyle(element).position) && element.getBoundingClientRect().height > innerHeight / 2
    ).map((element) => element.outerHTML.slice(0, 120))"""
    faults += [f"at 400 %: covers half of the window: {what}" for what in page.evaluate(fixed)]
    page.evaluate(
        """(text) => {
            window.spaced = new CSSStyleSheet();
            spaced.replaceSync(text);
            document.adoptedStyleSheets = [spaced];
        }""", SPACED)
    if sideways(page) > 0:
        faults.append(f"spaced: {sideways(page)}px wider than the window")
    faults += [f"spaced: cut: {what}" for what in page.evaluate(CUT)]
    page.set_viewport_size({"width": 1280, "height": WIDTHS[1280]})
    page.evaluate("spaced.replaceSync(':root { font-size: 200% !important }')")
    if sideways(page) > 0:
        faults.append(f"text at 200 %: {sideways(page)}px wider than the window")
    page.evaluate("document.adoptedStyleSheets = []")
    faults += [f"shown in another order than read: {what}" for what in page.evaluate(MOVED)]
    return faults + _bare(page) + _printed(page)


def _bare(page):
    """Without the style sheet every letter shown is still there, in the same order, after the way to skip."""
    letters = r"document.querySelector('main').innerText.toLowerCase().replace(/\s+/g, '')"
    for _ in range(4):
        shown = page.evaluate(letters)
        page.evaluate("for (const sheet of document.styleSheets) sheet.disabled = true")
        bare = iter(page.evaluate(letters))
        first = page.evaluate(r"document.body.innerText.trim().split('\n')[0]")
        skip = page.evaluate("document.querySelector('a.skip').innerText")
        page.evaluate("for (const sheet of document.styleSheets) sheet.disabled = false")
        if page.evaluate(letters) == shown:
            break  # else the page, which lives, changed meanwhile
    lost = next((shown[at : at + 40] for at, letter in enumerate(shown) if letter not in bare), None)
    return [
        *([] if lost is None else [f"without style: the order is lost at « {lost} »"]),
        *([] if first == skip else [f"without style: begins with {first!r}"]),
    ]


def _printed(page):
    """On paper: the title, no navigation, dark words on white."""
    page.emulate_media(media="print", color_scheme="dark")
    seen = page.evaluate(
        """() => ({
            title: document.querySelector("h1")?.offsetHeight > 0,
            around: [...document.querySelectorAll("nav, header.site form, .skip, .no-print")].filter((e) => e.offsetHeight > 0).length,
            ink: getComputedStyle(document.querySelector("main")).color,
        })""")
    page.emulate_media(media="screen", color_scheme="light")
    red, green, blue = (float(part) for part in seen["ink"].strip("rgba()").split(",")[:3])
    return [
        *([] if seen["title"] else ["printed: no title"]),
        *([] if seen["around"] == 0 else [f"printed: {seen['around']} navigations or buttons"]),
        *([] if max(red, green, blue) < 120 else [f"printed: light ink {seen['ink']}"]),
    ]
