// The first words with the site when the network is there: is it really the site, who is logged in, does it still have my notes.
import { send } from "../../../Platform/Assets/page/send.js";

const hello = "/api/v1/telephone";
const patience = 20_000;

/** What the site says of itself and of who is logged in; `{ trouble }` when it is not it, or it says nothing. */
export async function greet() {
    const options = { credentials: "same-origin", cache: "no-store", redirect: "error", signal: limit(patience) };
    const response = await fetch(hello, options).catch(() => null);
    if (!response) return { trouble: "offline" };
    return (await said(response)) ?? { trouble: response.status >= 500 ? "server" : "portal" };
}

/** Of what the site had acknowledged, what it has no more. */
export async function missing(blocks, media) {
    const body = JSON.stringify({ protocol: 1, blocks, media });
    const response = await send(`${hello}/recus`, () => ({ headers: { "Content-Type": "application/json" }, body, signal: limit(patience) }));
    return (response.ok && (await said(response))) || { blocks: [], media: [] };
}

/** The words of the site in an answer; null when somebody else answered in its place, as the network of a café does. */
export async function said(response) {
    if (!response.headers.get("content-type")?.startsWith("application/json")) return null;
    const value = await response.json().catch(() => null);
    return value?.protocol === 1 || value?.error ? value : null;
}

export const limit = (milliseconds) => AbortSignal.timeout?.(milliseconds);
