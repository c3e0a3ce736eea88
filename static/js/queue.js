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
  const pointed = () => document.activeElement.closest?.("tr[data-preview]") || current();
  const isShown = () => preview.getClientRects().length > 0;
  const { token, letterOf, isWriting } = window.desk;
  const post = (address, values) => fetch(address, {
    method: "POST", body: new URLSearchParams(values), headers: { "X-CSRFToken": token(), "X-Quiet": "1" },
  });

  /* ---- preview: the tickets before and after are fetched ahead, and forgotten when something changes ------------- */
  const ahead = new Map();
  let wanted = "", reading, missed;

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

  /* What was forgotten on its way is asked for again: nothing older is ever shown over something newer. */
  async function latest(address) {
    let text;
    do await (text = load(address)); while (ahead.get(address)?.text !== text);
    return text;
  }

  async function show(row, isMeant) {
    const address = wanted = row.dataset.preview;
    clearTimeout(reading);
    const waiting = setTimeout(() => preview.replaceChildren(document.getElementById("preview-skeleton").content.cloneNode(true)), 150);
    let text, problem;
    try { text = await latest(address); } catch (found) { problem = found; }
    clearTimeout(waiting);
    if (wanted !== address) return;
    if (problem) {
      const again = () => show(row, isMeant);
      missed = /^\d/.test(problem.message) ? null : again; // no answer at all: worth another try once there is one
      preview.replaceChildren();
      window.desk.failed(preview, (banner) => preview.replaceChildren(banner), again);
      if (problem.message === "401") document.dispatchEvent(new CustomEvent("desk:sign-in", { detail: again }));
      return;
    }
    missed = null;
    window.desk.done(preview);
    preview.innerHTML = text;
    settle();
    around(row).forEach((near) => near && load(near.dataset.preview).catch(() => {}));
    if (isMeant) reading = setTimeout(read, 3000, row);
  }

  function settle() {
    preview.parentElement.setAttribute("aria-label", preview.querySelector("[data-label]")?.dataset.label || "");
    window.htmx?.process(preview);
    preview.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail: { target: preview, elt: preview } }));
  }

  /* The ticket that is shown changed: so does its preview, where it stands; an open menu in it stays as it is. */
  async function follow(numbers) {
    ahead.clear();
    const address = wanted, number = Number(address.match(/\d+/));
    if (!number || !isShown() || numbers && !numbers.includes(number) && !numbers.includes(0)) return;
    const text = await latest(address).catch(() => "");
    if (!text || wanted !== address) return;
    const fresh = preview.cloneNode();
    fresh.innerHTML = text;
    window.desk.morph(preview, fresh);
    settle();
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
    const at = all.indexOf(pointed());
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

  /* With Shift, all from the box that was pressed last up to this one. */
  function reach(box, value, isRange) {
    const all = boxes(), from = isRange ? all.indexOf(last) : -1, to = all.indexOf(box);
    if (from < 0) box.checked = value;
    else all.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((one) => { one.checked = value; });
    last = box;
    tally();
  }

  function mark(row, isRange) {
    const box = row?.querySelector("input[type=checkbox]");
    if (box) reach(box, isRange && boxes().includes(last) || !box.checked, isRange);
  }

  document.addEventListener("change", ({ target }) => {
    if (target.id === "all") boxes().forEach((box) => { box.checked = target.checked; });
    if (target.id === "all" || target.name === "ticket") tally();
  });
  list.addEventListener("click", (event) => {
    const box = event.target.closest("input[name=ticket]");
    if (box) reach(box, box.checked, event.shiftKey);
  });
  bulk?.addEventListener("reset", () => setTimeout(() => { boxes().forEach((box) => { box.checked = false; }); tally(); }));
  bulk?.addEventListener("toggle", ({ target }) => {
    if (!target.open) return;
    const schemes = boxes().filter((box) => box.checked).map((box) => box.dataset.scheme);
    for (const group of target.querySelectorAll("optgroup")) group.hidden = group.disabled = !group.dataset.schemes.split(" ").some((one) => schemes.includes(one));
    target.querySelector("select, textarea, input")?.focus();
  }, true);

  /* One ticket by its key: a form of its own for each press, so that one that has to wait means this ticket and no other. */
  function take(only) {
    const form = Object.assign(document.createElement("form"), { method: "post", action: bulk.action, hidden: true });
    const fields = { csrfmiddlewaretoken: token(), token: bulk.elements.token.value, only, do: "mine" };
    for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    document.body.append(form);
    form.requestSubmit();
  }

  /* ---- the filter takes the focus as it comes; with Escape it goes back to where it was -------------------------- */
  const filter = document.getElementById("filter-form");
  let before;
  filter.addEventListener("focusin", ({ relatedTarget: from }) => { if (from && !filter.contains(from)) before = from; });
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    filter.replaceChildren();
    before?.focus();
  });

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
    const letter = letterOf(event);
    const step = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }[letter || event.key];
    const row = pointed();
    if (letter === "x" && row) { mark(row, event.shiftKey); return true; }
    if (event.shiftKey) return false;
    if (step && rows().length) { move(step); return true; }
    if (bulk && !bulk.hidden) { // its other keys are those that it shows
      if (letter === "i") bulk.requestSubmit(bulk.querySelector("[value=mine]"));
      return letter === "i";
    }
    if (!row) return false;
    if (event.key === "Enter" && document.activeElement === document.body) { row.querySelector("th a").click(); return true; }
    if (letter === "i" && bulk) { take(row.id.slice(4)); return true; }
    if (!PLACES[letter]) return false;
    leave();
    document.dispatchEvent(new CustomEvent("desk:go", { detail: row.querySelector("th a").href + PLACES[letter] }));
    return true;
  }
  let isGoing = 0;
  document.addEventListener("keydown", (event) => {
    if (isWriting(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.documentElement.dataset.keys === "off") return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog, details.pop[open], [contenteditable]")) return;
    if (letterOf(event) === "g" && !event.shiftKey) { isGoing = Date.now() + 1500; return; }
    if (Date.now() < isGoing) { isGoing = 0; return; }
    if (key(event)) event.preventDefault();
  }, true);

  /* ---- another view: the browser goes there by itself; when the answer takes its time, rows in outline ------------- */
  let slow;
  function arrived() {
    clearTimeout(slow);
    list.removeAttribute("aria-busy");
    list.querySelector(".list__wait")?.remove();
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".views li a, .viewpop a");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    arrived();
    slow = setTimeout(() => {
      list.setAttribute("aria-busy", "true");
      list.prepend(document.getElementById("list-skeleton").content.cloneNode(true));
    }, 300);
  });
  window.navigation?.addEventListener("navigateerror", arrived); // stopped

  /* The address names its view, so that "back" comes here and not to the view used last. */
  if (!location.search) history.replaceState(history.state, "", `?view=${list.dataset.view}`);

  /* ---- there and back: the same row and the same place of the list --------------------------------------------------- */
  function leave() {
    try { sessionStorage.setItem("queue", JSON.stringify({ address: location.pathname + location.search, row: pointed()?.id, top: list.scrollTop })); } catch { /* then it begins at the top */ }
  }
  window.addEventListener("pagehide", leave);
  function back() {
    let kept;
    try { kept = JSON.parse(sessionStorage.getItem("queue")); } catch { return null; }
    if (!kept || kept.address !== location.pathname + location.search) return null;
    list.scrollTop = kept.top;
    return document.getElementById(kept.row);
  }
  window.addEventListener("pageshow", () => { arrived(); tally(); });
  document.addEventListener("desk:changed", ({ detail }) => follow(detail));
  document.addEventListener("desk:now", () => missed?.()); // there is a connection again

  const first = back();
  if (first) { first.querySelector("th a").focus({ preventScroll: true }); first.scrollIntoView({ block: "nearest" }); }
  const start = first || rows()[0];
  if (start) {
    start.classList.add("is-focus");
    if (isShown()) show(start, Boolean(first));
  }
  tally();
  bulk?.querySelector("[aria-invalid]")?.focus(); // what the last press left unsaid
  const help = document.getElementById("qhelp");
  if (help) help.textContent = help.dataset.keys;
})();

/* The queue while things change: cells that only inform change where they stand; what would move a row
   waits behind the pill. The server decides which of the two it is. */
(() => {
  "use strict";
  const list = document.querySelector("[data-rows]");
  const pill = document.getElementById("newpill");
  const banner = document.getElementById("old");
  if (!list || !pill || !window.desk?.morph) return;
  const rows = () => [...list.querySelectorAll("tr[id^=row-SD-]:not([data-gone])")];
  const boxOf = (row) => row.querySelector("input[type=checkbox]");
  const settled = () => list.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail: { target: list, elt: list } }));
  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

  let pending = new Set();
  let asking = false, again = false;

  const drawn = () => rows().map((row) => `${row.id.slice(7)}.${row.closest("tbody").querySelector(".grp")?.id.slice(6) || ""}`).join();

  /* Asks at most every three seconds; about all since the list was drawn, so that what came and went is no news. */
  async function look() {
    if (asking) { again = true; return; }
    asking = true;
    again = false;
    const query = new URLSearchParams(location.search);
    query.set("shown", drawn());
    query.set("changed", pending && pending.size <= 200 ? [...pending].join() : "");
    try {
      const answer = await fetch(`${list.dataset.rows}?${query}`);
      if (!answer.ok) throw new Error(answer.status);
      if (!answer.redirected) show(await answer.json());
    } catch { old(true); }
    setTimeout(() => { asking = false; if (again) look(); }, 3000);
  }

  /* What cannot be loaded anew stays, under a banner that says of what time it is. */
  function old(isOld) {
    if (isOld && banner.hidden) banner.querySelector("time").textContent = list.dataset.asOf;
    banner.hidden = !isOld;
  }

  function show(found) {
    list.dataset.asOf = found.at;
    old(false);
    for (const fresh of parsed(`<table>${found.rows}</table>`).querySelectorAll("tr")) {
      const row = document.getElementById(fresh.id);
      row?.classList.toggle("unread", fresh.classList.contains("unread"));
      [...fresh.cells].forEach((cell, at) => row && !boxOf(cell) && window.desk.morph(row.cells[at], cell));
    }
    pill.hidden = !found.pill;
    const words = pill.querySelector("span");
    if (words.textContent !== found.pill) words.textContent = found.pill;
    settled();
  }

  /* ---- the pill: the list anew; focus, selection and place stay ------------------------------------------------- */
  async function apply() {
    const answer = await fetch(location.href).catch(() => null);
    const text = await answer?.text().catch(() => null);
    if (answer?.redirected || answer?.status === 401) { location.reload(); return; } // to the sign-in
    const page = answer?.ok && text && parsed(text);
    const anew = page && page.getElementById(list.id);
    if (!anew) { old(true); return; }
    const order = rows().map((row) => row.id);
    const focused = rows().find((row) => row.contains(document.activeElement));
    const current = (focused || list.querySelector("tr.is-focus"))?.id;
    const hadFocus = focused || document.activeElement === pill || banner.contains(document.activeElement);
    const chosen = rows().filter((row) => boxOf(row)?.checked);
    const top = list.scrollTop;
    window.desk.morph(list, anew);
    for (const part of [".views", ".pagehead h1", ".side__nav", "#b-level"]) {
      const [known, fresh] = [document, page].map((where) => where.querySelector(part));
      if (known && fresh) window.desk.morph(known, fresh);
    }
    pending = new Set();
    pill.hidden = true;
    old(false);
    window.htmx?.process(list);
    keep(chosen.filter((row) => !row.isConnected));
    list.scrollTop = top;
    point(neighbour(order, current), hadFocus);
    settled();
  }

  /* The same ticket, or the nearest one that is still there. */
  function neighbour(order, current) {
    const at = order.indexOf(current);
    const far = (id) => Math.abs(order.indexOf(id) - at);
    return document.getElementById([...order].sort((one, other) => far(one) - far(other)).find((id) => document.getElementById(id)));
  }

  function point(row, hadFocus) {
    rows().forEach((other) => other.classList.toggle("is-focus", other === row));
    if (hadFocus) (row?.querySelector("a") || list).focus({ preventScroll: true });
  }

  /* Chosen tickets that left the view stay chosen, under a heading that says so. */
  function keep(lost) {
    const part = lost.length && list.querySelector("table")?.createTBody();
    if (!part) return;
    part.innerHTML = '<tr class="grp"><th scope="rowgroup"></th></tr>';
    const heading = part.querySelector("th");
    heading.textContent = list.dataset.gone;
    heading.colSpan = list.querySelector("thead tr").cells.length; // one column more than there are narrows them all
    for (const row of lost) { row.dataset.gone = ""; part.append(row); }
  }

  document.addEventListener("desk:changed", ({ detail }) => {
    if (detail && pending) detail.forEach((number) => pending.add(number)); else pending = null;
    look();
  });
  document.addEventListener("desk:lost", () => old(true));
  document.addEventListener("desk:now", () => banner.hidden || look());
  pill.addEventListener("click", apply);
  banner.querySelector("button").addEventListener("click", apply);
})();
