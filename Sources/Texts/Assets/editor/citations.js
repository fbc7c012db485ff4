// Quotations inside a text: one block each, shown with its words, moved and removed as a whole.
import { TextSelection } from "prosemirror-state";
import { make } from "../../../Platform/Assets/page/make.js";

/** What the page knows of each citation: id → { words, attribution }. */
export class Citations {
    constructor(json, words) {
        this.known = new Map(Object.entries(JSON.parse(json || "{}")));
        this.words = words;
    }

    add({ id, words, attribution }) {
        if (words) this.known.set(id, { words, attribution });
    }

    /** How ProseMirror shows a citation. */
    view = (node) => {
        const { id } = node.attrs;
        const known = this.known.get(id);
        const name = this.words.citation ?? "";
        const dom = make(
            "figure",
            { className: "quotation", contentEditable: "false", "data-citation": id, "aria-label": name },
            make("blockquote", {}, make("p", {}, known?.words ?? this.words.citationUnknown ?? id)),
            known?.attribution ? make("figcaption", {}, known.attribution) : null,
        );
        return { dom };
    };
}

/** Puts a block after the one where one is writing, and the caret in an empty paragraph after it. */
export function insertBlock(view, node) {
    const { state } = view;
    const { $to } = state.selection;
    const at = $to.depth ? $to.after(1) : $to.pos;
    const here = $to.depth === 1 && $to.parent.type.name === "paragraph" && !$to.parent.content.size;
    const start = here ? $to.before(1) : at;
    const change = here ? state.tr.replaceWith(start, at, node) : state.tr.insert(at, node);
    const end = start + node.nodeSize;
    const next = change.doc.nodeAt(end);
    if (next?.type.name !== "paragraph" || next.content.size) change.insert(end, state.schema.node("paragraph"));
    view.dispatch(change.setSelection(TextSelection.create(change.doc, end + 1)).scrollIntoView());
    view.focus();
}
