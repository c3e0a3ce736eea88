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
    const seen = Object.fromEntries(changed.map((field) => [field.name, before?.seen?.[field.name] ?? stood(field).value]));
    await store.put("words", { visit, order: order++, words, seen });
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
  /* Where somebody else wrote meanwhile the desk keeps both texts: shown, unless somebody has gone on here. */
  sending.onWords(async ({ words }, error, stands = words) => {
    complain(error);
    if (error) return;
    for (const field of fields.filter(({ name }) => name in words)) {
      const { name } = field, isMerged = plain(stands[name]) !== plain(words[name]), isLeft = plain(field.value) === plain(words[name]);
      stood(field).value = isMerged && isLeft ? (field.value = stands[name]) : words[name];
    }
    if (!timer) await keep(); // somebody may have gone on, or back
  });
  window.visitClosing = { keep, flush, restore };
})();
