// A photograph made as small as a screen needs before anything else: without the place and the device that cameras write.
const side = 1600;
const quality = 0.85;
/** The largest that goes as it is, when this browser cannot read it. */
const most = 12 << 20;

/** The bytes to keep and to send; null for an image that neither this browser nor the site can take. */
export async function reduced(file) {
    const bitmap = await createImageBitmap(file).catch(() => null);
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
