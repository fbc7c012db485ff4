// Opens a notebook without network: the page of the site when it answers, the empty page kept on the telephone otherwise. It keeps
// nothing itself, and rules the addresses of one notebook. A newer one waits until no page of this notebook is open: taking over in the
// middle of an opening, it would leave it without an answer.
const patience = 4000;
const notebook = new URL(self.registration.scope).pathname;

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) return;
    if (pathname.startsWith("/assets/")) event.respondWith(kept(pathname).then((found) => found ?? fetch(request)));
    else if (request.mode === "navigate") event.respondWith(page(request, pathname));
});

const kept = (path) => caches.match(path, { ignoreVary: true });
const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds, null));
const asked = (request) => fetch(request).catch(() => null);

async function page(request, path) {
    if (path !== notebook) return (await asked(request)) ?? shell();
    const answer = whole(request);
    const first = await Promise.race([answer, after(patience)]);
    return (first && isOurs(first) && first) || (await shell()) || (await answer) || Response.error();
}

// The page kept here; once more when it is just being replaced by a newer one.
async function shell() {
    return (await kept(notebook)) ?? after(300).then(() => kept(notebook));
}

// An answer that is cut in its middle is none.
async function whole(request) {
    try {
        const answer = await fetch(request);
        if (answer.type === "opaqueredirect") return answer;
        const { status, statusText, headers } = answer;
        return new Response(await answer.blob(), { status, statusText, headers });
    } catch {
        return null;
    }
}

// The page of the site, or its log-in; what the network of a café answers in its place bears no policy of ours.
function isOurs(answer) {
    const isSigned = answer.headers.get("content-security-policy")?.includes("form-action 'self'");
    return isSigned && (answer.ok || answer.status === 401);
}
