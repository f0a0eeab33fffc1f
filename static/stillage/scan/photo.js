// A photo that is taken with the device's own camera, small enough to be kept.

import { button, el } from "./dom.js";
import { bad } from "./flash.js";
import { say } from "./words.js";

const LONGEST = 1600;
const QUALITY = 0.8;

/** A button that takes a photo; `onTaken` gets it as a JPEG in base64. */
export function photoButton(onTaken) {
  const input = el("input", {
    type: "file",
    accept: "image/*",
    capture: "environment",
    class: "hidden",
    hidden: true,
    "aria-label": say("Photo"),
    onchange: async () => {
      const [file] = input.files;
      if (!file) return;
      try {
        onTaken(await shrunk(file));
      } catch {
        await bad("This is no picture.", ["Take another one."]);
      }
    },
  });
  return el("p", {}, [input, button(say("Take a photo"), () => input.click(), { class: "way" })]);
}

/** The picture, at most so many dots long, in base64. */
async function shrunk(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = el("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", QUALITY).split(",")[1];
}
