// From what is shown to what is stored: each visible character found, in order, in the stored text.

/**
 * For each UTF-16 unit of `shown`, its place in `stored` (marks of Markdown are in the second only);
 * the last entry is the end.
 * Characters shown but not stored get the place of the next one that is.
 */
export function align(shown, stored) {
    const places = [];
    let at = 0;
    for (let unit = 0; unit < shown.length; unit++) {
        const next = /\s/.test(shown[unit]) ? nextSpace(stored, at) : stored.indexOf(shown[unit], at);
        if (next >= 0 && next - at < 400) {
            places.push(next);
            at = next + 1;
        } else places.push(at);
    }
    places.push(at);
    return places;
}

function nextSpace(stored, from) {
    for (let at = from; at < stored.length; at++) if (/\s/.test(stored[at])) return at;
    return -1;
}

/** How many Unicode code points `text` has. */
export const codePoints = (text) => [...text].length;

/**
 * The words of `stored` between two UTF-16 places, without spaces at the ends:
 * { from, to, words } in code points, or null.
 */
export function excerpt(stored, start, end) {
    const whole = stored.slice(start, end);
    const words = whole.trim();
    if (!words) return null;
    const before = stored.slice(0, start) + whole.slice(0, whole.length - whole.trimStart().length);
    const from = codePoints(before);
    return { from, to: from + codePoints(words), words };
}
