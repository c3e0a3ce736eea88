/* Service Desk — the ticket page: opens at what is new, keeps what was read, keys that need more than a press.
   Every control is a link or a form and works without this. */
(() => {
  "use strict";
  const find = (selector) => document.querySelector(selector);
  const isFree = (event) => !(event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey ||
    document.documentElement.dataset.keys === "off" || event.target.closest("input, textarea, select, dialog, .menu, [contenteditable]"));

  document.addEventListener("keydown", (event) => {
    if (!isFree(event)) return;
    const letter = /^[\x21-\x7e]$/.test(event.key) ? event.key.toLowerCase() : event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
    const kind = { r: "reply", n: "note" }[letter];
    if (kind ? write(kind) : letter === "w" && why()) event.preventDefault();
  });

  function write(kind) {
    const text = find("#composer-body");
    if (!text || !text.getClientRects().length) return false;
    const tab = find(`.composer [data-kind="${kind}"]`);
    if (tab && tab.type === "radio" && !tab.checked) { tab.checked = true; tab.dispatchEvent(new Event("change", { bubbles: true })); }
    text.focus();
    return true;
  }

  function why() {
    const panel = find("#why");
    if (!panel) return false;
    panel.open = true;
    panel.scrollIntoView({ block: "nearest" });
    panel.querySelector("summary").focus({ preventScroll: true });
    return true;
  }

  document.addEventListener("click", (event) => {
    const control = event.target.closest?.("[data-write], [data-back]");
    if (!control || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (control.dataset.write ? write(control.dataset.write) : isBack()) event.preventDefault();
  });

  /* Straight from the list: the browser has it as it was left, row, focus and scroll place. */
  function isBack() {
    const list = document.referrer && new URL(document.referrer);
    if (!list || list.origin !== location.origin || list.pathname !== "/tickets/" || history.length < 2) return false;
    history.back();
    return true;
  }

  /* ---- parts that were fetched: the eye and the focus go there ----------------------------------------------------- */
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const id = detail.target?.id;
    if (id === "why" && detail.requestConfig) why();
    if (id !== "act") return;
    document.querySelectorAll("details.pop[open]").forEach((menu) => { menu.open = false; });
    const form = find("#act");
    const field = form?.querySelector("input:checked, input:not([type=hidden]), textarea, select");
    if (field) { field.focus(); form.scrollIntoView({ block: "nearest" }); } else if (form?.hidden) find("#head .btn")?.focus({ preventScroll: true });
  });
  document.addEventListener("toggle", ({ target }) => {
    if (target.matches?.("details.pop[open]")) target.querySelector(".menu__item")?.focus({ preventScroll: true });
    if (target.matches?.("details[data-fold]")) keepFolds();
  }, true);

  /* ---- folded panels: a cookie, so that the server draws the page as it was left ----------------------------------- */
  function keepFolds() {
    const turned = [...document.querySelectorAll("details[data-fold]")].filter((one) => one.open === ["links", "watchers"].includes(one.id)).map((one) => one.id);
    document.cookie = `panels=${turned.join(".")}; path=/tickets/; max-age=31536000; samesite=lax`;
  }

  /* ---- opens at the first unread entry ------------------------------------------------------------------------------ */
  const stream = () => find("#stream");
  const box = find("#conversation");
  function start() {
    if (location.hash === "#status-menu") {
    const menu = document.getElementById("status-menu");
    if (menu) { menu.open = true; menu.querySelector("summary").focus(); }
  }
  if (location.hash === "#composer-body") { find("#composer-body")?.focus(); return; }
    if (location.hash || !box || box.scrollHeight <= box.clientHeight) return;
    const line = find("#new");
    if (line) box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - 8;
    else if (stream()?.dataset.first === "top") box.scrollTop = -box.scrollHeight;
  }
  start();

  /* ---- read: three seconds before somebody's eyes -------------------------------------------------------------------- */
  let before = "", sent = "";
  setInterval(() => {
    const shown = stream();
    const seq = shown?.dataset.seq || "";
    const isSeen = !document.hidden && document.hasFocus();
    if (isSeen && seq === before && seq !== sent && "unread" in shown.dataset) {
      sent = seq;
      const headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
      fetch(shown.dataset.read, { method: "POST", headers, body: new URLSearchParams({ seq }) }).catch(() => { sent = ""; });
    }
    before = isSeen ? seq : "";
  }, 3000);
})();
