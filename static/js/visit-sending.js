/* Service Desk — sends what a phone has kept of a visit: that it was begun, further units, answers in their order, the closing words, photos, and last the
   signature for all of it. Whatever fails stays kept and is tried again; what the desk refuses is said at its place. */
(() => {
  "use strict";
  const page = document.querySelector("[data-visit]"), store = window.visitStore;
  if (!page || !window.visitCards) return;
  const { find, all } = window.desk, { say, cards, keyOf, refuse, unraised } = window.visitCards, { now, learnTime } = store;
  const { visit, entriesUrl, stateUrl, unitsUrl, photosUrl, wordsUrl, signatureUrl, closed, signed } = page.dataset;
  const RETRY = 15000, LOOK = 30000, MOST = 100;
  const unsent = new Map(); // check -> the entry that waits, the latest of it
  const flying = new Set(); // entries on their way
  const placeOf = (one) => keyOf({ ...one, sheet: window.visitUnits.placeOf(one.sheet) });
  let hear = async () => {}, hearUnit = hear, hearWords = hear, hearSignature = hear; // told of each state, and what became of a unit, the words or a signature
  let isSending = false, isAgain = false, trouble = "", sentAt = "", timer = 0;

  /* ---- the wire ----------------------------------------------------------------------------------------------------- */
  const token = () => find("[name=csrfmiddlewaretoken]").value;
  /* A page that was kept holds the token of an earlier session. */
  async function renewToken() {
    const answer = await fetch(stateUrl.replace(/state\/$/, ""), { cache: "no-store", redirect: "manual" });
    if (!answer.ok) throw new Error("session");
    const fresh = find("[name=csrfmiddlewaretoken]", new DOMParser().parseFromString(await answer.text(), "text/html"));
    for (const field of all("[name=csrfmiddlewaretoken]")) field.value = fresh.value;
  }
  async function post(address, body, type) {
    const ask = () => {
      const headers = { "X-CSRFToken": token(), "Visit-Person": store.me, ...(type && { "Content-Type": type }) };
      return fetch(address, { method: "POST", body, headers, redirect: "manual" });
    };
    let answer = await ask();
    if (answer.status === 403) { await renewToken(); answer = await ask(); }
    learnTime(answer);
    if (answer.headers.has("Other-Person")) throw new Error("person"); // it would be sent as somebody else's
    if (answer.status === 401 || answer.status === 403) throw new Error("session");
    if (answer.status >= 500 || answer.status === 429) throw new Error("desk");
    return answer;
  }

  /* The same one twice is the one that is there. */
  async function sendUnits() {
    for (const row of (await store.of("units", visit)).filter((one) => !one.sheet && !one.error)) {
      const answer = await post(unitsUrl, JSON.stringify({ unit: row.unit, checklist: row.checklist }), "application/json");
      if (answer.type === "opaqueredirect") throw new Error("session");
      const told = await answer.json(), kept = answer.ok ? { ...row, sheet: told.sheet } : { ...row, error: refusal(told) };
      await store.put("units", kept);
      await hearUnit(kept);
    }
  }
  const refusal = (told) => Object.values(told.errors || {}).flat().join(" ") || told.detail;
  /* The desk's number of a sheet that was made here; none while the desk has not heard of it. */
  async function numbers() {
    const made = new Map((await store.of("units", visit)).map((row) => [row.id, row.sheet || 0]));
    return (sheet) => made.get(sheet) ?? Number(sheet);
  }
  async function sendEntries() {
    const numberOf = await numbers();
    for (;;) {
      const batch = (await store.of("entries", visit)).filter((entry) => !entry.error && numberOf(entry.sheet)).slice(0, MOST);
      if (!batch.length) return;
      const entries = batch.map(({ id, sheet, item, base, at, answer }) => ({ id, sheet: numberOf(sheet), item, base, at, answer }));
      batch.forEach((entry) => flying.add(entry.id));
      try {
        const answer = await post(entriesUrl, JSON.stringify({ entries }), "application/json");
        if (answer.status === 409) await look(); // the visit has not begun any more
        if (!answer.ok) throw new Error(answer.type === "opaqueredirect" ? "session" : "desk");
        const told = await answer.json();
        for (const one of told.entries) await settle(batch.find((entry) => entry.id === one.id), one);
        await heard(told.state);
      } finally { batch.forEach((entry) => flying.delete(entry.id)); }
    }
  }
  async function settle(entry, { kept, error }) {
    const key = placeOf(entry), card = cards.get(key);
    if (kept) await store.remove("entries", entry.id);
    else await store.put("entries", { ...entry, error });
    if (unsent.get(key)?.id === entry.id) {
      unsent.delete(key);
      if (card && kept) Object.assign(card.dataset, { entry: entry.id }), (card.shown = entry.answer);
    }
    if (card && error && signed !== "true") (kept ? unraised : refuse)(card, error);
  }
  async function sendPhotos() {
    const numberOf = await numbers();
    for (const photo of (await store.of("photos", visit)).filter((one) => !one.error && numberOf(one.sheet))) {
      const body = new FormData();
      for (const name of ["id", "item", "at"]) body.set(name, photo[name]);
      body.set("sheet", numberOf(photo.sheet));
      body.set("file", photo.blob, photo.name);
      const answer = await post(photosUrl, body);
      if (answer.ok) { await store.remove("photos", photo.id); continue; }
      if (answer.type === "opaqueredirect") throw new Error("session");
      const error = say("photo_refused", { why: refusal(await answer.json().catch(() => ({}))) || answer.status });
      await store.put("photos", { ...photo, error });
      const card = cards.get(placeOf(photo));
      if (card && signed !== "true") refuse(card, error);
    }
  }
  /* A form answers with a redirect whether it was taken, wants a sign-in or comes too late: asked first which it would be. */
  async function isOpen() {
    const answer = await fetch(stateUrl, { redirect: "manual", headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("session");
    return !(await answer.json()).signed;
  }
  async function sendWords() {
    const row = await store.get("words", visit);
    if (!row || row.error) return;
    const answer = await post(wordsUrl, JSON.stringify({ ...row.words, seen: row.seen }), "application/json");
    if (answer.type === "opaqueredirect") throw new Error("session");
    const told = await answer.json(), error = answer.ok ? "" : refusal(told), later = await store.get("words", visit);
    if (later?.order === row.order) await (error ? store.put("words", { ...row, error }) : store.remove("words", visit));
    else if (later && !error) await store.put("words", { ...later, seen: { ...later.seen, ...row.words } }); // it goes on from what was sent
    if (signed !== "true") await hearWords(row, error, told.words);
  }

  /* Once, however often it is sent: the desk knows its id. */
  async function sendSignature() {
    const row = await store.get("signs", visit);
    if (!row?.signature || row.error) return;
    const { id, at, seen, signature } = row, numberOf = await numbers();
    const saw = row.saw && { ...row.saw, checks: row.saw.checks.map((check) => ({ ...check, sheet: numberOf(check.sheet) })) };
    if (saw?.checks.some((check) => !check.sheet)) {
      await store.put("signs", { ...row, error: say("unit_open") });
      return hearSignature(false);
    }
    const answer = await post(signatureUrl, JSON.stringify({ id, at, ...(saw ? { saw } : { seen }), ...signature }), "application/json");
    if (answer.type === "opaqueredirect") throw new Error("session");
    const told = await answer.json(), isStill = (await store.get("signs", visit))?.id === id;
    if (answer.ok) {
      if (isStill) await store.remove("signs", visit);
      await heard(told.state);
    } else if (isStill) {
      await store.put("signs", { ...row, error: refusal(told) });
    }
    await hearSignature(answer.ok);
  }

  /* ---- when ------------------------------------------------------------------------------------------------------------ */
  async function sync() {
    if ((closed === "true" && signed !== "true") || !window.visitBegin.isBegun()) return;
    if (isSending) { isAgain = true; return; }
    isSending = true;
    do {
      isAgain = false;
      await tellState();
      try {
        if (await window.visitBegin.send()) for (const send of [sendUnits, sendEntries, sendWords, sendPhotos, sendSignature]) await send();
        trouble = "";
        sentAt = now().toTimeString().slice(0, 5);
      } catch (problem) { trouble = ["session", "person"].includes(problem.message) ? problem.message : "signal"; }
    } while (isAgain && !trouble);
    isSending = false;
    await tellState();
    later();
  }
  async function look() {
    try {
      const answer = await fetch(stateUrl, { redirect: "manual", headers: { Accept: "application/json" } });
      if (answer.ok) { learnTime(answer); await heard(await answer.json()); }
    } catch { trouble = "signal"; }
    await tellState();
    later();
  }
  function later() {
    clearTimeout(timer);
    timer = setTimeout(() => (trouble ? sync() : document.hidden ? later() : look()), trouble ? RETRY : LOOK);
  }
  async function heard(state) {
    await store.put("states", { visit, order: now().getTime(), state });
    await hear(state);
  }

  /* ---- said in the bar ---------------------------------------------------------------------------------------------------- */
  const tell = (text) => { const said = find("[data-visit-said]"); if (said) said.textContent = text; };
  async function keptHere() {
    const kept = (await Promise.all(["entries", "photos", "units"].map((name) => store.of(name, visit)))).flat().filter((one) => !("unit" in one && (one.sheet || one.isFirst)));
    const [words, sign] = await Promise.all(["words", "signs"].map((name) => store.get(name, visit)));
    if (words) kept.push(words);
    if (sign?.signature) kept.push(sign);
    const begun = window.visitBegin.kept();
    if (begun) kept.push(begun);
    return begun?.error ? kept.map((one) => ({ error: begun.error, ...one })) : kept; // nothing is sent of a visit that did not begin
  }
  /* How many things wait to be sent; what the desk refused waits for somebody. */
  const waiting = async () => (await keptHere()).filter((one) => !one.error).length;
  const isCut = () => Boolean(trouble) || !navigator.onLine;
  async function tellState() {
    const tag = find("[data-visit-tag]");
    if (!tag) return;
    const kept = await keptHere(), refused = kept.filter((one) => one.error).length, n = kept.length - refused;
    const quiet = refused ? "not_taken" : sentAt ? "all_sent" : "";
    const state = ["session", "person"].includes(trouble) && n ? trouble : isCut() ? (n ? "no_signal" : "off") : n ? "sending" : quiet;
    if (!state) return;
    tag.className = `tag tag--${{ all_sent: "met", session: "risk", person: "risk", not_taken: "risk" }[state] || "pause"}`;
    find("span", tag).textContent = say(state, { n: n || refused, at: sentAt, name: store.byName });
    const icon = find("use", tag), name = state === "all_sent" || state === "sending" ? "saved" : "offline";
    icon?.setAttribute("href", icon.getAttribute("href").replace(/#.*/, `#i-${name}`));
  }

  addEventListener("online", () => { trouble = ""; sync(); });
  addEventListener("offline", () => { trouble = "signal"; tellState(); });
  window.visitSending = { unsent, flying, post, refusal, isOpen, sync, look, tell, tellState, waiting, isCut, onState: (act) => { hear = act; }, onUnit: (act) => { hearUnit = act; }, onWords: (act) => { hearWords = act; }, onSignature: (act) => { hearSignature = act; } };
})();
