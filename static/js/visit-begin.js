/* Service Desk — a visit begins on the phone, with signal or without: when it was begun is on the phone first, its sections are
   made here of those the page holds, and the desk hears of the begin before it hears of anything else. What the desk says
   to it (somebody else began it, it was moved or called off) is shown, and nothing that was written is lost. */
(() => {
  "use strict";
  const page = document.querySelector("[data-visit]"), store = window.visitStore, sending = window.visitSending, units = window.visitUnits;
  if (!page || !units) return;
  const { find, all } = window.desk, { say } = window.visitCards;
  const { visit, begun, begunUrl, signed } = page.dataset;
  const form = find("[data-begin]", page), place = find("[data-begun-said]", page);
  const STORES = ["entries", "photos", "units"], EARLY = 4 * 86400000; // as the desk has it
  let row; // what was begun here, until the desk has taken it and what it said was read

  const isBegun = () => begun === "true" || Boolean(row);
  const { lang } = document.documentElement, tongue = lang === "en" ? "en-GB" : lang, { zone } = page.dataset; // the zone the reader chose, not the phone's
  const moments = new Intl.DateTimeFormat(tongue, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone || undefined });
  const when = (instant) => moments.format(new Date(instant)).replaceAll(", ", " "); // "Fri 13 Nov 17:50", as the desk writes it

  /* ---- begun here ------------------------------------------------------------------------------------------------------------- */
  async function keepUnit() {
    const { sheet, unit, name, checklist, order } = row, known = (await store.of("units", visit)).some((one) => one.id === sheet);
    if (!known) await store.put("units", { id: sheet, visit, order, unit, name, checklist, isKnown: true, isFirst: true });
  }
  async function begin(checklist, version) {
    const { unit = "", name = say("whole_site"), planned = "" } = form.dataset;
    row = { visit, order: Date.now(), at: store.now().toISOString(), checklist, version, unit, name, planned, sheet: crypto.randomUUID() };
    try { await store.put("begins", row); } catch { row = undefined; form.submit(); return; } // this phone keeps nothing
    await keepUnit();
    await units.restore();
    open();
    page.dispatchEvent(new CustomEvent("visit:begun"));
  }
  function open() {
    for (const one of all("[data-cover]")) one.hidden = true;
    for (const one of all("[data-once-begun]")) one.hidden = false;
    tell();
    const asked = new URLSearchParams(location.search).get("part"), parts = all(".visit__part", page).map((part) => part.dataset.part);
    page.dispatchEvent(new CustomEvent("visit:go", { detail: parts.includes(asked) ? asked : parts[0] }));
  }
  form?.addEventListener("submit", (event) => {
    const early = form.elements.early;
    if (early && Date.parse(form.dataset.planned) - store.now() > EARLY && !early.reportValidity()) { event.preventDefault(); return; } // a kept page may be of days ago
    const checklist = form.dataset.checklist || form.elements.checklist?.value, first = checklist && find(`template[data-first="${checklist}"]`, page);
    if (!first) return; // the desk says what is missing
    event.preventDefault();
    if (!row) begin(checklist, Number(first.dataset.version));
  });

  /* ---- what is said of it ------------------------------------------------------------------------------------------------------- */
  function tell() {
    const kind = row?.error ? "refused" : row?.told?.length ? "told" : row && !row.isTaken ? "kept" : "";
    place.hidden = !kind;
    place.replaceChildren();
    if (!kind) return;
    const banner = find(`#begun-${kind}`).content.cloneNode(true), at = find("[data-when]", banner), why = find("[data-why]", banner);
    if (at) at.textContent = say("begun_here", { at: when(row.at) });
    if (why) why.textContent = row.error || row.told.join("\n");
    place.append(banner);
  }
  const words = (told) => [
    !told.is_ours && say("begun_by", { name: told.begun_by, at: when(told.begun_at) }),
    ["cancelled", "failed"].includes(told.outcome) && say("begun_off"),
    !told.outcome && told.planned_at && row.planned && Date.parse(told.planned_at) !== Date.parse(row.planned) && say("begun_moved", { at: when(told.planned_at) }),
  ].filter(Boolean);

  /* Sent before all else; the same one twice is begun once. Resolves to whether the desk has it. */
  async function send() {
    if (!row || row.isTaken) return true;
    if (row.error) return false;
    const { checklist, version, at, sheet, unit } = row;
    const answer = await sending.post(begunUrl, JSON.stringify({ checklist, version, at }), "application/json");
    if (answer.type === "opaqueredirect") throw new Error("session");
    const told = await answer.json();
    row = answer.ok ? { ...row, isTaken: true, told: words(told) } : { ...row, error: sending.refusal(told) };
    await store.put("begins", row);
    tell();
    if (!answer.ok) return false;
    const there = told.state.sheets.find((one) => one.checklist === checklist && (one.unit || "") === unit);
    if (there) await units.found(sheet, there.id);
    return true;
  }
  async function forget() {
    for (const name of STORES) for (const one of await store.of(name, visit)) await store.remove(name, one.id);
    for (const name of ["words", "signs", "begins"]) await store.remove(name, visit);
  }
  /* Taken back: by who presses it here, so that all of it goes; or by the desk, so that only the begin does. */
  async function undone() {
    const address = new URL(location.href);
    if (!address.searchParams.has("undone")) return;
    await forget();
    address.searchParams.delete("undone");
    history.replaceState(null, "", address);
  }
  async function unbegun() {
    await store.remove("begins", visit);
    for (const unit of await store.of("units", visit)) await store.remove("units", unit.id);
    location.replace(location.pathname);
  }
  async function restore() {
    await undone();
    row = await store.get("begins", visit);
    if (row && (signed === "true" || (row.isTaken && !row.told?.length))) {
      await store.remove("begins", visit);
      row = undefined;
    }
    if (row && !row.isTaken) await keepUnit();
    if (row) tell();
  }
  async function again() {
    const { error: _error, ...kept } = row;
    await store.put("begins", (row = kept));
    tell();
    sending.sync();
  }
  async function drop() {
    await forget();
    location.reload();
  }
  async function heard() {
    await store.put("begins", (row = { ...row, told: [] }));
    tell();
  }
  page.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    if (at("[data-begin-again]")) again();
    else if (at("[data-begin-drop]")) drop();
    else if (at("[data-begin-heard]")) heard();
  });
  window.visitBegin = { isBegun, isKnown: () => begun === "true" || Boolean(row?.isTaken), restore, unbegun, send, open: () => { if (begun !== "true" && row) open(); }, kept: () => (row && !row.isTaken ? row : null) };
})();
