/* Service Desk — what a phone keeps of a visit until it is sent: that it was begun, answers in their order, photos, the closing words,
   units to add, a signature, and the last state the desk told. In IndexedDB, so that a closed browser or an empty battery loses
   nothing. The desk's time too: a phone's own clock may be wrong. */
(() => {
  "use strict";
  /* A phone may go from hand to hand: what somebody gave is his, and nobody else's page shows, changes or sends it. */
  const OWN = ["visit", "by"], STORES = { entries: "id", photos: "id", words: OWN, signs: OWN, states: "visit", units: "id", begins: OWN };
  const { person: me, personName: byName } = document.querySelector("[data-person]")?.dataset || {};
  const promised = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  let opened;
  function database() {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("service-desk-visits", 4);
      request.onupgradeneeded = () => {
        const there = request.result.objectStoreNames, make = (name) => request.result.createObjectStore(name, { keyPath: STORES[name] });
        for (const name of Object.keys(STORES)) {
          if (!there.contains(name)) make(name);
          else if (STORES[name] === OWN) own(request, name, make);
        }
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => { request.result.close(); opened = null; }; // a newer page must not wait for this one
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    return opened;
  }
  /* Of before rows had an owner: whoever opens it first, as it was then. */
  function own(request, name, make) {
    const old = request.transaction.objectStore(name).getAll();
    old.onsuccess = () => {
      request.result.deleteObjectStore(name);
      const store = make(name);
      for (const row of old.result) store.put({ by: me, byName, ...row });
    };
  }
  /* Resolves once it is on the disk, not before. */
  async function write(name, act) {
    const work = (await database()).transaction(name, "readwrite", { durability: "strict" });
    act(work.objectStore(name));
    await new Promise((resolve, reject) => { work.oncomplete = resolve; work.onabort = work.onerror = () => reject(work.error); });
  }
  const keyOf = (name, key) => (STORES[name] === OWN ? [key, me] : key);
  const isMine = (row) => (row.by ?? me) === me;
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
    me, byName,
    put: (name, row) => write(name, (store) => store.put(name === "states" ? row : { by: me, byName, ...row })),
    remove: (name, key) => write(name, (store) => store.delete(keyOf(name, key))),
    get: (name, key) => read(name, (store) => store.get(keyOf(name, key))),
    /* Of one visit and of this person, in the order they were written. */
    async of(name, visit) {
      const rows = await read(name, (store) => store.getAll());
      return rows.filter((row) => row.visit === visit && isMine(row)).sort((a, b) => a.order - b.order);
    },
    /* How much others gave on this phone to a visit: by name. */
    async ofOthers(visit) {
      const found = new Map();
      for (const name of Object.keys(STORES).filter((one) => one !== "states")) {
        for (const row of await read(name, (store) => store.getAll())) {
          const isKept = !(name === "units" && (row.sheet || row.isFirst)) && !(name === "begins" && row.isTaken) && !(name === "signs" && !row.signature);
          if (row.visit === visit && !isMine(row) && isKept) found.set(row.byName, (found.get(row.byName) || 0) + 1);
        }
      }
      return found;
    },
  };
})();
