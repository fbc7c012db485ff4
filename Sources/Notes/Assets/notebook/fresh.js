// What the site shows of a notebook, read again without losing what is being written above it.
const piece = "[data-notebook-shown]";

/** Puts the notes as the site shows them now in their place; false when they were not read, or somebody is in them. */
export async function freshen() {
    const shown = document.querySelector(piece);
    if (!shown || shown.contains(document.activeElement)) return false;
    const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return false;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(piece);
    if (!found || shown.contains(document.activeElement) || shown.querySelector('[data-sent="no"]')) return false;
    // A notebook whose visit changed its name is at another address: the page kept on the telephone leads there.
    if (answer.redirected && document.querySelector("[data-notebook-offline]")) location.replace(answer.url);
    shown.replaceChildren(...found.childNodes);
    document.querySelector("[data-notebook-offline]")?.remove();
    return true;
}
