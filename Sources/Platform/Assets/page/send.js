// Sends to our own site with the page's token; asks the page for a fresh token once when the first is refused.
const meta = () => document.querySelector('meta[name="csrf"]');

/** The token of this page. */
export const token = () => meta()?.content ?? "";

/** Posts `make(token)`, the fetch options; resolves with the response, rejects when the network is down. */
export async function send(url, make) {
    const response = await post(url, make);
    if (response.status !== 403 || !(await renewToken())) return response;
    return post(url, make);
}

function post(url, make) {
    const { headers, ...options } = make(token());
    return fetch(url, {
        method: "POST",
        credentials: "same-origin",
        redirect: "error",
        ...options,
        headers: { "X-CSRF-Token": token(), Accept: "application/json", ...headers },
    });
}

async function renewToken() {
    const page = await fetch(location.href, { credentials: "same-origin" });
    if (!page.ok) return false;
    const found = new DOMParser().parseFromString(await page.text(), "text/html").querySelector('meta[name="csrf"]');
    if (!found || found.content === token()) return false;
    meta()?.setAttribute("content", found.content);
    for (const input of document.querySelectorAll('input[name="csrf"]')) input.value = found.content;
    return true;
}
