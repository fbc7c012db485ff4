// A sound as the telephone hears it: kept piece by piece while it is recorded, so that nothing of it hangs on its end.
const kinds = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const slice = 3000;
const rate = 24_000;

/** Whether this browser records. */
export const canRecord = () => Boolean(globalThis.MediaRecorder && navigator.mediaDevices?.getUserMedia);

/** Records until `stop()`; `onPiece(bytes)` for each piece, `onEnd()` once the last one was told. Rejects when the microphone
    is refused. */
export async function record({ onPiece, onEnd }) {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const mimeType = kinds.find((kind) => MediaRecorder.isTypeSupported(kind));
    const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: rate });
    let told = Promise.resolve();
    recorder.addEventListener("dataavailable", ({ data }) => {
        told = told.then(async () => data.size && onPiece(new Uint8Array(await data.arrayBuffer())));
    });
    recorder.addEventListener("stop", () => {
        for (const track of stream.getTracks()) track.stop();
        setTimeout(() => told.then(onEnd));
    });
    recorder.start(slice);
    return () => recorder.state !== "inactive" && recorder.stop();
}
