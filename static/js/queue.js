/* Service Desk — the queue's rows: a press shows the preview, keys move and select, boxes raise the toolbar.
   Rows are links and boxes belong to a form: all of it works without this. Must not decide anything. */
(() => {
  "use strict";
  const list = document.getElementById("list");
  const preview = document.getElementById("preview");
  const bulk = document.getElementById("bulk");
  const desk = document.querySelector(".desk");
  if (!list || !preview) return;
  const rows = () => [...list.querySelectorAll("tr[data-preview]")];
  const boxes = () => [...list.querySelectorAll("tbody input[type=checkbox]")];
  const current = () => list.querySelector("tr.is-focus");
  const isShown = () => preview.getClientRects().length > 0;
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const post = (address, values) => fetch(address, {
    method: "POST", body: new URLSearchParams(values), headers: { "X-CSRFToken": token(), "X-Quiet": "1" },
  });

  /* ---- preview: the tickets before and after are fetched ahead, and forgotten when something changes ------------- */
  const ahead = new Map();
  let wanted = "", reading;

  function load(address) {
    const known = ahead.get(address);
    if (known && Date.now() - known.at < 60000) return known.text;
    const text = fetch(address, { headers: { "HX-Request": "true" } }).then((answer) => {
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      return answer.text();
    });
    text.catch(() => ahead.delete(address));
    ahead.set(address, { text, at: Date.now() });
    if (ahead.size > 12) ahead.delete(ahead.keys().next().value);
    return text;
  }

  async function show(row, isMeant) {
    const address = wanted = row.dataset.preview;
    clearTimeout(reading);
    const waiting = setTimeout(() => preview.replaceChildren(document.getElementById("preview-skeleton").content.cloneNode(true)), 150);
    let text;
    try { text = await load(address); } catch { /* said below */ }
    clearTimeout(waiting);
    if (wanted !== address) return;
    if (text === undefined) {
      preview.replaceChildren(document.getElementById("request-failed").content.cloneNode(true));
      return;
    }
    preview.innerHTML = text;
    preview.parentElement.setAttribute("aria-label", preview.querySelector("[data-label]")?.dataset.label || "");
    window.htmx?.process(preview);
    preview.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail: { target: preview, elt: preview } }));
    around(row).forEach((near) => near && load(near.dataset.preview).catch(() => {}));
    if (isMeant) reading = setTimeout(read, 3000, row);
  }

  function around(row) {
    const all = rows(), at = all.indexOf(row);
    return [all[at + 1], all[at - 1]];
  }

  /* Read is what was before somebody's eyes for three seconds, up to the entry that the preview shows. */
  function read(row) {
    const seq = preview.querySelector("[data-seq]")?.dataset.seq;
    if (document.hidden || !seq || !row.classList.contains("unread") || wanted !== row.dataset.preview) return;
    post(row.dataset.preview.replace(/preview\/$/, "read/"), { seq }).then((answer) => answer.ok && row.classList.remove("unread"));
  }

  function choose(row, moveFocus) {
    if (!row) return;
    rows().forEach((other) => other.classList.toggle("is-focus", other === row));
    if (moveFocus) {
      row.querySelector("th a").focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    }
    if (isShown()) show(row, true);
  }

  function move(step) {
    const all = rows();
    const at = all.indexOf(document.activeElement.closest?.("tr[data-preview]") || current());
    choose(all[Math.min(Math.max(at + step, 0), all.length - 1)], true);
  }

  /* ---- selection ---------------------------------------------------------------------------------------------------- */
  let last;
  function tally() {
    if (!bulk) return;
    const all = boxes(), chosen = all.filter((box) => box.checked);
    const head = document.getElementById("all");
    head.checked = chosen.length > 0 && chosen.length === all.length;
    head.indeterminate = chosen.length > 0 && !head.checked;
    bulk.hidden = !chosen.length;
    const count = bulk.querySelector(".bulk__count");
    count.textContent = count.dataset.one.replace("%(n)s", chosen.length);
  }

  function mark(row, isRange) {
    const box = row?.querySelector("input[type=checkbox]");
    if (!box) return;
    const all = boxes(), from = all.indexOf(last), to = all.indexOf(box);
    const value = !box.checked;
    if (isRange && from >= 0) all.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((one) => { one.checked = true; });
    else box.checked = value;
    last = box;
    tally();
  }

  document.addEventListener("change", ({ target }) => {
    if (target.id === "all") boxes().forEach((box) => { box.checked = target.checked; });
    if (target.id === "all" || target.name === "ticket") tally();
  });
  list.addEventListener("click", (event) => {
    const box = event.target.closest("input[name=ticket]");
    if (!box) return;
    if (event.shiftKey && last) { const all = boxes(), ends = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other); all.slice(ends[0], ends[1] + 1).forEach((one) => { one.checked = box.checked; }); }
    last = box;
    tally();
  });
  bulk?.addEventListener("reset", () => setTimeout(tally));
  bulk?.addEventListener("toggle", ({ target }) => target.open && target.querySelector("select, textarea, input")?.focus(), true);

  /* ---- presses ------------------------------------------------------------------------------------------------------ */
  document.addEventListener("click", (event) => {
    const control = event.target.closest?.("[data-step], [data-close-preview], [data-mine]");
    if (control?.dataset.step) move(Number(control.dataset.step));
    else if (control && "closePreview" in control.dataset) { event.preventDefault(); width("none"); current()?.querySelector("th a").focus(); }
    const row = event.target.closest?.("#list tr[data-preview]");
    if (!row || event.target.closest("a, button, input, label")) return;
    if (isShown()) choose(row); else if (innerWidth > 1200) { width(""); choose(row); } else row.querySelector("th a").click();
  });

  /* Closing and opening the preview is kept, like a choice in the menu. */
  function width(name) {
    desk.className = name ? `desk desk--${name}` : "desk";
    post(document.querySelector("[data-widths]").dataset.widths, { only_width: 1, width: name });
  }

  const PLACES = { a: "?act=assign#act", l: "?act=level#act", e: "?act=restored#act", r: "#composer-body", n: "?write=note#composer-body", w: "#why", s: "#status-menu" };
  function key(event) {
    const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code?.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
    const step = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }[letter];
    const row = document.activeElement.closest?.("tr[data-preview]") || current();
    if (letter === "x" && row) { mark(row, event.shiftKey); return true; }
    if (event.shiftKey) return false;
    if (step && rows().length) { move(step); return true; }
    if (!row || (bulk && !bulk.hidden)) return false;
    if (event.key === "Enter" && document.activeElement === document.body) { row.querySelector("th a").click(); return true; }
    if (letter === "i" && bulk) {
      bulk.elements.only.value = row.id.slice(4);
      bulk.requestSubmit(bulk.querySelector("[value=mine]"));
      return true;
    }
    if (!PLACES[letter]) return false;
    leave();
    location.assign(row.querySelector("th a").href + PLACES[letter]);
    return true;
  }
  let isComposing = false, isGoing = 0;
  document.addEventListener("compositionstart", () => { isComposing = true; });
  document.addEventListener("compositionend", () => { isComposing = false; });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isComposing || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.documentElement.dataset.keys === "off") return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog, .menu, [contenteditable]")) return;
    if (event.key === "g") { isGoing = Date.now() + 1500; return; }
    if (Date.now() < isGoing) { isGoing = 0; return; }
    if (key(event)) event.preventDefault();
  }, true);

  /* ---- there and back: the same row and the same place of the list --------------------------------------------------- */
  function leave() {
    try { sessionStorage.setItem("queue", JSON.stringify({ address: location.pathname + location.search, row: (document.activeElement.closest?.("tr[data-preview]") || current())?.id, top: list.scrollTop })); } catch { /* then it begins at the top */ }
  }
  window.addEventListener("pagehide", leave);
  function back() {
    let kept;
    try { kept = JSON.parse(sessionStorage.getItem("queue")); } catch { return null; }
    if (!kept || kept.address !== location.pathname + location.search) return null;
    list.scrollTop = kept.top;
    return document.getElementById(kept.row);
  }
  window.addEventListener("pageshow", () => { if (bulk) bulk.elements.only.value = ""; tally(); });
  document.addEventListener("desk:changed", () => ahead.clear());

  const first = back();
  if (first) { first.querySelector("th a").focus({ preventScroll: true }); first.scrollIntoView({ block: "nearest" }); }
  const start = first || rows()[0];
  if (start) {
    start.classList.add("is-focus");
    if (isShown()) show(start, Boolean(first));
  }
  tally();
})();
