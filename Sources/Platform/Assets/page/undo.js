// An undo notice says how long it stays, then goes.
import { say } from "./make.js";

export function countDown(words) {
    for (const notice of document.querySelectorAll("[data-undo]")) {
        const end = Date.now() + Number(notice.dataset.undo) * 1000;
        const left = notice.querySelector("[data-undo-left]");
        left?.setAttribute("aria-hidden", "true");
        const tick = setInterval(() => {
            const seconds = Math.ceil((end - Date.now()) / 1000);
            if (left) left.textContent = say(words.secondsLeft, { seconds });
            if (seconds > 0 || notice.contains(document.activeElement)) return;
            clearInterval(tick);
            notice.hidden = true;
        }, 500);
    }
}
