// The field notebook: what is written is in the browser at once, on the site as soon as it can be.
import { followLive } from "../../Platform/Assets/page/live.js";
import { make, say } from "../../Platform/Assets/page/make.js";
import { forgetAll } from "../../Platform/Assets/page/store.js";
import { emptyVault } from "../../Platform/Assets/page/vault.js";
import { Attachments } from "./notebook/attach.js";
import { takeAway } from "./notebook/file.js";
import { freshen } from "./notebook/fresh.js";
import { BlockList } from "./notebook/list.js";
import { Moment } from "./notebook/moment.js";
import { Near } from "./notebook/near.js";
import { Opening } from "./notebook/opening.js";
import { newIdentifier, Outbox } from "./notebook/outbox.js";
import { stay } from "./notebook/phone.js";
import { offerPlace } from "./notebook/place.js";
import { Sync } from "./notebook/sync.js";
import { hold, release } from "./notebook/tabs.js";
import { Vault } from "./notebook/vault.js";

const pause = 1500;
const patience = 400;
const slowest = 5000;
const chosen = ["slot", "encounter", "subgroup", "manner", "speaker", "place"];
const lock = (id) => `carnet:note:${id}`;
const person = document.querySelector('meta[name="person"]')?.content || "guest";

/** One notebook form enhanced: writes one block at a time, sends by itself. */
class Notebook {
    constructor(form) {
        this.form = form;
        // On a page of its own, a note that was begun is one until it is saved there.
        this.begun = "begun" in form.dataset || null;
        this.words = JSON.parse(form.dataset.words || "{}");
        this.line = form.querySelector("[data-notebook-state]") ?? make("p");
        this.news = make("p", { className: "meta", role: "status" });
        this.opening = new Opening(form, this.words, person);
        this.line.after(this.news);
        this.plural = new Intl.PluralRules(document.documentElement.lang);
        this.near = new Near(form, this.field("text"));
        this.moment = new Moment(this.field("slot"), JSON.parse(form.dataset.halves || "{}"));
        // Whatever is missing is said here, in the words of the page.
        form.noValidate = true;
        // Whoever notes in an encounter of a sub-group is there with it.
        const goes = JSON.parse(form.dataset.goes || "{}");
        this.field("encounter")?.addEventListener("input", ({ target }) => {
            if (goes[target.value] && this.field("subgroup")) this.field("subgroup").value = goes[target.value];
        });
        form.addEventListener("input", () => this.typed());
        // Before the page's own care of forms: a note added here is no form sent.
        form.addEventListener("submit", (event) => this.submitted(event), true);
        document.addEventListener("submit", (event) => this.shared(event), true);
        document.addEventListener("live:fresh", () => this.hideHere());
        addEventListener("beforeunload", (event) => this.isFragile && event.preventDefault());
        this.ready = this.start();
    }

    async start() {
        const { visit, sync } = this.form.dataset;
        this.vault = await Vault.open(person, visit);
        // Said where it is so alone.
        if (this.vault.isLasting) this.form.querySelector("#text-hint")?.append(" ", this.words.kept ?? "");
        this.outbox = await new Outbox(this.vault, visit).load();
        this.list = new BlockList(this.words, this.outbox, {
            retry: (block) => this.retry(block),
            discard: (block) => this.discard(block),
            edit: this.isEdit ? null : (block) => this.take(block),
            isAway: () => this.sync.trouble === "offline",
        });
        this.sync = new Sync(this.outbox, sync, person, {
            onChange: () => this.changed(),
            onAnswer: (block, answer) => this.answered(block, answer),
            onContact: (hello, isOurs) => this.met(hello, isOurs),
            onNews: (fates, restored) => this.tellNews(fates, restored),
        });
        this.outbox.onStale = () => {
            clearTimeout(this.reading);
            this.reading = setTimeout(() => this.reread(), patience);
        };
        this.outbox.onForgotten = () => this.opening.tell("");
        this.outbox.onCleared = () => this.isEdit || this.settle();
        await this.beginOrResume();
        if (!this.isEdit) {
            const onChange = () => this.typed();
            this.attachments = new Attachments(this.form, this.words, this.outbox, { block: () => this.field("id").value, onChange });
            this.attachments.show();
        }
        offerPlace(this.field("place"), this.words, () => this.typed());
        this.list.showAll();
        this.hideHere();
        const isEarly = this.isEarly;
        this.isEarly = false;
        this.isReady = true;
        if (isEarly) this.typed();
        else this.tell();
        this.sync.now();
        if (this.vault.isLasting) this.askToStay();
        if (this.outbox.lost) this.tellNews();
        if (this.isEdit) return;
        setTimeout(() => this.settle(), document.querySelector("[data-notebook-offline]") ? 5000 : pause);
    }

    settle() {
        return this.opening.settle(this.vault);
    }

    field(name) {
        return this.form.elements.namedItem(name);
    }

    /** The boxes of the dimensions: a note may be about several. */
    get dimensions() {
        return [...this.form.querySelectorAll('[name="dimension"]')];
    }

    // What a choice is, in words.
    named(name, value) {
        if (name === "dimension") return this.dimensions.filter(isIn(value)).map((box) => box.parentElement.textContent.trim()).join(", ");
        return value && [...(this.field(name)?.options ?? [])].find((option) => option.value === value)?.text;
    }

    get isEdit() {
        return "edit" in this.form.dataset;
    }

    /** What is here would go with the page. */
    get isFragile() {
        const isKept = this.vault?.isLasting && !this.vault.refusal;
        return Boolean(this.outbox && !isKept && (this.outbox.waiting().length || this.outbox.dropped.length));
    }

    // A page that edits one block keeps its identifier; otherwise each block gets its own, made here. What was being
    // written when the page was left comes back in the field, in one tab alone.
    async beginOrResume() {
        if (this.isEdit) {
            const unsent = this.outbox.get(this.field("id").value);
            if (unsent && !unsent.acked && !this.isEarly) this.fill(unsent);
            return;
        }
        const open = this.outbox.all().filter((block) => block.open).reverse();
        for (const block of open) {
            if (!(await hold(lock(block.id), patience))) continue;
            if (!this.isEarly && !this.isResumed) {
                this.isResumed = true;
                this.put(block);
            } else {
                release(lock(block.id));
                const text = block.text.trim() || (this.outbox.mediaOf(block.id).length ? this.words.sound : "");
                this.outbox.put({ ...block, open: false, text });
            }
        }
        if (!this.isResumed) await this.fresh(Number(this.form.dataset.next ?? 1));
    }

    // Puts a block in the field.
    put(block) {
        this.fill(block);
        for (const name of ["id", "sequence"]) this.field(name).value = block[name];
        this.outbox.writing = block.id;
        this.begun = block.begun ?? null;
        this.field("base").value = Math.max(block.acked?.version ?? block.base, this.list.version(block.id));
        this.list.hide(block.id);
    }

    fill(block) {
        for (const name of [...chosen, "text"]) {
            const field = this.field(name);
            if (field) field.value = block[name] ?? "";
        }
        for (const box of this.dimensions) box.checked = isIn(block.dimension)(box);
        if (this.field("offRecord")) this.field("offRecord").checked = Boolean(block.offRecord);
    }

    // The field gets a block of its own, which is no note before its author adds it.
    name(sequence) {
        const last = Math.max(sequence - 1, ...this.outbox.all().map((block) => block.sequence));
        const id = newIdentifier();
        this.field("id").value = id;
        this.outbox.writing = id;
        this.field("base").value = "0";
        this.field("sequence").value = last + 1;
        this.begun = true;
        return hold(lock(id));
    }

    async fresh(sequence) {
        const held = this.name(sequence);
        // What was typed before the page was ready stays.
        if (!this.isEarly) this.begin();
        if (this.field("place")) this.field("place").value = "";
        this.attachments?.show();
        await held;
    }

    // Where, with whom and who speaks go on from a note to the next; what it is about and whom it is for do not.
    begin() {
        this.field("text").value = "";
        if (this.field("offRecord")) this.field("offRecord").checked = false;
        for (const box of this.dimensions) box.checked = false;
        this.moment.propose();
    }

    block() {
        const value = (name) => this.field(name)?.value || null;
        return {
            id: value("id"),
            sequence: Number(value("sequence") ?? 0),
            base: Number(value("base") ?? 0),
            ...Object.fromEntries(chosen.map((name) => [name, value(name)])),
            dimension: this.dimensions.filter((box) => box.checked).map((box) => box.value).join(" ") || null,
            offRecord: Boolean(this.field("offRecord")?.checked),
            begun: this.begun,
            text: this.field("text").value,
        };
    }

    // What is being written is no note yet for its author: it comes back in the field.
    async typed() {
        if (!this.isReady) return (this.isEarly = true);
        this.near.clear();
        const block = this.block();
        const isEmpty = !block.text.trim() && !this.outbox.mediaOf(block.id).length && !this.attachments?.isAwaited(block.id);
        const kept = isEmpty ? this.empty(block) : this.outbox.put({ ...since(this.outbox.get(block.id)), ...block, open: !this.isEdit });
        this.tellSoon();
        this.sync.soon(pause);
        if (!(await kept)) this.tell();
    }

    // Nothing is being written any more. What left of it is taken back by its name, and the field gets another one: what is chosen in
    // it stays. A note that was added is taken away by its own button alone.
    empty(block) {
        const known = this.outbox.get(block.id);
        const hasLeft = block.base || known?.left || known?.acked;
        if (this.isEdit || !block.begun || !hasLeft) return this.outbox.remove(block.id);
        release(lock(block.id));
        this.name(block.sequence);
        return this.outbox.drop(block);
    }

    // What is in the field is shared with no others: the page that comes says so.
    shared({ target }) {
        if (!this.begun || !target.closest("[data-share-all]") || !this.field("text").value.trim()) return;
        target.append(make("input", { type: "hidden", name: "begun", value: "1" }));
    }

    submitted(event) {
        if (this.isEdit) return;
        event.preventDefault();
        this.ready.then(() => this.add());
    }

    async add() {
        // A sound that is being recorded is heard to its end, and says who is on it, before its note leaves.
        if (this.attachments?.stop) return this.attachments.stop();
        const block = this.block();
        const media = this.outbox.mediaOf(block.id);
        if (!block.text.trim() && media.length) block.text = media[0].alternative || this.words.sound;
        if (!block.text.trim()) return this.near.refuse(this.words.empty);
        if (this.attachments?.ask()) return;
        this.last = block.id;
        this.close({ ...block, begun: null });
        await this.fresh(block.sequence + 1);
        this.field("text").focus();
        this.sync.now();
    }

    // The block leaves the field for the list, added by its author or still begun.
    close(block) {
        const whole = { ...since(this.outbox.get(block.id)), ...block, open: false };
        release(lock(block.id));
        this.outbox.put(whole).then((isKept) => isKept || this.tell());
        this.list.show(whole);
        this.tell();
    }

    // A block of the list comes back in the field.
    async take({ id }) {
        if (this.field("id").value === id || !(await hold(lock(id)))) return;
        const current = this.block();
        if (current.text.trim()) this.close(current);
        else release(lock(current.id));
        const block = this.outbox.get(id);
        this.outbox.put({ ...block, open: true });
        this.put(block);
        this.attachments.show();
        this.field("text").focus();
    }

    // What was emptied goes from the list, or comes back if the site keeps it.
    dropped({ id }, { outcome }) {
        if (outcome === "dropped") this.list.remove(id);
        this.isNews = true;
    }

    // Emptied elsewhere while it was written here: it goes on under another name.
    renewed(block, { id }) {
        if (this.field("id").value !== block.id) return this.list.remove(block.id), this.list.show(this.outbox.get(id));
        release(lock(block.id));
        this.field("id").value = id;
        this.field("base").value = "0";
        this.outbox.writing = id;
        hold(lock(id));
    }

    answered(block, answer) {
        if (answer.outcome === "renewed") return this.renewed(block, answer);
        if (block.dropped) return this.dropped(block, answer);
        if (this.outbox.get(block.id)?.dropped) return;
        const writing = this.field("id").value === block.id;
        if (answer.outcome === "refused") return writing ? undefined : this.list.show(this.outbox.get(block.id));
        if (writing) this.field("base").value = answer.version;
        const isBoth = answer.outcome === "kept_both";
        // Typed further meanwhile, it is not whole; let go for want of room, it is.
        const now = this.outbox.get(block.id);
        const isWhole = !writing && (!now || now.acked);
        if (isBoth || (isWhole && this.list.find(block.id))) this.list.saved(block, answer);
        // What was begun there is added: the same words, and one more to share.
        this.isNews ||= !writing && ["saved", "same"].includes(answer.outcome) && !answer.apart;
    }

    changed() {
        this.tell();
        for (const item of document.querySelectorAll('[data-block][data-sent="no"]')) {
            const block = this.outbox.get(item.dataset.block);
            if (block && !block.open && !block.dropped) this.list.show(block, this.sync.sending);
        }
        if (this.isNews && !this.sync.sending && !this.sync.trouble) this.freshen();
    }

    // The site shows the note with its buttons, and how many are not shared yet.
    async freshen() {
        if (this.outbox.dropped.length || this.outbox.waiting().some((block) => block.id !== this.field("id").value)) return;
        this.isNews = false;
        if (await freshen()) this.hideHere();
    }

    // What is in the field, or was emptied there, is not in the list.
    hideHere() {
        for (const id of [this.field("id").value, ...(this.outbox?.dropped ?? []).map(({ id }) => id)]) this.list?.hide(id);
    }

    /** The site said who is there: the log-in opens what is kept here, its end closes it, and its owner may have it forgotten. */
    async met(hello, isOurs) {
        if (hello.state === "ended") return this.forget();
        if (isOurs) document.querySelector('meta[name="csrf"]')?.setAttribute("content", hello.token);
        if (!this.vault.isLasting) return;
        // A browser that takes no key, or does not answer, keeps nothing from leaving.
        await Promise.race([this.turnKey(hello, isOurs), after(slowest)]).catch(() => {});
        if (isOurs && this.opening.is === "notYet") this.settle();
        if (!isOurs || !this.vault.locked) return;
        await this.outbox.refresh();
        this.list.showAll();
    }

    turnKey({ key, lasts }, isOurs) {
        return isOurs ? this.vault.keys.unlock(key, lasts) : this.vault.keys.lock();
    }

    // Some browsers ask the person, who may be walking: nothing waits for their answer, and nothing is promised until it comes.
    askToStay() {
        const told = (isPromised) => {
            this.opening.isPromised = isPromised;
            this.opening.tell(this.opening.is);
            this.tell();
        };
        const answer = stay();
        Promise.race([answer, after(patience, false)]).then(told);
        answer.then(told);
    }

    async forget() {
        forgetAll();
        this.opening.tell("");
        this.outbox.blocks.clear();
        this.outbox.media.clear();
        for (const item of document.querySelectorAll("[data-block][data-sent]")) item.remove();
        this.field("text").value = "";
        this.attachments?.show();
        await emptyVault(person);
    }

    // Another tab wrote in the same vault.
    async reread() {
        if (this.sync.sending || !this.outbox.isStale) return;
        await this.outbox.refresh();
        this.list.showAll();
        this.changed();
    }

    retry({ id }) {
        const { refused, ...again } = this.outbox.get(id);
        this.outbox.put(again);
        for (const { refused: _, ...item } of this.outbox.mediaOf(id)) this.outbox.putMedia(item);
        this.sync.now();
    }

    discard({ id }) {
        for (const item of this.outbox.mediaOf(id)) this.outbox.removeMedia(item.id);
        this.outbox.remove(id);
        this.list.remove(id);
        this.tell();
    }

    say(name, count) {
        const { words } = this;
        return count ? say(words[`${name}.${this.plural.select(count)}`] ?? words[`${name}.other`], { count }) : "";
    }

    tellNews({ soon, gone } = {}, restored = 0) {
        this.news.replaceChildren(...[this.say("lost", this.outbox.lost), this.say("restored", restored), this.say("aged", gone), this.say("aging", soon)].filter(Boolean).flatMap((part) => [part, " "]));
    }

    // The letter is on the screen first.
    tellSoon() {
        if (document.hidden) return this.tell();
        cancelAnimationFrame(this.frame);
        this.frame = requestAnimationFrame(() => setTimeout(() => this.tell()));
    }

    tell() {
        const { words, sync, vault } = this;
        const { waiting, media, refusedMedia, isRefused, isApart } = this.outbox.figures();
        this.outbox.count(waiting + vault.locked);
        const refusal = vault.isLasting && vault.refusal;
        const risk = refusal ? words[refusal] : waiting && !vault.isLasting ? words.memory : waiting && this.opening.isPromised === false && sync.trouble ? words.volatile : "";
        this.near.tell(this.list?.state(this.outbox.get(this.last), sync.sending) ?? "");
        const trouble = sync.trouble && words[sync.trouble];
        const counts = [this.say("stateWaiting", waiting), this.say("mediaWaiting", media), this.say("locked", vault.locked), refusedMedia && this.list.told([refusedMedia])];
        const sentence = counts.some(Boolean) ? counts : [words.stateAll];
        const line = [trouble, ...(sync.sending && !trouble ? [words.sending] : sentence), risk].filter(Boolean).join(" ");
        const said = JSON.stringify([line, isRefused, isApart, refusedMedia?.id]);
        if (this.said === said) return;
        this.said = said;
        this.line.replaceChildren(line);
        if (["expired", "ended"].includes(sync.trouble) && this.form.dataset.login) {
            this.line.append(" ", make("a", { href: this.form.dataset.login, target: "_blank" }, words.login ?? ""));
        }
        if (refusedMedia) {
            const onclick = () => this.outbox.removeMedia(refusedMedia.id).then(() => (this.attachments?.show(), this.changed()));
            this.line.append(" ", make("button", { type: "button", className: "link", onclick }, words.removeMedia ?? ""));
        }
        if (isApart) {
            this.line.append(" ", make("a", { href: "/compte/notes-a-part" }, words.apartLink ?? ""));
        }
        if (waiting && (sync.trouble || refusal || isRefused || !vault.isLasting)) {
            const onclick = () => takeAway(this.outbox, document.querySelector("h1")?.textContent ?? "", words, (field, value) => this.named(field, value));
            this.line.append(" ", make("button", { type: "button", className: "link", onclick }, words.takeAway ?? ""));
        }
    }
}

const after = (milliseconds, value) => new Promise((resolve) => setTimeout(resolve, milliseconds, value));

// What is known of a block and stays true once its words change.
function since(block) {
    const { acked, refused, dropped, ...rest } = block ?? {};
    return rest;
}

// Several identifiers in a line, as a note keeps its dimensions.
const isIn = (line) => (box) => (line ?? "").split(" ").includes(box.value);

for (const form of document.querySelectorAll("form[data-notebook]")) new Notebook(form);
followLive();
