/* Words and speaking time of the document in the editor, and what else the server finds in it.
   The editor's fields change without one common event (rich text writes to hidden inputs), so the form is compared
   with itself every 800 ms, as Wagtail's own preview does, and measured once it has been still for that long. */
const startMeter = () => {
  const PAUSE = 800;
  const meter = document.querySelector("[data-speaking-meter]");
  const form = document.querySelector("[data-edit-form]");
  if (!meter || !form) return;
  const value = meter.querySelector("[data-speaking-meter-value]");
  let seen = "";
  let measured = "";
  let busy = false;

  const snapshot = () => {
    const data = new FormData(form);
    const pairs = [];
    data.forEach((item, name) => {
      if (typeof item === "string") pairs.push([name, item]);
    });
    return new URLSearchParams(pairs).toString();
  };

  const show = (answer) => {
    document.dispatchEvent(new CustomEvent("rostrum:measured", { detail: answer }));
    if (!value) return;
    const box = answer.portal;
    meter.classList.toggle("speaking-meter--comment", Boolean(box));
    if (box) {
      if (value.textContent !== box.label) value.textContent = box.label;
      meter.classList.toggle("speaking-meter--over", box.over_by > 0);
      meter.classList.toggle("speaking-meter--within", !box.over_by);
      return;
    }
    const parts = [answer.label, `${answer.words} ${meter.dataset.words}`];
    const text = [...parts, answer.doubled_label, answer.limit_label].filter(Boolean).join(" · ");
    // Writing the same words again would have them read out again.
    if (value.textContent !== text) value.textContent = text;
    meter.classList.toggle("speaking-meter--over", answer.over_by > 0);
    meter.classList.toggle("speaking-meter--within", Boolean(answer.limit_seconds) && !answer.over_by);
  };

  const measure = (body) => {
    busy = true;
    fetch(meter.dataset.url, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body,
    })
      .then((response) => {
        if (!response.ok) throw new Error(String(response.status));
        return response.json();
      })
      .then(show)
      .catch(() => {
        if (value) value.textContent = meter.dataset.failed;
      })
      .finally(() => {
        measured = body;
        busy = false;
      });
  };

  const look = () => {
    if (document.hidden) return;
    const now = snapshot();
    const still = now === seen;
    seen = now;
    if (still && now !== measured && !busy) measure(now);
  };

  /* What is printed is known once the preview shows it: length on paper, how sharp pictures are. */
  const again = () => {
    measured = "";
  };
  document.addEventListener("w-preview:loaded", () => {
    again();
    document.querySelectorAll('[data-w-preview-target="iframe"]').forEach((frame) => {
      frame.addEventListener("load", again);
    });
  });

  window.addEventListener("message", ({ origin, data }) => {
    if (origin === window.location.origin && data === "rostrum:paper") again();
  });

  /* Whether the newest words are approved is known of what is saved. */
  document.addEventListener("w-autosave:success", again);

  if (value) value.textContent = meter.dataset.waiting;
  window.setInterval(look, PAUSE);
};

/* Wagtail loads scripts in the head of the page. */
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startMeter);
else startMeter();
