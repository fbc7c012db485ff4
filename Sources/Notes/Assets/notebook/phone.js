// The notebook on this telephone: the worker that opens it without network, and the page that it then shows, with nobody's notes in it.
const assets = /\/assets\/[\w.-]+/g;

/** Registers the worker for this notebook alone, and keeps its empty page as the site makes it today. */
export async function settleIn({ worker, path, person }) {
    if (!navigator.serviceWorker || !globalThis.caches || !worker || !person) return;
    await navigator.serviceWorker.register(worker, { scope: path });
    for (const name of await caches.keys()) if (name.startsWith("carnet:") && name !== `carnet:${person}`) await caches.delete(name);
    const cache = await caches.open(`carnet:${person}`);
    const shell = await fetch(`${path}/hors-ligne`, { credentials: "same-origin" });
    if (shell.status === 404) await cache.delete(path);
    if (!shell.ok || shell.redirected) return;
    const wanted = new Set((await shell.clone().text()).match(assets));
    const here = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
    await cache.addAll([...wanted].filter((asset) => !here.has(asset)));
    await cache.put(path, shell);
    await clear(cache);
}

// The assets that no page kept here names any more.
async function clear(cache) {
    const requests = await cache.keys();
    const isAsset = ({ url }) => new URL(url).pathname.startsWith("/assets/");
    const pages = await Promise.all(requests.filter((request) => !isAsset(request)).map((request) => cache.match(request)));
    const texts = await Promise.all(pages.map((page) => page.text()));
    const named = new Set(texts.flatMap((text) => text.match(assets) ?? []));
    for (const request of requests.filter(isAsset)) if (!named.has(new URL(request.url).pathname)) await cache.delete(request);
}

/** Asks the browser not to clear this site when room is short; whether it promised. */
export const stay = async () => (await navigator.storage?.persisted?.()) || ((await navigator.storage?.persist?.()) ?? false);
