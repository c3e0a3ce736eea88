/* Service Desk — while the server cannot be reached: who follows a link or sends a form stays on the page, with what he
   typed, and is told, instead of being left with the browser's own page. Asks first only where the connection is in doubt.
   One outage is told once: the newest banner stands for all that failed, and its button repeats each of them. */
(() => {
  "use strict";
  const foot = document.querySelector("[data-feed]");
  const words = document.getElementById("request-failed");
  const place = document.getElementById("toasts");
  if (!words || !place) return;
  const let_through = new WeakSet();
  const steps = new Map(); // what failed, by the region that it was for
  let isLost = false, isAsking = false, shown;

  function failed(region, put, again) {
    shown?.remove();
    shown = words.content.firstElementChild.cloneNode(true);
    steps.set(region, again);
    put(shown);
    shown.querySelector("[data-again]").onclick = () => {
      const all = [...steps.values()];
      if (!steps.has(place)) close();
      all.forEach((step) => step());
    };
  }

  function done(region) {
    if (steps.delete(region) && !steps.size) close();
  }
  window.desk = { failed, done }; // desk.js and live.js add theirs

  /* Where no stream tells of the connection, a text that somebody wrote is worth the question. */
  const isInDoubt = (form) => isLost || !navigator.onLine || (foot ? ["wait", "off"].includes(foot.dataset.state) : !!form?.querySelector("textarea"));
  const isThere = () => fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(10000) }).then((answer) => answer.status < 500, () => false);

  async function attempt(act, control) {
    if (isAsking) return;
    isAsking = true;
    const isReached = await isThere();
    isAsking = false;
    isLost = !isReached;
    if (isReached) { close(); act(); } else tell(act, control);
  }

  function tell(act, control) {
    steps.clear(); // another page needs none of them
    failed(place, (banner) => place.append(banner), () => attempt(act, control));
    const again = shown.querySelector("[data-again]"), away = shown.querySelector("[data-away]");
    away.onclick = () => { close(); if (control?.isConnected) control.focus(); };
    shown.onkeydown = (event) => { if (event.key === "Escape") { event.stopPropagation(); away.click(); } };
    again.focus();
  }

  function close() {
    steps.clear();
    shown?.remove();
    shown = null;
  }

  const go = (address) => location.assign(address);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const isHere = link.hash && link.href.split("#")[0] === location.href.split("#")[0];
    if (isHere || link.target || link.hasAttribute("download") || "offline" in link.dataset || link.origin !== location.origin || !isInDoubt()) return;
    event.preventDefault();
    attempt(() => go(link.href), link);
  });
  document.addEventListener("desk:go", ({ detail }) => isInDoubt() ? attempt(() => go(detail), document.activeElement) : go(detail));

  /* Before anything else hears of it: a form that was not sent must not look as if it were. */
  window.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (let_through.delete(form) || form.method === "dialog" || "offline" in form.dataset || !isInDoubt(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    attempt(() => {
      if (!form.isConnected) return;
      let_through.add(form);
      form.requestSubmit(button?.isConnected ? button : undefined);
    }, button || document.activeElement);
  }, true);

  document.addEventListener("desk:doubt", () => { isLost = true; });
})();
