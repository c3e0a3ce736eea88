/* Service Desk — what the script adds to the customers' forms: uploads that start at once, answers kept while typing,
   and the first press of a survey mail. Every page works without it. */
(() => {
  "use strict";
  const { find, all, fill } = window.desk;
  const tokenOf = (form) => find("[name=csrfmiddlewaretoken]", form).value;

  function post(address, form, facts) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", tokenOf(form));
    for (const [name, value] of Object.entries(facts)) body.set(name, value);
    return fetch(address, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
  }

  /* ---- files: each starts at once, fails alone, and never blocks the form ---------------------------------------- */
  function startUploads(zone) {
    const form = zone.closest("form");
    const input = find("input[type=file]", zone);
    const state = find("[data-upload-state]", zone);
    const running = new Set();
    let isLeaving = false;
    find("[data-pick]", zone).hidden = false;
    input.classList.add("sr");

    function settle(row) {
      running.delete(row);
      if (running.size) return;
      state.textContent = "";
      if (isLeaving) form.requestSubmit();
    }
    function fail(row, words, mayRetry) {
      row.classList.add("is-failed");
      find("[data-state]", row).textContent = words;
      find("progress", row).hidden = true;
      find("[data-retry]", row).hidden = !mayRetry;
      settle(row);
    }
    function send(row, file) {
      const request = new XMLHttpRequest();
      const bar = find("progress", row);
      const body = new FormData();
      row.classList.remove("is-failed");
      bar.hidden = false;
      bar.value = 0;
      find("[data-state]", row).textContent = "";
      find("[data-retry]", row).hidden = true;
      running.add(row);
      row.request = request;
      body.set("csrfmiddlewaretoken", tokenOf(form));
      body.set("uploads", file);
      request.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        bar.value = Math.floor((event.loaded / event.total) * 100);
        find("[data-state]", row).textContent = fill(zone.dataset.percent, { percent: bar.value }).replace("%%", "%");
      });
      request.addEventListener("load", () => {
        if (request.status === 201) {
          row.insertAdjacentHTML("afterend", request.responseText);
          row.remove();
          settle(row);
        } else {
          const isPlain = (request.getResponseHeader("Content-Type") || "").startsWith("text/plain");
          fail(row, isPlain ? request.responseText : zone.dataset.failed, request.status !== 400);
        }
      });
      for (const kind of ["error", "timeout"]) request.addEventListener(kind, () => fail(row, zone.dataset.failed, true));
      request.open("POST", zone.dataset.uploads);
      request.send(body);
    }
    function take(files) {
      for (const file of files) {
        const row = find("template", zone).content.firstElementChild.cloneNode(true);
        find("[data-name]", row).textContent = file.name;
        find("[data-retry]", row).addEventListener("click", () => send(row, file));
        find("[data-drop]", row).addEventListener("click", () => { row.request?.abort(); row.remove(); settle(row); input.focus(); });
        find("[data-files]", zone).append(row);
        if (file.size > zone.dataset.limit) fail(row, fill(zone.dataset.tooLarge, { name: file.name }), false);
        else send(row, file);
      }
    }
    input.addEventListener("change", () => { take([...input.files]); input.value = ""; });
    zone.addEventListener("dragover", (event) => event.preventDefault());
    zone.addEventListener("drop", (event) => { event.preventDefault(); take([...event.dataTransfer.files]); });
    zone.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=remove]");
      if (!button) return;
      event.preventDefault();
      post(zone.dataset.uploads, form, { remove: button.value })
        .then((answer) => { if (answer.ok) { button.closest("li").remove(); input.focus(); } });
    });
    form.addEventListener("submit", (event) => {
      if (!running.size || isLeaving) return;
      event.preventDefault();
      isLeaving = true;
      state.textContent = zone.dataset.waiting;
    });
  }

  /* ---- answers: on the device with each key, on the server a moment later ----------------------------------------- */
  const device = {
    get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* nothing is kept there then */ } },
  };
  /* The copy goes when a page says that the server has it, unless it is newer than what was sent. */
  function letGo(name) {
    const key = `report:${name}`, sent = device.get(`${key}:sent`);
    if (!sent || JSON.stringify(sent) === JSON.stringify(device.get(key))) device.drop(key);
    device.drop(`${key}:sent`);
  }
  function startKeeping(form) {
    const key = `report:${form.dataset.keep}`;
    const state = find("[data-keep-state]", form);
    const kinds = state ? "textarea, select, input:not([type=hidden], [type=file], [type=checkbox])" : "textarea"; /* no word: on the device only */
    const fields = () => all(kinds, form).filter((field) => field.name);
    const answers = () => Object.fromEntries(fields().filter((field) => field.type !== "radio" || field.checked).map((field) => [field.name, field.value]));
    const nonce = form.elements.nonce ? { nonce: form.elements.nonce.value } : {};
    const say = (words) => { if (state && words) state.textContent = words; };
    let timer;
    async function save() {
      const typed = answers();
      const answer = await post(location.pathname, form, { ...typed, ...nonce, save: "1" }).catch(() => null);
      if (answer?.status !== 204) { if (device.get(key)) say(answer?.status === 401 ? state.dataset.keptOut : state.dataset.keptHere); return; }
      say(state.dataset.keptThere);
      if (JSON.stringify(typed) === JSON.stringify(answers())) device.drop(key);
    }
    const kept = device.get(key);
    for (const field of kept ? fields() : []) {
      if (!(field.name in kept)) continue;
      if (field.type === "radio") field.checked = field.value === kept[field.name];
      else if (kept[field.name]) field.value = kept[field.name];
      const fold = form.closest("details");
      if (fold && field.value !== field.defaultValue) fold.open = true;
    }
    form.addEventListener("input", (event) => {
      if (event.target.type === "file") return;
      device.set(key, answers());
      clearTimeout(timer);
      if (state) timer = setTimeout(save, 1500);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      if (device.get(key)) device.set(`${key}:sent`, answers());
    });
  }

  /* ---- the press in a mail counts once a person moves on the page; a program that only looks does not -------------- */
  function startFirstPress(form) {
    const signs = ["pointermove", "pointerdown", "keydown"];
    const note = find("[data-noted]", form);
    function press(event) {
      if (!event.isTrusted || document.hidden) return;
      signs.forEach((sign) => removeEventListener(sign, press, true));
      post(location.pathname, form, { works: find("[name=works]:checked", form).value, quiet: "1" })
        .then((answer) => { if (answer.status === 204) note.textContent = note.dataset.noted; })
        .catch(() => { /* the button is still there */ });
    }
    signs.forEach((sign) => addEventListener(sign, press, { capture: true, passive: true }));
  }

  /* A page that answers a form is read again as a page, not by sending the form again: what was typed since then stays. */
  if (find("form[data-keep], main form[method=post]:not([action])")) history.replaceState(history.state, "", location.href);

  all("[data-kept]").forEach((page) => letGo(page.dataset.kept));
  all("[data-uploads]").forEach(startUploads);
  all("form[data-keep]").forEach(startKeeping);
  all("form[data-first-press]").forEach(startFirstPress);
})();
