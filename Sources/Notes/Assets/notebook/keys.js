// The keys under which notes are sealed in this browser. The log-in gives one and its end takes it away; what is written while
// none is there is sealed under one of this browser's own.
import { allOf, result, written } from "../../../Platform/Assets/page/vault.js";

const own = "own";
const algorithm = "AES-GCM";

/** The keys of one person; none of them can be taken out of the browser. */
export class Keys {
    constructor(database, person) {
        Object.assign(this, { database, person, byMark: new Map(), mark: own });
    }

    /** Reads the keys whose log-in is not over. */
    async load() {
        const known = await result(this.store("readonly").getAll(allOf(this.person)));
        const good = known.filter(({ mark, until }) => mark === own || until > Date.now());
        for (const key of good) this.byMark.set(key.mark, key);
        this.mark = good.find(({ mark }) => mark !== own)?.mark ?? own;
        if (good.length < known.length) await this.forget((key) => key.person === this.person && !good.includes(key), known);
        return this;
    }

    /** Takes the key that the log-in gives, for as long as it lasts; the log-in of one person closes what others left here. */
    async unlock(secret, lasts) {
        const bytes = Uint8Array.from(atob(secret.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
        const mark = [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        const isNew = !this.byMark.has(mark);
        const key = isNew ? await crypto.subtle.importKey("raw", bytes, algorithm, false, ["encrypt", "decrypt"]) : this.byMark.get(mark).key;
        const known = this.known(mark, key, Date.now() + lasts);
        this.byMark.set(mark, known);
        this.mark = mark;
        await this.keep([known]);
        await this.forget((key) => key.person !== this.person);
        return isNew;
    }

    /** The log-in is over: what was sealed under its key waits for the next one. */
    async lock() {
        for (const mark of [...this.byMark.keys()].filter((mark) => mark !== own)) this.byMark.delete(mark);
        this.mark = own;
        await this.forget((key) => key.person === this.person && key.mark !== own);
    }

    async seal(id, bytes) {
        const { mark } = this;
        const { key } = this.byMark.get(mark) ?? (await (this.making ??= this.make()));
        const iv = crypto.getRandomValues(new Uint8Array(12));
        const sealed = await crypto.subtle.encrypt({ name: algorithm, iv, additionalData: encode(id) }, key, bytes);
        return { id, mark, iv, sealed };
    }

    /** What was sealed; null when its key is not here, or what is there is not what was written. */
    async open({ id, mark, iv, sealed }) {
        const { key } = this.byMark.get(mark) ?? {};
        if (!key) return null;
        return crypto.subtle.decrypt({ name: algorithm, iv, additionalData: encode(id) }, key, sealed).catch(() => null);
    }

    // The key of this browser's own: made once, in whichever tab comes first.
    async make() {
        const fresh = await crypto.subtle.generateKey({ name: algorithm, length: 256 }, false, ["encrypt", "decrypt"]);
        const made = this.known(own, fresh, 0);
        const store = this.store("readwrite");
        const found = await result(store.get(made.id));
        if (!found) store.put(made);
        await written(store.transaction);
        this.byMark.set(own, found ?? made);
        return found ?? made;
    }

    known(mark, key, until) {
        return { id: `${this.person}:${mark}`, person: this.person, mark, key, until };
    }

    async keep(keys) {
        const store = this.store("readwrite");
        for (const key of keys) store.put(key);
        await written(store.transaction);
    }

    /** The database was opened anew, perhaps empty: what is sealed there must open again. */
    moveTo(database) {
        this.database = database;
        return this.keep([...this.byMark.values()]);
    }

    async forget(isGone, known) {
        const keys = known ?? (await result(this.store("readonly").getAll()));
        const store = this.store("readwrite");
        for (const key of keys.filter(isGone)) store.delete(key.id);
        await written(store.transaction);
    }

    store(mode) {
        return this.database.transaction("keys", mode).objectStore("keys");
    }
}

export const encode = (text) => new TextEncoder().encode(text);
