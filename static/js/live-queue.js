/* Service Desk — the queue while things change: cells that only inform change where they stand; what would move a row
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
