// The sealed records of one notebook in this browser. Without a database, or without a secure address, nothing is kept: the
// notebook then works from memory, and says so.
import { openVault, result, tabs, written } from "../../../Platform/Assets/page/vault.js";
import { encode, Keys } from "./keys.js";

export class Vault {
    /** The vault of somebody's notebook. */
    static async open(person, visit) {
        const vault = new Vault();
        Object.assign(vault, { place: `${person}:${visit}`, person, pending: new Map(), chain: Promise.resolve(true), refusal: null, locked: 0 });
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

    /** The records of a kind, by name; those whose key is not here are counted in `locked`. Null when they cannot be read. */
    async load() {
        if (!this.isLasting) return new Map();
        const all = () => result(this.store("records").index("place").getAll(this.place));
        const records = await this.insist(all).catch(() => null);
        if (!records) {
            this.refusal = "failing";
            return null;
        }
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

    // What was not kept waits for the next time.
    async flush() {
        if (this.pending.size && this.isLasting) {
            const refusal = (error) => (isFull(error) ? "full" : "failing");
            this.refusal = await this.insist(() => this.saveAll()).then(() => null, refusal);
        }
        return !this.refusal;
    }

    async saveAll() {
        const batch = [...this.pending];
        await this.save(batch);
        for (const [name, entry] of batch) if (this.pending.get(name) === entry) this.pending.delete(name);
    }

    /** Does something again as long as there is a remedy: room is made, or a database that the browser closed or cleared under
        this page is opened anew. What makes room is written with the rest: it may not wait for what waits for it. */
    async insist(act) {
        for (let isOpenedAnew = false; ; ) {
            try {
                return await act();
            } catch (error) {
                const isRemedied = isFull(error) ? await this.onFull?.() : !isOpenedAnew && (await this.openAnew());
                if (!isRemedied) throw error;
                isOpenedAnew ||= !isFull(error);
            }
        }
    }

    async openAnew() {
        const database = await openVault();
        if (!database) return false;
        this.database.close();
        this.database = database;
        const isEmpty = !(await result(this.store("records").index("place").count(this.place)));
        await this.keys.moveTo(database);
        if (isEmpty) this.onCleared?.();
        return true;
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
        return this.insist(() => this.change("bytes", (store) => store.put(sealed))).then(() => true, () => false);
    }

    /** The pieces put together; null when one of them cannot be read. */
    async bytes(name) {
        if (!this.isLasting) return null;
        const sealed = await this.insist(() => result(this.store("bytes").getAll(this.pieces(name))));
        const pieces = await Promise.all(sealed.map((piece) => this.keys.open(piece)));
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

    store(name) {
        return this.database.transaction(name).objectStore(name);
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

const isFull = (error) => error?.name === "QuotaExceededError";
const read = (bytes) => JSON.parse(new TextDecoder().decode(bytes));
