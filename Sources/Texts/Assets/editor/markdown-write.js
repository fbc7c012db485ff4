// Document → Markdown. A block nobody touched gives back the very words it came from.
import { merge } from "./markdown-inline.js";
import { writeInline } from "./markdown-inline-write.js";

/** Writes a whole document; `sources` are those `readMarkdown` filled. */
export function writeMarkdown(doc, sources = new WeakMap()) {
    const blocks = [];
    doc.forEach((node) => blocks.push(sources.get(node) ?? writeBlock(node)));
    const text = blocks.filter((block) => block.trim()).join("\n\n");
    return text ? text + "\n" : "";
}

/** Writes one block, without a line break at its end. */
export function writeBlock(node) {
    switch (node.type.name) {
        case "heading": return `${"#".repeat(node.attrs.level)} ${headingText(node)}`.trimEnd();
        case "blockquote": return prefixed(children(node).join("\n\n"), "> ", "> ");
        case "bullet_list": return items(node, () => "- ");
        case "ordered_list": return items(node, (index) => `${node.attrs.order + index}. `);
        case "horizontal_rule": return "---";
        case "raw": return node.textContent.replace(/^\n+|\s+$/g, "");
        case "citation": return `[[citation:${node.attrs.id}]]`;
        case "image": return image(node.attrs);
        case "table": return table(node);
        default: return pieces(node);
    }
}

const escaped = (words) => words.replace(/[\\`*_[\]<>&~"]/g, "\\$&");

const image = ({ src, alt, title }) => `![${escaped(alt)}](${src}${title ? ` "${escaped(title)}"` : ""})`;

function children(node) {
    const blocks = [];
    node.forEach((child) => blocks.push(writeBlock(child)));
    return blocks;
}

const headingText = (node) => pieces(node).replace(/\\\n/g, " ").replace(/#+$/, "\\$&");

function prefixed(text, first, rest) {
    const lines = text.split("\n").map((line, index) => (index ? rest : first) + line);
    return lines.map((line) => line.replace(/^[\s>]*$/, (empty) => empty.trimEnd())).join("\n");
}

function items(list, marker) {
    const tight = [];
    const written = [];
    list.forEach((item, _, index) => {
        const sign = marker(index);
        const close = [];
        item.forEach((child, _, at) => at > 0 && close.push(/_list$/.test(child.type.name)));
        tight.push(close.every(Boolean));
        const blocks = children(item).filter((block, at) => at > 0 || block);
        const between = close.every(Boolean) ? "\n" : "\n\n";
        written.push(prefixed(blocks.join(between) || "", sign, " ".repeat(sign.length)));
    });
    return written.join(tight.every(Boolean) ? "\n" : "\n\n");
}

function table(node) {
    const rows = [];
    node.forEach((row) => {
        const cells = [];
        row.forEach((cell) => cells.push(cellText(cell)));
        rows.push(cells);
    });
    const width = Math.max(...rows.map((row) => row.length));
    const line = (row) => `| ${Array.from({ length: width }, (_, index) => row[index] ?? "").join(" | ")} |`;
    const rules = { left: ":--", right: "--:", center: ":-:" };
    const sides = [];
    node.firstChild.forEach((cell) => sides.push(rules[cell.attrs.align] ?? "---"));
    while (sides.length < width) sides.push("---");
    return [line(rows[0]), line(sides), ...rows.slice(1).map(line)].join("\n");
}

const cellText = (cell) =>
    pieces(cell)
        .replace(/\\\n/g, "<br>")
        .replace(/(\\*)\|/g, (whole, slashes) => (slashes.length % 2 ? whole : `${slashes}\\|`));

function pieces(node) {
    const list = [];
    node.forEach((child) => {
        if (child.type.name === "hard_break") return list.push({ break: true });
        const marks = child.marks.map((mark) => ({ type: mark.type.name, href: mark.attrs.href }));
        list.push({ text: child.text.replace(/\s*\n\s*/g, " "), marks });
    });
    while (list.at(-1)?.break) list.pop();
    while (list[0]?.break) list.shift();
    return writeInline(merge(list));
}
