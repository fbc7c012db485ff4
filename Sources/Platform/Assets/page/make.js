/** Makes an element: `make("button", { type: "button", onclick }, "words", child…)`; null children are left out. */
export function make(name, properties = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
        if (key.includes("-") || key === "role" || key === "for") element.setAttribute(key, value);
        else element[key] = value;
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
}

/** Puts values in a sentence: `{name}` becomes `values.name`. */
export const say = (sentence, values = {}) =>
    (sentence ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** The hour as the page's language says it: « 9 h 04 », 09:04. */
export function hour(date) {
    const { lang } = document.documentElement;
    if (lang === "fr") return `${date.getHours()}\u00a0h\u00a0${String(date.getMinutes()).padStart(2, "0")}`;
    return new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit" }).format(date);
}
