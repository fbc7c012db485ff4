// The notebook on this telephone: the worker that opens it without network, and the page that it then shows, with nobody's notes in it.
const assets = /\/assets\/[\w.-]+/g;

const patience = 10_000;

/** Keeps what opens this notebook without network, then looks whether it is there: `opens`, `notYet`, or `never` in this browser. */
export async function settleIn(place) {
    if (!navigator.serviceWorker || !globalThis.caches) return "never";
    const refusal = await renew(place).then(() => null, ({ name }) => name);
    if (["SecurityError", "NotSupportedError"].includes(refusal)) return "never";
    return (await opens(place).catch(() => false)) ? "opens" : "notYet";
}

// The worker rules this notebook, its empty page is here, and all that the page names as well.
async function opens({ path, person }) {
    const registration = await navigator.serviceWorker.getRegistration(path);
    if (!registration || !(await Promise.race([navigator.serviceWorker.ready, after(patience)]))) return false;
    const cache = await caches.open(`carnet:${person}`);
    const page = await cache.match(path, { ignoreVary: true });
    const wanted = (await page?.text())?.match(assets) ?? [];
    const here = await Promise.all(wanted.map((asset) => cache.match(asset, { ignoreVary: true })));
    return Boolean(page) && here.every(Boolean);
}

const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds, null));

// Registers the worker for this notebook alone, and keeps its empty page as the site makes it today.
async function renew({ worker, path, person }) {
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
export async function stay() {
    const { storage } = navigator;
    return (await storage?.persisted?.().catch(() => false)) || ((await storage?.persist?.().catch(() => false)) ?? false);
}
