// Where one is, when one asks for it and not otherwise: to about a hundred metres, in a field that one may change.
import { make, say } from "../../../Platform/Assets/page/make.js";

/** A button beside the field of the place. */
export function offerPlace(field, words, onChange) {
    if (!field || !navigator.geolocation) return;
    const line = make("span", { className: "hint", role: "status" });
    const find = () =>
        navigator.geolocation.getCurrentPosition(
            ({ coords }) => {
                const [latitude, longitude] = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(3));
                field.value = say(words.placeFound, { latitude, longitude });
                line.textContent = "";
                onChange();
            },
            () => (line.textContent = words.placeRefused),
            { timeout: 20_000, maximumAge: 60_000 },
        );
    field.after(make("p", { className: "acts" }, make("button", { type: "button", className: "link", onclick: find }, words.placeHere), line));
}
