// Which screen is shown. Screens name each other here, so that none has to import another.

const screens = new Map();
let shown = 0;

export function register(name, screen) {
  screens.set(name, screen);
}

/**
 * Leave this screen for another. It gets its arguments and `here`, which says whether it is still the one shown:
 * an answer that comes late must not draw over what came after.
 */
export function go(name, argument = {}) {
  shown += 1;
  const mine = shown;
  if (name !== "home" && name !== "signOn" && !history.state?.away) history.pushState({ away: true }, "");
  return screens.get(name)(argument, () => shown === mine);
}

// The browser's own way back leads home, whatever was on the screen.
window.addEventListener("popstate", () => go("home"));
