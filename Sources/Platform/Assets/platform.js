// What every page gains when scripts run; nothing depends on it.
import { keepForms, forgetAtLogOut } from "./page/keep.js";
import { refreshDates } from "./page/dates.js";
import { watchKeys } from "./page/keys.js";
import { easeForms } from "./page/forms.js";
import { countDown } from "./page/undo.js";

const words = JSON.parse(document.body.dataset.words || "{}");

easeForms();
countDown(words);
refreshDates();
keepForms(words);
forgetAtLogOut(words);
watchKeys(words);
// On a telephone the entries slide: the one where one is comes in sight.
for (const entry of document.querySelectorAll("nav.programme ul [aria-current]")) {
    const row = entry.closest("ul");
    row.scrollLeft = entry.offsetLeft - row.offsetLeft - 16;
}
