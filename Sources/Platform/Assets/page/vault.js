// The sealed notes of this browser: their database, and how they are forgotten. What is in it is written by the notebook.
const name = "essaim-carnet";
/** Some browsers never answer: the page does without rather than wait. */
const patience = 10_000;

/** The database; null where the browser has none (private window, settings), or where there is none yet and `create` is false. */
export function openVault(create = true) {
    return new Promise((resolve) => {
        let request;
        setTimeout(resolve, patience, null);
        try {
            request = indexedDB.open(name, 1);
        } catch {
            return resolve(null);
        }
        request.onupgradeneeded = () => {
            if (!create) return request.transaction.abort();
            request.result.createObjectStore("keys", { keyPath: "id" });
            request.result.createObjectStore("records", { keyPath: "id" }).createIndex("place", "place");
            request.result.createObjectStore("bytes", { keyPath: "id" });
        };
        request.onsuccess = () => {
            request.result.onversionchange = () => request.result.close();
            resolve(request.result);
        };
        request.onerror = (event) => {
            event.preventDefault();
            resolve(null);
        };
    });
}

/** Resolves with the result of a request of the database. */
export const result = (request) =>
    new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });

/** Resolves once a transaction is on the disk. */
export const written = (transaction) =>
    new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });

/** Everything of somebody: their identifiers all begin with theirs. */
export const allOf = (person) => IDBKeyRange.bound(`${person}:`, `${person}:\uffff`);

/** How many notes of somebody wait in this browser. */
export async function waitingOf(person) {
    const database = await openVault(false);
    if (!database) return 0;
    const records = await result(database.transaction("records").objectStore("records").getAll(allOf(person)));
    database.close();
    return records.filter((record) => record.waits).length;
}

/** Forgets everything of somebody in this browser: notes, keys, the pages that opened without network. */
export async function emptyVault(person) {
    new BroadcastChannel(name).postMessage({ forgotten: person });
    const database = await openVault(false);
    if (database) {
        const transaction = database.transaction(["keys", "records", "bytes"], "readwrite");
        for (const store of transaction.objectStoreNames) transaction.objectStore(store).delete(allOf(person));
        await written(transaction);
        database.close();
    }
    await globalThis.caches?.delete(`carnet:${person}`);
    const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
    await Promise.all(workers.filter(({ scope }) => scope.endsWith("/notes")).map((worker) => worker.unregister()));
}

/** Tells the tabs of this browser that something changed, and hears it from them. */
export const tabs = () => new BroadcastChannel(name);
