// Keeps the shell of the page for where no answer comes. What the API says is never kept: it would be old.

const NAMES = "stillage-scan-";
const CACHE = `${NAMES}{{ version }}`;
const SHELL = [{% for address in shell %}
  "{{ address|escapejs }}",{% endfor %}
];
const PAGE = SHELL[0];
const PATIENCE = 3000;

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers());
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && address.pathname === PAGE) event.respondWith(page(event.request));
  else if (SHELL.includes(address.pathname) && address.pathname !== PAGE) event.respondWith(file(event.request));
});

/** All of it or none, past the browser's own cache: a shell of two builds would not run. */
async function keepShell() {
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL.map((address) => new Request(address, { cache: "reload", credentials: "omit" })));
  // A page that is open has all its modules already, so the new shell need not wait for it.
  await self.skipWaiting();
}

async function dropOthers() {
  const old = (await caches.keys()).filter((name) => name.startsWith(NAMES) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The newest page that can be had soon; else the one that was kept. */
async function page(request) {
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const fresh = await fetch(request.url, { signal: stop.signal, credentials: "same-origin" });
    if (fresh.ok) return fresh;
  } catch {
    // no answer, or not in time
  } finally {
    clearTimeout(patience);
  }
  return (await caches.match(PAGE)) ?? Response.error();
}

async function file(request) {
  return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}
