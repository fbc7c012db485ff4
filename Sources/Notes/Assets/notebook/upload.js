// Photographs and sounds leave piece by piece, from where the site says that it is; repeating any of it changes nothing.
import { send } from "../../../Platform/Assets/page/send.js";
import { limit, said } from "./contact.js";

const url = "/api/v1/medias/";
const smallest = 16 << 10;
const largest = 256 << 10;
/** What goes at once: what the network of the moment takes in a few seconds. */
let piece = 64 << 10;
const patience = 60_000;

/** Sends what is ready, one after the other; the trouble that stopped it, or null. */
export async function sendMedia(items, outbox, onChange) {
    for (const item of items) {
        const trouble = await sendOne(item, outbox, onChange);
        if (trouble) return trouble;
    }
    return null;
}

async function sendOne(item, outbox, onChange) {
    const bytes = await outbox.vault.bytes(`media:${item.id}`).then((kept) => kept ?? item.bytes);
    if (!bytes) return outbox.putMedia({ ...item, refused: "unreadable" }).then(() => null);
    const hash = item.hash ?? (await digest(bytes));
    const sent = { ...item, hash, size: bytes.length };
    for (let tries = 0; tries < 3; tries += 1) {
        const answer = await announce(sent, outbox.visit);
        if (answer.trouble) return answer.trouble;
        if (answer.outcome === "saved") {
            await outbox.putMedia({ ...sent, acked: outbox.now(), progress: undefined });
            onChange();
            return null;
        }
        if (answer.outcome === "refused") {
            await outbox.putMedia({ ...sent, refused: answer.message ?? "" });
            onChange();
            return null;
        }
        if (answer.outcome === "early") return outbox.putMedia({ ...sent }).then(() => null);
        const trouble = await sendPieces(sent, bytes, answer.received, (received) => {
            Object.assign(outbox.media.get(item.id) ?? {}, { progress: received / bytes.length });
            onChange();
        });
        if (trouble) return trouble;
    }
    return "server";
}

async function announce({ hash, block, size, kind, name, alternative, people, agreement }, visit) {
    const body = JSON.stringify({ protocol: 1, visit, block, size, kind, name, alternative, people, agreement });
    const headers = { "Content-Type": "application/json" };
    return told(await send(url + hash, () => ({ headers, body, signal: limit(patience) })));
}

async function sendPieces({ hash }, bytes, from, onProgress) {
    const headers = { "Content-Type": "application/octet-stream" };
    for (let start = from; start < bytes.length; ) {
        const body = bytes.slice(start, start + piece);
        const began = Date.now();
        const sent = send(`${url}${hash}/morceaux?debut=${start}`, () => ({ headers, body, signal: limit(patience) }));
        const answer = await sent.then(told).finally(() => (piece = fitting(Date.now() - began)));
        if (answer.trouble) return answer.trouble;
        if (answer.received <= start && answer.received < bytes.length) return "server";
        start = answer.received;
        onProgress(start);
    }
    return null;
}

const fitting = (took) => (took < 2000 ? Math.min(largest, piece * 2) : took > 10_000 ? Math.max(smallest, piece / 4) : piece);

async function told(response) {
    const answer = await said(response);
    if (!answer) return { trouble: response.status >= 500 ? "server" : "portal" };
    if ([401, 403].includes(response.status)) return { trouble: "expired" };
    if (response.status === 404) return { trouble: "gone" };
    return response.ok ? answer : { trouble: "server" };
}

async function digest(bytes) {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
