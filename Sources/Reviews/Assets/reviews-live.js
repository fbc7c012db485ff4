// A review that several people write: what the others add appears by itself; nothing that is being typed moves.
const period = 10_000;
const line = document.querySelector("[data-review-live]");
const parts = [...document.querySelectorAll("[data-live-part]")];

const refresh = async () => {
    if (document.hidden) return;
    const answer = await fetch(location.pathname, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    let isNew = false;
    for (const part of parts) {
        const fresh = page.querySelector(`[data-live-part="${CSS.escape(part.dataset.livePart)}"]`);
        if (!fresh || part.contains(document.activeElement) || fresh.textContent === part.textContent) continue;
        part.replaceChildren(...fresh.childNodes);
        isNew = true;
    }
    if (isNew) line.textContent = line.dataset.fresh;
};

if (line && parts.length) setInterval(refresh, period);
