// Sends what waits, keeps what was not acknowledged, tries again when the network comes back.
import { send } from "../../../Platform/Assets/page/send.js";
import { Outbox } from "./outbox.js";

const batch = 50;
const firstDelay = 3000;
const longestDelay = 120_000;
const fields = ["id", "sequence", "base", "slot", "encounter", "dimension", "manner", "speaker", "text"];

/** Sends the outbox of one visit; tells `onChange` after each attempt and `onAnswer(block, outcome)` for each block. */
export class Sync {
    constructor(outbox, url, { onChange, onAnswer }) {
        Object.assign(this, { outbox, url, onChange, onAnswer, delay: firstDelay, trouble: null });
        this.device = Outbox.device();
        addEventListener("online", () => this.now());
        addEventListener("focus", () => this.trouble && this.now());
        document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.now());
    }

    soon(delay) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.now(), delay);
    }

    ready() {
        return this.outbox.all().filter((block) => block.refused === undefined && block.text.trim());
    }

    async now() {
        clearTimeout(this.timer);
        if (this.sending) {
            this.again = true;
            return;
        }
        const blocks = this.ready().slice(0, batch);
        if (!blocks.length) return this.onChange();
        this.sending = true;
        this.onChange();
        this.trouble = await this.post(blocks).catch(() => "offline");
        this.sending = false;
        this.onChange();
        if (this.trouble) {
            this.soon(this.delay);
            this.delay = Math.min(this.delay * 2, longestDelay);
        } else {
            this.delay = firstDelay;
            if (this.again || this.ready().length) this.soon(this.again ? 0 : 1000);
        }
        this.again = false;
    }

    async post(blocks) {
        const { visit } = this.outbox;
        const message = { protocol: 1, visit, device: this.device, blocks: blocks.map(wire) };
        const response = await send(this.url, () => ({
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(message),
        }));
        if (response.status === 401 || response.status === 403) return "expired";
        if (!response.ok) return "offline";
        const { blocks: answers } = await response.json();
        for (const answer of answers) this.settle(answer, blocks.find((block) => block.id === answer.id));
        return null;
    }

    // A block typed further while it was being sent stays, on the version just acknowledged.
    settle(answer, sent) {
        const now = sent && this.outbox.get(sent.id);
        if (!now) return;
        if (answer.outcome === "refused") this.outbox.put({ ...now, refused: answer.message ?? "" });
        else if (same(now, sent)) this.outbox.remove(sent.id);
        else this.outbox.put({ ...now, base: answer.version });
        this.onAnswer(sent, answer);
    }
}

const wire = (block) => Object.fromEntries(fields.map((field) => [field, block[field] ?? null]));
const same = (a, b) => fields.every((field) => field === "base" || a[field] === b[field]);
