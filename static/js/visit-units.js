/* Service Desk — a further unit of a visit, with signal or without: it is kept on the phone first, its sections are made here
   of the lists that this visit has, and the desk adds it before it hears of any answer to it. What only the desk knows of
   a unit (its last readings, what was found last time) comes with the signal. */
(() => {
  "use strict";
  const page = document.querySelector("[data-visit]"), store = window.visitStore, sending = window.visitSending;
  if (!page || !sending) return;
  const { find, all } = window.desk, { say, adopt } = window.visitCards;
  const { visit } = page.dataset;
  const form = find("[data-add-sheet]");
  const rows = new Map(), made = new Set(); // what is kept, and which of it has its sections in the page
  const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const partOf = (unit, list) => all(".visit__part[data-checklist]", page).find((part) => plain(part.dataset.unit || "") === plain(unit) && (!list || part.dataset.checklist === list));
  const optionOf = (unit) => all("#units option").find((option) => plain(option.value) === plain(unit));
  const isThere = (sheet) => Boolean(find(`[data-sheet="${sheet}"]`, page));
  /* The unit that a visit begins with has what is known of last time; a further one has not. */
  function blanksOf({ checklist, isFirst }) {
    const firsts = isFirst ? all(`template[data-first="${checklist}"]`, page) : [];
    return firsts.length ? firsts : all(`template[data-blank="${checklist}"]`, page);
  }
  const tell = (text) => { find("[data-unit-said]").textContent = text; };
  const go = (part) => page.dispatchEvent(new CustomEvent("visit:go", { detail: part }));

  /* ---- its sections, of those the page holds blank ------------------------------------------------------------------------- */
  const NAMED = ["id", "for", "href", "data-part", "data-sheet", "aria-labelledby", "aria-describedby"];
  function rename(copy, before, after) {
    const old = new RegExp(`(^|[-=])${before}(?=-|$)`, "g");
    for (const one of all("*", copy)) {
      for (const name of NAMED) if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace(old, (_, start) => start + after));
    }
  }
  function make(row) {
    const blanks = row.isKnown && !made.has(row.id) ? blanksOf(row) : [];
    if (!blanks.length) return;
    const nav = find(".secnav"), head = Object.assign(document.createElement("span"), { className: "secnav__sheet", textContent: row.name });
    if (!row.isFirst || nav.children.length) nav.append(head);
    for (const blank of blanks) {
      const copy = blank.content.cloneNode(true), part = find(".visit__part", copy);
      rename(copy, blank.dataset.sheet, row.id);
      part.hidden = true;
      part.dataset.unit = row.unit;
      nav.append(find("a", copy));
      find("#part-words").before(part);
      adopt(part);
    }
    made.add(row.id);
  }
  const firstPart = (row, sheet) => { const [blank] = blanksOf(row); return blank && find("a", blank.content).dataset.part.replace(blank.dataset.sheet, sheet); };

  /* ---- what is kept ---------------------------------------------------------------------------------------------------------- */
  function list() {
    const waiting = [...rows.values()].filter((row) => !row.sheet && !row.isFirst);
    find("[data-units]")?.replaceChildren(...waiting.map((row) => {
      const shown = find("#unit-kept").content.cloneNode(true);
      find("[data-unit-name]", shown).textContent = row.name;
      find("[data-unit-state]", shown).textContent = row.error || say(made.has(row.id) ? "unit_here" : row.isKnown ? "unit_later" : "unit_unknown");
      find("[data-unit-drop]", shown).dataset.unitDrop = row.id;
      return shown;
    }));
  }
  async function add(unit, checklist) {
    const there = partOf(unit, checklist), option = unit && optionOf(unit);
    if (there) { go(there.dataset.part); return; }
    if ([...rows.values()].some((row) => plain(row.unit) === plain(unit) && row.checklist === checklist && !row.error)) return;
    const name = option ? `${option.textContent} ${option.value}` : unit || say("whole_site");
    const row = { id: crypto.randomUUID(), visit, order: Date.now(), unit: option ? option.value : unit, name, checklist, isKnown: Boolean(option || !unit) };
    await store.put("units", row);
    rows.set(row.id, row);
    make(row);
    list();
    if (made.has(row.id)) go(firstPart(row, row.id));
    page.dispatchEvent(new CustomEvent("visit:changed"));
    sending.sync();
  }
  async function drop(id) {
    for (const name of ["entries", "photos"]) for (const one of await store.of(name, visit)) if (one.sheet === id) await store.remove(name, one.id);
    await store.remove("units", id);
    location.reload();
  }
  /* The desk has added it: with nothing answered yet its own sections come, which know of last time. */
  async function hear(row) {
    rows.set(row.id, row);
    list();
    page.dispatchEvent(new CustomEvent("visit:changed"));
    const kept = (await Promise.all(["entries", "photos"].map((name) => store.of(name, visit)))).flat();
    if (!row.sheet || kept.some((one) => one.sheet === row.id) || document.activeElement?.closest("[data-item]")) return;
    location.assign(`?part=${firstPart(row, row.sheet) || ""}`);
  }
  /* The desk has the sheet that this phone made; nothing is added. */
  async function found(id, sheet) {
    if (!rows.has(id)) return;
    const row = { ...rows.get(id), sheet };
    await store.put("units", row);
    await hear(row);
  }
  async function restore() {
    const kept = (await Promise.all(["entries", "photos"].map((name) => store.of(name, visit)))).flat();
    for (const row of await store.of("units", visit)) {
      const there = !row.sheet && !made.has(row.id) && partOf(row.unit, row.checklist); // somebody else added it
      if (there) await store.put("units", Object.assign(row, { sheet: Number(find("[data-item]", there).dataset.sheet), error: undefined }));
      const isOver = row.sheet && isThere(row.sheet);
      if (isOver && !kept.some((one) => one.sheet === row.id)) { await store.remove("units", row.id); continue; }
      rows.set(row.id, row);
      if (!isOver && form) make(row);
    }
    list();
  }

  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const { unit, checklist } = form.elements;
    if (!checklist.value) { checklist.focus(); return; }
    tell("");
    add(unit.value.trim(), checklist.value);
    unit.value = "";
  });
  page.addEventListener("click", (event) => { const button = event.target.closest("[data-unit-drop]"); if (button) drop(button.dataset.unitDrop); });
  /* A label under the camera: the unit's own sections where it is in this visit, else it is said, and one press away. */
  page.addEventListener("scanned", (event) => {
    const part = partOf(event.target.value);
    if (!part) { tell(say("unit_not_here", { unit: event.target.value })); return; }
    event.preventDefault();
    event.target.value = "";
    go(part.dataset.part);
  });
  sending.onUnit(hear);

  window.visitUnits = {
    restore, found,
    isComplete: () => [...rows.values()].every((row) => row.sheet || (made.has(row.id) && !row.error)),
    /* Where something that was kept for a sheet stands in this page, and which sheet of it one of the desk's is; the
       address of this page as the desk knows its sections. */
    placeOf: (sheet) => { const row = rows.get(sheet); return row?.sheet && isThere(row.sheet) ? row.sheet : sheet; },
    address: () => [...rows.values()].reduce((text, row) => (row.sheet ? text.replace(row.id, row.sheet) : text), location.pathname + location.search),
    ownOf: (sheet) => [...rows.values()].find((row) => row.sheet === sheet && made.has(row.id))?.id || sheet,
  };
})();
