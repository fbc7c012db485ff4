// Images and documents of a text: chosen, pasted or dropped, sent to the site, shown where one is writing.
import { make, say } from "../../../Platform/Assets/page/make.js";

/** The files of one editor; `insert({ markdown })` puts in the text what the site answers. */
export class Files {
    constructor(area, words, insert) {
        this.address = area.dataset.files;
        this.base = area.dataset.baseAddress ?? "";
        this.most = Number(area.dataset.most);
        this.words = words;
        this.insert = insert;
        const button = area.closest("form")?.querySelector("[data-editor-file]");
        button?.addEventListener("click", (event) => {
            event.preventDefault();
            this.ask();
        });
    }

    /** How ProseMirror shows an image. */
    view = (node) => {
        const { src, alt, title } = node.attrs;
        const image = make("img", { src: `${this.base}${src}?largeur=640`, alt });
        const caption = title ? make("figcaption", {}, title) : null;
        return { dom: make("figure", { className: "image", contentEditable: "false", "data-image": src }, image, caption) };
    };

    /** The command of the toolbar: asks for a file, or for the words of the image that is selected. */
    command = (state, dispatch, view) => {
        if (!this.address) return false;
        if (dispatch) state.selection.node?.type.name === "image" ? this.edit(view) : this.ask();
        return true;
    };

    /** Takes the files of a paste or of a drop; false when there are none, or words beside them. */
    take(data) {
        const file = data?.files?.[0];
        if (!this.address || !file || data.types.includes("text/html")) return false;
        this.ask(file);
        return true;
    }

    /** Shows the form of the page that serves without script, and sends it from here. */
    async ask(file) {
        const dialog = make("dialog", { className: "editor-file", "aria-label": this.words.file ?? "" });
        const form = await this.form();
        const close = make("button", { type: "button", className: "link", onclick: () => dialog.close() }, this.words.close);
        if (form) {
            form.querySelector(".acts a").replaceWith(close);
            form.addEventListener("submit", (event) => {
                event.preventDefault();
                this.send(form, dialog);
            });
        }
        const said = make("p", { role: "alert" }, form ? "" : this.words.fileFailed);
        dialog.append(form ?? close);
        dialog.prepend(said);
        dialog.addEventListener("close", () => dialog.remove());
        document.body.append(dialog);
        dialog.showModal();
        if (!file || !form) return;
        const held = new DataTransfer();
        held.items.add(file);
        form.elements.file.files = held.files;
        form.elements.alternative.focus();
    }

    async form() {
        const answer = await fetch(this.address, { credentials: "same-origin" }).catch(() => null);
        if (!answer?.ok) return null;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        return document.adoptNode(page.querySelector(`form[action="${this.address}"]`));
    }

    send(form, dialog) {
        const said = dialog.querySelector("[role=alert]");
        const fail = (sentence) => {
            said.className = "error";
            said.textContent = sentence;
            bar.remove();
            button.disabled = false;
        };
        const button = form.querySelector(".acts button");
        const bar = make("progress", { max: 100, value: 0, "aria-label": this.words.file ?? "" });
        if (form.elements.file.files[0]?.size > this.most) return fail(say(this.words.fileTooLarge, { most: this.most >> 20 }));
        button.disabled = true;
        button.after(bar);
        said.textContent = "";
        const request = new XMLHttpRequest();
        request.open("POST", this.address);
        request.setRequestHeader("X-CSRF-Token", form.elements.csrf.value.split(".")[0]);
        request.setRequestHeader("Accept", "application/json");
        request.responseType = "json";
        request.upload.addEventListener("progress", ({ loaded, total }) => {
            bar.value = (100 * loaded) / total;
            bar.textContent = say(this.words.fileSending, { percent: Math.round(bar.value) });
        });
        request.addEventListener("error", () => fail(this.words.fileFailed));
        request.addEventListener("load", () => {
            if (request.status !== 200) return fail(request.response?.error ?? this.words.fileFailed);
            dialog.close();
            this.insert(request.response);
        });
        request.send(new FormData(form));
    }

    /** Changes what is said of the image that is selected. */
    edit(view) {
        const { node, from } = view.state.selection;
        const field = (id, name, value) => {
            const input = make("input", { id, value });
            return make("div", { className: "field" }, make("label", { for: id }, name), input);
        };
        const alt = field("image-alternative", this.words.fileEdit, node.attrs.alt);
        const title = field("image-caption", this.words.fileCaption, node.attrs.title);
        const close = make("button", { type: "button", className: "link", onclick: () => dialog.close() }, this.words.close);
        const acts = make("div", { className: "acts" }, make("button", { className: "button" }, this.words.fileApply), close);
        const form = make("form", { method: "dialog" }, alt, title, acts);
        const dialog = make("dialog", { className: "editor-file", "aria-label": this.words.fileEdit }, form);
        form.addEventListener("submit", () => {
            const words = { alt: alt.querySelector("input").value.trim(), title: title.querySelector("input").value.trim() };
            view.dispatch(view.state.tr.setNodeMarkup(from, null, { ...node.attrs, ...words }));
        });
        dialog.addEventListener("close", () => {
            dialog.remove();
            view.focus();
        });
        document.body.append(dialog);
        dialog.showModal();
    }
}
