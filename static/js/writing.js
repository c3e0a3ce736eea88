/* Service Desk — writing to a ticket: drafts on the server and on the device, replies that wait, saved replies, and the
   sign-in panel when the session is over. Everything is a form and works without this; nothing typed is ever dropped. */
(() => {
  "use strict";
  const root = document.documentElement;
  const { find, all, words, fill } = window.desk;
  const skew = root.dataset.now ? Date.parse(root.dataset.now) - Date.now() : 0;
  const now = () => Date.now() + skew;
  const plain = (text) => text.replace(/\s+/g, " ").trim();

  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, text) { try { text ? localStorage.setItem(key, text) : localStorage.removeItem(key); return true; } catch { return false; } },
  };

  /* ---- drafts ---------------------------------------------------------------------------------------------------- */
  const kindOf = (form) => find("[data-kind]:checked", form)?.value || find("[data-kind]", form)?.value || "reply";
  const areaOf = (form) => find(".composer__text", form);
  const keyOf = (form, kind) => `draft:${form.dataset.draft}:${kind}`;
  const onDevice = (form, kind) => {
    const kept = store.get(keyOf(form, kind));
    try { const { text, at } = JSON.parse(kept); return { text: text || "", at: at || 0 }; } catch { return { text: kept || "", at: 0 }; }
  };
  const keep = (form, kind, text, at = now()) => store.set(keyOf(form, kind), text && JSON.stringify({ text, at }));
  const say = (form, text) => { const state = find("[data-draft-state]", form); if (state) state.textContent = text; };

  async function save(form, kind = kindOf(form)) {
    clearTimeout(form.draftTimer);
    const area = areaOf(form), text = area.value;
    const isKept = keep(form, kind, text);
    if (form.lastSaved === kind + text || !form.action.endsWith("messages/")) return;
    form.lastSaved = kind + text;
    form.saving?.abort();
    form.saving = new AbortController();
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "token", "back"]) body.set(name, form.elements[name]?.value || "");
    body.set("kind", kind);
    body.set("body", text);
    try {
      const answer = await fetch(form.action.replace(/messages\/$/, "draft/"), { method: "POST", body, keepalive: text.length < 15000, signal: form.saving.signal, headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
      if (answer.status === 401) seenAt = 0;
      if (!answer.ok) throw answer;
      const { saved, at } = await answer.json();
      if (kind === kindOf(form)) say(form, saved);
      if (at && area.value === text) keep(form, kind, text, Date.parse(at));
    } catch (problem) {
      if (problem.name === "AbortError") return;
      form.lastSaved = "";
      if (isKept && text) say(form, words.draft_device);
    }
  }

  /* After a send the copy goes once the page shows the text; until then it stays, whatever happened on the way. */
  function forgetSent(form, kind) {
    const mark = keyOf(form, kind) + ":sent";
    if (!store.get(mark)) return;
    store.set(mark, "");
    const { text } = onDevice(form, kind);
    if (text && plain(all(".tl").map((list) => list.textContent).join(" ")).includes(plain(text).slice(0, 60))) keep(form, kind, "");
  }

  /* Of the server's and the device's text the newer one is shown and the other offered. */
  function choose(form, kind, server) {
    const device = onDevice(form, kind);
    if (!device.text || plain(device.text) === plain(server.text)) return { text: server.text };
    if (!server.text) return { text: device.text, isNews: true };
    return device.at > server.at ? { text: device.text, other: server.text, isNews: true } : { text: server.text, other: device.text };
  }

  function show(form, { text, other, isNews }) {
    const area = areaOf(form), offer = find("[data-draft-offer]", form);
    area.value = text;
    if (isNews && text) { say(form, words.draft_restored); form.draftTimer = setTimeout(save, 1500, form); }
    if (!offer) return;
    offer.hidden = !other;
    find("button", offer).onclick = () => { const before = area.value; area.value = other; other = before; save(form); area.focus(); };
  }

  function startDraft(form) {
    if (form.draftReady) return;
    form.draftReady = true;
    const area = areaOf(form), tabs = all("input[type=radio][data-kind]", form), hidden = find("[data-other]", form);
    let kind = kindOf(form), moved = "";
    const isReturned = !!find("#composer-error", form);
    const server = { [kind]: { text: area.value, at: Date.parse(form.dataset.savedAt) || 0 } };
    if (hidden) server[hidden.dataset.other] = { text: hidden.value, at: Date.parse(hidden.dataset.savedAt) || 0 };
    const kinds = tabs.length ? ["reply", "note"] : [kind];
    kinds.forEach((each) => forgetSent(form, each));
    const found = Object.fromEntries(kinds.map((each) => [each, choose(form, each, server[each] || { text: "", at: 0 })]));
    if (isReturned) { found[kind] = { text: area.value }; keep(form, kind, area.value); }
    else if (tabs.length && !/[?&]write=/.test(location.search)) {
      /* A note comes back as a note: text meant for colleagues must never wake up under "Public reply". */
      const other = kind === "reply" ? "note" : "reply";
      const wanted = found[kind].text ? kind : found[other].text ? other : store.get(`tab:${form.dataset.draft}`) || kind;
      tabs.forEach((tab) => { tab.checked = tab.value === wanted; });
      kind = wanted;
    }
    form.lastSaved = kind + (server[kind]?.text || "");
    show(form, found[kind]);

    area.addEventListener("input", () => { clearTimeout(form.draftTimer); form.draftTimer = setTimeout(save, 1500, form); });
    area.addEventListener("blur", () => { if (form.lastSaved !== kind + area.value) save(form); });
    form.addEventListener("change", (event) => {
      if (event.target.type === "file") {
        const picked = find("[data-picked]", form);
        if (picked) picked.textContent = [...event.target.files].map((file) => file.name).join(", ");
      }
      if (!event.target.matches("[data-kind]")) return;
      const before = kind;
      kind = kindOf(form);
      store.set(`tab:${form.dataset.draft}`, kind);
      found[before] = { text: area.value };
      if (event.detail && !found[kind].text) found[kind] = { text: event.detail };
      /* Typed under the wrong tab: it goes along, but never from a note to the customer; untouched, it goes back. */
      const isMoving = area.value && !found[kind].text && (kind === "note" || area.value === moved);
      moved = isMoving && kind === "note" ? area.value : "";
      if (isMoving) {
        found[before] = { text: "" };
        keep(form, before, "");
        const text = area.value;
        area.value = ""; save(form, before); area.value = text;
        form.saving = null;
        save(form);
      } else {
        if (area.value) save(form, before);
        form.saving = null;
        show(form, found[kind]);
        form.lastSaved = kind + area.value;
        if (!found[kind].isNews) say(form, "");
      }
    });
    form.addEventListener("submit", () => {
      clearTimeout(form.draftTimer);
      form.saving?.abort();
      keep(form, kind, area.value);
      store.set(keyOf(form, kind) + ":sent", "1");
    });
    addEventListener("pagehide", () => { if (area.isConnected && form.lastSaved !== kind + area.value && !store.get(keyOf(form, kind) + ":sent")) save(form); });
    area.addEventListener("keydown", (event) => {
      const menu = find("[data-saved-replies]", form);
      if (event.key !== "/" || area.value || event.isComposing || event.keyCode === 229 || !menu) return;
      event.preventDefault();
      menu.open = true;
    });
  }

  /* ---- saved replies: chosen from the menu, put in at the caret ---------------------------------------------------- */
  document.addEventListener("click", (event) => {
    const choice = event.target.closest?.("[data-insert]");
    const area = find("#composer-body");
    if (!choice || !area) return;
    event.preventDefault();
    area.setRangeText(choice.dataset.insert, area.selectionStart, area.selectionEnd, "end");
    choice.closest("details").open = false;
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  /* ---- the time of a visit: said by the server, put in at the caret ------------------------------------------------- */
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-visit]"), area = find("#composer-body");
    if (!button || !area) return;
    event.preventDefault();
    const menu = button.closest("details"), at = find("input", menu);
    const answer = await fetch(`${button.dataset.visit}?visit_at=${encodeURIComponent(at.value)}`, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!answer) return;
    const text = await answer.text(), isRefused = answer.status === 400;
    const problem = find("[data-visit-problem]", menu);
    problem.hidden = !isRefused;
    problem.lastElementChild.textContent = isRefused ? text : "";
    problem.parentElement.classList.toggle("is-error", isRefused);
    at.setAttribute("aria-invalid", isRefused);
    if (isRefused) at.focus();
    if (!answer.ok) return;
    area.setRangeText((area.value && !/\s$/.test(area.value.slice(0, area.selectionStart)) ? " " : "") + text, area.selectionStart, area.selectionEnd, "end");
    menu.open = false;
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "saved-replies") find("input", event.target)?.focus();
  });

  /* ---- replies that wait: the seconds; what became of them the server says ------------------------------------------ */
  find(".msg--waiting form")?.closest("li").scrollIntoView({ block: "nearest" });
  setInterval(() => {
    for (const shown of all("[data-leaves]")) {
      shown.textContent = fill(words.sending, { n: Math.max(0, Math.ceil((Date.parse(shown.dataset.leaves) - now()) / 1000)) });
    }
  }, 1000);

  /* ---- session over: sign in above the page, then the same request again --------------------------------------------- */
  const panel = find("#session-over");
  let seenAt = Date.now(), again = null;

  async function ask() {
    const answer = await fetch("/session/", { headers: { "X-Requested-With": "fetch" }, cache: "no-store" });
    if (answer.ok) { seenAt = Date.now(); renew((await answer.json()).csrf); }
    return answer.status !== 401;
  }
  function renew(token) {
    all("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }
  function signIn(repeat) {
    again = repeat;
    if (!panel.open) panel.showModal();
    find("[type=password]", panel).focus();
  }
  if (panel) {
    document.addEventListener("submit", async (event) => {
      const form = event.target;
      if (form.method !== "post" || form.closest("#session-over") || form.dataset.asked || Date.now() - seenAt < 60000) { delete form.dataset.asked; return; }
      const isTwice = event.defaultPrevented;
      event.preventDefault();
      if (isTwice || form.asking) return;
      form.asking = true;
      const submit = () => { if ("once" in form.dataset) form.dataset.once = ""; form.dataset.asked = "1"; form.requestSubmit(event.submitter?.isConnected ? event.submitter : undefined); };
      const isIn = await ask().catch(() => { document.dispatchEvent(new CustomEvent("desk:doubt")); return true; });
      form.asking = false;
      if (isIn) submit(); else signIn(submit);
    });
    document.addEventListener("htmx:responseError", (event) => {
      if (event.detail.xhr.status !== 401) return;
      const { verb, path, parameters } = event.detail.requestConfig;
      const { elt, target } = event.detail;
      signIn(() => window.htmx.ajax(verb, path, { source: elt, target, values: parameters }));
    });
    document.addEventListener("desk:sign-in", ({ detail }) => signIn(detail));
    find("form", panel).addEventListener("submit", async (event) => {
      event.preventDefault();
      const form = event.target, problem = find("[role=alert]", form);
      problem.hidden = true;
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
      if (answer?.ok && await ask().catch(() => false)) {
        form.reset();
        panel.close();
        document.dispatchEvent(new CustomEvent("desk:signed-in"));
        const repeat = again;
        again = null;
        repeat?.();
        return;
      }
      problem.hidden = false;
      find("[type=password]", form).select();
    });
  }

  /* ---- the small forms keep their words on the device until one was sent --------------------------------------------- */
  const act = find("#act-form"), sentAct = "act-sent";
  const actKey = (area) => `act:${act.getAttribute("action")}:${act.elements.type?.value || ""}:${area.name}`;
  if (act) {
    for (const area of all("textarea", act)) if (!area.value && store.get(actKey(area))) area.value = store.get(actKey(area));
    act.addEventListener("input", ({ target }) => { if (target.matches("textarea")) store.set(actKey(target), target.value); });
    act.addEventListener("submit", () => store.set(sentAct, JSON.stringify(all("textarea", act).map(actKey))));
  } else if (store.get(sentAct) && find("#toasts .toast")) {
    JSON.parse(store.get(sentAct)).forEach((key) => store.set(key, ""));
    store.set(sentAct, "");
  }

  /* ---- a reply that did not leave: into the composer, if nothing is being written there ----------------------------- */
  function bringBack() {
    const returned = find("[data-returned]"), area = find("#composer-body");
    if (!returned || !area || area.value.trim()) return;
    history.replaceState(null, "", returned.dataset.returned);
    location.reload();
  }

  const start = () => { all("form[data-draft]").forEach(startDraft); bringBack(); };
  document.addEventListener("htmx:afterSettle", start);
  start();
})();
