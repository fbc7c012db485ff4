// The half-day of the moment, proposed as long as nobody chose another one.

/** `halves` names the half-days of the visit by their day and their half: « 2026-11-27 am ». */
export class Moment {
    constructor(field, halves) {
        Object.assign(this, { field, halves, proposed: "" });
    }

    propose() {
        if (!this.field || this.field.value !== this.proposed) return;
        const now = new Date();
        const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
        const names = now.getHours() < 13 ? ["am", "pm"] : ["pm", "am"];
        this.proposed = names.map((half) => this.halves[`${day} ${half}`]).find(Boolean) ?? "";
        this.field.value = this.proposed;
    }
}
