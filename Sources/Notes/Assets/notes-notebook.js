// The field notebook: what is written is in the browser at once, on the site as soon as it can be.
import { followLive } from "../../Platform/Assets/page/live.js";
import { make, say } from "../../Platform/Assets/page/make.js";
import { BlockList } from "./notebook/list.js";
import { freshen } from "./notebook/fresh.js";
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
        this.list = new BlockList(this.words, {
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
        // Before the page's own care of forms: a note added here is no form sent.
        form.addEventListener("submit", (event) => this.add(event), true);
        this.tell();
        this.sync.now();
    }

    field(name) {
        return this.form.elements.namedItem(name);
    }

    get isEdit() {
        return "edit" in this.form.dataset;
    }

    // A page that edits one block keeps its identifier; otherwise each block gets its own, made here. What was being
    // written when the page was left comes back in the field.
    beginOrResume() {
        if (this.isEdit) {
            const unsent = this.outbox.get(this.field("id").value);
            if (unsent) this.fill(unsent);
            return;
        }
        const unfinished = this.outbox.unfinished();
        if (!unfinished) return this.fresh(Number(this.form.dataset.next ?? 1));
        this.fill(unfinished);
        for (const name of ["id", "sequence"]) this.field(name).value = unfinished[name];
        this.field("base").value = Math.max(unfinished.base, this.list.version(unfinished.id));
        this.list.hide(unfinished.id);
    }

    fill(block) {
        for (const name of [...chosen, "text"]) {
            const field = this.field(name);
            if (field) field.value = block[name] ?? "";
        }
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
        if (!this.isEdit) this.remember();
        this.tell();
        this.sync.soon(pause);
    }

    // What is being written is no note yet for its author: it comes back in the field.
    remember() {
        const block = this.block();
        this.outbox.write(block.text.trim() ? block : null);
    }

    // With nothing kept in the browser, the form is posted as it is without scripts.
    add(event) {
        const block = this.block();
        if (this.full || this.isEdit) return;
        event.preventDefault();
        if (!block.text.trim()) return this.field("text").focus();
        if (!this.outbox.put(block)) return this.form.submit();
        this.outbox.write(null);
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
            if (!this.isEdit) this.remember();
        }
        if (!writing || answer.outcome === "kept_both") this.list.saved(block, answer);
        if (!writing && answer.outcome === "saved") this.freshen();
    }

    // The site shows the note with its buttons, and how many are not shared yet.
    async freshen() {
        if (this.outbox.all().some((block) => block.id !== this.field("id").value)) return;
        if (await freshen()) this.list.hide(this.field("id").value);
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
followLive();
