// Two sounds that are told apart in a noisy hall: one short and high, one long and low.

let context = null;

export function high() {
  tone("sine", [[1320, 0, 0.09]]);
  buzz(40);
}

export function low() {
  tone("square", [
    [196, 0, 0.18],
    [147, 0.22, 0.3],
  ]);
  buzz([180, 60, 180]);
}

/** A page that nobody has touched yet may not: a browser complains of the mere call. */
function buzz(pattern) {
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(pattern);
}

/** Notes of frequency, start and length. A browser without sound, or one that was not touched yet, stays silent. */
function tone(shape, notes) {
  const Context = window.AudioContext;
  if (!Context) return;
  context ??= new Context();
  context.resume().catch(() => {});
  for (const [frequency, start, length] of notes) {
    const at = context.currentTime + start;
    const oscillator = new OscillatorNode(context, { type: shape, frequency });
    const volume = new GainNode(context, { gain: 0.25 });
    volume.gain.setTargetAtTime(0, at + length - 0.02, 0.01);
    oscillator.connect(volume).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + length + 0.05);
  }
}
