// A page that several people have open: told what the others do, says that one writes. Everything works without it.
import { send } from "./send.js";

const settle = 700;
const rest = 10 * 60_000;
const between = 10_000;
const longestWait = 60_000;

/** The line of the page that is told, and what it moves. */
class Live {
    constructor(line) {
        this.line = line;
        this.words = JSON.parse(line.dataset.words || "{}");
        this.mark = line.dataset.liveSince;
        this.wait = 2000;
        this.lastSign = 0;
        this.lastAct = Date.now();
        document.addEventListener("visibilitychange", () => this.back());
        for (const name of ["online", "pageshow", "focus"]) addEventListener(name, () => this.back());
        addEventListener("pagehide", () => this.close());
        for (const name of ["keydown", "pointerdown", "scroll"]) addEventListener(name, () => this.acted(), { passive: true });
        document.addEventListener("focusout", () => this.late && setTimeout(() => this.refresh(), 0));
        if (line.dataset.liveSigns) for (const name of ["input", "texts:changed"]) addEventListener(name, (event) => this.wrote(event));
        this.see();
    }

    // A page that nobody looks at is told nothing: it asks what it missed when somebody comes back.
    see() {
        clearTimeout(this.resting);
        const left = this.lastAct + rest - Date.now();
        if (document.hidden || this.ended || left <= 0) return this.close();
        this.resting = setTimeout(() => this.see(), left);
        if (!this.source && !this.soon) this.open();
    }

    back() {
        this.ended = this.wasClosed = false;
        clearTimeout(this.soon);
        this.soon = null;
        this.see();
    }

    acted() {
        const rested = Date.now() - this.lastAct >= rest;
        this.lastAct = Date.now();
        if (rested) this.see();
    }

    open() {
        const url = new URL(this.line.dataset.live, location.href);
        if (this.mark) url.searchParams.set("depuis", this.mark);
        const source = new EventSource(url);
        this.source = source;
        source.onopen = () => {
            this.wait = 2000;
            if (this.isLost) this.say("");
        };
        source.onerror = () => {
            if (source.readyState === EventSource.CLOSED && this.wasClosed) return this.end("closed");
            this.say(this.words.lost, true);
            if (source.readyState === EventSource.CLOSED) this.again();
        };
        source.addEventListener("presence", ({ data }) => this.show(JSON.parse(data)));
        source.addEventListener("change", ({ data, lastEventId }) => {
            this.mark = lastEventId || this.mark;
            const { said } = JSON.parse(data);
            if (said) this.say(said);
            this.refresh();
        });
        source.addEventListener("end", ({ data }) => this.end(JSON.parse(data)));
    }

    close() {
        clearTimeout(this.soon);
        this.soon = null;
        this.source?.close();
        this.source = null;
    }

    // The browser comes back by itself after a cut; not after a refusal: a session that ended, a server that starts.
    again() {
        this.close();
        this.soon = setTimeout(() => {
            this.soon = null;
            this.see();
        }, this.wait);
        this.wait = Math.min(this.wait * 2, longestWait);
    }

    end(why) {
        if (why === "stopping") return this.again();
        this.close();
        // A cookie renewed meanwhile opens it again: one is told after the second time.
        if (why === "closed" && !this.wasClosed) {
            this.wasClosed = true;
            return this.again();
        }
        this.ended = true;
        this.say(this.words[why] ?? "");
        this.show({});
    }

    say(sentence, isLost = false) {
        this.isLost = isLost;
        if (this.line.textContent !== sentence) this.line.replaceChildren(sentence ?? "");
    }

    show(present) {
        for (const place of document.querySelectorAll("[data-live-place]")) {
            const said = present[place.dataset.livePlace] ?? "";
            if (place.textContent !== said) place.replaceChildren(said);
        }
    }

    // The parts of the page as the site shows them now; one that somebody is in waits until they leave it.
    async refresh() {
        const parts = [...document.querySelectorAll("[data-live-part]")];
        if (!parts.length) return;
        if (this.busy) return (this.late = true);
        this.busy = true;
        this.late = false;
        await new Promise((done) => setTimeout(done, settle * (1 + Math.random())));
        const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
        if (answer?.ok && !answer.redirected) {
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            for (const part of parts) this.replace(part, page);
        } else {
            this.late ||= answer === null;
        }
        this.busy = false;
        if (this.late && !parts.some(isTaken)) setTimeout(() => this.late && this.refresh(), 5000);
    }

    replace(part, page) {
        const fresh = page.querySelector(`[data-live-part="${CSS.escape(part.dataset.livePart)}"]`);
        if (!fresh) return;
        if (isTaken(part)) return (this.late = true);
        part.replaceChildren(...fresh.childNodes);
        document.dispatchEvent(new CustomEvent("live:fresh", { detail: part }));
    }

    wrote({ target }) {
        const field = this.line.dataset.liveFields;
        if (!target.closest?.(field) || Date.now() - this.lastSign < between || document.hidden) return;
        this.lastSign = Date.now();
        send(this.line.dataset.liveSigns, (csrf) => ({ body: new URLSearchParams({ csrf }) })).catch(() => {});
    }
}

/** Somebody is in it, or something there waits to be sent. */
const isTaken = (part) => part.contains(document.activeElement) || part.querySelector('[data-sent="no"]') !== null;

/** Follows what this page says it follows, once it is shown. */
export function followLive() {
    const line = document.querySelector("[data-live]");
    if (line && "EventSource" in window) setTimeout(() => new Live(line), settle);
}
