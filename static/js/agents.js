/* Service Desk — the queue's rows: a press shows the preview, J and K move. The ticket's composer: R and N write there.
   Rows are links, the composer is a form; both work without this. */
(() => {
  "use strict";
  const preview = document.getElementById("preview");
  const rows = () => [...document.querySelectorAll("tr[data-preview]")];
  const isShown = () => preview && preview.getClientRects().length > 0;

  function choose(row, moveFocus) {
    if (!row) return;
    rows().forEach((other) => other.classList.toggle("is-focus", other === row));
    if (moveFocus) {
      row.querySelector("a")?.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    }
    if (isShown()) window.htmx?.ajax("GET", row.dataset.preview, { target: "#preview", swap: "innerHTML" });
  }

  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("tr[data-preview]");
    const step = event.target.closest?.("[data-step]");
    if (step) move(Number(step.dataset.step));
    if (!row || event.target.closest("a, button, input, label")) return;
    if (isShown()) choose(row); else row.querySelector("a").click();
  });

  function move(step) {
    const all = rows();
    const at = all.findIndex((row) => row.classList.contains("is-focus"));
    choose(all[Math.min(Math.max(at + step, 0), all.length - 1)], true);
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (document.documentElement.dataset.keys === "off") return;
    if (event.target.closest("input, textarea, select, dialog, .menu, [contenteditable]")) return;
    const step = { j: 1, J: 1, k: -1, K: -1 }[event.key];
    if (step && rows().length) { event.preventDefault(); move(step); }
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

  if (isShown()) choose(rows()[0]);
})();
