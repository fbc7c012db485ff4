// The blocks of this browser shown among those of the page, each with the truth about where it is.
import { hour, make, say } from "../../../Platform/Assets/page/make.js";

/** The list under the notebook; blocks the server shows are left as they are, unless a newer text waits here. */
export class BlockList {
    constructor(words, { retry, discard }) {
        Object.assign(this, { words, retry, discard });
    }

    get list() {
        return document.querySelector("[data-notebook-list]");
    }

    find(id) {
        return this.list && document.querySelector(`[data-block="${CSS.escape(id)}"]`);
    }

    /** The version that the site shows of a block, 0 when it shows none. */
    version(id) {
        return Number(this.find(id)?.dataset.version ?? 0);
    }

    /** The block is in the field above. */
    hide(id) {
        const item = this.find(id);
        if (item) item.hidden = true;
    }

    /** Shows that `block` waits here; `sending` while it is on its way. */
    waiting(block, sending) {
        const { words } = this;
        const waits = sending ? words.sending : words.unsent;
        const state = block.refused === undefined ? waits : `${words.refused ?? ""} ${block.refused}`.trim();
        this.draw(block, "no", state, this.acts(block));
    }

    /** Shows that the site has `block`. */
    saved(block, { outcome, message }) {
        const kept = outcome === "kept_both";
        const state = kept ? message || this.words.keptBoth : say(this.words.saved, { time: hour(new Date()) });
        this.draw(block, "yes", state, null);
    }

    remove(id) {
        this.find(id)?.remove();
    }

    draw(block, sent, state, acts) {
        if (!this.list) return;
        document.querySelector("[data-notebook-empty]")?.remove();
        const item = this.find(block.id) ?? this.list.appendChild(newItem(block.id));
        item.hidden = false;
        item.dataset.sent = sent;
        item.dataset.manner = block.manner;
        const line = make("p", { className: "meta" }, [this.words[block.manner], state].filter(Boolean).join(" · "));
        item.replaceChildren(line, make("p", { className: "words" }, block.text), ...(acts ? [acts] : []));
    }

    acts(block) {
        const { words } = this;
        if (block.refused === undefined) return null;
        const discard = () => (!words.dropConfirm || confirm(words.dropConfirm)) && this.discard(block);
        return make(
            "p",
            { className: "acts" },
            make("button", { type: "button", className: "link", onclick: () => this.retry(block) }, words.retry),
            make("button", { type: "button", className: "link", onclick: discard }, words.drop),
        );
    }
}

const newItem = (id) => make("li", { className: "block", "data-block": id, id: `note-${id}` });
