// What is typed in `form[data-keep]` stays in the browser until the site says it has it.
import { drop, forgetAll, keep, kept, keysKept, person } from "./store.js";
import { emptyVault, waitingOf } from "./vault.js";
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
    if (!found || document.querySelector(".error-summary")) return;
    if (JSON.stringify(found.values) !== JSON.stringify(read(form))) offer(form, key, found, words);
}

function fields(form) {
    const written = (field) => field.name && field.matches("input, select, textarea") && !field.matches(skipped);
    return [...form.elements].filter(written);
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
        const isIt = (field) => field.name === name && (checked === undefined || field.value === value);
        const index = left.findIndex(isIt);
        if (index < 0) continue;
        const [field] = left.splice(index, 1);
        if (checked !== undefined) field.checked = checked;
        else if (Array.isArray(value)) select(field, value);
        else field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }
}

function select(field, values) {
    for (const option of field.options) option.selected = values.includes(option.value);
}

function offer(form, key, found, words) {
    const when = since(new Date(found.at)) ?? new Date(found.at).toLocaleDateString(document.documentElement.lang);
    const notice = make("div", { className: "notice warning", role: "status" });
    const answer = (act) => () => {
        act();
        notice.remove();
        fields(form)[0]?.focus();
    };
    const button = (className, label, act) =>
        make("button", { type: "button", className, onclick: answer(act) }, label);
    const acts = make("p", { className: "acts" });
    acts.append(button("button quiet", words.keptRestore, () => fill(form, found.values)));
    acts.append(button("link", words.keptDrop, () => drop(key)));
    notice.append(make("p", {}, say(words.keptFound, { when })), acts);
    form.before(notice);
}

/** Logging out empties what this browser keeps for the person, after a question when something was not sent yet. */
export function forgetAtLogOut(words) {
    for (const form of document.querySelectorAll("form[data-forget]")) {
        form.addEventListener("submit", async (event) => {
            event.preventDefault();
            const notes = await soon(waitingOf(person), 0);
            const unsent = notes + keysKept("note:").length + keysKept("draft:").length;
            if (unsent && words.forgetConfirm && !confirm(words.forgetConfirm)) return;
            forgetAll();
            await soon(emptyVault(person));
            form.submit();
        });
    }
}

// A browser whose database does not answer does not keep anybody from logging out.
const soon = (promise, otherwise) =>
    Promise.race([promise.catch(() => otherwise), new Promise((resolve) => setTimeout(resolve, 3000, otherwise))]);
