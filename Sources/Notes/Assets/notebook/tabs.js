// Several tabs on one notebook: what one of them holds, the others leave alone.
const held = new Map();

/** Holds a name until this page goes; false when another tab still holds it after `patience` milliseconds: a page that was just
    left lets go in a moment. */
export function hold(name, patience = 0) {
    if (!navigator.locks || held.has(name)) return Promise.resolve(true);
    return new Promise((resolve) => {
        const keep = (lock) => {
            resolve(Boolean(lock));
            return lock ? new Promise((release) => held.set(name, release)) : undefined;
        };
        const waiting = patience && AbortSignal.timeout?.(patience);
        const options = waiting ? { signal: waiting } : { ifAvailable: true };
        navigator.locks.request(name, options, keep).catch((error) => resolve(!["AbortError", "TimeoutError"].includes(error?.name)));
    });
}

export function release(name) {
    held.get(name)?.();
    held.delete(name);
}

/** Does something while no other tab does it. */
export const alone = (name, act) => (navigator.locks ? navigator.locks.request(name, act) : act());
