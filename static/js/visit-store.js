/* Service Desk — what a phone keeps of a visit until it is sent: that it was begun, answers in their order, photos, the closing words,
   units to add, a signature, and the last state the desk told. In IndexedDB, so that a closed browser or an empty battery loses
   nothing. The desk's time too: a phone's own clock may be wrong. */
(() => {
  "use strict";
  const STORES = { entries: "id", photos: "id", words: "visit", signs: "visit", states: "visit", units: "id", begins: "visit" };
  const promised = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  let opened;
  function database() {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("service-desk-visits", 3);
      request.onupgradeneeded = () => {
        const there = request.result.objectStoreNames;
        for (const [name, keyPath] of Object.entries(STORES)) if (!there.contains(name)) request.result.createObjectStore(name, { keyPath });
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => { request.result.close(); opened = null; }; // a newer page must not wait for this one
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    return opened;
  }
  /* Resolves once it is on the disk, not before. */
  async function write(name, act) {
    const work = (await database()).transaction(name, "readwrite", { durability: "strict" });
    act(work.objectStore(name));
    await new Promise((resolve, reject) => { work.oncomplete = resolve; work.onabort = work.onerror = () => reject(work.error); });
  }
  const read = async (name, act) => promised(act((await database()).transaction(name).objectStore(name)));

  /* The desk's time: a page that was kept is old, and a phone's own clock may be wrong. */
  let skew = Number(localStorage.getItem("visit:skew")) || 0;
  const now = () => new Date(Date.now() + skew);
  function learnTime(answer) {
    const told = Date.parse(answer.headers.get("Date"));
    if (told) localStorage.setItem("visit:skew", (skew = told - Date.now()));
  }

  window.visitStore = {
    now, learnTime,
    put: (name, row) => write(name, (store) => store.put(row)),
    remove: (name, key) => write(name, (store) => store.delete(key)),
    get: (name, key) => read(name, (store) => store.get(key)),
    /* Of one visit, in the order they were written. */
    async of(name, visit) {
      const rows = await read(name, (store) => store.getAll());
      return rows.filter((row) => row.visit === visit).sort((a, b) => a.order - b.order);
    },
  };
})();
