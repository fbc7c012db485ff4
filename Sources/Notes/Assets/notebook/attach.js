// What goes with the note being written: photographs, pages of a paper notebook, sounds; what is said of each, and who agreed.
import { make, say } from "../../../Platform/Assets/page/make.js";
import { newIdentifier } from "./outbox.js";
import { reduced } from "./photo.js";
import { canRecord, record } from "./sound.js";

const answers = ["none", "pending", "agreed"];

/** The buttons and the list of one form. `block()` names the note that is being written. */
export class Attachments {
    constructor(form, words, outbox, { block, onChange }) {
        Object.assign(this, { words, outbox, block, onChange });
        this.list = make("ul", { className: "attached" });
        this.line = make("p", { className: "meta", role: "status" });
        const choose = (isPage) => () => this.choose(isPage);
        this.buttons = make("p", { className: "acts attach" }, this.button("photo", choose(false)), this.button("page", choose(true)));
        if (canRecord()) this.buttons.append((this.recorder = this.button("sound", () => this.toggle())));
        form.elements.namedItem("text").closest(".field, label").after(this.buttons, this.line, this.list);
    }

    button(name, onclick) {
        return make("button", { type: "button", className: "button quiet", onclick }, this.words[name] ?? "");
    }

    choose(isPage) {
        const input = make("input", { type: "file", accept: "image/*" });
        input.addEventListener("change", () => input.files[0] && this.addPhoto(input.files[0], isPage));
        input.click();
    }

    async addPhoto(file, isPage) {
        const bytes = await reduced(file);
        if (bytes === undefined) return this.tell(say(this.words.photoUnread, { name: file.name }));
        if (!bytes) return this.tell(say(this.words.photoLarge, { size: this.size(file.size) }));
        const item = this.begin("photo", file.name);
        await this.keep(item, bytes, 0);
        const described = isPage ? { alternative: this.words.pageWhat, people: "none", isDescribed: true } : {};
        await this.change(item, { size: bytes.length, ...described });
        if (bytes.length < file.size) this.tell(say(this.words.reduced, { before: this.size(file.size), after: this.size(bytes.length) }));
        this.show();
    }

    async toggle() {
        if (this.stop) return this.stop();
        const item = this.begin("sound", "");
        let count = 0;
        const began = Date.now();
        const onPiece = async (bytes) => {
            await this.keep(item, bytes, count);
            count += 1;
            if (count === 1) await this.change(item, {});
        };
        const onEnd = async () => {
            clearInterval(clock);
            this.stop = null;
            this.recorder.textContent = this.words.sound;
            this.tell("");
            this.coming = null;
            if (count) await this.change(item, { seconds: Math.round((Date.now() - began) / 1000) });
            this.show();
        };
        const clock = setInterval(() => this.tell(say(this.words.recording, { time: time(Date.now() - began) })), 1000);
        this.stop = await record({ onPiece, onEnd }).catch(() => null);
        if (this.stop) return (this.recorder.textContent = this.words.stop);
        clearInterval(clock);
        this.coming = null;
        this.tell(this.words.microphoneRefused);
    }

    begin(kind, name) {
        return (this.coming = { id: newIdentifier(), block: this.block(), kind, name, alternative: "", people: "", agreement: "" });
    }

    /** Whether something on its way to a note is not written down yet: a photograph being read, the first second of a sound. */
    isAwaited(block) {
        return this.coming?.block === block;
    }

    // Without a place to keep it, it stays in the page.
    async keep(item, bytes, number) {
        if (await this.outbox.vault.keepBytes(`media:${item.id}`, number, bytes)) return;
        const before = this.outbox.media.get(item.id)?.bytes ?? new Uint8Array();
        item.bytes = new Uint8Array([...before, ...bytes]);
        this.tell(this.outbox.vault.isLasting ? this.words.full : this.words.memory);
    }

    async change(item, values) {
        if (this.coming?.id === item.id) this.coming = null;
        await this.outbox.putMedia(Object.assign(item, values));
        this.onChange();
    }

    /** Shows what goes with the note in the field; what is not described yet asks for it. */
    show() {
        this.list.replaceChildren(...this.outbox.mediaOf(this.block()).map((item) => this.describe(item)));
    }

    /** Leads to what is not said yet of what goes with the note; whether there is. */
    ask() {
        const missing = this.list.querySelector("input:invalid");
        this.tell(missing ? this.words.describe : "");
        missing?.focus();
        return missing !== null;
    }

    get isDescribed() {
        return this.outbox.mediaOf(this.block()).every((item) => item.isDescribed);
    }

    describe(item) {
        const { words } = this;
        const isSound = item.kind === "sound";
        const field = make("fieldset", {}, make("legend", {}, isSound ? say(words.soundOf, { time: time((item.seconds ?? 0) * 1000) }) : words.photo));
        const what = make("input", { type: "text", required: !isSound, maxLength: 500, value: item.alternative });
        const who = make("input", { type: "text", maxLength: 500, value: item.agreement });
        const agreement = make("label", { hidden: item.people !== "agreed" }, words.agreement, who);
        const people = answers.map((answer) => {
            const radio = make("input", { type: "radio", required: true, value: answer, checked: item.people === answer });
            radio.setAttribute("name", `people-${item.id}`);
            return make("label", { className: "choice" }, radio, ` ${words[`${isSound ? "voices" : "people"}.${answer}`] ?? answer}`);
        });
        field.addEventListener("input", (event) => {
            event.stopPropagation();
            const answer = people.map((label) => label.firstChild).find((radio) => radio.checked)?.value ?? "";
            agreement.hidden = answer !== "agreed";
            who.required = answer === "agreed";
            const isDescribed = Boolean((isSound || what.value.trim()) && answer && (answer !== "agreed" || who.value.trim()));
            this.change(this.outbox.media.get(item.id) ?? item, { alternative: what.value, people: answer, agreement: who.value, isDescribed });
        });
        const remove = () => this.outbox.removeMedia(item.id).then(() => (this.show(), this.onChange()));
        if (!isSound) field.append(this.picture(item));
        field.append(
            ...(isSound ? [] : [make("label", {}, words.photoWhat, make("small", {}, ` ${words.required}`), what)]),
            make("fieldset", {}, make("legend", {}, isSound ? words.voices : words.people), ...people), agreement,
            make("button", { type: "button", className: "link", onclick: remove }, words.removeMedia),
        );
        return make("li", {}, field);
    }

    picture(item) {
        const image = make("img", { alt: "", width: 96, onload: () => URL.revokeObjectURL(image.src) });
        const put = (bytes) => bytes && (image.src = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" })));
        this.outbox.vault.bytes(`media:${item.id}`).then((kept) => put(kept ?? item.bytes));
        return image;
    }

    tell(sentence) {
        this.line.textContent = sentence ?? "";
    }

    size(bytes) {
        const [value, unit] = bytes >= 1 << 20 ? [bytes / (1 << 20), "megabyte"] : [Math.ceil(bytes / 1024), "kilobyte"];
        return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
    }
}

const time = (milliseconds) => `${Math.floor(milliseconds / 60_000)}:${String(Math.floor(milliseconds / 1000) % 60).padStart(2, "0")}`;
