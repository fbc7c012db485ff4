// Sends what waits, keeps what was not acknowledged, tries again when the network comes back.
import { send } from "../../../Platform/Assets/page/send.js";
import { greet, limit, missing, said } from "./contact.js";
import { sendMedia } from "./upload.js";
import { newIdentifier, Outbox } from "./outbox.js";
import { alone } from "./tabs.js";

const batch = 200;
const firstDelay = 3000;
const longestDelay = 120_000;
const patience = 60_000;
const freshness = 600_000;
/** A browser that does not answer keeps nothing from leaving. */
const slowest = 5000;
const fields = ["id", "sequence", "base", "slot", "encounter", "dimension", "manner", "speaker", "subgroup", "offRecord", "begun", "place", "text"];

/** Sends the outbox of one visit; tells `onChange` after each attempt, `onAnswer(block, outcome)` for each block,
    `onContact(hello)` when the site said who is there. */
export class Sync {
    constructor(outbox, url, person, { onChange, onAnswer, onContact, onNews }) {
        Object.assign(this, { outbox, url, person, onChange, onAnswer, onContact, onNews, delay: firstDelay, trouble: null, met: 0 });
        this.device = Outbox.device();
        addEventListener("online", () => this.now());
        addEventListener("offline", () => this.onChange());
        addEventListener("focus", () => (this.trouble || this.outbox.isStale) && this.now());
        document.addEventListener("visibilitychange", () => this.now());
    }

    soon(delay) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.now(), delay);
    }

    ready() {
        return [...this.outbox.waiting().filter((block) => block.refused === undefined), ...this.outbox.dropped];
    }

    readyMedia() {
        const isThere = ({ block }) => !this.outbox.get(block) || this.outbox.get(block).acked;
        const isReady = (item) => item.isDescribed && item.refused === undefined && isThere(item);
        return this.outbox.waitingMedia().filter(isReady);
    }

    async now() {
        clearTimeout(this.timer);
        if (this.sending) {
            this.again = true;
            return;
        }
        this.sending = true;
        this.onChange();
        this.trouble = await alone(`carnet:${this.outbox.visit}`, () => this.exchange()).catch(() => "offline");
        this.sending = false;
        this.onChange();
        if (this.trouble) {
            // Nothing waits and nobody looks: what comes next wakes it, not the hour.
            if (!document.hidden || this.ready().length || this.readyMedia().length) this.soon(this.delay);
            this.delay = Math.min(this.delay * 2, longestDelay);
        } else {
            this.delay = firstDelay;
            if (this.again || this.ready().length) this.soon(this.again ? 0 : 1000);
        }
        this.again = false;
    }

    async exchange() {
        if (this.outbox.isStale) await this.outbox.refresh();
        if (this.trouble || Date.now() - this.met > freshness) {
            const trouble = await this.contact();
            if (trouble) return trouble;
        }
        // A block that is typed further meanwhile goes at the next turn.
        const ids = this.ready().map(({ id }) => id);
        for (let start = 0; start < ids.length; start += batch) {
            const leaving = await this.depart(ids.slice(start, start + batch));
            this.onChange();
            const trouble = leaving.length ? await this.post(leaving) : null;
            if (trouble) return trouble;
        }
        return this.readyMedia().length ? sendMedia(this.readyMedia(), this.outbox, () => this.onChange()) : null;
    }

    async contact() {
        const words = await greet();
        if (words.trouble) return words.trouble;
        if (words.error) return "server";
        this.outbox.offset = words.now - Date.now();
        const isOurs = words.state === "open" && words.person === this.person;
        await this.onContact(words, isOurs);
        if (words.state === "ended") return "ended";
        if (words.state !== "open") return "expired";
        if (!isOurs) return "other";
        this.met = Date.now();
        this.onNews(await this.outbox.tidy(), await this.compare());
        return null;
    }

    // What the site had said it has, and has no more, goes again.
    async compare() {
        const receipts = this.outbox.receipts.filter(({ acked }) => acked.mark);
        const media = [...this.outbox.media.values()].filter((item) => item.acked);
        if (!receipts.length && !media.length) return 0;
        const marks = receipts.map(({ id, acked }) => [id, acked.mark]);
        const lost = await missing(marks, media.map(({ block, hash }) => [block, hash])).catch(() => ({ blocks: [], media: [] }));
        for (const { id, version, mark } of lost.blocks) {
            const { acked, ...block } = this.outbox.get(id);
            const isEarlier = block.marks?.includes(mark);
            await this.outbox.put({ ...block, base: version === 0 || isEarlier ? version : block.base });
        }
        for (const [block, hash] of lost.media) {
            const item = media.find((item) => item.block === block && item.hash === hash);
            if (item) await this.outbox.putMedia({ ...item, acked: undefined });
        }
        return lost.blocks.filter(({ id }) => !this.outbox.get(id)?.dropped).length + lost.media.length;
    }

    // What leaves is kept here first, as it leaves. A block that is typed further before its answer came goes again as it left,
    // then as it is: the site never takes the second for another way to write the first.
    async depart(ids) {
        const blocks = ids.map((id) => this.outbox.get(id)).filter((block) => block && !block.acked);
        const leaving = blocks.map((block) => block.left ?? asIs(block));
        const kept = blocks.filter((block) => !block.left).map((block) => this.outbox.put({ ...block, left: asIs(block) }));
        await Promise.race([Promise.all(kept), after(slowest)]);
        return leaving;
    }

    async post(blocks) {
        const { visit } = this.outbox;
        const now = this.outbox.now();
        const message = { protocol: 1, visit, author: this.person, device: this.device, blocks: blocks.map((block) => wire(block, now)) };
        const response = await send(this.url, () => ({
            headers: { "Content-Type": "application/json" }, body: JSON.stringify(message), signal: limit(patience),
        }));
        const answer = await said(response);
        if (!answer) return response.status >= 500 ? "server" : "portal";
        if ([401, 403].includes(response.status)) return this.contact().then((trouble) => trouble ?? "expired");
        if (response.status === 404) return "gone";
        if (!response.ok || !answer.blocks) return "server";
        const byId = new Map(blocks.map((block) => [block.id, block]));
        await Promise.all(answer.blocks.map((told) => this.settle(told, byId.get(told.id))));
        return answer.blocks.length === blocks.length ? null : "server";
    }

    // A block typed further while it was being sent stays, on the version just acknowledged.
    async settle(answer, sent) {
        const { left, ...now } = (sent && this.outbox.get(sent.id)) ?? {};
        if (!now.id) return;
        if (sent.dropped) return this.settleDropped(answer, sent, now);
        if (answer.outcome === "dropped" && !now.dropped) return this.renew(now, sent);
        const { version, mark } = answer;
        const marks = [...(now.marks ?? []), mark].slice(-20);
        const isAsSent = same(now, sent);
        if (answer.outcome === "refused") await this.outbox.put(isAsSent ? { ...now, refused: answer.message ?? "" } : now);
        else if (!isAsSent) await this.outbox.put({ ...now, base: version, marks });
        else await this.outbox.put({ ...now, marks, acked: { version, mark, at: this.outbox.now(), apart: answer.apart } });
        this.onAnswer(sent, answer);
    }

    // Emptied elsewhere and written here all the same, it is another note: at once, before the next letter.
    async renew({ marks, refused, ...block }, sent) {
        const id = newIdentifier();
        const media = this.outbox.mediaOf(sent.id).map((item) => this.outbox.putMedia({ ...item, block: id, acked: undefined }));
        const kept = [this.outbox.put({ ...block, id, base: 0 }), this.outbox.remove(sent.id), ...media];
        this.onAnswer(sent, { outcome: "renewed", id });
        await Promise.all(kept);
    }

    // What was emptied is remembered for two days, for a site that comes back from yesterday's backup; what the site keeps all the
    // same, as it was added or written elsewhere too, is none of this telephone's any more.
    async settleDropped(answer, sent, now) {
        const { outcome, mark } = answer;
        // Another tab wrote it again meanwhile.
        if (!now.dropped) return this.outbox.put(now);
        for (const item of this.outbox.mediaOf(sent.id)) await this.outbox.removeMedia(item.id);
        const acked = { version: 0, mark, at: this.outbox.now() };
        await (outcome === "dropped" ? this.outbox.put({ ...now, acked }) : this.outbox.remove(sent.id));
        this.onAnswer(sent, answer);
    }
}

const asIs = (block) => Object.fromEntries([...fields, "at", "dropped"].map((field) => [field, block[field] ?? null]));
const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const wire = (block, now) => (block.dropped ? { id: block.id, dropped: true } : whole(block, now));
const whole = (block, now) => ({
    ...Object.fromEntries(fields.map((field) => [field, block[field] ?? null])),
    dimension: undefined,
    dimensions: (block.dimension ?? "").split(" ").filter(Boolean),
    age: Math.max(0, Math.round(now - block.at)),
});
const same = (a, b) => fields.every((field) => field === "base" || (a[field] ?? null) === (b[field] ?? null));
