/* Service Desk — a ticket or a case while things change: its page is fetched again and what differs is changed in place.
   Regions are marked `data-fresh`; in a `data-fresh="append"` list earlier entries stay. Nothing moves under the reader.
   `data-live`: the number of its ticket, or "all" where any ticket may change it. */
(() => {
  "use strict";
  const page = document.querySelector("[data-live]");
  const said = document.getElementById("live-said");
  const pill = document.getElementById("newentry");
  if (!page || !window.desk?.morph) return;
  const number = Number(page.dataset.live);
  const states = (where) => new Map([...where.querySelectorAll("[data-fresh] .clocks li")].map((row) => [row.querySelector("b")?.textContent, row.querySelector(".clock")]));
  let busy = false, again = false, first;

  async function look() {
    if (busy) { again = true; return; }
    busy = true;
    again = false;
    try {
      const answer = await fetch(page.dataset.page || location.href.split("#")[0], { headers: { "X-Live": "1" } });
      if (answer.ok && !answer.redirected) take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch { /* the foot of the sidebar says that the connection is gone */ }
    setTimeout(() => { busy = false; if (again) look(); }, 2000);
  }

  function take(anew) {
    const sentences = clocks(states(document), states(anew));
    for (const known of document.querySelectorAll("[data-fresh]")) {
      const fresh = anew.getElementById(known.id);
      if (!fresh) continue;
      if (known.dataset.fresh === "append") sentences.push(append(known, fresh));
      else if (known.dataset.fresh === "list" && order(known) !== order(fresh)) wait(known, fresh);
      else window.desk.morph(known, fresh);
    }
    const told = sentences.filter(Boolean);
    if (told.length && said) said.textContent = told.join(". ");
    document.querySelectorAll("[data-fresh]").forEach((region) => window.htmx?.process(region));
    page.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail: { target: page, elt: page } }));
  }

  /* What would move rows of a list waits behind its pill; what is pressed is the latest. */
  const order = (list) => [...list.querySelectorAll("li[id]")].map((row) => row.id).join();
  function wait(known, fresh) {
    const news = document.getElementById("newlist");
    news.hidden = false;
    news.onclick = () => {
      const before = new Set(order(known).split(","));
      news.hidden = true;
      window.desk.morph(known, fresh);
      const added = [...known.querySelectorAll("li[id]")].find((row) => !before.has(row.id));
      (added?.querySelector("a") || known).focus();
      page.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail: { target: known, elt: known } }));
    };
  }

  /* A clock that changes its state is said once, in its own words. */
  const clocks = (before, after) => [...after].filter(([label, clock]) => clock && before.get(label) && clock.dataset.state !== before.get(label).dataset.state)
    .map(([label, clock]) => `${label}: ${clock.textContent.trim()}`);

  /* The server sends the last entries: what stands above the first that both have stays as it is. */
  function append(known, fresh) {
    const ids = new Set([...known.children].map((entry) => entry.id).filter(Boolean));
    const common = [...fresh.children].find((entry) => ids.has(entry.id));
    const below = common && document.getElementById(common.id);
    if (below) {
      while (fresh.firstElementChild !== common) fresh.firstElementChild.remove();
      for (let above = below.previousElementSibling; above; above = above.previousElementSibling) fresh.prepend(above.cloneNode(true));
    }
    const count = known.children.length;
    const back = place(known);
    const added = [...fresh.children].filter((entry) => entry.id && !ids.has(entry.id) && !entry.matches(".tl__day"));
    window.desk.morph(known, fresh);
    back();
    const more = added.length || (ids.size ? 0 : Math.max(0, known.children.length - count));
    if (!more) return "";
    const words = window.desk.say(more === 1 ? "entry" : "entries", { count: more });
    first = document.getElementById(added[0]?.id) || known.lastElementChild;
    if (pill && !isSeen(first)) { pill.querySelector("span").textContent = words; pill.hidden = false; }
    return words;
  }

  /* Who reads at the end stays at the end; who reads further up stays where he is. */
  function place(list) {
    const inner = list.parentElement;
    const box = inner.scrollHeight > inner.clientHeight + 1 && getComputedStyle(inner).overflowY !== "visible" ? inner : document.scrollingElement;
    const end = getComputedStyle(box).flexDirection === "column-reverse" ? 0 : box.scrollHeight - box.clientHeight;
    const isAtEnd = box === inner && Math.abs(box.scrollTop - end) < 24;
    const top = box === inner ? box.getBoundingClientRect().top : 0;
    const anchor = [...list.children].find((entry) => entry.getBoundingClientRect().bottom > top);
    const before = anchor?.getBoundingClientRect().top;
    return () => {
      if (isAtEnd) box.scrollTop = end && box.scrollHeight;
      else if (anchor?.isConnected) box.scrollTop += anchor.getBoundingClientRect().top - before;
    };
  }

  const isSeen = (entry) => { const box = entry.getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight && document.elementFromPoint(box.left + 4, box.top + 4)?.closest("[data-fresh]") === entry.parentElement; };
  pill?.addEventListener("click", () => { pill.hidden = true; first?.scrollIntoView({ block: "center" }); first?.querySelector("a, button")?.focus({ preventScroll: true }); });
  document.addEventListener("scroll", () => { if (pill && !pill.hidden && first && isSeen(first)) pill.hidden = true; }, { capture: true, passive: true });

  document.addEventListener("desk:changed", ({ detail }) => { if (!detail || page.dataset.live === "all" || detail.includes(number) || detail.includes(0)) look(); });

  /* A colleague who writes: said above the composer while I have it open. */
  const banner = document.getElementById("writing-here");
  const composer = document.querySelector(".composer textarea");
  let here = new Map();
  if (banner && composer && matchMedia("(max-width: 47.99rem)").matches) composer.form.prepend(banner); // where it is seen
  function warn() {
    if (!banner) return;
    const other = (here.get(String(number)) || []).find((one) => one.act === "writing");
    const isOpen = composer && (composer === document.activeElement || composer.value.trim());
    banner.hidden = !(other && isOpen);
    if (!other) return;
    const button = banner.querySelector("[data-write]");
    banner.querySelector("b").textContent = window.desk.say("reply", other);
    button.textContent = window.desk.say("noteto", other);
    button.dataset.mention = `@${other.name} `;
  }
  document.addEventListener("desk:here", ({ detail }) => { here = detail; warn(); });
  composer?.addEventListener("focus", warn);
  composer?.addEventListener("input", warn);
})();
