// Opens a notebook without network: the page of the site when it answers, the empty page kept on the telephone otherwise. It keeps
// nothing itself, and rules the addresses of one notebook.
const patience = 4000;
const notebook = new URL(self.registration.scope).pathname;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) return;
    if (pathname.startsWith("/assets/")) event.respondWith(kept(pathname).then((found) => found ?? fetch(request)));
    else if (request.mode === "navigate") event.respondWith(page(request, pathname));
});

const kept = (path) => caches.match(path, { ignoreVary: true });

async function page(request, path) {
    const isNotebook = path === notebook;
    const shell = await kept(notebook);
    if (!shell) return fetch(request);
    const answer = await (isNotebook ? Promise.race([asked(request), later()]) : asked(request));
    if (answer && (!isNotebook || isOurs(answer))) return answer;
    return shell;
}

const asked = (request) => fetch(request).catch(() => null);
const later = () => new Promise((resolve) => setTimeout(resolve, patience, null));

// The page of the site, or its log-in; what the network of a café answers in its place bears no policy of ours.
function isOurs(answer) {
    const isSigned = answer.headers.get("content-security-policy")?.includes("form-action 'self'");
    return isSigned && (answer.ok || answer.status === 401);
}
