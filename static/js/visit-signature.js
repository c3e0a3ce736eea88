/* Service Desk — the signature of a visit, as the page of the visit has to do with it: what exactly is signed for, the way
   to the page that is signed, and a signature that this phone keeps. While it is kept nothing is changed, because it
   would stand under something else; what the desk then refuses is said, and stays until somebody signs again. */
(() => {
  "use strict";
  const page = document.querySelector("[data-visit]"), store = window.visitStore, sending = window.visitSending;
  if (!page || !sending) return;
  const { find, all } = window.desk, { say, cards, keyOf, valueOf, judge } = window.visitCards;
  const { visit, closed, signUrl, keptUrl, language } = page.dataset;
  const place = find("[data-signature]");
  const textOf = (field) => field.value.replace(/\r\n/g, "\n").trim();

  /* ---- what is signed for: the entry of each answer, which never changes, its photos, and the closing words ---------------- */
  function shown() {
    const every = [...cards.values()], results = new Map(every.map((card) => [card, judge(card)]));
    const count = (result) => every.filter((card) => results.get(card).result === result).length;
    const photosOf = (card) => all("[data-photo-id]", card).map((photo) => photo.dataset.photoId);
    const checks = every.map((card) => ({
      sheet: card.dataset.sheet, item: card.dataset.item, result: results.get(card).result,
      entry: sending.unsent.get(keyOf(card.dataset))?.id || card.dataset.entry || null, photos: photosOf(card),
    }));
    const fields = all("#part-words textarea");
    return {
      saw: { checks, words: Object.fromEntries(fields.map((field) => [field.name, textOf(field)])) },
      open: every.filter((card) => results.get(card).lacks).length + (window.visitUnits.isComplete() ? 0 : 1),
      counts: { passed: count("passed"), failed: count("failed"), not_applicable: count("not-applicable") },
      done: { done: every.length - count("open"), total: every.length },
      twice: every.filter((card) => "twice" in card.dataset).map(nameOf),
      findings: every.filter((card) => results.get(card).result === "failed").map(finding),
    };
  }
  const nameOf = (card) => `${card.closest(".visit__part").dataset.checklist}/${card.dataset.item}`;
  function finding(card) {
    const reading = valueOf(card, "reading"), unit = find(".unit", card)?.textContent || "";
    const option = find("[name^=choice-]:checked", card)?.parentElement.textContent.trim() || "";
    const value = reading ? `${reading}\u00a0${unit}` : option || valueOf(card, "text");
    return { key: nameOf(card), value, text: valueOf(card, "finding"), outcome: valueOf(card, "outcome") || "none", ticket: find("[data-raised] a", card)?.textContent || "" };
  }

  /* With all sent the desk shows what is signed, else this phone does: what the desk has is not all. */
  async function sign() {
    const before = await store.get("signs", visit), refused = before?.error ? before : before?.refused;
    await store.put("signs", { visit, id: crypto.randomUUID(), refused, ...shown() });
    const isAllSent = !(await sending.waiting()) && !sending.isCut();
    location.assign(isAllSent ? signUrl : `${keptUrl}?lang=${language}`);
  }

  /* ---- one that is kept here ----------------------------------------------------------------------------------------------- */
  const path = (stroke) => stroke.map(([x, y], at) => `${at ? "L" : "M"}${(x * 1000).toFixed(1)} ${(y * 240).toFixed(1)}`).join("");
  function picture(strokes, svg) {
    if (!strokes?.length) { svg.remove(); return; }
    for (const stroke of strokes) {
      const drawn = document.createElementNS("http://www.w3.org/2000/svg", "path");
      drawn.setAttribute("d", path(stroke));
      svg.append(drawn);
    }
  }
  function lock(isLocked) {
    if (closed === "true") return;
    for (const fields of all("fieldset.bare", page)) fields.disabled = isLocked;
    document.documentElement.toggleAttribute("data-signed-here", isLocked);
  }
  function show(row) {
    const banner = find(row.error ? "#signature-refused" : "#signature-kept").content.cloneNode(true);
    const at = new Date(row.at).toTimeString().slice(0, 5), name = row.signature.signer;
    find("[data-who]", banner).textContent = say(name ? "signed_here" : "absent_here", { name, at });
    if (row.error) find("[data-why]", banner).textContent = row.error;
    picture(row.signature.strokes, find("svg", banner));
    place.replaceChildren(banner);
    place.hidden = false;
    lock(!row.error);
  }
  async function drop() {
    await store.remove("signs", visit);
    place.hidden = true;
    place.replaceChildren();
    lock(false);
    await sending.tellState();
  }
  /* What was only looked at is looked at anew, and one that was not taken is there again. */
  async function stand() {
    let row = await store.get("signs", visit);
    if (row && !row.signature) {
      row = row.refused;
      if (row) await store.put("signs", row); else await store.remove("signs", visit);
    }
    if (row) show(row);
    return Boolean(row && !row.error);
  }

  page.addEventListener("click", (event) => { if (event.target.closest("[data-drop-signature]")) drop(); });
  addEventListener("pageshow", (event) => { if (event.persisted) stand(); });
  sending.onSignature(async (isTaken) => { if (isTaken) location.reload(); else await stand(); });
  window.visitSignature = { sign, stand, lock };
})();
