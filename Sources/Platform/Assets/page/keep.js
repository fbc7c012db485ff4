// What is typed in `form[data-keep]` stays in the browser until the site says it has it.
import { drop, forgetAll, keep, kept, keysKept } from "./store.js";
import { make, say } from "./make.js";
import { since } from "./dates.js";

const skipped = 'input[type="hidden"], input[type="password"], input[type="file"], [data-editor], [data-no-keep]';

export function keepForms(words) {
    for (const meta of document.querySelectorAll('meta[name="kept"]')) drop(`form:${meta.content}`);
    for (const form of document.querySelectorAll("form[data-keep]")) watch(form, words);
}

function watch(form, words) {
    const key = `form:${form.dataset.keep}`;
    const found = kept(key);
    const write = () => keep(key, { at: Date.now(), values: read(form) });
    let timer;
    form.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(write, 200);
    });
    form.addEventListener("submit", write);
    addEventListener("pagehide", () => timer && write());
    const afterError = document.querySelector(".error-summary");
    if (found && !afterError && JSON.stringify(found.values) !== JSON.stringify(read(form))) offer(form, key, found, words);
}

function fields(form) {
    return [...form.elements].filter((field) => field.name && field.matches("input, select, textarea") && !field.matches(skipped));
}

function read(form) {
    return fields(form).map((field) => {
        if (field.matches('[type="checkbox"], [type="radio"]')) return [field.name, field.value, field.checked];
        if (field.multiple) return [field.name, [...field.selectedOptions].map((option) => option.value)];
        return [field.name, field.value];
    });
}

function fill(form, values) {
    const left = fields(form);
    for (const [name, value, checked] of values) {
        const index = left.findIndex((field) => field.name === name && (checked === undefined || field.value === value));
        if (index < 0) continue;
        const [field] = left.splice(index, 1);
        if (checked !== undefined) field.checked = checked;
        else if (Array.isArray(value)) for (const option of field.options) option.selected = value.includes(option.value);
        else field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }
}

function offer(form, key, found, words) {
    const when = since(new Date(found.at)) ?? new Date(found.at).toLocaleDateString(document.documentElement.lang);
    const notice = make("div", { className: "notice warning", role: "status" });
    const answer = (act) => () => {
        act();
        notice.remove();
        fields(form)[0]?.focus();
    };
    notice.append(
        make("p", {}, say(words.keptFound, { when })),
        make(
            "p",
            { className: "acts" },
            make("button", { type: "button", className: "button quiet", onclick: answer(() => fill(form, found.values)) }, words.keptRestore),
            make("button", { type: "button", className: "link", onclick: answer(() => drop(key)) }, words.keptDrop),
        ),
    );
    form.before(notice);
}

/** Logging out empties what this browser keeps for the person, after a question when something was not sent yet. */
export function forgetAtLogOut(words) {
    for (const form of document.querySelectorAll("form[data-forget]")) {
        form.addEventListener("submit", (event) => {
            const unsent = [...keysKept("note:"), ...keysKept("draft:")];
            if (unsent.length && words.forgetConfirm && !confirm(words.forgetConfirm)) return event.preventDefault();
            forgetAll();
        });
    }
}
