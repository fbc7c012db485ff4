// A document pasted from Word, LibreOffice or the web keeps its structure and drops its dress.

/** Cleans pasted HTML before the schema reads it; `taken` tells which footnote names are already used. */
export function cleanPaste(html, taken = () => false) {
    const page = new DOMParser().parseFromString(withoutOfficeMarks(html), "text/html");
    const { body } = page;
    for (const useless of body.querySelectorAll("title, meta, link, noscript, img:not(figure[data-image] img)")) useless.remove();
    for (const element of [...body.querySelectorAll("*")]) if (element.localName.includes(":")) unwrap(element);
    rebuildFootnotes(body, taken);
    rebuildHeadings(body);
    rebuildLists(body);
    for (const table of body.querySelectorAll("table")) squareTable(table);
    for (const element of [...body.querySelectorAll("[data-dress]")]) undress(element);
    return body.innerHTML;
}

// Of a style, only what the text can say is kept: bold and italic, as elements.
function undress(element) {
    const style = dress(element);
    element.removeAttribute("data-dress");
    const isBold = /^(b|strong)$/.test(element.localName);
    if (isBold && /(?<!-)font-weight:\s*(normal|400)/i.test(style)) return unwrap(element);
    if (/^(h[1-6]|table|tbody|tr|ul|ol)$/.test(element.localName)) return;
    if (/(?<!-)font-weight:\s*(bold|[6-9]00)/i.test(style)) wrapInside(element, "strong");
    if (/(?<!-)font-style:\s*(italic|oblique)/i.test(style)) wrapInside(element, "em");
}

function wrapInside(element, name) {
    const wrapping = element.ownerDocument.createElement(name);
    wrapping.append(...element.childNodes);
    element.append(wrapping);
}

// Comments carry Word's conditional marks; `style` and `on…` are set aside so that the page's security policy has
// nothing to refuse.
function withoutOfficeMarks(html) {
    return html
        .replace(/<!--\[if[^]*?<!\[endif\]-->/gi, "")
        .replace(/<!\[(if|endif)[^>]*>/gi, "")
        .replace(/<!--[^]*?-->/g, "")
        .replace(/<(style|script|template|xml)\b[^]*?<\/\1\s*>/gi, "")
        .replace(/<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>/gi, (tag) =>
            tag.replace(/(\s)style(?=\s*=)/gi, "$1data-dress").replace(/([\s"'/])on(?=\w+\s*=)/gi, "$1data-on"));
}

const dress = (element) => element.dataset.dress ?? "";

const unwrap = (element) => element.replaceWith(...element.childNodes);

function rename(element, name) {
    const renamed = element.ownerDocument.createElement(name);
    renamed.append(...element.childNodes);
    element.replaceWith(renamed);
    return renamed;
}

// « Titre 1 », « Heading 2 », an outline level, or h1–h6: the highest level present becomes the first of ours.
function rebuildHeadings(body) {
    const found = [];
    for (const element of body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
        const named = element.className.match(/^(?:Mso)?(?:Titre|Heading|berschrift|Überschrift)[ _-]?([1-6])/i);
        const outline = dress(element).match(/mso-outline-level:\s*([1-6])/i);
        const own = element.localName.match(/^h(\d)/) ?? (element.className === "MsoTitle" ? ["", 1] : null);
        const level = (own ?? named ?? outline)?.[1];
        if (level && element.textContent.trim()) found.push([element, Number(level)]);
        else if (level) element.remove();
    }
    const levels = [...new Set(found.map(([, level]) => level))].sort();
    for (const [element, level] of found) {
        const renamed = rename(element, `h${levels.indexOf(level) === 0 ? 3 : 4}`);
        for (const bold of renamed.querySelectorAll("b, strong, span:not([data-verbatim])")) unwrap(bold);
    }
}

// Word writes lists as paragraphs that carry their level and their own marker.
function rebuildLists(body) {
    let open = [];
    for (const paragraph of [...body.querySelectorAll("p")]) {
        const level = Number(dress(paragraph).match(/mso-list:\s*\S+\s+level(\d+)/i)?.[1] ?? 0);
        if (!level || paragraph.closest("li")) continue;
        const marker = takeMarker(paragraph);
        const name = /^\(?(\d+|[a-z]|[ivxlc]+)[.)]/i.test(marker) ? "ol" : "ul";
        if (open.at(-1) && !follows(open[0].list, paragraph)) open = [];
        while (open.length && open.at(-1).level > level) open.pop();
        if (!open.length || open.at(-1).level < level) open.push(newList(open.at(-1)?.list, paragraph, name, level));
        const item = body.ownerDocument.createElement("li");
        const content = body.ownerDocument.createElement("p");
        content.append(...paragraph.childNodes);
        item.append(content);
        open.at(-1).list.append(item);
        paragraph.remove();
    }
}

function follows(list, paragraph) {
    let previous = paragraph.previousSibling;
    while (previous && previous.nodeType !== 1 && !previous.textContent.trim()) previous = previous.previousSibling;
    return previous === list;
}

function newList(parent, paragraph, name, level) {
    const list = paragraph.ownerDocument.createElement(name);
    if (parent?.lastElementChild) parent.lastElementChild.append(list);
    else paragraph.before(list);
    return { list, level };
}

function takeMarker(paragraph) {
    const isMarker = (span) => /mso-list:\s*Ignore/i.test(dress(span));
    const ignored = [...paragraph.querySelectorAll("[data-dress]")].find(isMarker);
    if (ignored) {
        const words = ignored.textContent.trim();
        ignored.remove();
        return words;
    }
    const text = paragraph.ownerDocument.createTreeWalker(paragraph, 4).nextNode();
    const found = text?.data.match(/^\s*([·•o§▪–-]|\(?\w{1,4}[.)])[\s\u00a0]+/);
    if (!found) return "";
    text.data = text.data.slice(found[0].length);
    return found[1];
}

// Calls of footnotes become [^1]; the notes themselves, paragraphs beginning with [^1]:.
function rebuildFootnotes(body, taken) {
    const name = (number) => {
        const names = [number, ...[..."bcdefghijklmnopqrstuvwxyz"].map((letter) => number + letter)];
        return `[^${names.find((candidate) => !taken(candidate)) ?? number}]`;
    };
    const notes = body.querySelectorAll('div[id^="ftn"], div[id^="edn"], div[id^="sdfootnote"], div[id^="sdendnote"]');
    for (const note of notes) {
        const number = note.id.match(/\d+/)?.[0] ?? "1";
        for (const anchor of note.querySelectorAll(`a[href^="#_ftnref"], a[href^="#_ednref"], a[href*="anc"]`)) {
            anchor.remove();
        }
        const definition = body.ownerDocument.createElement("pre");
        definition.textContent = `${name(number)}: ${note.textContent.replace(/\s+/g, " ").trim()}`;
        note.replaceWith(definition);
    }
    const marks = ["#_ftn", "#_edn", "#sdfootnote", "#sdendnote"].map((start) => `a[href^="${start}"]`);
    for (const call of body.querySelectorAll(marks.join())) {
        const span = body.ownerDocument.createElement("span");
        span.dataset.verbatim = "";
        span.textContent = name(call.getAttribute("href").match(/\d+/)?.[0] ?? "1");
        (call.closest("sup") ?? call).replaceWith(span);
    }
}

// Rows of equal length, one paragraph per cell, the first row as header: what a Markdown table can say.
function squareTable(table) {
    const { ownerDocument } = table;
    for (const row of table.rows) {
        for (const cell of [...row.cells]) {
            for (let extra = cell.colSpan; extra > 1; extra--) cell.after(ownerDocument.createElement("td"));
            cell.removeAttribute("colspan");
            const innermost = (block) => !block.querySelector("p, div, li");
            const blocks = [...cell.querySelectorAll("p, div, li")].filter(innermost);
            for (const block of blocks.slice(0, -1)) block.append(ownerDocument.createElement("br"));
            for (const block of [...cell.querySelectorAll("p, div, ul, ol, li")]) unwrap(block);
        }
    }
    [...table.rows].forEach((row, at) => {
        for (const cell of [...row.cells]) {
            for (let below = 1; below < cell.rowSpan && table.rows[at + below]; below++) {
                table.rows[at + below].insertCell(Math.min(cell.cellIndex, table.rows[at + below].cells.length));
            }
            cell.removeAttribute("rowspan");
        }
    });
    const width = Math.max(0, ...[...table.rows].map((row) => row.cells.length));
    [...table.rows].forEach((row, at) => {
        while (row.cells.length < width) row.insertCell();
        for (const cell of [...row.cells]) {
            if (cell.localName !== (at ? "td" : "th")) rename(cell, at ? "td" : "th");
        }
    });
}
