// What this browser keeps, as one file that opens anywhere: words, photographs and sounds.
import { make } from "../../../Platform/Assets/page/make.js";

const escape = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const places = ["slot", "encounter", "subgroup", "dimension", "speaker"];

/** Gives the notes that wait here to the person, in a file of theirs; `named(field, value)` says what a choice is. */
export async function takeAway(outbox, title, words, named) {
    const pieces = [`<!doctype html><html lang="${document.documentElement.lang}"><meta charset="utf-8"><title>${escape(title)}</title><h1>${escape(title)}</h1>`];
    for (const block of outbox.waiting()) {
        const facts = [new Date(block.at).toLocaleString(document.documentElement.lang), ...places.map((field) => named(field, block[field])), words[block.manner], block.offRecord && words.offRecord, block.place];
        pieces.push(`<section><p>${escape(facts.filter(Boolean).join(" · "))}</p><pre style="white-space:pre-wrap">${escape(block.text)}</pre>`);
        for (const item of outbox.mediaOf(block.id)) pieces.push(await medium(item, outbox));
        pieces.push("</section>");
    }
    const href = URL.createObjectURL(new Blob(pieces, { type: "text/html" }));
    make("a", { href, download: `${title}.html` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

async function medium(item, outbox) {
    const bytes = (await outbox.vault.bytes(`media:${item.id}`)) ?? item.bytes;
    if (!bytes) return "";
    const isSound = item.kind === "sound";
    const reader = new FileReader();
    const read = new Promise((resolve) => reader.addEventListener("load", () => resolve(reader.result)));
    reader.readAsDataURL(new Blob([bytes], { type: isSound ? soundType(bytes) : "image/jpeg" }));
    const src = await read;
    return isSound ? `<audio controls src="${src}"></audio>` : `<p><img src="${src}" alt="${escape(item.alternative)}" style="max-width:100%"></p>`;
}

// Safari records MP4, the others WebM.
const soundType = (bytes) => (String.fromCharCode(...new Uint8Array(bytes).slice(4, 8)) === "ftyp" ? "audio/mp4" : "audio/webm");
