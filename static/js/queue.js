/* Service Desk — the queue's rows: a press shows the preview, J and K move. Rows are links and work without this. */
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
  });

  if (isShown()) choose(rows()[0]);
})();
