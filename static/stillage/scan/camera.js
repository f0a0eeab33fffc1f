// The camera as a scanner: the browser reads its pictures where it can, else the warehouse does.

import { bad } from "./flash.js";
import { button, el } from "./dom.js";
import { session } from "./session.js";
import { say } from "./words.js";

const FRAMES = "/api/v1/scan/frame";
const BETWEEN = 350;
/** Pixels that a frame is wide when the warehouse reads it: enough for a label at arm's length. */
const WIDTH = 1024;
const FORMATS = ["code_128", "data_matrix", "ean_13", "ean_8", "itf", "qr_code", "upc_a", "upc_e"];

/** Opens the camera under `label`; the first code that is seen is handed to `onCode`, once. */
export async function look(label, onCode) {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
    });
  } catch {
    await bad("The camera cannot be used.", ["Allow it in the browser's settings, or scan and type instead."]);
    return;
  }
  const video = el("video", { class: "finder", autoplay: true, muted: true, playsinline: true });
  video.muted = true;
  video.srcObject = stream;
  const note = el("p", { class: "note", role: "status" }, say("Hold the code into the frame."));
  const eye = el("dialog", { class: "eye", "aria-label": say("Camera") }, [
    el("h2", {}, say(label)),
    el("div", { class: "finder-box" }, video),
    note,
    button(say("Cancel"), () => eye.close(), { class: "primary" }),
  ]);
  eye.addEventListener("close", () => {
    for (const track of stream.getTracks()) track.stop();
    eye.remove();
  });
  document.body.append(eye);
  eye.showModal();
  await video.play().catch(() => {});
  try {
    const code = await watch(video, await reader(), () => eye.open);
    eye.close();
    if (code) onCode(code);
  } catch (unable) {
    eye.close();
    await bad("The camera's pictures cannot be read here.", [unable.message, "Scan or type instead."].filter(Boolean));
  }
}

look.possible = Boolean(navigator.mediaDevices?.getUserMedia);

/** Looks again and again until a code is seen or nobody wants to look any more. */
async function watch(video, read, wanted) {
  while (wanted()) {
    if (video.videoWidth) {
      const [code] = await read(video);
      if (code && wanted()) return code;
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN));
  }
  return "";
}

/** What reads a picture: the browser itself, or the warehouse. */
async function reader() {
  if ("BarcodeDetector" in window) {
    const known = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
    const formats = FORMATS.filter((each) => known.includes(each));
    if (formats.length) {
      const detector = new window.BarcodeDetector({ formats });
      return async (video) => (await detector.detect(video)).map((each) => each.rawValue);
    }
  }
  return asked;
}

/** Sends a frame to the warehouse. Without an answer it is tried again with the next one. */
async function asked(video) {
  const width = Math.min(WIDTH, video.videoWidth);
  const canvas = el("canvas", { width, height: Math.round((video.videoHeight * width) / video.videoWidth) });
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  const frame = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.8));
  let response;
  try {
    response = await fetch(FRAMES, {
      method: "POST",
      body: frame,
      headers: { Accept: "application/json", "Content-Type": "image/jpeg", Authorization: `Bearer ${session.token}` },
      credentials: "omit",
    });
  } catch {
    return [];
  }
  if (response.status === 404 || response.status === 405 || response.status === 415)
    throw new Error(say("This warehouse reads no pictures."));
  if (!response.ok) return [];
  return (await response.json()).codes.map((each) => typed(each.code));
}

/** As a trigger types it: of a code that is neither GS1's nor an EAN nothing says how it was printed. */
const typed = (code) => code.replace(/^\](?!C1|d2|Q3|e0|J1|E)[A-Za-z][0-9A-Za-z]/, "");
