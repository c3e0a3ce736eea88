/* Service Desk — the queue while things change: cells that only inform change where they stand; what would move a row
   waits behind the pill. The server decides which of the two it is. */
(() => {
  "use strict";
  const list = document.querySelector("[data-rows]");
  const pill = document.getElementById("newpill");
  if (!list || !pill) return;
  const rowOf = (number) => document.getElementById(`row-SD-${number}`);
  const rows = () => [...list.querySelectorAll("tr[id^=row-SD-]:not([data-gone])")];
  const boxOf = (row) => row.querySelector("input[type=checkbox]");
  const settled = () => list.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail: { target: list, elt: list } }));

  let pending = new Set();
  let asking = false, again = false;

  const drawn = () => rows().map((row) => `${row.id.slice(7)}.${row.closest("tbody").querySelector(".grp")?.id.slice(6) || ""}`).join();

  /* Asks at most every three seconds; everything since the list was drawn, so that what came and went again is no news. */
  async function look() {
    if (asking) { again = true; return; }
    asking = true;
    again = false;
    const query = new URLSearchParams(location.search);
    query.set("shown", drawn());
    query.set("changed", pending && pending.size <= 200 ? [...pending].join() : "");
    try {
      const answer = await fetch(`${list.dataset.rows}?${query}`, { headers: { Accept: "application/json" } });
      if (answer.ok && !answer.redirected) show(await answer.json());
    } catch { /* the stream says that the connection is gone */ }
    setTimeout(() => { asking = false; if (again) look(); }, 3000);
  }

  function show(found) {
    const table = document.createElement("template");
    table.innerHTML = `<table><tbody>${found.rows}</tbody></table>`;
    table.content.querySelectorAll("tr").forEach(inPlace);
    found.gone.forEach((number) => { const row = rowOf(number); if (row) row.dataset.left = ""; });
    pill.hidden = !found.pill;
    const words = pill.querySelector("span");
    if (words.textContent !== found.pill) words.textContent = found.pill;
    settled();
  }

  /* Cell by cell: never the one with the focus or the checkbox. */
  function inPlace(fresh) {
    const row = document.getElementById(fresh.id);
    if (!row) return;
    [...fresh.cells].forEach((cell, at) => {
      const known = row.cells[at];
      if (!known || boxOf(known) || known.contains(document.activeElement) || known.isEqualNode(cell)) return;
      known.replaceChildren(...cell.childNodes);
    });
  }

  /* ---- the pill: the list anew, with everything the person had in hand ------------------------------------------ */
  async function apply() {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok || answer.redirected) { location.reload(); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const anew = page.getElementById(list.id);
    if (!anew) { location.reload(); return; }
    const kept = hold();
    list.replaceChildren(...anew.childNodes);
    for (const part of [".views", ".pagehead h1", ".side__nav"]) {
      const fresh = page.querySelector(part);
      const known = document.querySelector(part);
      if (fresh && known && !known.contains(document.activeElement)) known.replaceChildren(...fresh.childNodes);
    }
    pending = new Set();
    pill.hidden = true;
    window.htmx?.process(list);
    give(kept);
    settled();
  }

  function hold() {
    const order = rows().map((row) => row.id);
    const focused = rows().find((row) => row.contains(document.activeElement));
    return {
      order,
      current: (focused || list.querySelector("tr.is-focus"))?.id,
      hadFocus: Boolean(focused) || document.activeElement === pill,
      chosen: [...list.querySelectorAll("tr")].filter((row) => boxOf(row)?.checked),
      top: list.scrollTop,
    };
  }

  /* The same ticket, or the nearest neighbour that is still there. */
  function neighbour({ order, current }) {
    const at = order.indexOf(current);
    const near = order.map((id, place) => [Math.abs(place - at), id]).sort((one, other) => one[0] - other[0]);
    return document.getElementById(current) || near.map(([, id]) => document.getElementById(id)).find(Boolean);
  }

  function give(kept) {
    list.scrollTop = kept.top;
    const row = kept.current && neighbour(kept);
    if (row) {
      row.classList.add("is-focus");
      if (kept.hadFocus) row.querySelector("a")?.focus({ preventScroll: true });
    } else if (kept.hadFocus) list.focus({ preventScroll: true });
    const lost = [];
    for (const old of kept.chosen) {
      const same = document.getElementById(old.id);
      if (same) { boxOf(same).checked = true; boxOf(same).dispatchEvent(new Event("change", { bubbles: true })); } else lost.push(old);
    }
    if (lost.length) keep(lost);
  }

  /* Chosen tickets that left the view stay chosen, under a heading that says so. */
  function keep(lost) {
    const table = list.querySelector("table");
    if (!table) return;
    const part = table.createTBody();
    const head = part.insertRow();
    head.className = "grp";
    const cell = document.createElement("th");
    cell.colSpan = 9;
    cell.scope = "rowgroup";
    cell.textContent = list.dataset.gone;
    head.append(cell);
    lost.forEach((row) => { row.dataset.gone = ""; row.classList.remove("is-focus"); part.append(row); boxOf(row).dispatchEvent(new Event("change", { bubbles: true })); });
  }

  document.addEventListener("desk:changed", ({ detail }) => {
    if (detail && pending) detail.forEach((number) => pending.add(number)); else pending = null;
    look();
  });
  pill.addEventListener("click", apply);
})();
