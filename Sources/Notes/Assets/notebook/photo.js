// A photograph made as small as a screen needs before anything else: without the place and the device that cameras write.
const side = 1600;
const quality = 0.85;
/** The largest that goes as it is, when this browser cannot read it. */
const most = 12 << 20;

/** What cameras make that some browsers cannot read: HEIF and AVIF, TIFF. */
const others = [[4, "ftyp"], [0, "II*"], [0, "MM"]];

/** The bytes to keep and to send; null for an image too large for this browser and the site; undefined for what is no image. */
export async function reduced(file) {
    const bitmap = await createImageBitmap(file).catch(() => null);
    if (!bitmap && !(await isOther(file))) return undefined;
    if (!bitmap) return file.size <= most ? new Uint8Array(await file.arrayBuffer()) : null;
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
    return blob ? new Uint8Array(await blob.arrayBuffer()) : null;
}

async function isOther(file) {
    const start = String.fromCharCode(...new Uint8Array(await file.slice(0, 8).arrayBuffer()));
    return others.some(([at, mark]) => start.startsWith(mark, at));
}
