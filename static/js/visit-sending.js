/* Service Desk — sends what a phone has kept of a visit: answers in their order, the closing words, photos last. Whatever
   fails stays kept and is tried again; what the desk refuses is said at its check. */
(() => {
  "use strict";
  const page = document.querySelector("[data-visit]"), store = window.visitStore;
  if (!page || !window.visitCards) return;
  const { find, all, say, cards, keyOf, complain } = window.visitCards;
  const { visit, entriesUrl, stateUrl, photosUrl, closed } = page.dataset;
  const RETRY = 15000, LOOK = 30000, MOST = 100;
  const unsent = new Map(); // check -> the entry that waits, the latest of it
  const flying = new Set(); // entries on their way
  let hear = async () => {}; // told of each state the desk sends
  let isSending = false, isAgain = false, trouble = "", sentAt = "", timer = 0;

  /* The desk's time: a phone's own clock may be wrong, and a page that was kept is old. */
  let skew = Number(localStorage.getItem("visit:skew")) || 0;
  const now = () => new Date(Date.now() + skew);
  function learnTime(answer) {
    const told = Date.parse(answer.headers.get("Date"));
    if (told) localStorage.setItem("visit:skew", (skew = told - Date.now()));
  }

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
      const headers = { "X-CSRFToken": token(), ...(type && { "Content-Type": type }) };
      return fetch(address, { method: "POST", body, headers, redirect: "manual" });
    };
    let answer = await ask();
    if (answer.status === 403) { await renewToken(); answer = await ask(); }
    learnTime(answer);
    if (answer.status === 401 || answer.status === 403) throw new Error("session");
    if (answer.status >= 500 || answer.status === 429) throw new Error("desk");
    return answer;
  }

  async function sendEntries() {
    for (;;) {
      const batch = (await store.of("entries", visit)).filter((entry) => !entry.error).slice(0, MOST);
      if (!batch.length) return;
      const entries = batch.map(({ id, sheet, item, base, at, answer }) => ({ id, sheet, item, base, at, answer }));
      batch.forEach((entry) => flying.add(entry.id));
      try {
        const answer = await post(entriesUrl, JSON.stringify({ entries }), "application/json");
        if (!answer.ok) throw new Error(answer.type === "opaqueredirect" ? "session" : "desk");
        const told = await answer.json();
        for (const one of told.entries) await settle(batch.find((entry) => entry.id === one.id), one);
        await heard(told.state);
      } finally { batch.forEach((entry) => flying.delete(entry.id)); }
    }
  }
  async function settle(entry, { kept, error }) {
    const key = keyOf(entry), card = cards.get(key);
    if (kept) await store.remove("entries", entry.id);
    else await store.put("entries", { ...entry, error });
    if (unsent.get(key)?.id === entry.id) unsent.delete(key);
    if (card && error) complain(card, error);
  }
  async function sendPhotos() {
    for (const photo of (await store.of("photos", visit)).filter((one) => !one.error)) {
      const body = new FormData();
      for (const name of ["id", "sheet", "item", "at"]) body.set(name, photo[name]);
      body.set("file", photo.blob, photo.name);
      const answer = await post(photosUrl, body);
      if (answer.ok) { await store.remove("photos", photo.id); continue; }
      if (answer.type === "opaqueredirect") throw new Error("session");
      await store.put("photos", { ...photo, error: true });
      const card = cards.get(keyOf(photo));
      if (card) complain(card, say("photo_refused"));
    }
  }
  async function sendWords() {
    const row = await store.get("words", visit);
    if (!row) return;
    // A form answers with a redirect whether it was taken or wants a sign-in: ask first which it would be.
    if (!(await fetch(stateUrl, { redirect: "manual", headers: { Accept: "application/json" } })).ok) throw new Error("session");
    const form = find("#part-words"), body = new FormData();
    for (const [name, value] of Object.entries(row.fields)) body.set(name, value);
    const answer = await post(form.action, body);
    if (answer.status === 400) { tell(say("words_refused")); return; }
    if ((await store.get("words", visit)).order === row.order) await store.remove("words", visit);
    for (const field of all("[name^=initial-]", form)) field.value = row.fields[field.name.slice(8)] ?? field.value;
  }

  /* ---- when ------------------------------------------------------------------------------------------------------------ */
  async function sync() {
    if (closed === "true") return;
    if (isSending) { isAgain = true; return; }
    isSending = true;
    do {
      isAgain = false;
      await tellState();
      try {
        await sendEntries();
        await sendWords();
        await sendPhotos();
        trouble = "";
        sentAt = now().toTimeString().slice(0, 5);
      } catch (problem) { trouble = problem.message === "session" ? "session" : "signal"; }
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
  async function tellState() {
    const tag = find("[data-visit-tag]");
    if (!tag) return;
    const kept = await Promise.all(["entries", "photos"].map((name) => store.of(name, visit)));
    const n = kept.flat().filter((one) => !one.error).length + ((await store.get("words", visit)) ? 1 : 0), isCut = trouble || !navigator.onLine;
    const state = trouble === "session" && n ? "session" : isCut ? (n ? "no_signal" : "off") : n ? "sending" : sentAt ? "all_sent" : "";
    if (!state) return;
    tag.className = `tag tag--${{ all_sent: "met", session: "risk" }[state] || "pause"}`;
    find("span", tag).textContent = say(state, { n, at: sentAt });
    const icon = find("use", tag), name = state === "all_sent" || state === "sending" ? "saved" : "offline";
    icon?.setAttribute("href", icon.getAttribute("href").replace(/#.*/, `#i-${name}`));
  }

  addEventListener("online", () => { trouble = ""; sync(); });
  addEventListener("offline", () => { trouble = "signal"; tellState(); });
  window.visitSending = { unsent, flying, now, post, sync, look, tell, tellState, onState: (act) => { hear = act; } };
})();
