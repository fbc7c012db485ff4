// What a text may hold: the Markdown the site stores, nothing more.
import { Schema } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";

const cellAlign = {
    default: null,
    getFromDOM: (cell) => (["left", "right", "center"].includes(cell.align) ? cell.align : null),
    setDOMAttr: (value, attributes) => value && (attributes.align = value),
};

const nodes = (offset) => ({
    doc: { content: "block+" },
    paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: {
        attrs: { level: { default: 1 } },
        content: "inline*",
        group: "block",
        defining: true,
        parseDOM: [1, 2, 3, 4, 5, 6].map((tag) => ({ tag: `h${tag}`, attrs: { level: Math.max(1, tag - offset) } })),
        toDOM: (node) => [`h${Math.min(6, node.attrs.level + offset)}`, 0],
    },
    blockquote: {
        content: "block+",
        group: "block",
        defining: true,
        parseDOM: [{ tag: "blockquote" }],
        toDOM: () => ["blockquote", 0],
    },
    bullet_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    ordered_list: {
        attrs: { order: { default: 1 } },
        content: "list_item+",
        group: "block",
        parseDOM: [{ tag: "ol", getAttrs: (list) => ({ order: list.start ?? 1 }) }],
        toDOM: (node) => ["ol", node.attrs.order === 1 ? {} : { start: node.attrs.order }, 0],
    },
    list_item: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    horizontal_rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
    // Words the editor does not know how to show are kept as they are written.
    raw: {
        content: "text*",
        marks: "",
        group: "block",
        code: true,
        defining: true,
        parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
        toDOM: () => ["pre", { class: "raw" }, 0],
    },
    citation: {
        attrs: { id: {} },
        group: "block",
        atom: true,
        draggable: true,
        parseDOM: [{ tag: "figure[data-citation]", getAttrs: (figure) => ({ id: figure.dataset.citation }) }],
        toDOM: (node) => ["figure", { class: "quotation", "data-citation": node.attrs.id }],
    },
    image: {
        attrs: { src: {}, alt: { default: "" }, title: { default: "" } },
        group: "block",
        atom: true,
        draggable: true,
        parseDOM: [
            {
                tag: "figure[data-image]",
                getAttrs: (figure) => ({
                    src: figure.dataset.image,
                    alt: figure.querySelector("img")?.alt ?? "",
                    title: figure.querySelector("figcaption")?.textContent ?? "",
                }),
            },
        ],
        toDOM: ({ attrs: { src, alt, title } }) => [
            "figure",
            { class: "image", "data-image": src },
            ["img", { src, alt }],
            ...(title ? [["figcaption", title]] : []),
        ],
    },
    ...tableNodes({ tableGroup: "block", cellContent: "inline*", cellAttributes: { align: cellAlign } }),
    hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
    text: { group: "inline" },
});

const safe = (href) => /^(https?:|mailto:|tel:|\/|#)/i.test(href);

const linkTo = (href) => safe(href) && { href };

const marks = {
    link: {
        attrs: { href: {} },
        inclusive: false,
        parseDOM: [{ tag: "a[href]", getAttrs: (link) => linkTo(link.getAttribute("href")) }],
        toDOM: (mark) => ["a", { href: mark.attrs.href }, 0],
    },
    strike: { parseDOM: [{ tag: "s" }, { tag: "del" }, { tag: "strike" }], toDOM: () => ["s", 0] },
    strong: {
        parseDOM: [
            { tag: "strong" },
            { tag: "b", getAttrs: (bold) => bold.style.fontWeight !== "normal" && null },
            { style: "font-weight", getAttrs: (value) => /^(bold(er)?|[6-9]00)$/.test(value) && null },
        ],
        toDOM: () => ["strong", 0],
    },
    em: {
        parseDOM: [
            { tag: "em" },
            { tag: "i", getAttrs: (italic) => italic.style.fontStyle !== "normal" && null },
            { style: "font-style=italic" },
        ],
        toDOM: () => ["em", 0],
    },
    code: { parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
    verbatim: {
        inclusive: false,
        excludes: "_",
        parseDOM: [{ tag: "span[data-verbatim]" }],
        toDOM: () => ["span", { "data-verbatim": "" }, 0],
    },
};

/** The schema; a Markdown heading of level 1 is shown as level 1 + `offset`. */
export const createSchema = (offset) => new Schema({ nodes: nodes(offset), marks });

/** Whether an address may be linked. */
export const isSafe = safe;
