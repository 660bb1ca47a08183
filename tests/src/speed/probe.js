// Runs before the page's own scripts and notes when things happen, in milliseconds since the navigation.
(() => {
  if (window.__probe) return;
  const probe = { longTasks: [], events: [], keys: [], marks: {}, requests: [] };
  window.__probe = probe;
  const observe = (type, take, more = {}) => {
    try {
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
    } catch { /* An entry type that this browser does not know is not measured. */ }
  };
  observe("longtask", (entry) => probe.longTasks.push([entry.startTime, entry.duration]));
  observe("event", (entry) => {
    if (entry.name === "keydown") probe.events.push([entry.startTime, entry.duration]);
  }, { durationThreshold: 16 });

  // What the device gives, and when.
  const getAll = IDBObjectStore.prototype.getAll;
  IDBObjectStore.prototype.getAll = function (...given) {
    const request = getAll.apply(this, given);
    const asked = performance.now();
    request.addEventListener("success", () => probe.requests.push([this.name, asked, performance.now()]));
    return request;
  };

  if (window.__style) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(window.__style);
    document.adoptedStyleSheets.push(sheet);
  }

  const afterPaint = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(null);
  });
  const titleIn = (row) => row.querySelector("[data-path$='/title']");
  const words = (element) => element && (element.value ?? element.innerText ?? "");

  const isPicture = (element) => element.closest("#screen") !== null;

  // Readable: the first row says its title, be it on the picture of the last time. Live: it is the program's own row. Editable: a key that is
  // pressed there is taken, and the plan is not as the server has it.
  const look = () => {
    const row = [...document.querySelectorAll("[data-activity]")].find((one) => (words(titleIn(one)) || "").length > 0);
    if (!row) return requestAnimationFrame(look);
    if (!("readable" in probe.marks)) afterPaint((now) => (probe.marks.readable = now));
    if (isPicture(row) || document.getElementById("screen")) return requestAnimationFrame(look);
    afterPaint((now) => (probe.marks.live = now));
    requestAnimationFrame(press);
  };
  const press = () => {
    const area = [...document.querySelectorAll("[data-activity] textarea[data-path$='/title']")].find((one) => one.value && !one.readOnly && !one.disabled && !one.closest("[inert]"));
    if (!area) return requestAnimationFrame(press);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    const before = area.value;
    document.execCommand("insertText", false, "x");
    if (area.value !== before + "x") return requestAnimationFrame(press);
    afterPaint((now) => (probe.marks.editable = now));
    afterPaint(rows);
    choose();
    opened();
  };
  // A month that is pressed is taken.
  const choose = () => {
    const month = [...document.querySelectorAll("[data-activity] .month:enabled")].find((one) => !isPicture(one));
    if (!month) return requestAnimationFrame(choose);
    const before = month.ariaPressed;
    month.click();
    requestAnimationFrame(() => (month.ariaPressed === before ? choose() : afterPaint((now) => (probe.marks.chosen = now))));
  };
  // The document is open: something can be added.
  const opened = () => {
    const add = [...document.querySelectorAll("[data-action=add]")].find((one) => !isPicture(one));
    if (add?.ariaDisabled !== "false") return requestAnimationFrame(opened);
    afterPaint((now) => (probe.marks.opened = now));
  };
  // All rows of the section are there.
  const rows = () => {
    const count = document.querySelectorAll(":not(#screen *)[data-activity]").length;
    if (count >= window.__rows) probe.marks.allRows = performance.now();
    else requestAnimationFrame(rows);
  };
  requestAnimationFrame(look);

  // From a key to the screen.
  let pressed = null;
  addEventListener("keydown", (event) => (pressed = { stamp: event.timeStamp, began: performance.now() }), true);
  addEventListener("input", () => {
    const key = pressed;
    pressed = null;
    if (!key) return;
    // In a task of its own the handlers of the field are done.
    queueMicrotask(() => {
      key.handled = performance.now();
      requestAnimationFrame(() => {
        key.frame = performance.now();
        const channel = new MessageChannel();
        channel.port1.onmessage = () => probe.keys.push({ ...key, painted: performance.now() });
        channel.port2.postMessage(null);
      });
    });
  });

  // Frames, and what changes on the page.
  probe.frames = (seconds, step) => new Promise((done) => {
    const times = [];
    const tick = (time) => {
      times.push(time);
      step?.(times.length);
      if (time - times[0] < seconds * 1000) requestAnimationFrame(tick);
      else done(times);
    };
    requestAnimationFrame(tick);
  });
  probe.watch = (row) => {
    const seen = { inside: 0, outside: 0, what: {} };
    const name = (node) => {
      const at = node.nodeType === 1 ? node : node.parentElement;
      return at ? at.tagName.toLowerCase() + (at.getAttribute("class") ? "." + at.getAttribute("class").trim().replace(/\s+/g, ".") : "") : "?";
    };
    const observer = new MutationObserver((records) => {
      for (const record of records) {
        const at = record.target.nodeType === 1 ? record.target : record.target.parentElement;
        if (at?.closest(`[data-activity="${row}"]`)) { seen.inside += 1; continue; }
        seen.outside += 1;
        const key = `${record.type}${record.attributeName ? " " + record.attributeName : ""} ${name(record.target)}`;
        seen.what[key] = (seen.what[key] ?? 0) + 1;
      }
    });
    observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
    probe.seen = () => { observer.disconnect(); return seen; };
  };
})();
