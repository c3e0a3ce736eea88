/* Service Desk — a visit on a phone: each answer is judged and kept on the phone before anything is sent, one section is
   shown at a time, and the page opens without signal. The office is told where two phones differ, the engineer never is.
   The page works without this, with signal. */
(() => {
  "use strict";
  const page = document.querySelector("[data-visit]"), store = window.visitStore, sending = window.visitSending, signature = window.visitSignature, units = window.visitUnits, closing = window.visitClosing, start = window.visitBegin, left = window.visitLeft;
  if (!page || !signature || !units || !closing || !start || !left) return;
  const { find, all } = window.desk, { now } = store;
  const { say, cards, keyOf, valueOf, byItself, judge, paint, answerOf, show, complain, refuse, settled, showPhoto, awaitTicket, showTicket, unraised } = window.visitCards;
  const { unsent, flying, post, isOpen, sync, look, tell } = sending;
  const { visit, worker, closed, signed, keptUrl, languages, also } = page.dataset;
  const SETTLED = 600, LONGEST_SIDE = 1600;

  /* ---- progress, and where one goes next ------------------------------------------------------------------------------ */
  const parts = () => all(".visit__part", page);
  const partOf = (card) => card.closest(".visit__part").dataset.part;
  const waiting = () => [...cards.values()].filter((card) => judge(card).lacks);
  const isDone = (card) => judge(card).result !== "open";
  function count() {
    const every = [...cards.values()];
    for (const part of parts()) {
      const own = every.filter((card) => part.contains(card)), told = find(`.secnav [data-part="${part.dataset.part}"] .count`);
      if (told) told.textContent = say("count", { done: own.filter(isDone).length, total: own.length });
    }
    const done = every.filter(isDone).length, open = waiting();
    find("[data-visit-count]").textContent = say("count", { done, total: every.length });
    find("#visit-sync .meter i").style.setProperty("--v", Math.round((100 * done) / (every.length || 1)));
    listFindings(every.filter((card) => judge(card).result === "failed"));
    const isDoneHere = !open.length && units.isComplete();
    for (const way of all("a[data-sign], [data-when-done]")) way.hidden = !isDoneHere;
    for (const way of all("[data-when-open]")) way.hidden = isDoneHere;
    for (const way of all("[data-go-open]")) way.hidden = !open.length;
    const number = open.length && find(".no", open[0])?.textContent, way = find("[data-go-open]");
    if (way) way.textContent = number ? say("go_to", { n: number }) : say("go_to_open");
    for (const told of all("[data-still-open]")) told.textContent = say(open.length === 1 ? "one_open" : open.length ? "many_open" : isDoneHere ? "none_open" : "unit_open", { n: open.length });
  }
  function listFindings(failed) {
    const box = find("#visit-findings .card__body"), tag = find("#visit-findings .tag");
    if (tag) { tag.textContent = failed.length; tag.hidden = !failed.length; }
    box.replaceChildren(...(failed.length ? failed.map(finding) : [line(say("nothing"))]));
  }
  function line(...content) {
    const row = document.createElement("p");
    row.className = "soft visit__small";
    row.append(...content);
    return row;
  }
  function finding(card) {
    const name = Object.assign(document.createElement("b"), { textContent: find(".check__q b", card).textContent });
    const reading = valueOf(card, "reading"), value = reading ? `${reading} ${find(".unit", card).textContent}` : valueOf(card, "finding");
    const ticket = find("[data-raised] a", card), outcome = ticket ? `${say("ticket")} ${ticket.textContent}` : say(`outcome_${valueOf(card, "outcome") || "none"}`);
    return line(name, document.createElement("br"), [value.slice(0, 80), outcome].filter(Boolean).join(" \u00b7 "));
  }
  function goTo(part, card) {
    for (const one of parts()) one.hidden = one.dataset.part !== part;
    for (const link of all(".secnav [data-part]")) link.dataset.part === part ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current");
    history.replaceState(null, "", `?part=${part}`);
    const goal = card || find(".visit__part:not([hidden]) h1");
    goal.tabIndex = -1;
    goal.focus({ preventScroll: true });
    if (card && judge(card).isUnsettled) complain(card, say("unsettled"));
    card ? card.scrollIntoView({ block: "center" }) : scrollTo(0, 0);
  }
  /* Behind the one in hand, else from the start; where none is open, to the sign-off. */
  function next() {
    const open = waiting(), here = document.activeElement?.closest("[data-item]") || find(".visit__part:not([hidden]) [data-item]");
    const goal = open.find((card) => here && here.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING) || open[0];
    if (goal) goTo(partOf(goal), goal);
    else if (!units.isComplete()) find("[data-units]").scrollIntoView({ block: "center" });
    else if (find("a[data-sign]")) sign();
    else goTo("words");
  }
  /* What stands in the fields is kept first: it is what is signed. */
  async function sign() {
    await Promise.all([...timers.keys()].map(keep));
    await closing.keep();
    await signature.sign();
  }
  function back() {
    const keys = parts().map((part) => part.dataset.part), here = keys.indexOf(find(".visit__part:not([hidden])").dataset.part);
    goTo(keys[(here || keys.length) - 1]);
  }

  /* ---- what is written is on the phone first ----------------------------------------------------------------------------- */
  let order = Date.now();
  const timers = new Map();
  function touched(card, wait = 0) {
    paint(card);
    count();
    clearTimeout(timers.get(card));
    timers.set(card, setTimeout(keep, wait, card));
  }
  async function keep(card) {
    clearTimeout(timers.get(card));
    timers.delete(card);
    const key = keyOf(card.dataset), answer = answerOf(card), before = unsent.get(key);
    if (JSON.stringify(before ? before.answer : card.shown) === JSON.stringify(answer)) return;
    const isOnItsWay = before && flying.has(before.id), base = isOnItsWay ? before.id : before ? before.base : card.dataset.entry || null;
    const entry = { id: crypto.randomUUID(), visit, order: order++, sheet: card.dataset.sheet, item: card.dataset.item, base, at: now().toISOString(), answer };
    unsent.set(key, entry);
    settled(card);
    await store.put("entries", entry);
    const refused = (await store.of("entries", visit)).filter((one) => one.error && keyOf({ ...one, sheet: units.placeOf(one.sheet) }) === key); // this is in their place
    for (const { id } of [...refused, ...(before && !isOnItsWay ? [before] : [])]) await store.remove("entries", id);
    count();
    sync();
  }
  const keepAll = () => Promise.all([...[...timers.keys()].map(keep), closing.flush()]);

  page.addEventListener("input", (event) => {
    const field = event.target, card = field.closest("[data-item]");
    if (!card || field.type === "file") return;
    if (field.name.startsWith("result-")) {
      const pressed = field.checked ? field.value : "";
      card.pressed = pressed === byItself(card) ? "" : pressed;
    }
    touched(card, field.type === "text" || field.matches("textarea") ? SETTLED : 0);
  });
  addEventListener("pagehide", keepAll);
  document.addEventListener("visibilitychange", () => (document.hidden ? keepAll() : sync()));

  /* ---- photos: drawn smaller here ------------------------------------------------------------------------------------------ */
  async function smaller(file) {
    try {
      const image = await createImageBitmap(file, { imageOrientation: "from-image" }), canvas = document.createElement("canvas");
      const share = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
      canvas.width = Math.round(image.width * share);
      canvas.height = Math.round(image.height * share);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob || file), "image/jpeg", 0.82));
    } catch { return file; } // what the browser cannot draw the desk may still take, or say why not
  }
  page.addEventListener("change", async (event) => {
    const field = event.target, card = field.closest("[data-item]");
    if (!card || field.type !== "file") return;
    const { sheet, item } = card.dataset, files = [...field.files];
    field.value = "";
    for (const file of files) {
      const photo = { id: crypto.randomUUID(), visit, order: order++, sheet, item, at: now().toISOString(), blob: await smaller(file), name: `${item}.jpg` };
      await store.put("photos", photo);
      showPhoto(card, photo.id, URL.createObjectURL(photo.blob));
      touched(card);
    }
    sync();
  });
  async function removePhoto(card, id) {
    const isHere = (await store.of("photos", visit)).some((photo) => photo.id === id), body = new FormData();
    body.set("remove-photo", id);
    if (!isHere && !(await isTaken(card.closest("form").action, body))) { tell(say("photo_stays")); return; }
    await store.remove("photos", id);
    find(`[data-photo-id="${id}"]`, card)?.remove();
    if (isHere) settled(card);
    touched(card);
  }
  async function isTaken(address, body) {
    try {
      if (!(await isOpen())) return false;
      const answer = await post(address, body);
      return answer.ok || answer.type === "opaqueredirect" || answer.status === 404; // it is gone already
    } catch { return false; }
  }

  /* ---- the buttons of the page, without leaving it ---------------------------------------------------------------------------- */
  page.addEventListener("submit", (event) => {
    const form = event.target, by = event.submitter, card = by?.closest("[data-item]");
    if (!form.matches(".visit__part")) return;
    event.preventDefault();
    if (form.id === "part-words") closing.keep().then(() => tell(say("kept_here")));
    else if (by?.name === "raise") { awaitTicket(card); touched(card); }
    else if (by?.name === "remove-photo") removePhoto(card, by.value);
    else keepAll();
  });
  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector), link = at("a[data-part]");
    const act = link ? () => goTo(link.dataset.part) : at("[data-visit-next], [data-go-open]") ? next : at("a[data-sign]") ? sign : at("[data-visit-back]") ? back : null;
    if (!act) return;
    event.preventDefault();
    keepAll();
    act();
  }, true); // before the desk's script holds a link back for want of a signal

  page.addEventListener("visit:go", ({ detail }) => goTo(detail));
  page.addEventListener("visit:changed", () => { for (const part of parts()) part.dataset.offline = ""; count(); });

  /* ---- what the desk says stands where nothing of ours waits -------------------------------------------------------------------- */
  async function apply(state, isOld) {
    for (const sheet of state.sheets) {
      for (const [item, told] of Object.entries(sheet.items)) {
        const card = cards.get(keyOf({ sheet: units.ownOf(sheet.id), item }));
        if (card) take(card, told);
      }
    }
    count();
    if (state.begun === false && start.isKnown()) {
      if (!isOld) { await keepAll(); await start.unbegun(); } // what is kept here stays, and is shown beside the begin
      return;
    }
    if (state.signed && closed !== "true") {
      signature.lock(true);
      tell(say("signed_elsewhere"));
      if (!isOld) { await keepAll(); location.replace(units.address()); } // what is kept here stays, and stands beside what was signed
      return;
    }
    const isNew = state.sheets.some((sheet) => !find(`[data-sheet="${sheet.id}"]`, page));
    if (!isOld && isNew && !unsent.size && !timers.size && !page.contains(document.activeElement)) location.replace(units.address());
  }
  function take(card, told) {
    for (const photo of told.photos) showPhoto(card, photo.id, photo.url);
    if (told.ticket) showTicket(card, told.ticket);
    card.toggleAttribute("data-twice", Boolean(told.answered_twice));
    if (unsent.has(keyOf(card.dataset)) || timers.has(card) || !told.entry || told.entry === card.dataset.entry) return;
    card.dataset.entry = told.entry;
    for (const field of all("[name^=base-]", card)) field.value = told.entry;
    show(card, told.answer);
    card.shown = answerOf(card);
    if (closed !== "true" && told.answer.outcome === "ticket" && told.result === "failed" && !told.ticket) unraised(card, say("unraised"));
    else if ("unraised" in card.dataset) settled(card);
  }

  /* ---- begin: the page, the last state told, what was not sent, then the network --------------------------------------------------- */
  async function restore() {
    const last = await store.get("states", visit);
    if (last && last.order > Date.parse(document.documentElement.dataset.now)) await apply(last.state, true);
    if (signed === "true") return; // what was signed stands
    for (const entry of await store.of("entries", visit)) {
      const sheet = units.placeOf(entry.sheet), key = keyOf({ ...entry, sheet }), card = cards.get(key);
      if (!card) continue;
      show(card, entry.answer);
      settled(card);
      if (entry.answer.outcome === "ticket") awaitTicket(card);
      if (entry.error) refuse(card, entry.error);
      else unsent.set(key, entry);
    }
    for (const photo of await store.of("photos", visit)) {
      const card = cards.get(keyOf({ ...photo, sheet: units.placeOf(photo.sheet) }));
      if (!card) continue;
      showPhoto(card, photo.id, URL.createObjectURL(photo.blob));
      if (photo.error) refuse(card, photo.error);
    }
    await closing.restore();
  }
  async function begin() {
    await start.restore();
    await units.restore();
    start.open();
    for (const card of cards.values()) {
      const lit = valueOf(card, "result");
      card.pressed = lit && lit !== "open" && lit !== byItself(card) ? lit : "";
      card.shown = answerOf(card);
      if ("unraised" in card.dataset && closed !== "true") unraised(card, say("unraised"));
    }
    sending.onState(apply);
    await restore();
    for (const card of cards.values()) paint(card);
    for (const part of parts()) part.dataset.offline = ""; // they need no signal
    count();
    const isSigned = await signature.stand();
    await tellOthers();
    document.documentElement.dataset.visitScript = "on";
    if (signed === "true") { if (await sending.waiting()) await sync(); await left.show(); }
    if (closed !== "true" && !start.isBegun()) await left.show();
    if (closed === "true" || !start.isBegun()) return;
    if (!document.documentElement.hasAttribute("data-signed-here") || isSigned) tell(say("kept_here"));
    await goOn();
  }
  /* Somebody else used this phone: what he gave is sent when he is signed in again. */
  async function tellOthers() {
    const place = find("[data-others]"), found = await store.ofOthers(visit);
    place.hidden = !found.size;
    place.replaceChildren(...[...found].map(([name, n]) => {
      const banner = find("#others-here").content.cloneNode(true);
      find("b", banner).textContent = say(n === 1 ? "one_of_other" : "many_of_other", { n, name });
      find("p", banner).textContent = say("other_signs_in", { name });
      return banner;
    }));
  }
  async function goOn() {
    navigator.storage?.persist?.();
    await sync();
    await left.show(false);
    look();
  }
  page.addEventListener("visit:begun", () => { tell(say("kept_here")); count(); goOn(); });

  /* ---- the worker that opens this page without signal -------------------------------------------------------------------------------- */
  async function keepPage() {
    if (!navigator.serviceWorker) return;
    navigator.serviceWorker.addEventListener("message", (event) => { if (event.data.kept) document.documentElement.dataset.kept = "true"; });
    await navigator.serviceWorker.register(worker);
    const made = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => /\/static\/|\/photos\//.test(name));
    const signing = closed === "true" ? [] : languages.split(" ").map((code) => `${keptUrl}?lang=${code}`);
    const keep = [...new Set([...made, location.pathname, ...signing, ...also.split(" ")])];
    (await navigator.serviceWorker.ready).active.postMessage({ keep, person: store.me });
  }

  begin().then(() => keepPage().catch(() => {})); // a page that is left meanwhile, or a browser that keeps nothing: said by the tag
})();
