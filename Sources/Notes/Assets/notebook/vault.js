// The sealed records of one notebook in this browser. Without a database, or without a secure address, nothing is kept: the
// notebook then works from memory, and says so.
import { openVault, result, tabs, written } from "../../../Platform/Assets/page/vault.js";
import { encode, Keys } from "./keys.js";

export class Vault {
    /** The vault of somebody's notebook. */
    static async open(person, visit) {
        const vault = new Vault();
        Object.assign(vault, { place: `${person}:${visit}`, person, pending: new Map(), chain: Promise.resolve(true), isFine: true, locked: 0 });
        const database = globalThis.crypto?.subtle ? await openVault() : null;
        try {
            vault.keys = database && (await new Keys(database, person).load());
            vault.database = database;
        } catch {
            // A private window may have a database that takes no key.
            vault.database = null;
        }
        vault.channel = globalThis.BroadcastChannel ? tabs() : null;
        return vault;
    }

    /** Whether what is written here outlives the page. */
    get isLasting() {
        return Boolean(this.database) && !("forgotten" in document.documentElement.dataset);
    }

    /** The records of a kind, by name; those whose key is not here are counted in `locked`. */
    async load() {
        if (!this.isLasting) return new Map();
        const records = await result(this.database.transaction("records").objectStore("records").index("place").getAll(this.place));
        const opened = await Promise.all(records.map((record) => this.keys.open(record)));
        this.locked = records.filter((record, index) => !opened[index] && record.waits).length;
        const values = records.map((record, index) => [record.id.slice(this.place.length + 1), opened[index] && read(opened[index])]);
        return new Map(values.filter(([, value]) => value));
    }

    /** Keeps a value, or takes it out when it is null; false when the browser refuses. What comes fast is written together. */
    keep(name, value, waits = false) {
        if (!this.isLasting) return Promise.resolve(false);
        this.pending.set(name, { value, waits });
        this.chain = this.chain.then(() => this.flush());
        return this.chain;
    }

    async flush() {
        const batch = [...this.pending];
        if (!batch.length) return this.isFine;
        this.pending.clear();
        try {
            await this.save(batch).catch(async (error) => {
                if (error?.name !== "QuotaExceededError" || !(await this.onFull?.())) throw error;
                await this.save(batch);
            });
            this.isFine = true;
        } catch {
            this.isFine = false;
            for (const [name, entry] of batch) if (!this.pending.has(name)) this.pending.set(name, entry);
        }
        return this.isFine;
    }

    async save(batch) {
        const sealed = await Promise.all(batch.map(([name, entry]) => entry.value && this.seal(name, entry)));
        await this.change("records", (store) => {
            for (const [index, [name]] of batch.entries()) {
                if (sealed[index]) store.put(sealed[index]);
                else store.delete(this.id(name));
            }
        });
        this.channel?.postMessage({ place: this.place });
    }

    async seal(name, { value, waits }) {
        const record = await this.keys.seal(this.id(name), encode(JSON.stringify(value)));
        return { ...record, place: this.place, waits: waits ? 1 : 0 };
    }

    /** Keeps a piece of a photograph or of a sound. */
    async keepBytes(name, number, bytes) {
        if (!this.isLasting) return false;
        const sealed = await this.keys.seal(this.piece(name, number), bytes);
        const put = () => this.change("bytes", (store) => store.put(sealed));
        return put()
            .catch(async (error) => {
                if (error?.name !== "QuotaExceededError" || !(await this.onFull?.())) throw error;
                await put();
            })
            .then(() => true, () => false);
    }

    /** The pieces put together; null when one of them cannot be read. */
    async bytes(name) {
        if (!this.isLasting) return null;
        const store = this.database.transaction("bytes").objectStore("bytes");
        const pieces = await Promise.all((await result(store.getAll(this.pieces(name)))).map((piece) => this.keys.open(piece)));
        return pieces.length && pieces.every(Boolean) ? new Uint8Array(await new Blob(pieces).arrayBuffer()) : null;
    }

    dropBytes(name) {
        return this.isLasting ? this.change("bytes", (store) => store.delete(this.pieces(name))).catch(() => {}) : undefined;
    }

    async change(name, act) {
        const transaction = this.database.transaction(name, "readwrite", { durability: "strict" });
        act(transaction.objectStore(name));
        await written(transaction);
    }

    id(name) {
        return `${this.place}:${name}`;
    }

    piece(name, number) {
        return `${this.id(name)}:${String(number).padStart(6, "0")}`;
    }

    pieces(name) {
        return IDBKeyRange.bound(`${this.id(name)}:`, `${this.id(name)}:\uffff`);
    }
}

const read = (bytes) => JSON.parse(new TextDecoder().decode(bytes));
