// What this browser keeps for one person until the site has acknowledged it.
export const person = document.querySelector('meta[name="person"]')?.content || "guest";
const prefix = `essaim:${person}:`;

/** The value kept under `key`, or null. */
export function kept(key) {
    try {
        return JSON.parse(localStorage.getItem(prefix + key));
    } catch {
        return null;
    }
}

/** Keeps `value`; false when the browser refuses (private window, full). */
export function keep(key, value) {
    if ("forgotten" in document.documentElement.dataset) return false;
    try {
        localStorage.setItem(prefix + key, JSON.stringify(value));
        return true;
    } catch {
        return false;
    }
}

export function drop(key) {
    try {
        localStorage.removeItem(prefix + key);
    } catch {
        // A browser that keeps nothing has nothing to drop.
    }
}

/** Empties what is kept for this person; this page keeps nothing more, whichever module asks. */
export function forgetAll() {
    keysKept().forEach(drop);
    document.documentElement.dataset.forgotten = "";
}

/** The keys kept for this person that begin with `start`. */
export function keysKept(start = "") {
    try {
        return Object.keys(localStorage)
            .filter((key) => key.startsWith(prefix + start))
            .map((key) => key.slice(prefix.length));
    } catch {
        return [];
    }
}
