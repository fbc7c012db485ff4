// What is said where the thumb and the eyes are: why a note is not taken, beside its field; where the last one is, by the button.
import { make } from "../../../Platform/Assets/page/make.js";

export class Near {
    constructor(form, field) {
        this.field = field;
        this.error = make("p", { className: "error", id: "text-told", role: "alert" });
        this.line = make("span", { className: "meta" });
        form.querySelector(".notebook > .acts:last-of-type")?.append(this.line);
    }

    /** Says why the words are not taken, at their field. */
    refuse(sentence) {
        this.error.textContent = sentence ?? "";
        this.field.before(this.error);
        this.field.setAttribute("aria-invalid", "true");
        this.field.focus();
    }

    /** What was refused is being written again. */
    clear() {
        if (!this.error.isConnected) return;
        this.error.remove();
        this.field.removeAttribute("aria-invalid");
    }

    /** Where the note that was just added is; nothing before the first one. */
    tell(sentence) {
        if (this.line.textContent !== sentence) this.line.textContent = sentence;
    }
}
