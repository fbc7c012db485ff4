// Sends the draft a moment after one stops writing, says truthfully where the words are,
// and keeps them here until the site has them.
import { drop, keep, kept } from "../../../Platform/Assets/page/store.js";
import { hour, make, say } from "../../../Platform/Assets/page/make.js";
import { since } from "../../../Platform/Assets/page/dates.js";
import { send } from "../../../Platform/Assets/page/send.js";

const pause = 1500;
const longestKeptAlive = 60_000;

/** The draft of one textarea, as the site and this browser know it. */
export class Autosave {
    constructor(area, words) {
        this.area = area;
        this.words = words;
        this.base = area.dataset.base ?? "";
        this.key = `draft:${area.dataset.key ?? area.dataset.autosave ?? location.pathname}`;
        this.saved = area.value;
        this.delay = 5000;
        this.line = area.closest("form")?.querySelector("[data-save-state]") ?? make("p");
        addEventListener("online", () => this.flush());
        document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.flush(true));
        addEventListener("pagehide", () => this.flush(true));
    }

    /** Offers the words kept here when they are not those of the page; `take(body)` puts them in the editor. */
    offer(take) {
        const found = kept(this.key);
        if (!found) return;
        if (found.body === this.area.value) {
            if (!document.querySelector(".error-summary")) drop(this.key);
            return;
        }
        const { words } = this;
        const lang = document.documentElement.lang;
        const when = since(new Date(found.at)) ?? new Date(found.at).toLocaleDateString(lang);
        const notice = make("div", { className: "notice warning", role: "status" });
        notice.append(make("p", {}, say(words.localFound, { when })));
        const button = (className, label, act) => {
            const onclick = () => {
                notice.remove();
                act();
            };
            return make("button", { type: "button", className, onclick }, label);
        };
        notice.append(
            make(
                "p",
                { className: "acts" },
                button("button quiet", words.localRestore, () => take(found.body)),
                button("link", words.localDrop, () => drop(this.key)),
            ),
        );
        this.area.closest(".field").before(notice);
    }

    changed() {
        if (this.area.value === this.saved && !this.sending) return;
        keep(this.key, { at: Date.now(), body: this.area.value });
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.flush(), pause);
    }

    /** The text lost the focus; a button that sends the form sends the words too, and must not move meanwhile. */
    left(target) {
        if (target?.type !== "submit" || target.form !== this.area.form) this.flush();
    }

    async flush(leaving = false) {
        clearTimeout(this.timer);
        const body = this.area.value;
        const { autosave } = this.area.dataset;
        if (!autosave || body === this.saved) return;
        if (this.sending) {
            this.again = true;
            return;
        }
        this.sending = true;
        this.show(this.words.saving);
        try {
            this.answered(await this.post(autosave, body, leaving), body);
        } catch {
            this.failed(this.words.unsavedNetwork);
        }
        this.sending = false;
        if (this.again) {
            this.again = false;
            this.flush();
        }
    }

    async post(url, body, leaving) {
        const response = await send(url, (csrf) => ({
            body: new URLSearchParams({ body, base: this.base, csrf }),
            keepalive: leaving && body.length < longestKeptAlive,
        }));
        return { status: response.status, answer: response.ok ? await response.json().catch(() => ({})) : {} };
    }

    answered({ status, answer }, body) {
        const { words } = this;
        // Two versions of a paragraph are no trouble while one writes: the draft is kept in both cases.
        if (status < 300 || status === 409) {
            this.saved = body;
            this.base = answer.base ?? this.base;
            this.delay = 5000;
            const field = this.area.form?.elements.namedItem("base");
            if (field && answer.base) field.value = answer.base;
            if (this.area.value === body && status < 300) drop(this.key);
            return this.show(status === 409 ? words.unsavedConflict : say(words.saved, { time: hour(new Date()) }));
        }
        if (status === 401 || status === 403) {
            this.show(words.unsavedLogin, this.area.dataset.login);
            return this.retry();
        }
        this.failed(words.unsavedServer);
    }

    failed(sentence) {
        this.show(sentence);
        this.retry();
    }

    retry() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.flush(), this.delay);
        this.delay = Math.min(this.delay * 2, 60_000);
    }

    show(sentence, login) {
        this.line.replaceChildren(sentence ?? "");
        if (!login || !this.words.login) return;
        this.line.append(" ", make("a", { href: login, target: "_blank" }, this.words.login));
    }
}
