/* Service Desk — what this phone kept of a visit that was signed without it, or whose begin was taken back. What was signed stands in the page; this is
   said beside it, with why, and stays on the phone until somebody deletes it. */
(() => {
  "use strict";
  const page = document.querySelector("[data-visit]"), store = window.visitStore;
  if (!page || !window.visitCards) return;
  const { find, all } = window.desk, { say, cards, keyOf } = window.visitCards;
  const { visit, signed } = page.dataset, place = find("[data-left]");
  const STORES = ["entries", "photos", "units"];

  function line(title, content, error) {
    const row = document.createElement("li"), why = Object.assign(document.createElement("span"), { className: "soft visit__small", textContent: error });
    row.className = "stack-1";
    row.append(Object.assign(document.createElement("b"), { textContent: title }), ...content.filter(Boolean).map(shown), why);
    return row;
  }
  const shown = (one) => (typeof one === "string" ? Object.assign(document.createElement("p"), { textContent: one, className: "visit__lines" }) : one);
  const cardOf = (one) => cards.get(keyOf({ ...one, sheet: window.visitUnits.placeOf(one.sheet) }));
  function nameOf(one) {
    const asked = all("template[data-first], template[data-blank]", page).map((blank) => find(`[data-item="${CSS.escape(one.item)}"]`, blank.content));
    const card = cardOf(one) || asked.find(Boolean); // of a visit that has not begun any more, as its list asks
    return card ? find(".check__q b", card).textContent : one.item;
  }
  function answered({ result, reading, choice, text, reason, finding }, card) {
    const option = card && choice && find(`[name^=choice-][value="${choice}"]`, card)?.parentElement.textContent.trim();
    const pressed = result === "open" ? "" : say(`result_${result}`);
    return [reading && `${reading} ${(card && find(".unit", card)?.textContent) || ""}`, option || choice, text, pressed, reason, finding].filter(Boolean).join(" \u00b7 ");
  }
  function picture({ blob }) {
    return Object.assign(document.createElement("img"), { src: URL.createObjectURL(blob), alt: say("photo"), width: 80, height: 80 });
  }
  const idOf = new WeakMap(); // line -> where what it shows is kept
  /* `isAll`: nothing of it is sent any more; else what was refused and has no check in the page to be said at. */
  async function rows(isAll) {
    const [entries, photos, units] = await Promise.all(STORES.map((name) => store.of(name, visit))), words = await store.get("words", visit);
    const late = say(signed === "true" ? "signed_elsewhere" : "unbegun"), labelOf = (name) => find(`#part-words label[for=id_${name}]`)?.textContent.trim() || name;
    const isShown = (one) => isAll || (one.error && !cardOf(one));
    const kept = (name, one, row) => { idOf.set(row, [name, one.id]); return row; };
    return [
      ...(isAll ? units : []).filter((one) => !one.sheet).map((one) => kept("units", one, line(one.name, [], one.error || late))),
      ...entries.filter(isShown).map((one) => kept("entries", one, line(nameOf(one), [answered(one.answer, cardOf(one))], one.error || late))),
      ...photos.filter(isShown).map((one) => kept("photos", one, line(nameOf(one), [picture(one)], one.error || late))),
      ...Object.entries((isAll && words?.words) || {}).map(([name, text]) => line(labelOf(name), [text], words.error || late)),
    ];
  }
  let listed = [], isWhole = true;
  async function show(isAll = true) {
    const found = await rows(isAll);
    [listed, isWhole] = [found, isAll];
    place.hidden = !found.length;
    if (!found.length) return;
    const banner = find(signed === "true" ? "#left-here" : "#left-unbegun").content.cloneNode(true);
    find("[data-left-list]", banner).replaceChildren(...found);
    place.replaceChildren(banner);
  }
  async function drop() {
    for (const row of listed) if (idOf.has(row)) await store.remove(...idOf.get(row));
    if (isWhole) await store.remove("words", visit);
    place.hidden = true;
    place.replaceChildren();
  }
  page.addEventListener("click", (event) => { if (event.target.closest("[data-drop-left]")) drop(); });
  window.visitLeft = { show };
})();
