// « il y a 2 jours » beside the exact time; older than a month, the exact words stay.
const steps = [
    [60, "second", 1],
    [3600, "minute", 60],
    [86400, "hour", 3600],
    [30 * 86400, "day", 86400],
];

/** How long ago `date` was, in the page's language; null beyond a month. */
export function since(date, now = new Date()) {
    const seconds = Math.round((date - now) / 1000);
    const step = steps.find(([limit]) => Math.abs(seconds) < limit);
    if (!step) return null;
    const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
    return format.format(Math.trunc(seconds / step[2]), step[1]);
}

export function refreshDates() {
    for (const time of document.querySelectorAll("time[data-relative]")) {
        const words = since(new Date(time.dateTime));
        if (!words) continue;
        time.title ||= time.textContent;
        time.textContent = words;
    }
    setTimeout(refreshDates, 60_000);
}
