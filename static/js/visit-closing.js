/* Service Desk — the closing words of a visit: on the phone as they are typed, like answers, and only what was changed here,
   so that what somebody else wrote meanwhile stays. What the desk refuses stays, with why. */
(() => {
  "use strict";
  const page = document.querySelector("[data-visit]"), store = window.visitStore, sending = window.visitSending;
  if (!page || !sending) return;
  const { find, all } = window.desk, { visit } = page.dataset;
  const SETTLED = 600;
  const form = find("#part-words", page), fields = all("textarea", form);
  const stood = (field) => find(`[name="initial-${field.name}"]`, form); // as the desk has it
  const plain = (text) => text.replace(/\r\n/g, "\n").trim();
  let order = Date.now(), timer = 0;

  function complain(text) {
    find("[data-said]", form)?.remove();
    if (!text) return;
    const line = Object.assign(document.createElement("p"), { className: "err", textContent: text });
    line.dataset.said = "";
    line.setAttribute("role", "alert");
    find("h1", form).after(line);
  }
  async function keep() {
    clearTimeout(timer);
    timer = 0;
    const changed = fields.filter((field) => plain(field.value) !== plain(stood(field).value));
    const words = Object.fromEntries(changed.map((field) => [field.name, field.value])), before = await store.get("words", visit);
    if (before ? JSON.stringify(before.words) === JSON.stringify(words) : !changed.length) return;
    complain("");
    await store.put("words", { visit, order: order++, words });
    sending.sync();
  }
  const flush = async () => { if (timer) await keep(); };
  async function restore() {
    const row = await store.get("words", visit);
    if (row) row.words ??= {};
    for (const field of fields) field.value = row?.words[field.name] ?? field.value;
    complain(row?.error);
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, SETTLED);
  });
  sending.onWords(async ({ words }, error) => {
    complain(error);
    if (error) return;
    for (const field of fields) if (field.name in words) stood(field).value = words[field.name];
    if (!timer) await keep(); // somebody may have gone on, or back
  });
  window.visitClosing = { keep, flush, restore };
})();
