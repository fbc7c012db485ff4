// The field notebook: what is written is in the browser at once, on the site as soon as it can be.
import { make, say } from "../../Platform/Assets/page/make.js";
import { BlockList } from "./notebook/list.js";
import { newIdentifier, Outbox } from "./notebook/outbox.js";
import { Sync } from "./notebook/sync.js";

const pause = 1500;
const chosen = ["slot", "encounter", "dimension", "manner", "speaker"];

/** One notebook form enhanced: writes one block at a time, sends by itself. */
class Notebook {
    constructor(form) {
        this.form = form;
        this.words = JSON.parse(form.dataset.words || "{}");
        this.outbox = new Outbox(form.dataset.visit);
        this.line = form.querySelector("[data-notebook-state]") ?? make("p");
        this.list = new BlockList(document.querySelector("[data-notebook-list]"), this.words, {
            retry: (block) => this.retry(block),
            discard: (block) => this.discard(block),
        });
        this.sync = new Sync(this.outbox, form.dataset.sync, {
            onChange: () => this.tell(),
            onAnswer: (block, answer) => this.answered(block, answer),
        });
        this.plural = new Intl.PluralRules(document.documentElement.lang);
        this.beginOrResume();
        form.addEventListener("input", () => this.typed());
        form.addEventListener("submit", (event) => this.add(event));
        this.tell();
        this.sync.now();
    }

    field(name) {
        return this.form.elements.namedItem(name);
    }

    // A page that edits one block keeps its identifier; otherwise each block gets its own, made here.
    beginOrResume() {
        const unsent = this.outbox.get(this.field("id").value);
        if (!("edit" in this.form.dataset)) return this.fresh(Number(this.form.dataset.next ?? 1));
        if (unsent) for (const name of [...chosen, "text"]) this.field(name).value = unsent[name] ?? "";
    }

    fresh(sequence) {
        const last = Math.max(sequence - 1, ...this.outbox.all().map((block) => block.sequence));
        this.field("id").value = newIdentifier();
        this.field("base").value = "0";
        this.field("sequence").value = last + 1;
        this.field("text").value = "";
    }

    block() {
        const value = (name) => this.field(name)?.value || null;
        return {
            id: value("id"),
            sequence: Number(value("sequence") ?? 0),
            base: Number(value("base") ?? 0),
            ...Object.fromEntries(chosen.map((name) => [name, value(name)])),
            text: this.field("text").value,
        };
    }

    typed() {
        const block = this.block();
        if (block.text.trim()) this.full = !this.outbox.put(block);
        else this.outbox.remove(block.id);
        this.tell();
        this.sync.soon(pause);
    }

    // With nothing kept in the browser, the form is posted as it is without scripts.
    add(event) {
        const block = this.block();
        if (this.full || "edit" in this.form.dataset) return;
        event.preventDefault();
        if (!block.text.trim()) return this.field("text").focus();
        if (!this.outbox.put(block)) return this.form.submit();
        this.list.waiting(block, false);
        this.fresh(block.sequence + 1);
        this.field("text").focus();
        this.sync.now();
    }

    answered(block, answer) {
        const writing = this.field("id").value === block.id;
        if (answer.outcome === "refused") return this.list.waiting({ ...block, refused: answer.message ?? "" }, false);
        if (writing) {
            this.field("base").value = answer.version;
            this.writtenAt = new Date();
        }
        if (!writing || answer.outcome === "kept_both") this.list.saved(block, answer);
    }

    retry(block) {
        const { refused, ...again } = block;
        this.outbox.put(again);
        this.sync.now();
    }

    discard(block) {
        this.outbox.remove(block.id);
        this.list.remove(block.id);
        this.tell();
    }

    count(count) {
        const { words } = this;
        return say(words[`stateWaiting.${this.plural.select(count)}`] ?? words["stateWaiting.other"], { count });
    }

    tell() {
        const { words } = this;
        const waiting = this.outbox.all().filter((block) => block.text.trim());
        const finished = waiting.filter((block) => block.id !== this.field("id").value);
        for (const block of finished) this.list.waiting(block, this.sync.sending);
        const trouble = this.full ? words.full : this.sync.trouble && words[this.sync.trouble];
        const sentence = waiting.length ? this.count(waiting.length) : words.stateAll;
        const line = [trouble, this.sync.sending && !trouble ? words.sending : sentence].filter(Boolean).join(" ");
        if (this.line.dataset.said === line) return;
        this.line.dataset.said = line;
        this.line.replaceChildren(line);
        if (this.sync.trouble === "expired" && this.form.dataset.login) {
            this.line.append(" ", make("a", { href: this.form.dataset.login, target: "_blank" }, words.login ?? ""));
        }
    }
}

for (const form of document.querySelectorAll("form[data-notebook]")) new Notebook(form);
