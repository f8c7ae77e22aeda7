// Keeps the progress of a print job up to date. Without it the page refreshes itself as a whole.
(function () {
  "use strict";
  const box = document.querySelector("[data-print-progress]");
  const SECONDS = 1.5;
  let failures = 0;

  async function look() {
    try {
      const answer = await fetch(box.dataset.printProgress, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = page.querySelector("[data-state]");
      if (!part || part.dataset.state === "ended") {
        window.location.reload();
        return;
      }
      failures = 0;
      // Buttons stay as they are: whoever is about to press one does not lose it.
      for (const name of ["[role=status]", "progress", ".print-job__failures"]) {
        const old = box.querySelector(name);
        const now = part.querySelector(name);
        if (old && now) old.replaceWith(now);
        else if (now) box.querySelector("progress").after(now);
      }
    } catch {
      failures += 1;
    }
    window.setTimeout(look, SECONDS * 1000 * 2 ** Math.min(failures, 5));
  }

  if (box) window.setTimeout(look, SECONDS * 1000);
})();
