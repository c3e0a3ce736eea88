/* Service Desk — what the script adds to pages that work without it.
   Clock text, loading bars, single keys, dialogs, copying, toasts. No inline handlers, no dependency besides
   htmx's events. Must not decide anything: states, permissions and times come from the server. */
(() => {
  "use strict";

  const root = document.documentElement;
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const words = JSON.parse(find("#desk-words")?.textContent || "{}");

  /* ---- words: the server's patterns, filled in here ------------------------------------------------------------ */
  const fill = (pattern, values) =>
    (pattern || "").replace(/%\((\w+)\)(0?2?)[ds]/g, (_, name, width) => String(values[name]).padStart(width ? 2 : 1, "0"));

  function duration(seconds) {
    const s = Math.max(0, Math.floor(seconds));
    const both = (n, m, alone, pair) => fill(m ? pair : alone, { n, m });
    if (s < 60) return fill(words.seconds, { seconds: s });
    if (s >= 172800) return both(Math.floor(s / 86400), Math.floor((s % 86400) / 3600), words.days, words.days_hours);
    if (s >= 3600) return both(Math.floor(s / 3600), Math.floor((s % 3600) / 60), words.hours, words.hours_minutes);
    return fill(words.minutes, { n: Math.floor(s / 60) });
  }

  const age = (s) => s < 60 ? words.now : s < 3600 ? fill(words.minutes, { n: Math.floor(s / 60) }) :
    s < 86400 ? fill(words.hours, { n: Math.floor(s / 3600) }) : fill(words.days, { n: Math.floor(s / 86400) });

  /* ---- clocks: counted from the server's time; the state itself is never changed here --------------------------- */
  let skew = root.dataset.now ? Date.parse(root.dataset.now) - Date.now() : 0;
  let ticking;

  function tick() {
    clearTimeout(ticking);
    let nearest = Infinity;
    for (const chip of all("[data-due]")) {
      const left = (Date.parse(chip.dataset.due) - Date.now() - skew) / 1000;
      const text = find(".clock__text", chip);
      if (!text || Number.isNaN(left)) continue;
      nearest = Math.min(nearest, Math.abs(left));
      const isLate = chip.dataset.state === "breach";
      const time = duration(isLate ? -left : left);
      const shown = isLate ? fill(words.over, { time }) : "long" in chip.dataset ? fill(words.left, { time }) : time;
      if (text.textContent !== shown) text.textContent = shown;
    }
    for (const shown of all("[data-ago]")) {
      const text = age((Date.now() + skew - Date.parse(shown.dateTime)) / 1000);
      if (shown.textContent !== text) shown.textContent = text;
      nearest = Math.min(nearest, 1e9);
    }
    if (nearest < Infinity && !document.hidden) ticking = setTimeout(tick, nearest < 300 ? 1000 : 30000);
  }
  document.addEventListener("visibilitychange", () => document.hidden || tick());
  document.addEventListener("desk:now", (event) => { skew = Date.parse(event.detail) - Date.now(); });

  /* ---- loading: nothing for 150 ms, then a bar on the region that changes --------------------------------------- */
  const waiting = new WeakMap();
  document.addEventListener("htmx:beforeRequest", (event) => {
    const region = event.detail.target;
    if (!region || waiting.has(region)) return;
    waiting.set(region, setTimeout(() => {
      region.setAttribute("aria-busy", "true");
      const bar = document.createElement("span");
      bar.className = region === document.body ? "loadbar loadbar--page" : "loadbar";
      region.prepend(bar);
    }, 150));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const region = event.detail.target;
    if (!region) return;
    clearTimeout(waiting.get(region));
    waiting.delete(region);
    region.removeAttribute("aria-busy");
    all(":scope > .loadbar", region).forEach((bar) => bar.remove());
  });
  document.addEventListener("htmx:afterSettle", () => { tick(); all(".toast").forEach(timeToast); });

  function failed(event) {
    const region = event.detail.target;
    if (event.detail.xhr?.status === 401) return; // the session is over: writing.js asks to sign in
    if (!region || !window.desk.failed) return;
    const { verb, path, parameters } = event.detail.requestConfig;
    const { elt } = event.detail;
    window.desk.failed(region, (banner) => region.before(banner), () => region.isConnected && window.htmx.ajax(verb, path, { source: elt, target: region, values: parameters }));
  }
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:timeout", failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:beforeRequest", (event) => window.desk.done?.(event.detail.target));

  /* ---- keys: dead while typing, composing, in menus and dialogs, and with any modifier --------------------------- */
  let isComposing = false;
  let goUntil = 0;
  document.addEventListener("compositionstart", () => { isComposing = true; });
  document.addEventListener("compositionend", () => { isComposing = false; });

  const isTyping = (target) =>
    target.isContentEditable || target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, .menu, dialog, [role=menu], [role=listbox]");
  /* What is written on the key: also under a Thai layout, and with the full-width punctuation of Chinese. */
  function letterOf(event) {
    const key = event.key.normalize("NFKC");
    return /^[\x21-\x7e]$/.test(key) ? key.toLowerCase() : event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
  }
  const isWriting = (event) => event.defaultPrevented || isComposing || event.isComposing || event.keyCode === 229;
  const token = () => find("[name=csrfmiddlewaretoken]")?.value || "";
  window.desk = { ...window.desk, find, all, words, fill, token, letterOf, isWriting }; // for the other scripts; live.js adds its own
  const isShown = (element) => element.getClientRects().length > 0 && !element.closest("[hidden]");

  function singleKey(event) {
    const letter = letterOf(event);
    if (!letter) return;
    const panel = find("section.act");
    const selector = Date.now() < goUntil ? "[data-go-key]" : "[data-key], [data-focus-key]";
    goUntil = 0;
    const hit = all(selector).find((element) => isShown(element) &&
      [element.dataset.goKey, element.dataset.key, element.dataset.focusKey].includes(letter));
    if (hit) {
      if (panel && isShown(panel) && hit.matches("summary")) return;  // no menu over an open form
      event.preventDefault();
      if (hit.dataset.focusKey === letter) hit.focus(); else hit.click();
    } else if (letter === "g" && find("[data-go-key]")) {
      goUntil = Date.now() + 1500;
    } else if (letter === "z") {
      find("a[href='/recent/']")?.click(); // no toast: the list of what can still be taken back
    }
  }

  function escape(event) {
    const panel = find("section.act");
    const open = event.target.closest?.("details.pop[open], details.topsearch[open]") || find("details.pop[open]");
    if (open) {
      open.open = false;
      find("summary", open).focus();
    } else if (panel && isShown(panel) && (panel.contains(event.target) || !isTyping(event.target))) {
      // What was typed in it stays until somebody presses Cancel.
      const typed = all("textarea, input:not([type=hidden], [type=radio], [type=checkbox])", panel).some((field) => field.value !== field.defaultValue);
      if (typed) find("[data-cancel]", panel)?.focus(); else find("header a", panel).click();
    } else if (isTyping(event.target)) {
      event.target.blur();
    } else {
      const clear = all("[data-clear-selection]").find(isShown);
      if (clear) clear.click();
    }
  }

  /* Arrows move in an open menu, as Tab does; in its fields they keep their own meaning. */
  function arrow(event) {
    const menu = event.target.closest?.("details.pop[open]");
    if (!menu || !/^Arrow(Down|Up)$/.test(event.key) || !event.target.matches("summary, a, button")) return false;
    const stops = all(".menu :is(a, button, input, select, textarea):not([type=hidden])", menu).filter(isShown);
    const at = stops.indexOf(event.target);
    stops[event.key === "ArrowDown" ? (at + 1) % stops.length : (at < 1 ? stops.length : at) - 1]?.focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (!event.defaultPrevented && !event.altKey && !event.ctrlKey && !event.metaKey && arrow(event)) { event.preventDefault(); return; }
    if (isWriting(event)) return;
    if (event.key === "Escape") { if (!event.target.closest?.("dialog[open]")) escape(event); return; }
    if (event.ctrlKey || event.metaKey) { if (!event.altKey && !event.shiftKey) chord(event); return; }
    if (event.altKey || root.dataset.keys === "off" || isTyping(event.target) || event.target.closest?.("section.act form")) return;
    if (event.shiftKey && /^[a-z]$/.test(letterOf(event))) return;
    singleKey(event);
  });

  function chord(event) {
    const form = event.target.form || event.target.closest?.("form");
    if (event.key === "Enter" && form && event.target.matches("textarea, input")) {
      event.preventDefault();
      form.requestSubmit(find("[data-send]", form) || undefined);
    } else if (event.key === ";" && find(".composer")) {
      const other = find(".composer [data-kind]:not(:checked)");
      event.preventDefault();
      other.checked = true;
      other.dispatchEvent(new Event("change", { bubbles: true }));
      find(".composer textarea").focus();
    } else if (event.key.toLowerCase() === "k") {
      const search = all("[data-focus-key]").find(isShown);
      if (search) { event.preventDefault(); search.focus(); }
    }
  }

  /* ---- typed text is sacred: a question before leaving; drafts are in writing.js ---------------------------------- */
  const dirty = new Set();

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-guard]");
    if (form) dirty.add(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    dirty.delete(form);
    if (form.getAttribute("action")?.endsWith("/sign-out/")) window.caches?.delete("visits-1"); // pages of visits kept for no signal
    if (!("once" in form.dataset)) return;
    if (form.dataset.once === "sent") event.preventDefault();
    form.dataset.once = "sent";
  });
  window.addEventListener("pageshow", () => all("form[data-once=sent]").forEach((form) => { form.dataset.once = ""; }));
  window.addEventListener("beforeunload", (event) => {
    if ([...dirty].some((form) => form.isConnected && all("textarea, input:not([type=hidden])", form).some((field) => field.value !== field.defaultValue))) event.preventDefault();
  });

  /* ---- pickers: what they hold, in the page's own words ------------------------------------------------------------ */
  function inWords(value) {
    const [, year, month, day, hour, minute] = /^(?:(\d+)-(\d\d)-(\d\d))?T?(?:(\d\d):(\d\d))?/.exec(value);
    const form = words.dates;
    const put = (pattern, values) => pattern.replace(/\{(\w+)(:02)?\}/g, (_, name, wide) => String(values[name]).padStart(wide ? 2 : 1, "0"));
    const date = year && put(form.date, {
      weekday: form.weekdays[(new Date(Date.UTC(+year, month - 1, +day)).getUTCDay() + 6) % 7],
      day: +day, month: form.months[month - 1], year: +year + form.year_offset,
    });
    const time = hour && put(form.time, { hour: +hour, minute: +minute });
    return [date, time].filter(Boolean).join(date?.endsWith("）") ? "" : " ");
  }
  document.addEventListener("input", ({ target }) => {
    const shown = target.matches?.("[type=date], [type=datetime-local], [type=time]") && document.getElementById(target.id + "_words");
    if (shown && words.dates) shown.textContent = inWords(target.value);
  });

  /* ---- presses: dialogs, copying, menus -------------------------------------------------------------------------- */
  async function copy(control) {
    const source = find(control.dataset.copy);
    if (!source) return;
    try {
      await navigator.clipboard.writeText(source.dataset.text || source.textContent); // innerText of a closed fold is empty
    } catch { // no https: the text is shown, chosen, for the reader's own keys
      const fold = source.closest("details");
      if (fold) fold.open = true;
      getSelection().selectAllChildren(source);
      return;
    }
    const before = control.textContent;
    control.textContent = words.copied;
    setTimeout(() => { control.textContent = before; }, 2000);
  }

  document.addEventListener("click", (event) => {
    const control = event.target.closest?.("[data-dialog], [data-close], [data-copy], [data-print]");
    if (control?.dataset.dialog) {
      const dialog = document.getElementById(control.dataset.dialog);
      if (dialog?.showModal) { event.preventDefault(); dialog.showModal(); }
    } else if (control && "close" in control.dataset) {
      const dialog = control.closest("dialog");
      if (dialog) { event.preventDefault(); dialog.close(); }
    } else if (control?.dataset.copy) {
      event.preventDefault();
      copy(control);
    } else if (control && "print" in control.dataset) {
      print();
    }
    for (const menu of all("details.pop[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  for (const button of all("[data-print]")) button.hidden = false;

  /* ---- toasts: ten seconds, longer while hovered or focused ------------------------------------------------------ */
  function timeToast(toast) {
    if (toast.dataset.timed) return;
    toast.dataset.timed = "1";
    let left = 10000;
    const clock = setInterval(() => {
      const isHeld = toast.matches(":hover, :focus-within");
      toast.classList.toggle("is-held", isHeld);
      if (!isHeld && (left -= 250) <= 0) { clearInterval(clock); toast.remove(); }
    }, 250);
  }

  /* ---- start ------------------------------------------------------------------------------------------------------ */
  function start() {
    tick();
    all("#toasts .toast").forEach(timeToast);
    find("#errors")?.focus();
  }
  start();
})();
