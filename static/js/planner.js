/* Service Desk — the calendar of visits: a visit is dragged to another day, or carried there with the keyboard.
   It only opens the form of that day, which says what speaks against it; without this, each visit's own link does. */
(() => {
  "use strict";
  const calendar = document.querySelector(".cal[data-movable]");
  const dialog = document.getElementById("cal-dialog");
  const said = document.getElementById("cal-said");
  if (!calendar || !dialog?.showModal || !said) return;
  const days = [...calendar.querySelectorAll("[data-day]")];
  const shownDays = () => days.filter((day) => day.getClientRects().length);
  const dayOf = (element) => element.closest("[data-day]");
  const moveLink = (visit) => visit.querySelector(".appt__move");
  let carried = null, target = null;

  function aim(day) {
    target?.classList.remove("is-target");
    target = day;
    target?.classList.add("is-target");
  }

  /* The form of that day, in a dialog; where it cannot be had, its page. */
  async function open(visit, day) {
    const address = `${moveLink(visit).getAttribute("href")}&day=${day.dataset.day}`;
    try {
      const answer = await fetch(address);
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const form = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("move");
      dialog.firstElementChild.replaceChildren(document.importNode(form, true));
      dialog.showModal();
    } catch { location.assign(address); }
  }

  function finish() {
    carried?.classList.remove("is-picked", "is-dragged");
    carried = null;
    aim(null);
  }

  for (const visit of calendar.querySelectorAll("[data-visit]")) visit.draggable = true;
  calendar.addEventListener("dragstart", (event) => {
    carried = event.target.closest?.("[data-visit]");
    if (!carried) return;
    carried.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", carried.dataset.visit);
  });
  calendar.addEventListener("dragover", (event) => {
    const day = carried && dayOf(event.target);
    if (!day) return;
    event.preventDefault();
    if (day !== target) aim(day);
  });
  calendar.addEventListener("drop", (event) => {
    const day = carried && dayOf(event.target), visit = carried;
    if (!day) return;
    event.preventDefault();
    const isElsewhere = day !== dayOf(visit);
    finish();
    if (isElsewhere) open(visit, day);
  });
  calendar.addEventListener("dragend", finish);

  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  calendar.addEventListener("keydown", (event) => {
    const link = event.target.closest?.(".appt__move");
    if (!link || event.isComposing) return;
    const visit = link.closest("[data-visit]");
    if (event.key === " " && !carried) {
      event.preventDefault();
      carried = visit;
      carried.classList.add("is-picked");
      aim(dayOf(visit));
      said.textContent = said.dataset.picked;
    } else if (carried && event.key in STEPS) {
      event.preventDefault();
      const isList = !shownDays().includes(days.find((day) => day.classList.contains("is-empty")));
      const step = isList ? Math.sign(STEPS[event.key]) : STEPS[event.key];
      aim(days[Math.min(Math.max(days.indexOf(target) + step, 0), days.length - 1)]);
      target.scrollIntoView({ block: "nearest" });
      said.textContent = target.querySelector(".cal__weekday").textContent;
    } else if (carried && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      const day = target;
      finish();
      if (day && day !== dayOf(visit)) open(visit, day); else said.textContent = said.dataset.left;
    } else if (carried && (event.key === "Escape" || event.key === "Tab")) {
      event.stopPropagation();
      finish();
      said.textContent = said.dataset.left;
    }
  });
})();
