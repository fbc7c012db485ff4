"""Somebody who has only a keyboard: from where the page puts them, by Tab, arrows, Space and Enter; no focus is given."""


class Keyboard:
    """`reach("Mot de passe")` tabs until the control of that name has the focus; `unseen` are those whose focus did not show."""

    NAME = """() => {
        const element = document.activeElement;
        if (!element || element === document.body) return "";
        const label = element.labels?.[0]?.innerText ?? element.getAttribute("aria-label") ?? element.innerText ?? "";
        return label.replace(/\\s+/g, " ").trim();
    }"""
    SEEN = """() => {
        const element = document.activeElement;
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const within = box.bottom > 0 && box.top < innerHeight;
        return within && (style.outlineStyle !== "none" || style.boxShadow !== "none");
    }"""

    def __init__(self, page):
        self.page = page
        self.unseen = []

    @property
    def name(self):
        return self.page.evaluate(self.NAME)

    def reach(self, name, steps=150):
        passed = []
        for _ in range(steps):
            self.page.keyboard.press("Tab")
            here = self.name
            if not self.page.evaluate(self.SEEN):
                self.unseen.append(here)
            if here.startswith(name):
                return self
            passed.append(here)
        raise AssertionError(f"« {name} » is not reached by Tab; passed: {passed}")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def write(self, text):
        self.page.keyboard.type(text)
        return self

    def choose(self, *path):
        """Reaches a group of radio buttons by the one that takes the focus, then goes down to the wanted one."""
        first, wanted = path[0], path[-1]
        self.reach(first)
        if wanted == first:
            return self.press("Space")
        for _ in range(8):
            self.press("ArrowDown")
            if self.name.startswith(wanted):
                return self
        raise AssertionError(f"« {wanted} » is not in the group of « {first} »")
