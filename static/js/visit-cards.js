/* Service Desk — the cards of a visit: what stands in the fields of a check, what it means, and how the card looks.
   Judges as `inspections.checklists.answers` does, so that it works without signal; the desk judges again. */
(() => {
  "use strict";
  const page = document.querySelector("[data-visit]");
  if (!page) return;
  const { find, all, fill } = window.desk;
  const words = JSON.parse(find("#visit-words").textContent);
  const say = (name, values = {}) => fill(words[name], values);
  const FIELDS = ["result", "reading", "choice", "text", "reason", "finding", "outcome", "level"];

  const cards = new Map();
  function adopt(part) {
    for (const card of all("[data-item]", part)) if (find(".pf", card)) cards.set(keyOf(card.dataset), card);
  }
  adopt(page);
  function keyOf({ sheet, item }) { return `${sheet}/${item}`; }
  const named = (card, name) => all(`[name="${name}-${card.dataset.item}"]`, card);
  function valueOf(card, name) {
    const fields = named(card, name);
    const chosen = fields.find((field) => field.type === "radio" || field.type === "checkbox" ? field.checked : true);
    return chosen ? chosen.value : "";
  }
  function fillIn(card, name, value) {
    for (const field of named(card, name)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
      else if (field !== document.activeElement) field.value = value || "";
    }
  }
  function number(text) {
    const plain = text.normalize("NFKC").trim().replace("\u2212", "-").replace(/^([^.,]*),([^,]*)$/, "$1.$2");
    return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
  }
  const isOdd = (card) => { const text = valueOf(card, "reading").trim(); return Boolean(text) && number(text) === null; };
  const limit = (card, name) => { const text = card.dataset[name]; return text ? Number(text) : null; };

  /* As `inspections.checklists.answers.broken_limit`; the desk judges again. */
  function brokenLimit(card, reading) {
    const low = limit(card, "low"), high = limit(card, "high"), last = limit(card, "last");
    if (low !== null && reading < low) return low;
    if (high !== null && reading > high) return high;
    if (last === null) return null;
    const percent = limit(card, "changePercent");
    const allowed = [limit(card, "change"), percent === null ? null : Math.abs(last) * percent / 100].filter((size) => size !== null);
    if (!allowed.length || Math.abs(reading - last) <= Math.min(...allowed) + 1e-9) return null;
    return reading > last ? last + Math.min(...allowed) : last - Math.min(...allowed);
  }
  function byItself(card) {
    const { kind } = card.dataset, reading = number(valueOf(card, "reading"));
    if (kind === "reading" && reading !== null) return brokenLimit(card, reading) === null ? "passed" : "failed";
    const option = find("[name^=choice-]:checked", card);
    if (kind === "choice" && option) return "failure" in option.dataset ? "failed" : "passed";
    if (kind === "text" && valueOf(card, "text").trim()) return "passed";
    if (kind === "photo" && find(".photo", card)) return "passed";
    return "open";
  }
  function judge(card) {
    const self = byItself(card), pressed = card.pressed || "open";
    const result = pressed !== "open" ? pressed : self;
    const isMoot = result === "not-applicable" && self === "passed"; // a good value hides nothing
    const isOverruled = self !== "open" && result !== self && !isMoot;
    const isUnsettled = result === "failed" && !find("[data-raised]", card) && !valueOf(card, "outcome") && !valueOf(card, "finding").trim();
    const isUnraised = result === "failed" && "unraised" in card.dataset;
    const rule = card.dataset.photo, hasPhoto = Boolean(find(".photo", card)), isMandatory = "mandatory" in card.dataset;
    const wantsPhoto = rule === "on-failure" ? result === "failed" : rule === "always" && isMandatory && /passed|failed/.test(result);
    const lacks = card.isRefused || (isMandatory && result === "open") || (isOverruled && !valueOf(card, "reason").trim()) || (wantsPhoto && !hasPhoto) || isUnsettled || isUnraised || isOdd(card);
    return { result, isOverruled, isUnsettled, lacks: Boolean(lacks) };
  }
  function paint(card) {
    const { result, isOverruled } = judge(card);
    fillIn(card, "result", result);
    card.classList.toggle("is-pass", result === "passed");
    card.classList.toggle("is-fail", result === "failed");
    card.classList.toggle("is-overruled", isOverruled);
    const beyond = find("[data-beyond]", card), reading = number(valueOf(card, "reading"));
    if (!beyond) return;
    const broken = reading === null ? null : brokenLimit(card, reading);
    beyond.hidden = broken === null;
    if (broken === null) return;
    const places = Math.max(...[reading, broken].map((value) => (String(value).split(".")[1] || "").length));
    find("span", beyond).textContent = say(reading > broken ? "above" : "below", { size: Math.abs(reading - broken).toFixed(Math.min(places, 6)) });
  }
  function answerOf(card) {
    const answer = Object.fromEntries(FIELDS.map((name) => [name, valueOf(card, name).trim()]));
    answer.result = card.pressed || "open";
    answer.reading ||= null; // what is no number too: the desk says so, and nothing is lost
    return answer;
  }
  /* `answer`: as an entry says it. */
  function show(card, answer) {
    card.pressed = answer.result === "open" ? "" : answer.result;
    for (const name of FIELDS) if (name !== "result") fillIn(card, name, answer[name] || "");
    paint(card);
  }

  /* Not like what stands there: a line of its own in the card. */
  function complain(card, text) {
    let line = find("[data-said]", card);
    if (!line) {
      line = Object.assign(document.createElement("p"), { className: "err", role: "alert" });
      line.dataset.said = "";
      find(".check__q", card).after(line);
    }
    line.textContent = text;
  }
  /* Nobody can sign for what the desk did not take. */
  function refuse(card, text) {
    card.isRefused = true;
    complain(card, text);
  }
  function settled(card) {
    card.isRefused = false;
    delete card.dataset.unraised;
    find("[data-said]", card)?.remove();
    if (isOdd(card)) complain(card, say("number"));
  }
  function showPhoto(card, id, address) {
    if (find(`[data-photo-id="${id}"]`, card)) return;
    const row = document.createElement("span"), image = document.createElement("img"), button = document.createElement("button");
    row.className = "photo";
    row.dataset.photoId = id;
    Object.assign(image, { src: address, alt: say("photo"), width: 80, height: 80 });
    Object.assign(button, { name: "remove-photo", value: id, className: "photo__remove" });
    button.setAttribute("aria-label", say("remove_photo"));
    button.append(find("#visit-cross").content.cloneNode(true));
    row.append(image, button);
    find(".addphoto", card)?.before(row);
  }
  /* The ticket of a finding is asked for; its number comes with the signal. */
  function awaitTicket(card) {
    for (const one of all(".outcomes input", card)) one.checked = false;
    for (const part of [find(".outcomes", card), find("[data-raise]", card)]) if (part) part.hidden = true;
    if (!valueOf(card, "outcome")) card.append(Object.assign(document.createElement("input"), { type: "hidden", name: `outcome-${card.dataset.item}`, value: "ticket" }));
    const hint = find(".visit__hint", card);
    if (hint) hint.textContent = say("ticket_later");
  }
  /* It was refused: raised again, perhaps at another level, or something else comes of it. */
  function unraised(card, text) {
    find(`input[type=hidden][name="outcome-${card.dataset.item}"]`, card)?.remove();
    for (const part of [find(".outcomes", card), find("[data-raise]", card)]) if (part) part.hidden = false;
    const hint = find(".visit__hint", card);
    if (hint) hint.textContent = "";
    card.dataset.unraised = "";
    card.shown = null; // the same once more is a new answer
    complain(card, text);
  }
  function showTicket(card, reference) {
    if (find("[data-raised]", card)) return;
    awaitTicket(card);
    if ("unraised" in card.dataset) settled(card);
    for (const part of [find("[data-raise]", card)?.closest(".row-wrap"), find(".disclose", card)]) part?.remove();
    const line = document.createElement("p");
    line.dataset.raised = "";
    line.append(say("ticket"), " ", Object.assign(document.createElement("a"), { href: `/tickets/${reference}/`, textContent: reference, className: "mono nowrap" }));
    find(".finding", card).append(line);
  }

  window.visitCards = { say, cards, adopt, keyOf, named, valueOf, byItself, judge, paint, answerOf, show, complain, refuse, settled, showPhoto, awaitTicket, showTicket, unraised };
})();
