/* Service Desk — keeps the pages of visits on the phone, so that they open where there is no signal. The network comes
   first; what it gives is kept, and shown again when it does not answer in time. It never keeps anything but pages of
   visits and what they are made of, and never touches what is sent. */
(() => {
  "use strict";
  const CACHE = "visits-1";
  const PATIENCE = 4000;
  const FOR_EVER = /\/static\/.*\.[0-9a-f]{12}\./;
  const PAGE = /\/inspections\/visits\/([^/]+\/(sign\/kept\/)?)?$/, SIGN = /\/inspections\/visits\/[^/]+\/sign\/$/;

  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

  /* A page is the same whichever of its sections is open; the one that is signed speaks several languages. */
  function keyOf(request) {
    const url = new URL(request.url);
    if (PAGE.test(url.pathname) && !url.pathname.endsWith("/kept/")) url.search = "";
    url.hash = "";
    return url.href;
  }
  const mayKeep = (answer) => answer.ok && answer.type === "basic" && !answer.redirected;

  async function keep(request, answer) {
    if (!mayKeep(answer)) return;
    const cache = await caches.open(CACHE);
    await cache.put(keyOf(request), answer);
  }

  /* Pages are kept for one person: another's would go out under the wrong name. */
  async function belongTo(person) {
    const cache = await caches.open(CACHE), owner = new URL("owner", self.registration.scope).href, kept = await cache.match(owner);
    if (kept && (await kept.text()) === person) return;
    if (kept) await caches.delete(CACHE);
    await (await caches.open(CACHE)).put(owner, new Response(person));
  }
  /* A page, and what it is made of: it has never been open here. */
  async function keepWhole(address) {
    const request = new Request(address, { credentials: "same-origin" }), answer = await fetch(request);
    if (!mayKeep(answer)) return "";
    const text = await answer.clone().text(), cache = await caches.open(CACHE);
    await keep(request, answer);
    const also = [...text.matchAll(/data-also="([^"]+)"/g)].flatMap((found) => found[1].split(" "));
    const made = [...text.matchAll(/(?:src|href)="(\/static\/[^"#]+)"/g)].map((found) => found[1]);
    for (const part of new Set([...made, ...also])) {
      const kept = await cache.match(new URL(part, self.location.origin).href);
      if (!kept || !FOR_EVER.test(part)) await keep(new Request(part), await fetch(part));
    }
    return text;
  }
  /* The list of somebody's next visits names their pages. One after the other: the desk has other work. */
  async function keepAhead(list) {
    const named = [...(await keepWhole(list)).matchAll(/data-keep="([^"]+)"/g)].flatMap((found) => found[1].split(" "));
    for (const address of named) await keepWhole(address);
  }

  async function fromNetwork(request, kept) {
    const asked = fetch(request).then((answer) => { keep(request, answer.clone()); return answer; });
    if (!kept) return asked;
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
    return Promise.race([asked.catch(() => kept), late]);
  }

  async function answered(request) {
    const kept = await (await caches.open(CACHE)).match(keyOf(request));
    return kept && FOR_EVER.test(request.url) ? kept : fromNetwork(request, kept);
  }

  /* What the desk shows to sign is never kept: it would be of another hour. Without signal the phone's own page stands in. */
  async function toSign(request, url) {
    const cache = await caches.open(CACHE), own = `${url.origin}${url.pathname}kept/${url.search}`;
    const kept = await cache.match(own, { ignoreSearch: !url.search }), asked = fetch(request);
    if (!kept) return asked;
    const instead = () => Response.redirect(kept.url);
    return Promise.race([asked.catch(instead), new Promise((resolve) => setTimeout(() => resolve(instead()), PATIENCE))]);
  }

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) return;
    if (SIGN.test(url.pathname)) event.respondWith(toSign(request, url));
    else if (PAGE.test(url.pathname) || url.pathname.includes("/static/") || url.pathname.includes("/photos/")) event.respondWith(answered(request));
  });

  /* A page that was loaded before this worker was there names what it is made of; "forget" clears all, at a sign-out. */
  self.addEventListener("message", (event) => {
    const { keep: addresses, ahead, forget, person } = event.data;
    if (ahead) event.waitUntil(belongTo(person).then(() => keepAhead(ahead)).then(() => event.source?.postMessage({ ahead: true }), () => {})); // else the next time
    if (forget) event.waitUntil(caches.delete(CACHE));
    if (addresses) event.waitUntil(belongTo(person).then(() => Promise.all(addresses.map(async (address) => {
      const request = new Request(address, { credentials: "same-origin" });
      try { await keep(request, await fetch(request)); } catch { /* without signal again: the next page load tells */ }
    }))).then(() => event.source?.postMessage({ kept: true })));
  });
})();
