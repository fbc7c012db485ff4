// The common page: a note is let go where one wants it. The buttons do the same; nothing depends on this.
import { followLive } from "../../Platform/Assets/page/live.js";
import { make } from "../../Platform/Assets/page/make.js";
import { send } from "../../Platform/Assets/page/send.js";

const list = () => document.querySelector("[data-common]");
let held = null;

/** Gives each note a handle, so that its words can still be selected. */
function ease() {
    for (const item of list()?.children ?? []) {
        if (!item.querySelector("button") || item.querySelector(".grip")) continue;
        item.prepend(make("span", { className: "grip", draggable: true, "aria-hidden": "true" }, "⠿"));
    }
}

function lift(event) {
    if (!event.target.classList?.contains("grip")) return;
    held = event.target.closest("li");
    held.dataset.sent = "no";
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.id);
    event.dataTransfer.setDragImage(held, 0, 0);
}

function carry(event) {
    const over = held && event.target.closest?.("[data-common] > li");
    if (!over) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    if (over !== held) over[event.clientY > top + height / 2 ? "after" : "before"](held);
}

async function drop() {
    const item = held;
    held = null;
    if (!item) return;
    const { common, shelf, next } = list().dataset;
    const before = item.nextElementSibling?.dataset.note ?? next ?? "";
    const answer = await send(`${common}/${item.dataset.note}`, (csrf) => ({
        body: new URLSearchParams({ dimension: shelf, before, csrf }),
    })).catch(() => null);
    if (!answer?.ok) return location.reload();
    delete item.dataset.sent;
}

/** Back to the button that moved a note, or to the other one at an end: it can be moved further. */
function resume() {
    const { moved, act } = document.querySelector("[data-moved]")?.dataset ?? {};
    const item = moved && document.getElementById(`note-${moved}`);
    (item?.querySelector(`button[formaction*="/${CSS.escape(act)}"]`) ?? item?.querySelector("button"))?.focus();
}

document.addEventListener("dragstart", lift);
document.addEventListener("dragover", carry);
document.addEventListener("drop", (event) => held && event.preventDefault());
document.addEventListener("dragend", drop);
document.addEventListener("live:fresh", ease);
ease();
// After the browser has gone to the note that the address names, which takes the focus away.
addEventListener("load", () => setTimeout(resume));
followLive();
