// The notes written here, each with the truth about where it is: only here, sent without an answer, acknowledged. Kept in the
// browser at every keystroke, sealed; taken out two days after the site said that it has them.
import { drop, kept, keysKept, keep } from "../../../Platform/Assets/page/store.js";

const day = 86_400_000;
/** How long an acknowledged note stays, for a site that comes back from yesterday's backup. */
const receipt = 2 * day;
const warning = 23 * day;
const end = 30 * day;

/** The blocks and the media of one visit in this browser. A block with `acked` is a receipt; one with `open` is in the field of a
    page; one with `begun` was not added by its author yet; one with `dropped` was emptied after some of it had left. */
export class Outbox {
    constructor(vault, visit) {
        Object.assign(this, { vault, visit, blocks: new Map(), media: new Map(), offset: 0 });
        vault.onFull = () => this.makeRoom();
        vault.onCleared = () => this.keepAll();
        vault.channel?.addEventListener("message", ({ data }) => {
            if (data.place === vault.place) this.isStale = true;
            if (this.isStale) this.onStale?.();
            if (data.forgotten !== vault.person) return;
            document.documentElement.dataset.forgotten = "";
            this.onForgotten?.();
        });
    }

    async load() {
        await this.refresh();
        await this.takeOver();
        const isEmpty = this.vault.isLasting && !this.vault.refusal && !this.blocks.size && !this.vault.locked;
        this.lost = isEmpty ? (kept(this.memory) ?? 0) : 0;
        return this;
    }

    /** Remembers how many notes wait, where the browser clears less readily: to say so if it clears them. */
    count(waiting) {
        if (waiting !== this.counted) keep(this.memory, (this.counted = waiting));
    }

    get memory() {
        return `waits:${this.visit}`;
    }

    /** Reads again what other tabs wrote. */
    async refresh() {
        this.isStale = false;
        let values;
        do {
            this.isChanged = false;
            if (!this.vault.isLasting || !(await this.vault.chain)) return;
            values = await this.vault.load();
            if (!values) return;
        } while (this.isChanged);
        this.blocks = new Map(named(values, "block:"));
        this.media = new Map(named(values, "media:"));
    }

    keep(name, value) {
        this.isChanged = true;
        return this.vault.keep(name, value, value && !value.acked && !value.dropped);
    }

    // What an earlier version of the site kept unsealed.
    async takeOver() {
        const taken = [...keysKept(`note:${this.visit}:`), ...keysKept(`writing:${this.visit}`)].map(async (key) => {
            const block = kept(key);
            if (!block?.id || (await this.put({ ...block, open: key.startsWith("writing:") }))) drop(key);
        });
        await Promise.all(taken);
    }

    /** False, in time, when the browser refuses to keep it: it is then here until the page goes. */
    put(block) {
        const dated = { at: this.now(), ...block };
        this.blocks.set(block.id, dated);
        return this.keep(`block:${block.id}`, dated);
    }

    get(id) {
        return this.blocks.get(id) ?? null;
    }

    remove(id) {
        this.blocks.delete(id);
        return this.keep(`block:${id}`, null);
    }

    /** What was being written was emptied after some of it left: the site is asked to keep nothing of it. */
    drop({ id, sequence }) {
        return this.put({ id, sequence, text: "", dropped: true });
    }

    /** What the site was not told yet that it was emptied. */
    get dropped() {
        return [...this.blocks.values()].filter((block) => block.dropped && !block.acked);
    }

    all() {
        return [...this.blocks.values()].sort((a, b) => a.sequence - b.sequence);
    }

    /** What is not acknowledged yet; what another tab is writing is its own to send. */
    waiting() {
        return this.all().filter((block) => this.isWaiting(block));
    }

    isWaiting(block) {
        return !block.acked && block.text.trim() && !this.isElsewhere(block);
    }

    /** What there is to say of the whole, in one pass: it is asked at every letter, of thousands of notes. */
    figures() {
        const figures = { waiting: 0, media: 0, refusedMedia: null, isRefused: false, isApart: false };
        for (const block of this.blocks.values()) {
            if (block.acked) figures.isApart ||= Boolean(block.acked.apart);
            else if (this.isWaiting(block)) {
                figures.waiting += 1;
                figures.isRefused ||= block.refused !== undefined;
            }
        }
        for (const item of this.media.values()) {
            if (item.refused) figures.refusedMedia ??= item;
            else if (!item.acked) figures.media += 1;
        }
        return figures;
    }

    get receipts() {
        return this.all().filter((block) => block.acked && !this.isElsewhere(block));
    }

    isElsewhere({ open, id }) {
        return open && id !== this.writing;
    }

    putMedia(item) {
        const dated = { at: this.now(), ...item };
        this.media.set(item.id, dated);
        return this.keep(`media:${item.id}`, { ...dated, bytes: undefined });
    }

    async removeMedia(id) {
        this.media.delete(id);
        await this.keep(`media:${id}`, null);
        await this.vault.dropBytes(`media:${id}`);
    }

    mediaOf(block) {
        return [...this.media.values()].filter((item) => item.block === block).sort((a, b) => a.at - b.at);
    }

    waitingMedia() {
        return [...this.media.values()].filter((item) => !item.acked).sort((a, b) => a.at - b.at);
    }

    /** The hour of the site, as far as this browser knows it. */
    now() {
        return Date.now() + this.offset;
    }

    // The browser cleared this site under the page: all of it is still here.
    keepAll() {
        for (const block of this.blocks.values()) this.put(block);
        for (const item of this.media.values()) this.putMedia(item);
        this.onCleared?.();
    }

    // Room for what is not sent: what the site has goes first, the heaviest before.
    async makeRoom() {
        const media = [...this.media.values()].find((item) => item.acked);
        if (media) {
            this.media.delete(media.id);
            this.keep(`media:${media.id}`, null);
            await this.vault.dropBytes(`media:${media.id}`);
            return true;
        }
        const old = this.receipts.filter((block) => !block.open);
        for (const block of old) this.remove(block.id);
        return old.length > 0;
    }

    /** Lets go what is over, by the hour of the site, which was just told: an hour of the telephone alone erases nothing.
        Says what will go soon, and what went. */
    async tidy() {
        const now = this.now();
        for (const block of this.receipts) if (!block.open && now - block.acked.at > receipt) this.remove(block.id);
        for (const item of [...this.media.values()]) if (item.acked && now - item.acked > receipt) await this.removeMedia(item.id);
        const fates = { soon: 0, gone: 0 };
        for (const block of this.dropped) if (now - block.at > end) this.remove(block.id);
        for (const block of this.waiting()) {
            const age = now - block.at;
            if (age > end && block.warned && now - block.warned > day) {
                for (const item of this.mediaOf(block.id)) await this.removeMedia(item.id);
                this.remove(block.id);
                fates.gone += 1;
            } else if (age > warning) {
                if (!block.warned) this.put({ ...block, warned: now });
                fates.soon += 1;
            }
        }
        return fates;
    }

    /** This browser's own name, made once. */
    static device() {
        const known = kept("device") ?? newIdentifier();
        keep("device", known);
        return known;
    }
}

const named = (values, start) => [...values].filter(([name]) => name.startsWith(start)).map(([, value]) => [value.id, value]);

/** A random identifier (UUID version 4), also where the page is not served over TLS. */
export function newIdentifier() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
