// The blocks written here that the site has not acknowledged: kept in the browser at every keystroke.
import { drop, keep, kept, keysKept } from "../../../Platform/Assets/page/store.js";

const start = "note:";

/** The blocks of one visit that wait in this browser. */
export class Outbox {
    constructor(visit) {
        this.visit = visit;
    }

    key(id) {
        return `${start}${this.visit}:${id}`;
    }

    /** False when the browser refuses to keep anything. */
    put(block) {
        return keep(this.key(block.id), block);
    }

    get(id) {
        return kept(this.key(id));
    }

    remove(id) {
        drop(this.key(id));
    }

    all() {
        return keysKept(this.key(""))
            .map((key) => kept(key))
            .filter(Boolean)
            .sort((a, b) => a.sequence - b.sequence);
    }

    /** The block that is being written, until it is added: null once it is. */
    write(block) {
        if (block) keep(this.writing, block);
        else drop(this.writing);
    }

    unfinished() {
        return kept(this.writing);
    }

    get writing() {
        return `writing:${this.visit}`;
    }

    /** This browser's own name, made once. */
    static device() {
        const known = kept("device") ?? newIdentifier();
        keep("device", known);
        return known;
    }
}

/** A random identifier (UUID version 4), also where the page is not served over TLS. */
export function newIdentifier() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
