// Starts the program, and the service worker that opens it without a network. An external file, so that the
// Content-Security-Policy can refuse every inline script.

const app = document.querySelector('meta[name="hamutuk-app"]').dataset;

// The words of the screen: a file for each language, and a promise of its phrases once it is asked for. The program asks here too.
const words = document.querySelector('meta[name="hamutuk-words"]').dataset;
const phrases = new Map();

async function fetchPhrases(language) {
  try {
    const response = await fetch(words[language]);
    if (!response.ok) throw new Error(`no words in ${language}: ${response.status}`);
    return Object.values(await response.json());
  } catch (error) {
    phrases.delete(language); // The next time it may work.
    throw error;
  }
}

window.hamutukPhrases = (language) => {
  if (!phrases.has(language)) phrases.set(language, fetchPhrases(language));
  return phrases.get(language);
};

// What the person chose on this device (client/src/language.rs), else the first of the browser's languages that there are words for;
// `pt-TL` is `pt`.
function preferredLanguage() {
  const wanted = [...navigator.languages];
  try {
    wanted.unshift(localStorage.getItem("hamutuk.language") ?? "");
  } catch {} // A private window may refuse.
  return wanted.map((language) => language.split(/[-_]/)[0].toLowerCase()).find((language) => Object.hasOwn(words, language)) ?? "en";
}

// The style of what comes with the second program.
let laterStyle;
window.hamutukLaterStyle = () =>
  (laterStyle ??= new Promise((done) => {
    const href = document.querySelector('meta[name="hamutuk-later"]')?.content;
    if (!href) return done(); // What Trunk builds by itself has one style sheet.
    const link = document.createElement("link");
    link.onload = link.onerror = done;
    link.rel = "stylesheet";
    link.href = href;
    document.head.append(link);
  }));

// A long computation of the program pauses, so that the page goes on, where the browser can suspend it: see client/pauses.
const canSuspend = "Suspending" in WebAssembly && "promising" in WebAssembly && "scheduler" in window;

function withPauses(imports) {
  const pause = new WebAssembly.Suspending(() => (document.hidden ? undefined : scheduler.postTask(() => {})));
  for (const functions of Object.values(imports)) {
    for (const name of Object.keys(functions)) if (name.includes("hamutukPause")) functions[name] = pause;
  }
  return imports;
}

async function load(program) {
  if (!canSuspend) return program.default({ module_or_path: app.wasm });
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = (source, imports) => instantiateStreaming.call(WebAssembly, source, withPauses(imports));
  const { hamutukCompute } = await program.default({ module_or_path: app.wasm });
  WebAssembly.instantiateStreaming = instantiateStreaming;
  const compute = WebAssembly.promising(hamutukCompute);
  window.hamutukRun = () =>
    scheduler.postTask(compute).catch((error) => {
      stopped(); // The computation trapped, and whoever waits for it waits in vain.
      throw error;
    });
}

// The first screen of the plan, as this device drew it last: there to be read while the program starts and reads the plan. It is a picture:
// nothing on it can be pressed, and what is about this moment (who is here, what is saved) is not on it (client/style/base.css). The program
// says when it is kept, and takes it away when it has drawn the plan itself (client/src/session/first_screen.rs).
const SCREEN = "hamutuk.screen";
const SCREEN_CHARS_MAX = 600_000;
const SCREEN_MS_MAX = 15_000; // Whatever the program waits for so long, it can say better.

// What a picture must have been drawn by to be the same now.
function drawnBy() {
  const build = document.querySelector('meta[name="hamutuk-build"]').content;
  return JSON.stringify([build, location.href, document.documentElement.lang, innerWidth]);
}

// A copy of an element without what lies below the first screen. `scrolled` is how far what it lies in has been scrolled down.
function picture(element, scrolled) {
  const copy = element.cloneNode();
  // The Content-Security-Policy refuses styles in a text; they are set one by one.
  if (element.hasAttribute("style")) copy.dataset.style = element.getAttribute("style");
  for (const name of ["id", "style", "data-who", "aria-selected"]) copy.removeAttribute(name);
  copy.classList.remove("is-head", "is-over");
  if (element.localName === "input") {
    copy.removeAttribute("name"); // It is in no group of buttons with what is on the page.
    copy.setAttribute("value", element.value);
    copy.toggleAttribute("checked", element.checked);
  }
  if (element.localName === "option") copy.toggleAttribute("selected", element.selected);
  if (element.localName === "textarea") {
    copy.textContent = `\n${element.value}`; // A first line feed is not of the text.
    return copy;
  }
  const bottom = Math.max(innerHeight, screen.height);
  const down = scrolled + element.scrollTop;
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.cloneNode());
    if (child.nodeType !== Node.ELEMENT_NODE || child.localName === "dialog") continue;
    const isPart = child.localName === "option" || child instanceof SVGElement; // These have no place of their own.
    if (!isPart && !child.checkVisibility()) continue;
    if (isPart || child.getBoundingClientRect().top + down < bottom) copy.append(picture(child, down));
    // What keeps its place is not moved by scrolling.
    else if (["sticky", "fixed"].includes(getComputedStyle(child).position)) copy.append(picture(child, -Infinity));
  }
  return copy;
}

let keptAt = -Infinity;
window.hamutukKeepScreen = () => {
  const page = document.querySelector(".page");
  // With a part of the page in the address, that is where it opens. What is beside the plan, a view or the desk, is about the moment.
  if (!page || location.hash || new URLSearchParams(location.search).has("v") || document.getElementById("screen")) return;
  // A page that is left is hidden too, or the other way round.
  if (performance.now() - keptAt < 1000) return;
  keptAt = performance.now();
  try {
    localStorage.removeItem(SCREEN);
    const drawn = picture(page, scrollY).outerHTML;
    if (drawn.length < SCREEN_CHARS_MAX) localStorage.setItem(SCREEN, `${drawnBy()}\n${drawn}`);
  } catch {} // The device is full, or refuses: then the program's first screen is the first.
};

async function showScreen() {
  let kept;
  try {
    kept = localStorage.getItem(SCREEN) ?? "";
  } catch {
    return;
  }
  const end = kept.indexOf("\n");
  if (kept.slice(0, end) !== drawnBy()) return;
  await window.hamutukLaterStyle();
  const loading = document.getElementById("boot-loading");
  if (!loading) return; // The program was faster, or could not start.
  const host = document.createElement("div");
  host.id = "screen";
  host.innerHTML = kept.slice(end + 1);
  host.firstElementChild.inert = true; // The host is not: it keeps presses from what is being made beneath.
  for (const element of host.querySelectorAll("[data-style]")) element.style.cssText = element.dataset.style;
  host.append(loading);
  document.body.prepend(host);
  setTimeout(() => host.remove(), SCREEN_MS_MAX);
}

async function start() {
  try {
    const language = preferredLanguage();
    document.documentElement.lang = language;
    const loading = document.getElementById("boot-loading");
    loading.replaceChildren(loading.querySelector(`[lang=${language}]`));
    const coming = Promise.all([import(app.js), window.hamutukPhrases(language)]);
    showScreen();
    const [program] = await coming;
    await load(program);
    document.getElementById("boot")?.remove();
  } catch (error) {
    console.error(error);
    const failed = document.getElementById("boot-failed");
    if (!failed) throw error; // The program was running: its own panic notice speaks.
    document.getElementById("screen")?.remove();
    document.getElementById("boot-loading")?.remove();
    failed.hidden = false;
  }
}

// A service worker needs https or localhost: over plain http on a venue's network the app works, but does not open offline.
async function keepForOffline() {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  workers.addEventListener("message", ({ data }) => {
    // The program listens for this on `window` and offers to reload.
    if (data?.type === "new-version") {
      window.dispatchEvent(new CustomEvent("hamutuk-new-version", { detail: data.build }));
    }
  });
  workers.startMessages();
  const registration = await workers.register("/sw.js", { updateViaCache: "none" });
  // A plan stays open for days on a projector: look for a new build when somebody looks at it again, at most hourly.
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - looked < 3_600_000) return;
    looked = Date.now();
    registration.update().catch(() => {}); // No network: nothing to look at.
  });
}

// Every chunk of a plan in IndexedDB, as the program stores them (client/src/session/storage.rs): saved documents first, then single
// changes. One after the other they are a file that Automerge loads.
function storedChunks(plan) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("hamutuk");
    opening.onerror = () => reject(opening.error);
    opening.onupgradeneeded = () => opening.transaction.abort(); // There is no such database: make none.
    opening.onsuccess = () => {
      const chunks = opening.result.transaction("chunks").objectStore("chunks");
      const kind = (name) => IDBKeyRange.bound([plan, name], [plan, name, []]);
      const documents = chunks.getAll(kind("snapshot"));
      const changes = chunks.getAll(kind("change"));
      documents.onerror = () => reject(documents.error);
      changes.onerror = () => reject(changes.error);
      changes.onsuccess = () => resolve([...documents.result, ...changes.result].map((chunk) => chunk.bytes));
    };
  });
}

// "Save a copy of my plan": what the program gives, or, when it has stopped or gives nothing, what is stored.
window.hamutukSaveCopy = async (plan, bytes) => {
  const parts = bytes ? [bytes] : await storedChunks(plan);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type: "application/octet-stream" }));
  link.download = `hamutuk-${new Date().toISOString().slice(0, 10)}.automerge`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

// The program stopped (client/src/panic_notice.rs). Nothing of it can be used any more.
function stopped() {
  if (document.getElementById("stopped")) return;
  const words = window.hamutukWords ?? {};
  // A modal dialog: it stands before everything, also before a dialog of the program, and nothing behind it can be used.
  const notice = document.createElement("dialog");
  notice.id = "stopped";
  notice.setAttribute("role", "alertdialog");
  notice.oncancel = (event) => event.preventDefault();
  const add = (name, text) => {
    const element = notice.appendChild(document.createElement(name));
    element.textContent = text;
    return element;
  };
  add("h1", words.title ?? "Hamutuk has stopped on this page.").id = "stopped-title";
  notice.setAttribute("aria-labelledby", "stopped-title");
  add("p", words.hint ?? "Reload the page. What was saved on this device is still there.");
  add("button", words.reload ?? "Reload").onclick = () => location.reload();
  const plan = location.pathname.match(/^\/p\/([a-z2-7]+)/)?.[1];
  if (plan) {
    const save = add("button", words.save ?? "Save a copy of my plan");
    save.onclick = () => window.hamutukSaveCopy(plan).catch(() => (save.disabled = true)); // Nothing is stored: there is nothing to save.
  }
  document.body.append(notice);
  notice.showModal();
}

// A panic of the program ends in a trap, wherever it happened: in a handler of an event, or in a task.
const isTrap = (error) => error instanceof WebAssembly.RuntimeError;
window.addEventListener("error", ({ error }) => isTrap(error) && stopped());
window.addEventListener("unhandledrejection", ({ reason }) => isTrap(reason) && stopped());

await start();
keepForOffline().catch((error) => console.warn("the app will not open offline:", error));
