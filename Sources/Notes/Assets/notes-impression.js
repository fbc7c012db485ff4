// The length of an impression note, told while it is written.
import { say } from "../../Platform/Assets/page/make.js";

const line = document.querySelector("[data-impression-length]");
const area = document.querySelector("textarea[data-editor]");

if (line && area) {
    const words = JSON.parse(line.dataset.words || "{}");
    const plural = new Intl.PluralRules(document.documentElement.lang);
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const tell = () => {
        const count = area.value.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
        const told = say(words[`words.${plural.select(count)}`] ?? words["words.other"], { n: number.format(count) });
        const advice = count < Number(line.dataset.least) ? words.short : count > Number(line.dataset.most) ? words.long : "";
        line.textContent = [told, advice].filter(Boolean).join(" ");
    };
    area.addEventListener("input", tell);
    area.addEventListener("texts:changed", tell);
    tell();
}
