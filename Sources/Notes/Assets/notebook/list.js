// The blocks of this browser shown among those of the page, each with the truth about where it is.
import { hour, make, say } from "../../../Platform/Assets/page/make.js";

const first = 30;

/** The list under the notebook; blocks the server shows are left as they are, unless a newer text waits here. */
export class BlockList {
    constructor(words, outbox, { retry, discard, edit, isAway }) {
        Object.assign(this, { words, outbox, retry, discard, edit, isAway, most: first });
        this.plural = new Intl.PluralRules(document.documentElement.lang);
        /** What each item says, as it was drawn. */
        this.drawn = new WeakMap();
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

    /** The block is in the field above, or was emptied there. */
    hide(id) {
        const item = this.find(id);
        if (item) item.hidden = true;
    }

    /** Shows what is here, the latest first, a screenful at a time: a telephone may hold thousands. */
    showAll() {
        const here = this.outbox.all().filter((block) => !block.open && block.text.trim());
        // What the site has is on its own page; without network, this is all there is.
        const isAlone = document.querySelector("[data-notebook-offline]");
        const hidden = here.filter((block) => !block.acked || (isAlone && !this.isShownBySite(block))).reverse();
        for (const block of hidden.slice(0, this.most).reverse()) this.show(block);
        const left = hidden.length - this.most;
        this.more?.remove();
        if (left <= 0) return;
        const onclick = () => {
            this.most += first;
            this.showAll();
        };
        const label = say(this.words[`more.${this.plural.select(left)}`] ?? this.words["more.other"], { count: left });
        this.more = make("button", { type: "button", className: "button quiet", onclick }, label);
        this.list?.after(this.more);
    }

    isShownBySite({ id, acked }) {
        return this.version(id) >= acked.version;
    }

    /** Shows where `block` is; `sending` while it is on its way. */
    show(block, sending = false) {
        this.draw(block, block.acked ? this.whole(block) : "no", this.state(block, sending), this.acts(block));
    }

    /** Where a note is, in a few words; nothing of none. */
    state(block, sending) {
        if (!block) return "";
        if (block.acked) return this.received(block);
        const { words } = this;
        const waits = this.isKept(block) ? words.away : block.left ? (sending ? words.sending : words.tried) : words.unsent;
        return block.refused === undefined ? waits : `${words.refused ?? ""} ${block.refused}`.trim();
    }

    // Without network nothing is tried; an attempt that left without an answer is one, network or not.
    isKept({ left }) {
        return navigator.onLine === false || (!left && this.isAway());
    }

    received({ acked }) {
        if (acked.apart) return this.words.apart;
        return say(this.words.saved, { time: hour(new Date(acked.at)) });
    }

    /** Shows that the site has `block`. */
    saved(block, { outcome, message, apart }) {
        const kept = outcome === "kept_both";
        const state = kept ? message || this.words.keptBoth : apart ? this.words.apart : say(this.words.saved, { time: hour(new Date()) });
        this.draw(block, this.whole(block), state, null);
    }

    // A note is not sent as long as what goes with it is not.
    whole({ id }) {
        return this.outbox.mediaOf(id).every((item) => item.acked) ? "yes" : "no";
    }

    remove(id) {
        this.find(id)?.remove();
    }

    draw(block, sent, state, acts) {
        if (!this.list) return;
        document.querySelector("[data-notebook-empty]")?.remove();
        const item = this.find(block.id) ?? newItem(block.id);
        if (!item.isConnected) this.list.prepend(item);
        item.hidden = false;
        const media = this.outbox.mediaOf(block.id);
        const parts = [this.words[block.manner], this.isBegun(block, item) && this.words.begun, block.offRecord && this.words.offRecord, this.told(media), state];
        // Each attempt to send asks for every item anew: what says the same is left as it is.
        const drawing = JSON.stringify([sent, block.manner, parts, block.text, acts?.childElementCount]);
        if (this.drawn.get(item) === drawing) return;
        this.drawn.set(item, drawing);
        item.dataset.sent = sent;
        item.dataset.manner = block.manner;
        const line = make("p", { className: "meta" }, parts.filter(Boolean).join(" · "));
        const { written } = this.list.dataset;
        const text = make("p", { className: "words", ...(written && { lang: written }) }, block.text);
        item.replaceChildren(line, text, ...(acts ? [acts] : []));
    }

    // What the site shows as added is, whatever this browser remembers.
    isBegun({ begun }, { dataset }) {
        return begun && !("version" in dataset && !("begun" in dataset));
    }

    // « 2 photos ou sons, 40 % envoyés ».
    told(media) {
        if (!media.length) return "";
        const here = media.filter((item) => !item.acked);
        const refused = here.find((item) => item.refused);
        if (refused?.refused === "unreadable") return this.words.unreadable ?? "";
        if (refused) return `${this.words.refused ?? ""} ${refused.refused}`.trim();
        const percent = Math.round((100 * (media.length - here.length + here.reduce((sum, item) => sum + (item.progress ?? 0), 0))) / media.length);
        return say(this.words[`media.${this.plural.select(media.length)}`] ?? this.words["media.other"], { count: media.length, percent });
    }

    acts(block) {
        const { words } = this;
        const act = (label, onclick) => make("button", { type: "button", className: "link", onclick }, label);
        const discard = () => (!words.dropConfirm || confirm(words.dropConfirm)) && this.discard(block);
        const acts = [this.edit && act(words.edit ?? "", () => this.edit(block))];
        if (block.refused !== undefined) acts.push(act(words.retry, () => this.retry(block)));
        if (!block.acked) acts.push(act(words.drop, discard));
        return make("p", { className: "acts" }, ...acts.filter(Boolean));
    }
}

const newItem = (id) => make("li", { className: "block", "data-block": id, id: `note-${id}` });
