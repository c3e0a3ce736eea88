/* Service Desk — the ticket page: opens at what is new, keeps what was read, keys that need more than a press.
   Every control is a link or a form and works without this. */
(() => {
  "use strict";
  const find = (selector) => document.querySelector(selector);
  const isFree = (event) => !(event.defaultPrevented || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey ||
    document.documentElement.dataset.keys === "off" || event.target.closest("input, textarea, select, dialog, .menu, [contenteditable]"));

  document.addEventListener("keydown", (event) => {
    if (!isFree(event)) return;
    const letter = window.desk.letterOf(event);
    const kind = { r: "reply", n: "note" }[letter];
    if (kind ? write(kind) : letter === "w" && why()) event.preventDefault();
  });

  /* `first`: what a note that is empty begins with; a reply that was begun stays a reply. */
  function write(kind, first = "") {
    const text = find("#composer-body");
    if (!text || !text.getClientRects().length) return false;
    const tab = find(`.composer [data-kind="${kind}"]`);
    if (tab && tab.type === "radio" && !tab.checked) { tab.checked = true; tab.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: first })); }
    if (!text.value) text.value = first;
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
    if (control.dataset.write ? write(control.dataset.write, control.dataset.mention) : isBack()) event.preventDefault();
  });

  /* Straight from the list: the browser has it as it was left, row, focus and scroll place. */
  function isBack() {
    const list = document.referrer && new URL(document.referrer);
    if (!list || list.origin !== location.origin || list.pathname !== "/tickets/" || history.length < 2) return false;
    history.back();
    return true;
  }

  /* ---- parts that were fetched: the eye and the focus go there ----------------------------------------------------- */
  let opener;
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const id = detail.target?.id;
    if (id === "why" && detail.requestConfig) why();
    if (id !== "act") return;
    document.querySelectorAll("details.pop[open]").forEach((menu) => { menu.open = false; });
    const form = find("#act");
    const field = form?.querySelector("input:checked") || form?.querySelector("input:not([type=hidden]), textarea, select");
    const by = detail.requestConfig?.elt;
    if (field && by?.isConnected && !form.contains(by)) opener = by.closest("details.pop")?.querySelector("summary") || by;
    if (field) { field.focus(); form.scrollIntoView({ block: "nearest" }); } else if (form?.hidden) (opener?.isConnected ? opener : find("#head .btn"))?.focus({ preventScroll: true });
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
    if (find(".msg--waiting form")) return;  /* what was just sent is in view */
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
