// The editor of long texts: feels like a word processor, stores Markdown, falls back to the plain field it enhances.
import { baseKeymap, chainCommands, exitCode, toggleMark } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { EditorState, Plugin } from "prosemirror-state";
import { goToNextCell, tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { followLive } from "../../Platform/Assets/page/live.js";
import { make } from "../../Platform/Assets/page/make.js";
import { Autosave } from "./editor/autosave.js";
import { Citations, insertBlock } from "./editor/citations.js";
import { acts } from "./editor/commands.js";
import { Files } from "./editor/files.js";
import { readMarkdown } from "./editor/markdown-read.js";
import { writeMarkdown } from "./editor/markdown-write.js";
import { cleanPaste } from "./editor/paste.js";
import { createSchema, isSafe } from "./editor/schema.js";
import { linkDialog, toolbar } from "./editor/toolbar.js";

let current = null;

/** One textarea enhanced. */
class TextEditor {
    constructor(area) {
        this.area = area;
        this.words = JSON.parse(area.dataset.words || "{}");
        this.schema = createSchema(Number(area.dataset.headingOffset ?? 2));
        this.citations = new Citations(area.dataset.citations, this.words);
        this.files = new Files(area, this.words, ({ markdown }) => this.insert(markdown));
        this.acts = acts(this.schema, linkDialog(this.words, isSafe), this.files.command);
        this.autosave = new Autosave(area, this.words);
        this.place = make("div", { className: "editor" });
        area.before(this.place);
        area.required = false;
        area.addEventListener("input", () => this.autosave.changed());
        area.addEventListener("focus", () => (current = this));
        area.addEventListener("blur", (event) => this.autosave.left(event.relatedTarget));
        this.addSwitch();
        this.showRich();
        this.autosave.offer((body) => this.take(body));
    }

    get isRich() {
        return this.area.hidden;
    }

    addSwitch() {
        const onclick = () => (this.isRich ? this.showRaw() : this.showRich());
        this.switch = make("button", { type: "button", className: "link editor-switch", onclick });
        this.area.after(this.switch);
        this.area.labels[0]?.addEventListener("click", () => this.isRich && this.view.focus());
    }

    helpPlain(isShown) {
        const help = this.area.closest(".field").querySelector("[data-plain-help]");
        if (help) help.hidden = !isShown;
    }

    showRich() {
        this.sources = new WeakMap();
        this.view = new EditorView(this.place, this.options(this.area.value));
        this.tools = toolbar(this.view, this.acts, this.words);
        this.place.prepend(this.tools.dom);
        this.area.hidden = true;
        this.helpPlain(false);
        this.switch.textContent = this.words.raw ?? "";
    }

    showRaw() {
        this.view.destroy();
        this.place.replaceChildren();
        this.area.hidden = false;
        this.helpPlain(true);
        this.area.focus();
        this.switch.textContent = this.words.rich ?? "";
    }

    options(markdown) {
        const { schema } = this;
        const hint = this.area.getAttribute("aria-describedby");
        const label = this.area.labels[0];
        if (label) label.id ||= `${this.area.id}-label`;
        return {
            state: EditorState.create({ doc: readMarkdown(markdown, schema, this.sources), plugins: this.plugins() }),
            nodeViews: { citation: this.citations.view, image: this.files.view },
            handlePaste: (_, event) => this.files.take(event.clipboardData),
            handleDrop: (_, event, slice, moved) => !moved && this.files.take(event.dataTransfer),
            transformPastedHTML: (html) => cleanPaste(html, (name) => this.area.value.includes(`[^${name}]`)),
            attributes: {
                class: "prose",
                role: "textbox",
                "aria-multiline": "true",
                ...(label ? { "aria-labelledby": label.id } : { "aria-label": this.words.editor ?? "" }),
                ...(hint && { "aria-describedby": hint }),
            },
            handleDOMEvents: {
                focus: () => void (current = this),
                blur: (_, event) => void this.autosave.left(event.relatedTarget),
            },
            dispatchTransaction: (change) => this.apply(change),
        };
    }

    plugins() {
        const { nodes, marks } = this.schema;
        const lineBreak = chainCommands(exitCode, (state, dispatch) => {
            dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
            return true;
        });
        const ours = Object.fromEntries(this.acts.filter((act) => act.keys).map((act) => [act.keys, act.run]));
        return [
            history(),
            keymap({
                ...ours,
                "Mod-Shift-z": redo,
                "Mod-`": toggleMark(marks.code),
                Enter: splitListItem(nodes.list_item),
                "Shift-Enter": lineBreak,
                "Mod-]": sinkListItem(nodes.list_item),
                "Mod-[": liftListItem(nodes.list_item),
                Tab: goToNextCell(1),
                "Shift-Tab": goToNextCell(-1),
            }),
            keymap(baseKeymap),
            dropCursor({ color: false, class: "editor-drop" }),
            gapCursor(),
            tableEditing(),
            new Plugin({ view: () => ({ update: (view) => this.tools?.update(view.state) }) }),
        ];
    }

    apply(change) {
        this.view.updateState(this.view.state.apply(change));
        if (!change.docChanged) return;
        this.area.value = writeMarkdown(this.view.state.doc, this.sources);
        this.area.dispatchEvent(new CustomEvent("texts:changed", { bubbles: true }));
        this.autosave.changed();
    }

    take(body) {
        this.area.value = body;
        if (this.isRich) {
            this.showRaw();
            this.showRich();
        }
        this.autosave.changed();
    }

    cite(citation) {
        this.citations.add(citation);
        this.insert(`[[citation:${citation.id}]]`);
    }

    /** Puts a block of Markdown where one is writing. */
    insert(markdown) {
        if (this.isRich) return insertBlock(this.view, readMarkdown(markdown, this.schema).firstChild);
        const { area } = this;
        area.focus();
        area.setRangeText(`\n\n${markdown}\n\n`, area.selectionEnd, area.selectionEnd, "end");
        area.dispatchEvent(new Event("input", { bubbles: true }));
    }
}

followLive();
const editors = [...document.querySelectorAll("textarea[data-editor]")].map((area) => new TextEditor(area));
const cite = (citation) => (current ?? editors[0])?.cite(citation);

document.addEventListener("texts:cite", (event) => cite(event.detail));
document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert-citation]");
    if (!button) return;
    const { insertCitation: id, words, attribution } = button.dataset;
    cite({ id, words, attribution });
});
