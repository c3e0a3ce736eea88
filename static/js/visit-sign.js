/* Service Desk — the page that is signed, on a phone: a signature is on the phone before anything is sent, with what was
   shown to who signed; the page of the visit sends it, after all answers. The page as the phone keeps it is filled here.
   Without this, or where the phone keeps nothing, the desk's own page sends its form. */
(() => {
  "use strict";
  const form = document.querySelector("[data-visit-sign]"), store = window.visitStore;
  if (!form || !store) return;
  const { find, fill } = window.desk;
  const words = JSON.parse(find("#visit-words").textContent);
  const say = (name, values = {}) => fill(words[name], values);
  const texts = JSON.parse(find("#sign-texts")?.textContent || "null"); // null: the desk showed what is signed
  const { visitSign: visit, language, back } = form.dataset;

  /* ---- what the phone knows ---------------------------------------------------------------------------------------------- */
  function put(name, content, values = {}) {
    const row = Object.assign(document.createElement(name), values);
    row.append(...[content].flat().filter(Boolean));
    return row;
  }
  function finding({ key, value, text, outcome, ticket }) {
    const { text: asked, lang } = texts[key] || { text: "" };
    const come = outcome === "ticket" && ticket ? `${say("ticket")} ${ticket}` : say(`outcome_${outcome}`);
    const line = [value, text !== value && text, come].filter(Boolean).join(" \u00b7 ");
    return put("p", [put("b", asked, { lang }), put("br"), put("span", line, { className: "soft visit__small" })]);
  }
  function closing(name, text) {
    const head = name === "summary" ? [] : [put("b", say(name)), put("br")];
    return put("p", [...head, text], { className: "visit__small visit__lines" });
  }
  /* Not held up: nobody at the customer's can choose. */
  function warned(keys) {
    const asked = keys.map((key) => texts[key] || { text: "" }).map(({ text, lang }) => put("li", text, { lang }));
    return keys.length && put("div", [put("b", say("twice")), put("p", say("twice_more")), put("ul", asked)], { className: "stack-1 visit__twice" });
  }
  function show({ counts, done, findings, saw, twice = [] }) {
    const said = Object.entries(saw.words).filter(([, text]) => text).map(([name, text]) => closing(name, text));
    find("[data-sign-result]").replaceChildren(...[warned(twice)].filter(Boolean), put("h1", say("counts", counts)), ...findings.map(finding), ...said);
    find("[data-sign-count]").textContent = say("count", done);
    find(".fbar .meter i").style.setProperty("--v", Math.round((100 * done.done) / (done.total || 1)));
  }
  /* The desk shows what it has: not while something of this visit is on the phone alone. */
  async function isBehind() {
    const kept = (await Promise.all(["entries", "photos", "units"].map((name) => store.of(name, visit)))).flat();
    return [...kept, await store.get("words", visit)].some((one) => one && !one.error && !("unit" in one && one.sheet));
  }
  async function begin() {
    const row = await store.get("signs", visit), isKept = row?.signature && !row.error;
    if (isKept || (texts ? !row?.saw || row.signature || row.open : await isBehind())) location.replace(back);
    else if (texts) show(row);
    document.documentElement.dataset.visitScript = "on";
  }

  /* To another language of this page, and back: the phone has both, before the desk's script holds a link for want of a signal. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".fbar a[href]");
    if (!link) return;
    event.preventDefault();
    location.assign(link.href);
  }, true);

  /* ---- what was given; as `inspections.services.signing` asks for it -------------------------------------------------------- */
  function given(act) {
    const { signer, strokes, typed, reason } = form.elements;
    if (act === "absent") return { manner: "absent", reason: reason.value.trim(), language };
    const name = signer.value.trim().replace(/\s+/g, " ");
    if (typed.checked) return { manner: "typed", signer: name, language };
    return { manner: "drawn", signer: name, strokes: JSON.parse(strokes.value || "[]"), language };
  }
  function lack({ manner, signer, strokes, reason }) {
    if (manner === "absent") return reason ? "" : "reason";
    if (!signer) return "signer";
    return manner === "drawn" && !strokes.length ? "strokes" : "";
  }
  function complain(name, text) {
    find("[data-said]", form)?.remove();
    const line = put("span", text, { className: "err" }), field = form.elements[name];
    line.dataset.said = "";
    line.setAttribute("role", "alert");
    const before = name === "strokes" ? find("[data-sigpad]", form) : field;
    before.before(line);
    (name === "strokes" ? form.elements.typed : field).focus();
  }
  async function take(button) {
    const signature = given(button?.value), lacks = lack(signature);
    if (lacks) { complain(lacks, say(lacks)); return; }
    const row = (texts && (await store.get("signs", visit))) || { visit, id: crypto.randomUUID(), seen: form.elements.seen.value };
    await store.put("signs", { ...row, refused: undefined, order: Date.now(), at: store.now().toISOString(), signature });
    location.replace(back);
  }
  let isTaking = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isTaking) return;
    isTaking = true;
    try { await take(event.submitter); } catch {
      if (texts) complain("signer", say("not_kept"));
      else if (event.submitter) { form.append(put("input", [], { type: "hidden", name: "act", value: event.submitter.value })); form.submit(); }
    } finally { isTaking = false; }
  });

  begin();
})();
