// What is typed in a form with `data-keep`, or with a text of several lines, stays in the browser until the site has it: the page that
// follows names the first (`meta[name="kept"]`); the others are known by the way that leads to that page.
import { drop, forgetAll, keep, kept, keysKept, person } from "./store.js";
import { emptyVault, waitingOf } from "./vault.js";
import { make, say } from "./make.js";
import { since } from "./dates.js";

const skipped = 'input[type="hidden"], input[type="password"], input[type="file"], [data-editor], [data-no-keep]';

const longest = 30 * 86_400_000;
const sent = "essaim:sent";
const left = "essaim:left";
const watched = [];
let carried = [];

export function keepForms(words) {
    for (const meta of document.querySelectorAll('meta[name="kept"]')) drop(`form:${meta.content}`);
    dropSent();
    carry();
    for (const key of keysKept("form:")) if (Date.now() - kept(key)?.at > longest) drop(key);
    for (const form of document.querySelectorAll("form[data-keep], form[data-once]")) if (nameOf(form)) watch(form, words);
}

/** Under which name a form is kept; none for a form of choices alone, or where the text keeps itself. */
function nameOf(form) {
    if (form.dataset.keep) return form.dataset.keep;
    if (form.matches("[data-notebook]")) return null;
    const isText = fields(form).some((field) => field.matches("textarea"));
    return isText && !form.querySelector("[data-editor]") ? `to:${new URL(form.action).pathname}` : null;
}

// A form that was sent and taken leads elsewhere; one that was refused comes back, and one that met no network leads nowhere.
function dropSent() {
    const [way] = performance.getEntriesByType("navigation");
    const key = sessionOf((session) => session.getItem(sent));
    sessionOf((session) => session.removeItem(sent));
    if (key && way?.type === "navigate" && way.redirectCount > 0) drop(key);
}

// Of a page with several forms one is sent: what was being typed in the others is there again on the page that follows, unasked.
function carry() {
    carried = sessionOf((session) => JSON.parse(session.getItem(left))) ?? [];
    sessionOf((session) => session.removeItem(left));
    document.addEventListener("submit", (event) => {
        const others = watched.filter((one) => one.form !== event.target && one.isTouched());
        for (const one of others) one.write();
        if (others.length) sessionOf((session) => session.setItem(left, JSON.stringify(others.map((one) => one.key))));
    });
}

function sessionOf(act) {
    try {
        return act(sessionStorage);
    } catch {
        return null; // A browser that keeps nothing.
    }
}

function watch(form, words) {
    const key = `form:${nameOf(form)}`;
    const found = kept(key);
    const write = () => keep(key, { at: Date.now(), values: read(form) });
    let timer;
    form.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(write, 200);
    });
    form.addEventListener("submit", () => {
        write();
        if (!form.dataset.keep) sessionOf((session) => session.setItem(sent, key));
    });
    addEventListener("pagehide", () => timer && write());
    watched.push({ form, key, write, isTouched: () => timer !== undefined });
    const isOther = found && JSON.stringify(found.values) !== JSON.stringify(read(form));
    if (isOther && carried.includes(key)) fill(form, found.values);
    else if (isOther && !document.querySelector(".error-summary")) offer(form, key, found, words);
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
