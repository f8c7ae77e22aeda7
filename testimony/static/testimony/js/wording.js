/* Hints on the wording: asked for when the editor opens, when the panel opens and after each saving, of what stands
   in the form at that moment. While somebody writes a reason, the panel is left alone. */
const startWording = () => {
  const panel = document.querySelector("[data-wording]");
  const form = document.querySelector("[data-edit-form]");
  if (!panel || !form) return;
  const results = panel.querySelector("[data-wording-results]");
  const toggle = document.querySelector('[data-side-panel-toggle="wording"]');
  let asked = 0;

  const body = (answer) => {
    const pairs = [];
    new FormData(form).forEach((item, name) => {
      if (typeof item === "string") pairs.push([name, item]);
    });
    return new URLSearchParams([...pairs, ...Object.entries(answer)]).toString();
  };

  const count = () => {
    const counter = toggle?.querySelector("[data-side-panel-toggle-counter]");
    const hints = results.querySelector("[data-wording-count]")?.dataset.wordingCount || "0";
    if (!counter) return;
    counter.textContent = hints;
    counter.hidden = hints === "0";
  };

  const ask = async (answer = {}) => {
    asked += 1;
    const mine = asked;
    try {
      const response = await fetch(panel.dataset.url, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: body(answer),
      });
      if (!response.ok) throw new Error(String(response.status));
      const html = await response.text();
      if (mine !== asked) return; // a later question has overtaken this answer
      results.innerHTML = html;
    } catch {
      if (mine === asked) results.textContent = panel.dataset.failed;
    }
    count();
    // The button that was pressed is gone: the keyboard goes on from the heading.
    if (answer.dismiss || answer.back) results.querySelector("[data-wording-heading]")?.focus();
  };

  const isAnswering = () => results.querySelector(".wording__answer[open]") !== null;

  const show = (block) => {
    const field = form.querySelector(`[data-contentpath="${block}"]`);
    if (!field) return;
    field.scrollIntoView({ block: "center" });
    // The buttons of a block come before its words.
    const ways = ["[contenteditable=true]", "textarea, input:not([type=hidden])", "button"];
    ways.map((way) => field.querySelector(way)).find(Boolean)?.focus();
  };

  results.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { wordingShow, wordingDismiss, wordingBack } = button.dataset;
    if (wordingShow) show(wordingShow);
    if (wordingBack) ask({ back: wordingBack });
    if (wordingDismiss) {
      const reason = button.parentElement.querySelector("[data-wording-reason]");
      if (reason.reportValidity()) ask({ dismiss: wordingDismiss, reason: reason.value });
    }
  });

  results.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-wording-reason]")) return;
    event.preventDefault();
    event.target.parentElement.querySelector("[data-wording-dismiss]").click();
  });

  const refresh = () => {
    if (!isAnswering()) ask();
  };
  panel.closest("[data-side-panel]")?.addEventListener("show", refresh);
  document.addEventListener("w-autosave:success", ({ detail }) => {
    // What was new has a row now, which can keep answers.
    const pk = detail?.data?.pk;
    if (pk && panel.dataset.savedUrl) panel.dataset.url = panel.dataset.savedUrl.replace("/0/", `/${pk}/`);
    refresh();
  });
  // Rich text fills its hidden inputs a moment after the page is there.
  window.setTimeout(refresh, 1500);
};

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startWording);
else startWording();
