/* Service Desk — the ticket's composer: R and N write there. It is a form and works without this. */
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (document.documentElement.dataset.keys === "off") return;
    if (event.target.closest("input, textarea, select, dialog, .menu, [contenteditable]")) return;
    const kind = { r: "reply", n: "note" }[event.key];
    if (kind && write(kind)) event.preventDefault();
  });

  function write(kind) {
    const text = document.getElementById("composer-body");
    if (!text) return false;
    const tab = document.querySelector(`.composer [data-kind="${kind}"]`);
    if (tab && tab.type === "radio" && !tab.checked) { tab.checked = true; tab.dispatchEvent(new Event("change", { bubbles: true })); }
    text.focus();
    return true;
  }
  document.addEventListener("click", (event) => {
    const control = event.target.closest?.("[data-write]");
    if (control && write(control.dataset.write)) event.preventDefault();
  });
  if (location.hash === "#composer-body") document.getElementById("composer-body")?.focus();
})();
