/* Service Desk — live pages: one event stream, polling while there is none, and who else is here.
   Tells the page's own scripts by "desk:changed" (numbers of tickets, or null for "anything"). Draws presence and the
   foot of the sidebar; decides nothing. A hidden tab has no stream: browsers allow six to one server. */
(() => {
  "use strict";
  const foot = document.querySelector("[data-feed]");
  if (!foot || !window.EventSource) return;
  const root = document.documentElement;
  const words = foot.dataset;
  const drawnAt = Date.parse(root.dataset.now) || Date.now();
  const { all, token, fill: say } = window.desk;
  const fire = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  let skew = drawnAt - Date.now();
  let stream, after = drawnAt - 2000, cursor = root.dataset.now, mark, me;
  let isOn = false, isOut = false, heardAt = Date.now(), pause = 2, later, polling;

  /* ---- the foot of the sidebar -------------------------------------------------------------------------------- */
  function state(name) {
    const seconds = name === "live" ? { second: "2-digit" } : {};
    const time = new Date(heardAt + skew).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", ...seconds, timeZone: words.zone || undefined });
    foot.dataset.state = name;
    if (name === "off") fire("desk:lost");
    const text = foot.querySelector("span:last-child");
    if (text) text.textContent = say(words["say" + name], { time });
  }

  function heard(now) {
    heardAt = Date.now();
    if (now) { skew = Date.parse(now) - heardAt; fire("desk:now", now); }
    if (isOn) state("live");
  }

  function over() {
    isOut = true;
    shut();
    state("out");
    fire("desk:signed-out");
  }

  /* ---- the stream ---------------------------------------------------------------------------------------------- */
  function open() {
    clearTimeout(later);
    if (stream || isOut || document.hidden) return;
    stream = new EventSource(`${words.feed}?after=${after}`);
    const on = (name, act) => stream.addEventListener(name, (event) => {
      if (event.lastEventId) after = event.lastEventId;
      const data = JSON.parse(event.data);
      act(data);
      heard(data.now);
    });
    on("hello", (data) => { me = data.you; pause = 2; });
    on("now", () => {});
    on("state", (data) => { isOn = data.is_on; if (!isOn) { state("wait"); poll(); } });
    on("change", (data) => changed(data.tickets || [0]));
    on("resync", () => changed(null));
    on("here", present);
    on("end", (data) => { if (data.status === 401) over(); else shut(); });
    stream.onerror = lost;
  }

  function shut() {
    stream?.close();
    stream = null;
    isOn = false;
    clearTimeout(later);
    clearTimeout(polling);
  }

  function lost() {
    shut();
    if (isOut || document.hidden) return;
    state("wait");
    poll();
    later = setTimeout(open, pause * 1000 * (1 + Math.random()));
    pause = Math.min(pause * 2, 60);
  }

  setInterval(() => { if (stream && Date.now() - heardAt > 45000) lost(); }, 10000);

  /* ---- without a stream: ask every half minute ------------------------------------------------------------------ */
  async function poll() {
    clearTimeout(polling);
    if (isOn || isOut || document.hidden) return;
    polling = setTimeout(poll, 30000);
    try {
      const answer = await fetch(`${words.poll}?after=${encodeURIComponent(cursor)}`);
      if (answer.status === 401) { over(); return; }
      if (!answer.ok) throw new Error(answer.status);
      const data = await answer.json();
      heard(data.now);
      if (!isOn) state("wait");
      if (data.mark) { if (mark && mark !== data.mark) changed([0]); mark = data.mark; return; }
      cursor = data.cursor;
      if (data.is_everything) changed(null); else if (data.tickets.length) changed(data.tickets);
      here.clear();
      data.here.forEach(present);
      draw();
    } catch {
      state("off");
    }
  }

  /* ---- news: gathered for a moment, so that one press elsewhere is one look here --------------------------------- */
  let news = new Set(), gathering;
  function changed(numbers) {
    if (numbers && news) numbers.forEach((number) => news.add(number)); else news = null;
    gathering ||= setTimeout(() => {
      const found = news && [...news];
      news = new Set();
      gathering = 0;
      fire("desk:changed", found);
      all("[data-refresh]").forEach((control) => { control.hidden = false; });
    }, 300 + Math.random() * 700);
  }

  /* ---- the counts of the views and the bell: asked every five seconds at most, changed where they stand -------------- */
  const toasted = () => sessionStorage.toasted?.split(" ") || []; // in this tab, whichever page it shows
  let counted = 0, counting;
  document.addEventListener("desk:changed", () => { counting ||= setTimeout(count, Math.max(counted + 5000 - Date.now(), 0)); });
  async function count() {
    counting = 0;
    counted = Date.now();
    const place = document.querySelector("[data-counts]");
    const answer = place && await fetch(place.dataset.counts).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const found = await answer.json();
    for (const link of all("[data-count]")) {
      if (!(link.dataset.count in found)) continue;
      link.querySelector(".count")?.remove();
      link.insertAdjacentHTML("beforeend", found[link.dataset.count]);
    }
    toast(found.toasts);
  }

  function toast(html) {
    const place = document.getElementById("toasts");
    const fresh = [...new DOMParser().parseFromString(html, "text/html").body.children].filter((one) => !toasted().includes(one.id) && one.querySelector("a")?.pathname !== location.pathname);
    if (!place || !fresh.length) return;
    place.append(...fresh);
    place.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail: { target: place, elt: place } }));
    sessionStorage.toasted = [...toasted(), ...fresh.map((one) => one.id)].join(" ");
  }

  /* ---- a page that says something else at a known moment looks then, although nothing happens ---------------------- */
  let turning;
  function turn() {
    clearTimeout(turning);
    const moments = all("[data-turns]").map((part) => Date.parse(part.dataset.turns) - Date.now() - skew);
    if (moments.length) turning = setTimeout(() => { changed([0]); turning = setTimeout(turn, 30000); }, Math.min(Math.max(Math.min(...moments) + 500, 0), 864e5));
  }
  document.addEventListener("htmx:afterSettle", turn);
  turn();

  /* ---- who else is here ------------------------------------------------------------------------------------------ */
  const here = new Map();
  function present(data) {
    here.set(String(data.ticket), data.people.filter((one) => one.id !== me).sort((one, other) => (other.act === "writing") - (one.act === "writing")));
    draw(data.ticket);
  }

  function avatar(one, known) {
    const figure = known || document.createElement("span");
    if (!known) { figure.className = "av"; figure.textContent = one.initials; figure.title = one.name; figure.setAttribute("role", "img"); }
    const act = document.createElement("span");
    act.className = "av__act";
    act.innerHTML = `<svg class="i" aria-hidden="true"><use href="#i-${one.act === "writing" ? "pencil" : "eye"}"/></svg>`;
    figure.append(act);
    figure.setAttribute("aria-label", one.label || doing(one));
    return figure;
  }

  /* In a row two faces stand beside each other, the owner's among them; who has no place is counted. */
  const doing = (one) => say(words["say" + one.act], one);
  function fitting(people, room) {
    const rest = people.slice(room - 1);
    if (rest.length < 2) return people;
    return [...people.slice(0, room - 1), { act: rest[0].act, initials: `+${rest.length}`, name: rest.map((one) => one.name).join(", "), label: rest.map(doing).join(", ") }];
  }

  function draw(only) {
    for (const place of all(only ? `[data-here="${only}"]` : "[data-here]")) {
      const people = here.get(place.dataset.here) || [];
      const owner = place.parentElement.querySelector(":scope > .av:not(.av--none)");
      place.replaceChildren();
      owner?.querySelector(".av__act")?.remove();
      if (owner?.dataset.label) owner.setAttribute("aria-label", owner.dataset.label);
      if ("sentence" in place.dataset) {
        for (const one of people.slice(0, 3)) {
          place.append(avatar(one));
          place.lastChild.setAttribute("aria-hidden", "true");
          place.append(doing({ ...one, name: one.name.split(" ")[0] }));
        }
        continue;
      }
      const own = owner && people.find((one) => one.name === owner.title);
      if (own) { owner.dataset.label ||= owner.getAttribute("aria-label"); avatar(own, owner); }
      place.append(...fitting(people.filter((one) => one !== own), owner ? 1 : 2).map((one) => avatar(one)));
    }
    fire("desk:here", here);
  }
  document.addEventListener("htmx:afterSettle", () => draw());

  /* ---- and that I am: every 15 s, at once when I begin or stop writing, good-bye when I go ------------------------ */
  const at = document.querySelector("[data-at]")?.dataset.at;
  let told = "";
  const act = () => {
    const field = document.activeElement;
    return field?.matches?.(".composer textarea") && field.value.trim() ? "writing" : "viewing";
  };
  function tell(what, isLeaving) {
    if (!at || isOut) return;
    told = what;
    const form = new FormData();
    form.append("csrfmiddlewaretoken", token());
    form.append("ticket", at);
    form.append("act", what);
    if (isLeaving) navigator.sendBeacon(words.beat, form);
    else fetch(words.beat, { method: "POST", body: form }).then((answer) => answer.status === 401 && over(), () => {});
  }
  const beat = () => document.hidden || tell(act());
  const maybe = () => document.hidden || act() === told || tell(act());
  if (at) {
    setInterval(beat, 15000);
    for (const name of ["input", "focusin", "focusout"]) document.addEventListener(name, () => setTimeout(maybe, 300));
  }

  /* ---- what changed, into the page as it is: fields in use, open menus and dialogs stay as they are ---------------- */
  const isInUse = (node) => node === document.activeElement && node.matches("input, textarea, select, [contenteditable]") ||
    node.matches("details.pop[open], dialog[open]");

  /* What was in use is looked at again when it is let go. */
  let skipped = false;
  const letGo = () => setTimeout(() => { if (skipped) { skipped = false; changed(null); } }, 100);
  document.addEventListener("focusout", letGo);
  document.addEventListener("toggle", ({ target }) => target.open || letGo(), true);

  function attributes(known, fresh) {
    for (const { name, value } of fresh.attributes) if (name !== "open" && known.getAttribute(name) !== value) known.setAttribute(name, value);
    for (const { name } of [...known.attributes]) if (name !== "open" && name !== "hidden" && !fresh.hasAttribute(name)) known.removeAttribute(name);
  }

  function morph(known, fresh) {
    if (known.isEqualNode(fresh) || known.dataset && "keep" in known.dataset) return;
    if (known.nodeType !== 1) { known.nodeValue = fresh.nodeValue; return; }
    if (isInUse(known)) { skipped = true; return; }
    attributes(known, fresh);
    const wanted = new Set([...fresh.children].map((child) => child.id).filter(Boolean));
    const isLike = (node, child) => node.nodeType === child.nodeType && node.nodeName === child.nodeName && (node.id || "") === (child.id || "");
    let here = known.firstChild;
    for (const child of [...fresh.childNodes]) {
      while (here?.id && !wanted.has(here.id)) { const gone = here; here = here.nextSibling; gone.remove(); }
      const same = child.id ? [...known.children].find((node) => node.id === child.id) : here && isLike(here, child) && here;
      if (!same || !isLike(same, child)) { known.insertBefore(child, here); continue; }
      if (same === here) here = here.nextSibling; else known.insertBefore(same, here);
      morph(same, child);
    }
    while (here) { const gone = here; here = here.nextSibling; gone.remove(); }
  }

  Object.assign(window.desk, { morph, say: (name, values) => say(words["say" + name], values) });

  /* ---- begin and end ---------------------------------------------------------------------------------------------- */
  function leave() {
    if (told) tell("", true);
    shut();
  }
  document.addEventListener("visibilitychange", () => {
    clearTimeout(later);
    if (document.hidden) later = setTimeout(leave, 5000); else { beat(); open(); }
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => { if (event.persisted) { beat(); open(); } });
  document.addEventListener("desk:signed-in", () => { isOut = false; beat(); open(); });
  window.addEventListener("online", () => { pause = 2; open(); });
  window.addEventListener("offline", () => { lost(); state("off"); });
  open();
  beat();
})();
