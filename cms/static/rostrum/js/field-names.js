/* Wagtail leaves three things without a name that a screen reader could say: rich text, the only field of a block, and
   the dialogs in which things are chosen. Each is called by the label or heading that stands above it. */
(() => {
  const FIELDS = [
    ".public-DraftEditor-content",
    ...["input:not([type=hidden])", "textarea", "select"].map((field) => `[data-field-input] ${field}`),
  ].join(",");

  const hasName = (field) =>
    field.hasAttribute("aria-label") || field.hasAttribute("aria-labelledby") || Boolean(field.labels?.length);

  const words = (element) => (element?.textContent || "").replace("*", "").trim();

  const nameOf = (field) => {
    const before = field.closest(".w-field__wrapper")?.previousElementSibling;
    const block = field.closest("[data-streamfield-child]");
    return (
      (before?.matches("label") && words(before)) ||
      (!block && words(field.closest(".w-panel__wrapper")?.querySelector(":scope > label"))) ||
      words(block?.querySelector(".c-sf-block__type")) ||
      words(field.closest(".w-panel")?.querySelector("[data-panel-heading-text]"))
    );
  };

  /* What a dialog shows changes from step to step. */
  const nameDialog = (dialog) => {
    const name = words(dialog.querySelector("h1, h2")).replace(/\s+/g, " ");
    if (name && dialog.getAttribute("aria-label") !== name) dialog.setAttribute("aria-label", name);
  };

  const start = () => {
    const form = document.querySelector("[data-edit-form]");
    if (!form) return;
    let waiting = false;
    const named = new WeakSet();
    const nameAll = () => {
      waiting = false;
      form.querySelectorAll(FIELDS).forEach((field) => {
        if (named.has(field)) return;
        const name = hasName(field) ? "" : nameOf(field);
        if (name) field.setAttribute("aria-label", name);
        // Asking for its labels is dear, and a form has hundreds of fields.
        if (name || hasName(field)) named.add(field);
      });
      document.querySelectorAll('.modal[role="dialog"]').forEach(nameDialog);
    };
    const soon = () => {
      if (waiting) return;
      waiting = true;
      // An editor that opens changes the page hundreds of times within a second.
      window.setTimeout(nameAll, 50);
    };
    new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
    soon();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
