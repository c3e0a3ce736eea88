/* Service Desk — the camera as a scanner of labels, where the browser reads codes: fills the field that a button names. A
   page that does more with a code says so by answering "scanned". Without all this the field is typed in. */
(() => {
  "use strict";
  function startScanner(button) {
    const dialog = document.querySelector("#scanner");
    if (!dialog || !("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
    const input = document.querySelector(button.dataset.scan);
    const video = dialog.querySelector("video");
    let stream;
    button.hidden = false;
    dialog.addEventListener("close", () => { stream?.getTracks().forEach((track) => track.stop()); stream = null; button.focus(); });
    async function look(detector) {
      if (!stream) return;
      const codes = await detector.detect(video).catch(() => []);
      if (!codes.length) { setTimeout(look, 200, detector); return; }
      input.value = codes[0].rawValue.trim();
      dialog.close();
      if (!input.dispatchEvent(new CustomEvent("scanned", { bubbles: true, cancelable: true }))) return;
      if (input.type === "search") input.form.requestSubmit(); else input.focus();
    }
    button.addEventListener("click", async () => {
      const state = dialog.querySelector("[data-camera]");
      state.textContent = "";
      dialog.showModal();
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        video.srcObject = stream;
        await video.play();
        look(new BarcodeDetector());
      } catch { state.textContent = state.dataset.camera; }
    });
  }

  document.querySelectorAll("[data-scan]").forEach(startScanner);
})();
