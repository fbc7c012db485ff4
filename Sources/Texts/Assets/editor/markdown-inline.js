// Markdown inside a paragraph → pieces: [{ text, marks: [{ type, href? }] } or { break: true }].
const punctuation = /[\p{P}\p{S}]/u;
const escapable = /[!-/:-@[-`{-~]/;
const delimiters = "*_~";
// Kept as written: citations inside a line, footnote calls, boxes to tick, entities; then what stands between < and >.
const ownWords = /^(\[\[citation:[^\]\s]+\]\]|\[\^[^\]\s]+\]|\[[ xX]\](?= )|&#?\w{1,32};)/;
const pointed = /^<(?:[a-z][a-z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>]+|\/?[a-z][^<>]*|!--[^]*?--)>/i;
const title = /(\s+(?:"[^"]*"|'[^']*'|\([^)]*\)))?/.source;
const destination = /(?:<([^<>\n]*)>|([^\s()<]*(?:\([^\s()]*\)[^\s()]*)*))/.source;
const linkTarget = new RegExp(`^\\(\\s*${destination}${title}\\s*\\)`);

/** Reads inline Markdown; what is not known (images, footnote calls, tags) keeps its characters, marked verbatim. */
export function readInline(source) {
    return merge(resolve(tokens(source.trim())));
}

function tokens(source) {
    const found = [];
    const text = (value, marks = []) => found.push({ text: value, marks });
    let at = 0;
    while (at < source.length) {
        const rest = source.slice(at);
        const piece = special(source, at, rest);
        if (piece) {
            found.push(...piece.tokens);
            at += piece.length;
        } else if (delimiters.includes(source[at])) {
            const run = rest.match(/^(\*+|_+|~+)/)[0];
            found.push(delimiter(source, at, run));
            at += run.length;
        } else {
            const plain = rest.match(/^[^\\`[!<&*_~\n ]+| +(?!\n|\s*$)|[^]/)[0];
            text(plain);
            at += plain.length;
        }
    }
    return found;
}

const verbatim = (text) => ({ tokens: [{ text, marks: [{ type: "verbatim" }] }], length: text.length });

function special(source, at, rest) {
    let match;
    if ((match = rest.match(/^( {2,}|\\)\n */))) return { tokens: [{ break: true }], length: match[0].length };
    if ((match = rest.match(/^ ?\n */))) return { tokens: [{ text: " ", marks: [] }], length: match[0].length };
    if (rest[0] === "\\" && escapable.test(rest[1] ?? "")) return { tokens: [{ text: rest[1], marks: [] }], length: 2 };
    if (rest[0] === "`") return code(rest);
    if ((match = rest.match(ownWords) ?? rest.match(pointed))) return verbatim(match[0]);
    if (rest[0] === "[" || rest.startsWith("![")) return bracket(rest);
    return null;
}

function code(rest) {
    const fence = rest.match(/^`+/)[0];
    const close = [...rest.slice(fence.length).matchAll(/`+/g)].find((run) => run[0].length === fence.length);
    if (!close) return { tokens: [{ text: fence, marks: [] }], length: fence.length };
    const inside = rest.slice(fence.length, fence.length + close.index).replace(/\n/g, " ");
    const text = /^ .* $/.test(inside) && inside.trim() ? inside.slice(1, -1) : inside;
    return { tokens: [{ text, marks: [{ type: "code" }] }], length: fence.length * 2 + close.index };
}

function bracket(rest) {
    const image = rest[0] === "!";
    const end = closing(rest, image ? 2 : 1);
    if (end < 0) return null;
    const after = rest.slice(end + 1);
    const target = after.match(linkTarget);
    const reference = !target && after.match(/^\[[^\]]*\]/);
    const whole = rest.slice(0, end + 1 + (target?.[0].length ?? reference?.[0].length ?? 0));
    if (reference || (image && target) || target?.[3]) return verbatim(whole);
    if (!target) return null;
    const href = (target[1] ?? target[2]).replace(/\\([!-/:-@[-`{-~])/g, "$1");
    const inner = readInline(rest.slice(1, end));
    const nested = inner.some((piece) => piece.marks?.some((mark) => mark.type === "link"));
    if (!href || !inner.length || nested) return verbatim(whole);
    for (const piece of inner) piece.marks?.push({ type: "link", href });
    return { tokens: inner, length: whole.length };
}

function closing(rest, start) {
    let depth = 1;
    for (let at = start; at < rest.length; at++) {
        if (rest[at] === "\\") at++;
        else if (rest[at] === "`") at += code(rest.slice(at)).length - 1;
        else if (rest[at] === "[") depth++;
        else if (rest[at] === "]" && --depth === 0) return at;
    }
    return -1;
}

function delimiter(source, at, run) {
    const before = [...source.slice(Math.max(0, at - 2), at)].pop() ?? " ";
    const after = [...source.slice(at + run.length, at + run.length + 2)][0] ?? " ";
    const left = !/\s/.test(after) && (!punctuation.test(after) || /\s/.test(before) || punctuation.test(before));
    const right = !/\s/.test(before) && (!punctuation.test(before) || /\s/.test(after) || punctuation.test(after));
    const under = run[0] === "_";
    return {
        run: run[0],
        count: run.length,
        size: run.length,
        opens: left && (!under || !right || punctuation.test(before)),
        closes: right && (!under || !left || punctuation.test(after)),
    };
}

// The delimiter algorithm of CommonMark: each closing run looks back for the nearest opening one it can pair with.
function resolve(list) {
    for (let close = 0; close < list.length; close++) {
        const closer = list[close];
        if (!closer.run || !closer.closes) continue;
        while (closer.count > 0) {
            const open = opener(list, close, closer);
            if (open < 0) break;
            const width = closer.run === "~" ? closer.count : Math.min(2, list[open].count, closer.count);
            const type = closer.run === "~" ? "strike" : width === 2 ? "strong" : "em";
            for (let between = open + 1; between < close; between++) {
                const piece = list[between];
                if (piece.run) piece.opens = piece.closes = false;
                (piece.wraps ??= []).push({ type });
            }
            list[open].count -= width;
            closer.count -= width;
        }
    }
    return list.flatMap((piece) => {
        if (piece.break) return [{ break: true }];
        const text = piece.run ? piece.run.repeat(piece.count) : piece.text;
        return text ? [{ text, marks: [...(piece.marks ?? []), ...(piece.wraps ?? [])] }] : [];
    });
}

function opener(list, close, closer) {
    for (let at = close - 1; at >= 0; at--) {
        const candidate = list[at];
        if (candidate.run !== closer.run || !candidate.opens || !candidate.count) continue;
        if (closer.run === "~") {
            if (candidate.count === closer.count && closer.count <= 2) return at;
            continue;
        }
        const mixed = candidate.closes || closer.opens;
        if (mixed && (candidate.size + closer.size) % 3 === 0 && (candidate.size % 3 || closer.size % 3)) continue;
        return at;
    }
    return -1;
}

const order = ["link", "strike", "strong", "em", "code", "verbatim"];

function merge(pieces) {
    const merged = [];
    for (const piece of pieces) {
        if (!piece.break) piece.marks = tidy(piece.marks);
        const last = merged.at(-1);
        if (last && !last.break && !piece.break && sameMarks(last.marks, piece.marks)) last.text += piece.text;
        else merged.push(piece);
    }
    return merged;
}

function tidy(marks) {
    const known = new Map(marks.map((mark) => [mark.type, mark]));
    if (known.has("verbatim")) return [known.get("verbatim")];
    return order.filter((type) => known.has(type)).map((type) => known.get(type));
}

/** Whether two lists of marks, in the same order, say the same. */
export const sameMarks = (a, b) =>
    a.length === b.length && a.every((mark, index) => mark.type === b[index].type && mark.href === b[index].href);

export { merge };
