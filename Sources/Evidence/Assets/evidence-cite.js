// Choosing the exact words of a note: with the mouse in the text, or with the keyboard in a dialog.
import { make } from "../../Platform/Assets/page/make.js";
import { align, excerpt } from "./cite/alignment.js";

const form = document.querySelector("#cite-form");
const wordsOf = (element) => JSON.parse(element.closest("[data-cite-words]")?.dataset.citeWords ?? "{}");
const stored = (element) => element.dataset.text ?? element.textContent;
const button = make("button", { type: "button", className: "button cite-here", hidden: true });
let waiting = null;

if (form) {
    document.body.append(button);
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => waiting && cite(waiting.element, waiting.found));
    document.addEventListener("selectionchange", () => offer());
    for (const element of document.querySelectorAll("[data-citable]")) addChooser(element);
}

/** Shows the button beside a selection that lies inside one citable text. */
function offer() {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const element = range && parent(range.commonAncestorContainer)?.closest("[data-citable]");
    const found = element && selected(element, range);
    waiting = found ? { element, found } : null;
    button.hidden = !found;
    if (!found) return;
    button.textContent = wordsOf(element).cite ?? "";
    const box = range.getBoundingClientRect();
    button.style.insetBlockStart = `${box.bottom + scrollY + 6}px`;
    const furthest = innerWidth - button.offsetWidth - 8;
    button.style.insetInlineStart = `${Math.max(8, Math.min(box.left + scrollX, furthest))}px`;
}

const parent = (node) => (node.nodeType === 1 ? node : node.parentElement);

function selected(element, range) {
    const before = document.createRange();
    before.selectNodeContents(element);
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length;
    const end = start + range.toString().length;
    const places = align(element.textContent, stored(element));
    return end > start ? excerpt(stored(element), places[start], places[end - 1] + 1) : null;
}

function cite(element, found) {
    const { source, id, version } = element.dataset;
    // What the page of the note would show at first.
    const { shown_as, about_dimension } = element.dataset;
    const values = { source, id, version, shown_as, about_dimension, ...found };
    for (const [name, value] of Object.entries(values)) {
        const field = form.elements.namedItem(name);
        if (field) field.value = value ?? "";
    }
    button.hidden = true;
    const dialog = form.closest("dialog");
    if (!dialog) return form.requestSubmit();
    for (const shown of dialog.querySelectorAll("[data-cite-shown]")) shown.textContent = found.words;
    if (!dialog.open) dialog.showModal();
}

/** A button under each text: opens its words in a field where Shift and the arrows select. */
function addChooser(element) {
    const words = wordsOf(element);
    const onclick = () => choose(element, words);
    const open = make("button", { type: "button", className: "link", onclick }, words.citeFrom ?? "");
    // Among the acts it takes the place of the link to the page where words are pasted.
    const acts = element.nextElementSibling;
    if (acts?.matches("p.acts")) acts.replaceChildren(open);
    else element.after(make("p", { className: "acts" }, open));
}

function choose(element, words) {
    const text = stored(element);
    const still = { inputMode: "none", "aria-readonly": "true" };
    const area = make("textarea", { value: text, rows: 8, id: "cite-choice", ...still });
    // A read-only field has no caret to select with: this one has, and takes no change.
    area.addEventListener("beforeinput", (event) => event.preventDefault());
    area.addEventListener("input", () => (area.value = text));
    const take = make("button", { type: "button", className: "button" }, words.cite ?? "");
    const onclick = () => dialog.close();
    const close = make("button", { type: "button", className: "link", onclick }, words.close ?? "");
    const label = make("label", { for: "cite-choice" }, words.choose ?? "");
    const nothing = make("p", { className: "error", role: "alert", hidden: true }, words.nothing ?? "");
    const field = make("div", { className: "field" }, label, nothing, area);
    const acts = make("p", { className: "acts" }, take, close);
    const dialog = make("dialog", { className: "cite-choose", "aria-label": words.choose ?? "" }, field, acts);
    take.addEventListener("click", () => {
        const found = excerpt(area.value, area.selectionStart, area.selectionEnd);
        nothing.hidden = Boolean(found);
        if (!found) return area.focus();
        dialog.close();
        cite(element, found);
    });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    area.focus();
    area.setSelectionRange(0, 0);
}
