/* Service Desk — has the worker keep the pages of somebody's next visits before there is no signal, now and then while he
   works with the desk; marks what is kept, so that a link to it is followed without signal. Sends nothing. */
(() => {
  "use strict";
  const { visitsAhead: list, person } = document.querySelector("[data-visits-ahead]")?.dataset || {};
  if (!list || !navigator.serviceWorker || !window.caches) return;
  const EVERY = 20 * 60 * 1000, LAST = `visits:ahead:${person}`;
  const isDue = () => location.pathname === list || Date.now() - (Number(localStorage.getItem(LAST)) || 0) > EVERY;

  async function worker() {
    const registered = await navigator.serviceWorker.register(`${list}worker.js`), coming = registered.installing || registered.waiting;
    if (!registered.active) await new Promise((done) => coming.addEventListener("statechange", () => { if (coming.state === "activated") done(); }));
    return registered.active;
  }
  async function mark() {
    const cache = await caches.open("visits-1");
    for (const link of document.querySelectorAll(`a[href^="${list}"]`)) {
      if (!(await cache.match(link.href.replace(/[?#].*/, "")))) continue;
      link.dataset.offline = "";
      const told = link.closest("tr")?.querySelector("[data-kept-here]");
      if (told) told.hidden = false;
    }
  }
  async function run() {
    await mark();
    if (!navigator.onLine || !isDue()) return;
    navigator.serviceWorker.addEventListener("message", async ({ data }) => {
      if (!data.ahead) return;
      localStorage.setItem(LAST, Date.now());
      await mark();
      document.documentElement.dataset.ahead = "kept";
    });
    (await worker()).postMessage({ ahead: list, person });
  }
  run().catch(() => {}); // a page that is left meanwhile; the next one tries again
})();
