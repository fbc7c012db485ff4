// Pieces of a paragraph → Markdown that reads back as the same words and, when Markdown can say it, the same marks.
import { readInline } from "./markdown-inline.js";

const ascii = /[!-/:-@[-`{-~]/g;

/** Writes pieces (as `readInline` gives them) as Markdown. */
export function writeInline(pieces) {
    const wanted = signature(pieces);
    for (const how of [{ em: "*", text: escape }, { em: "_", text: escape }, { em: "*", text: escapeAll }]) {
        const markdown = write(pieces, how);
        if (signature(readInline(markdown)) === wanted) return markdown;
    }
    const plain = keeping(pieces, isVerbatim);
    const markdown = write(plain, { text: escapeAll });
    if (words(readInline(markdown)) === words(pieces)) return markdown;
    return write(keeping(pieces, () => false), { text: escapeAll });
}

const keeping = (pieces, filter) =>
    pieces.map((piece) => (piece.break ? piece : { ...piece, marks: piece.marks.filter(filter) }));

const isVerbatim = (mark) => mark.type === "verbatim";

// What must survive: each visible character with its marks; marks on spaces do not matter.
function signature(pieces) {
    const letters = (piece) => [...piece.text].map((letter) => (/\s/.test(letter) ? letter : letter + marksOf(piece)));
    return pieces.map((piece) => (piece.break ? "⏎" : letters(piece).join(""))).join("").trim();
}

const marksOf = (piece) => piece.marks.map((mark) => mark.type + (mark.href ?? "")).join("+");
const words = (pieces) => pieces.map((piece) => (piece.break ? "⏎" : piece.text)).join("").trim();

function write(pieces, how) {
    const lines = span(pieces, how, []);
    return lines.trim().split("\n").map(lineStart).join("\n");
}

function span(pieces, how, open) {
    let markdown = "";
    for (let at = 0; at < pieces.length; ) {
        const piece = pieces[at];
        const mark = piece.break ? null : longest(pieces, at, open);
        if (!mark) {
            if (piece.break) markdown += "\\\n";
            else markdown += piece.marks.some(isVerbatim) ? piece.text : how.text(piece.text, markdown.at(-1));
            at++;
            continue;
        }
        const inside = pieces.slice(at, mark.end);
        markdown += wrap(mark.mark, inside, how, [...open, mark.mark.type]);
        at = mark.end;
    }
    return markdown;
}

// The mark of this piece that goes furthest is the outermost.
function longest(pieces, at, open) {
    let best = null;
    for (const mark of pieces[at].marks) {
        if (open.includes(mark.type) || isVerbatim(mark)) continue;
        let end = at + 1;
        while (end < pieces.length && covers(pieces[end], mark)) end++;
        if (!best || end > best.end) best = { mark, end };
    }
    return best;
}

const covers = (piece, mark) =>
    !piece.break && piece.marks.some((other) => other.type === mark.type && other.href === mark.href);

function wrap(mark, pieces, how, open) {
    if (mark.type === "code") return code(pieces.map((piece) => piece.text).join(""));
    const inside = span(pieces, how, open);
    const [, before, text, after] = inside.match(/^(\s*)([^]*?)(\s*)$/);
    if (!text) return inside;
    if (mark.type === "link") return `${before}[${text}](${address(mark.href)})${after}`;
    const sign = { strong: "**", strike: "~~", em: how.em }[mark.type];
    return before + sign + text + sign + after;
}

function code(text) {
    const longestRun = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
    const fence = "`".repeat(longestRun + 1);
    const pad = /^`|`$|^ .* $/.test(text) ? " " : "";
    return fence + pad + text + pad + fence;
}

function address(href) {
    if (/[\s()<>]/.test(href)) return `<${href.replace(/[<>\n]/g, encodeURIComponent)}>`;
    return href.replaceAll("\\", "\\\\");
}

function escape(text, previous = " ") {
    return text
        .replace(/[\\`~]/g, "\\$&")
        .replace(/\*/g, (star, at) => (spaced(text, at, previous) ? star : "\\*"))
        .replace(/_/g, (line, at) => (spaced(text, at, previous) || insideWord(text, at) ? line : "\\_"))
        .replace(/\[(?=[\^[]|[ xX]\] )|\[(?=[^\]]*\][[(:])|\](?=[[(])|&(?=#?\w+;)|<(?=[a-z/!?])/gi, "\\$&");
}

const spaced = (text, at, previous) => /\s/.test(text[at - 1] ?? previous) && /\s/.test(text[at + 1] ?? "x");

const insideWord = (text, at) => /\w_\w/.test(text.slice(at - 1, at + 2));

const escapeAll = (text) => text.replace(ascii, "\\$&");

// Signs that would begin a heading, a list, a quotation, a table at the start of a line.
function lineStart(line) {
    return line
        .replace(/^\s+/, "")
        .replace(/^(#{1,6}(?=\s|$)|[-+](?=\s|$)|[>|]|=+\s*$|-{2,}|:-)/, "\\$1")
        .replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2")
        .replace(/^\*(?=\s)/, "\\*");
}
