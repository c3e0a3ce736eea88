/* Service Desk — the store room: a hardware scanner types like a person, only faster, and may do so wherever the focus is.
   The first key waits for a moment; if another follows at once, both go into the scan field, else it is a shortcut as ever.
   J and K walk from card to card. Without all this the field is typed in and the links are followed. */
(() => {
  "use strict";
  const field = document.getElementById("scan-code");
  if (!field) return;
  const QUICK = 35;
  let held = null, timer = 0;
  const isWriting = (target) => target.isContentEditable || target.matches?.("input, select, textarea") || target.closest?.("dialog[open]");

  function letGo() {
    const event = held;
    held = null;
    if (!event) return;
    const again = new KeyboardEvent("keydown", { key: event.key, code: event.code, shiftKey: event.shiftKey, bubbles: true, cancelable: true });
    again.isLetGo = true;
    if (!event.target.dispatchEvent(again)) return;
    walk(event.key.toLowerCase());
  }

  function walk(key) {
    if (key !== "j" && key !== "k") return;
    const cards = [...document.querySelectorAll("#board .part")];
    if (!cards.length) return;
    const at = cards.findIndex((card) => card.contains(document.activeElement));
    const next = at < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, at + (key === "j" ? 1 : -1)));
    cards[next].querySelector("a")?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.isLetGo || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isWriting(event.target)) return;
    if (event.key.length !== 1 || event.key === " ") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    clearTimeout(timer);
    if (held) {
      field.value = held.key + event.key;
      held = null;
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
      return;
    }
    held = event;
    timer = setTimeout(letGo, QUICK);
  }, true);
  field.form.addEventListener("submit", (event) => { if (!field.value.trim()) { event.preventDefault(); field.focus(); } });
})();
