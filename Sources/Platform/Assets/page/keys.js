// Keyboard shortcuts, never needed: `/` searches, `?` lists them, others come from `[data-shortcut]`.
import { make } from "./make.js";

const typing = (target) => target.closest?.("input, select, textarea, [contenteditable=true], dialog");

export function watchKeys(words) {
    const search = document.querySelector('form.search input[type="search"]');
    const others = [...document.querySelectorAll("[data-shortcut]")];
    document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
        if (event.key === "/" && search) {
            event.preventDefault();
            search.focus();
            search.select();
        } else if (event.key === "?" && words.shortcuts) {
            event.preventDefault();
            show(words, search, others);
        } else {
            others.find((element) => element.dataset.shortcut === event.key)?.click();
        }
    });
}

function show(words, search, others) {
    const rows = others.map((element) => [element.dataset.shortcut, element.dataset.shortcutWords]);
    if (search) rows.unshift(["/", words.search]);
    rows.push(["?", words.help]);
    const title = make("h2", { id: "shortcuts-title" }, words.shortcuts);
    const list = make("dl", { className: "facts" });
    for (const [key, what] of rows) {
        list.append(make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)));
    }
    const dialog = make("dialog", { "aria-labelledby": "shortcuts-title" }, title, list);
    dialog.append(make("button", { className: "button quiet", onclick: () => dialog.close() }, words.close));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
}
