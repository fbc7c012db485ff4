// Whether the notebook opens without network in this browser: looked at first, then said.
import { make } from "../../../Platform/Assets/page/make.js";
import { settleIn } from "./phone.js";

export class Opening {
    constructor(form, words, person) {
        this.words = words;
        this.place = { worker: form.dataset.worker, path: form.getAttribute("action"), person };
        this.line = form.querySelector("[data-notebook-opening]") ?? make("p");
        // Opened without network, it shows by itself that it does.
        this.isShown = document.querySelector("[data-notebook-offline]") !== null;
        this.is = "";
    }

    /** Keeps what opens it, looks, says so. */
    async settle(vault) {
        if (!this.place.worker || this.place.person === "guest") return;
        const is = vault.isLasting ? await settleIn(this.place) : "never";
        // Logged out meanwhile, nothing is left here.
        this.tell("forgotten" in document.documentElement.dataset ? "" : is);
    }

    /** `isPromised`: whether the browser will not clear it, once it said so. */
    tell(is) {
        const { words, isPromised } = this;
        this.is = is;
        if (this.isShown) return;
        const said = { opens: [words.opens, isPromised === false && words.opensUntil], notYet: [words.opensNotYet], never: [words.opensNever] };
        this.line.dataset.notebookOpening = is;
        const sentence = (said[is] ?? []).filter(Boolean).join(" ");
        if (this.line.textContent !== sentence) this.line.replaceChildren(sentence);
    }
}
