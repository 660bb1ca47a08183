// The service worker: Hamutuk opens at once, with the server gone and after the browser was closed.
//
// Every build has its own cache, named after its id, which holds the whole app shell or does not exist. Navigations are answered
// from the newest complete cache; the browser meanwhile fetches this file again, and a byte of difference (the build id) installs
// the next build beside the running one. It takes over for the next load, and the open pages are told. The data (/api, /live) is
// never touched: the plan is in IndexedDB.
//
// The build (xtask) fills in these two; the files are named after their content, so a cached one can never be stale.
const BUILD = "__BUILD__";
const FILES = __FILES__;

const PREFIX = "hamutuk-";
const CACHE = PREFIX + BUILD;
const SHELL = "/";

// The page of a newer build, when the server was updated between this file and that one, names other files: then this install
// fails, and the browser's next look installs the newer build whole.
async function fetchShell() {
  const response = await fetch(SHELL, { cache: "no-store" });
  const text = await response.clone().text();
  if (!response.ok || !text.includes(BUILD)) throw new Error("the page is not of build " + BUILD);
  return response;
}

async function install() {
  const cache = await caches.open(CACHE);
  try {
    const shell = await fetchShell();
    await cache.addAll(FILES); // All or none. What the page has just fetched comes from the HTTP cache.
    await cache.put(SHELL, shell); // The last: a cache with a shell is complete.
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
  await self.skipWaiting();
}

async function activate() {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  // The pages that are open still run the previous build and may load a part of it: keep that one (the newest of the older).
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
  if (older.length === 0) return;
  for (const page of await self.clients.matchAll({ type: "window" })) {
    page.postMessage({ type: "new-version", build: BUILD });
  }
}

async function page(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(SHELL)) ?? fetch(request);
}

async function file(request) {
  const cache = await caches.open(CACHE);
  // A page of the previous build asks for its own parts.
  return (await cache.match(request)) ?? (await caches.match(request)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (url.pathname === "/" || url.pathname.startsWith("/p/")) event.respondWith(page(request));
  } else if (FILES.includes(url.pathname) || /-[0-9a-f]{16}(_bg)?\.[a-z0-9]+$/.test(url.pathname)) {
    event.respondWith(file(request));
  }
});
