/* Signing with a finger: strokes as points from 0 to 1 in a hidden field, drawn as they come. Without it a name is typed. */
(() => {
  "use strict";
  const MOST = 3900;
  for (const form of document.querySelectorAll("[data-sign]")) {
    const pad = form.querySelector("[data-sigpad]");
    const kept = form.querySelector("[name=strokes]");
    const typed = form.querySelector("[name=typed]");
    if (!pad || !kept) continue;
    const picture = pad.querySelector("svg");
    let strokes = [];
    let current = null;
    let line = null;
    try { strokes = JSON.parse(kept.value || "[]"); } catch { strokes = []; }

    const path = (stroke) => stroke.map(([x, y], at) => `${at ? "L" : "M"}${(x * 1000).toFixed(1)} ${(y * 240).toFixed(1)}`).join("");
    const draw = (stroke) => {
      const drawn = document.createElementNS("http://www.w3.org/2000/svg", "path");
      drawn.setAttribute("d", path(stroke));
      picture.append(drawn);
      return drawn;
    };
    const point = (event) => {
      const box = picture.getBoundingClientRect();
      const part = (at, from, size) => Math.round(Math.min(1, Math.max(0, (at - from) / size)) * 1e4) / 1e4;
      return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)];
    };
    const room = () => MOST - strokes.reduce((sum, stroke) => sum + stroke.length, 0);
    const write = () => { kept.value = strokes.length ? JSON.stringify(strokes) : ""; };
    const show = () => { pad.hidden = typed.checked; };

    picture.addEventListener("pointerdown", (event) => {
      if (event.button || strokes.length > 75 || room() < 50) return;
      event.preventDefault();
      picture.setPointerCapture(event.pointerId);
      current = [point(event)];
      line = draw(current);
    });
    picture.addEventListener("pointermove", (event) => {
      if (!current || current.length >= room()) return;
      const next = point(event);
      const last = current[current.length - 1];
      if (Math.hypot((next[0] - last[0]) * 4, next[1] - last[1]) < 0.008) return;
      current.push(next);
      line.setAttribute("d", path(current));
    });
    const lift = () => {
      if (!current) return;
      if (current.length > 1) strokes.push(current); else line.remove();
      current = null;
      write();
    };
    picture.addEventListener("pointerup", lift);
    picture.addEventListener("pointercancel", lift);
    pad.querySelector("[data-clear]").addEventListener("click", () => {
      strokes = [];
      picture.replaceChildren();
      write();
    });
    typed.addEventListener("change", show);
    strokes.forEach(draw);
    show();
  }
})();
