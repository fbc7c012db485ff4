// Markdown → document. Each top-level block that would not come back with all its words is kept raw.
import { readInline } from "./markdown-inline.js";
import { writeBlock } from "./markdown-write.js";

const fence = /^ {0,3}(`{3,}|~{3,})/;
const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$/;
const rule = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const quote = /^ {0,3}> ?/;
const item = /^( {0,3})([-+*]|\d{1,9}[.)])( +|$)/;
const definition = /^ {0,3}\[[^\]]+\]:/;
const tag = /^ {0,3}<(?![a-z][a-z0-9+.-]*:|[^\s<>]+@)[a-z/!?]/i;
const indented = /^( {4}|\t)/;
const tableRule = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const blank = /^\s*$/;
const citation = /^\[\[citation:([^\]\s]+)\]\]$/;
// An image of the text alone in its paragraph: its words, its address, its legend.
const image = /^!\[((?:\\[^]|[^\]\\[])*)\]\((\/fichiers\/[0-9a-f-]{36})(?:[ \n]+"((?:\\[^]|[^"\\])*)")?\)$/;

/** Reads Markdown; `sources` (a WeakMap) remembers the exact words each top-level block came from. */
export function readMarkdown(markdown, schema, sources = new WeakMap()) {
    const lines = markdown.replace(/\r\n?/g, "\n").split("\n");
    const blocks = readBlocks(lines, schema).map(({ node, source }) => {
        const safe = keepsWords(node, source) ? node : raw(schema, source);
        sources.set(safe, source);
        return safe;
    });
    return schema.node("doc", null, blocks.length ? blocks : [schema.node("paragraph")]);
}

// Letters in order, and figures outside list numbers: what a person would notice missing.
const substance = (text) => text.replace(/^[\s>]*\d{1,9}[.)](?=\s|$)/gm, "").replace(/[^\p{L}\p{N}]/gu, "");

function keepsWords(node, source) {
    return node.type.name === "raw" || substance(writeBlock(node)) === substance(source);
}

const raw = (schema, source) => schema.node("raw", null, source ? [schema.text(source)] : []);

function readBlocks(lines, schema) {
    const blocks = [];
    for (let at = 0; at < lines.length; ) {
        if (blank.test(lines[at])) {
            at++;
            continue;
        }
        const [node, next] = readBlock(lines, at, schema);
        blocks.push({ node, source: lines.slice(at, next).join("\n").trimEnd() });
        at = next;
    }
    return blocks;
}

function readBlock(lines, at, schema) {
    const line = lines[at];
    const rawUntil = (end) => [raw(schema, lines.slice(at, end).join("\n").trimEnd()), end];
    let match;
    if ((match = line.match(fence))) return rawUntil(endOfFence(lines, at, match[1]));
    if (indented.test(line)) return rawUntil(endOfIndented(lines, at));
    if ((match = line.match(heading))) return [headingOf(match[1].length, match[2] ?? "", schema), at + 1];
    if (rule.test(line)) return [schema.node("horizontal_rule"), at + 1];
    if (quote.test(line)) return readQuote(lines, at, schema);
    if (item.test(line)) return readList(lines, at, schema);
    if (tag.test(line)) return rawUntil(endOfParagraph(lines, at, () => false));
    if (definition.test(line)) return rawUntil(endOfIndented(lines, at));
    if (line.includes("|") && tableRule.test(lines[at + 1] ?? "")) {
        const table = readTable(lines, at, schema);
        if (table) return table;
    }
    return readParagraph(lines, at, schema);
}

function endOfFence(lines, at, mark) {
    const close = new RegExp(`^ {0,3}${mark[0] === "`" ? "`" : "~"}{${mark.length},}\\s*$`);
    for (let end = at + 1; end < lines.length; end++) if (close.test(lines[end])) return end + 1;
    return lines.length;
}

function endOfIndented(lines, at) {
    let end = at + 1;
    for (let next = end; next < lines.length; next++) {
        if (blank.test(lines[next])) continue;
        if (!indented.test(lines[next]) && (next > end || starts(lines[next]) || definition.test(lines[next]))) break;
        end = next + 1;
    }
    return end;
}

function endOfParagraph(lines, at, stops) {
    let end = at + 1;
    while (end < lines.length && !blank.test(lines[end]) && !stops(lines[end])) end++;
    return end;
}

// What may interrupt a paragraph.
function starts(line) {
    const list = line.match(item);
    return (
        fence.test(line) || heading.test(line) || rule.test(line) || quote.test(line) || tag.test(line)
        || (list && list[3] !== "" && (!/\d/.test(list[2]) || /^1\D/.test(list[2])))
    );
}

function readParagraph(lines, at, schema) {
    let end = at + 1;
    while (end < lines.length && !blank.test(lines[end])) {
        const underline = lines[end].match(/^ {0,3}(=+|-+)[ \t]*$/);
        if (underline) {
            const text = lines.slice(at, end).join("\n");
            return [headingOf(underline[1][0] === "=" ? 1 : 2, text, schema), end + 1];
        }
        if (starts(lines[end])) break;
        end++;
    }
    const text = lines.slice(at, end).map((line) => line.replace(/^\s+/, "")).join("\n");
    const cited = text.trim().match(citation);
    if (cited) return [schema.node("citation", { id: cited[1] }), end];
    const shown = text.trim().match(image);
    if (shown) {
        const [alt, title] = [shown[1], shown[3] ?? ""].map((words) => words.replace(/\\([!-/:-@[-`{-~])/g, "$1"));
        return [schema.node("image", { src: shown[2], alt, title }), end];
    }
    return [schema.node("paragraph", null, inline(text, schema)), end];
}

const headingOf = (level, text, schema) => schema.node("heading", { level }, inline(text, schema));

function readQuote(lines, at, schema) {
    const inside = [];
    let end = at;
    for (; end < lines.length && !blank.test(lines[end]); end++) {
        if (!quote.test(lines[end]) && starts(lines[end])) break;
        inside.push(lines[end].replace(quote, ""));
    }
    return [schema.node("blockquote", null, filled(inside, schema)), end];
}

function filled(lines, schema) {
    const nodes = readBlocks(lines, schema).map((block) => block.node);
    return nodes.length ? nodes : [schema.node("paragraph")];
}

function readList(lines, at, schema) {
    const [, , first] = lines[at].match(item);
    const kind = first.replace(/\d+/, "1");
    const items = [];
    let end = at;
    while (end < lines.length) {
        const match = lines[end].match(item);
        if (!match || match[2].replace(/\d+/, "1") !== kind || rule.test(lines[end])) break;
        const [inside, next] = itemLines(lines, end, match);
        const content = filled(inside, schema);
        if (content[0].type.name !== "paragraph") content.unshift(schema.node("paragraph"));
        items.push(schema.node("list_item", null, content));
        end = next;
        let after = end;
        while (after < lines.length && blank.test(lines[after])) after++;
        if (after > end && after < lines.length && item.test(lines[after])) end = after;
    }
    const list = /\d/.test(first)
        ? schema.node("ordered_list", { order: parseInt(first, 10) }, items)
        : schema.node("bullet_list", null, items);
    return [list, end];
}

function itemLines(lines, at, match) {
    const spaces = match[3].length > 4 || !match[3] ? 1 : match[3].length;
    const width = match[1].length + match[2].length + spaces;
    const margin = new RegExp(`^(?: {${width}}|\t)`);
    const inside = [lines[at].slice(width)];
    let end = at + 1;
    for (; end < lines.length; end++) {
        if (blank.test(lines[end])) {
            let after = end;
            while (after < lines.length && blank.test(lines[after])) after++;
            if (after === lines.length || !margin.test(lines[after])) break;
            inside.push("");
        } else if (margin.test(lines[end])) inside.push(lines[end].replace(margin, ""));
        else if (item.test(lines[end]) || starts(lines[end])) break;
        else inside.push(lines[end].trimStart());
    }
    return [inside, end];
}

function readTable(lines, at, schema) {
    const header = cells(lines[at]);
    const aligns = cells(lines[at + 1]).map((cell) => align(cell));
    if (header.length !== aligns.length) return null;
    let end = at + 2;
    while (end < lines.length && !blank.test(lines[end]) && !starts(lines[end])) end++;
    const body = lines.slice(at + 2, end).map(cells);
    if (body.some((row) => row.length > header.length)) return null;
    const cell = (type, align, text) => schema.node(type, { align }, inline(text ?? "", schema));
    const row = (texts, type) =>
        schema.node("table_row", null, aligns.map((side, index) => cell(type, side, texts[index])));
    const rows = [row(header, "table_header"), ...body.map((texts) => row(texts, "table_cell"))];
    return [schema.node("table", null, rows), end];
}

function align(rule) {
    if (/^:-+:$/.test(rule)) return "center";
    if (rule.endsWith(":")) return "right";
    return rule.startsWith(":") ? "left" : null;
}

function cells(line) {
    const inside = line.trim().replace(/^\|/, "").replace(/(^|[^\\])\|$/, "$1");
    return inside.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|").replace(/(?<!\\)<br>/g, "\\\n"));
}

function inline(text, schema) {
    return readInline(text).map((piece) => {
        if (piece.break) return schema.node("hard_break");
        const marks = piece.marks.map((mark) => schema.mark(mark.type, mark.href ? { href: mark.href } : null));
        return schema.text(piece.text, marks);
    });
}
