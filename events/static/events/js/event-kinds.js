/* Shows each kind of event the fields that matter for it. Without this script all are there. */
(function () {
  "use strict";

  function apply(select) {
    const kind = select.value;
    document.querySelectorAll("[data-kinds]").forEach((panel) => {
      panel.hidden = !panel.dataset.kinds.split(" ").includes(kind);
    });
    document.querySelectorAll("[data-label-comment_period]").forEach((wrapper) => {
      const label = wrapper.querySelector("label");
      if (!label) return;
      label.dataset.usual = label.dataset.usual || label.textContent.trim();
      label.textContent =
        kind === "comment_period" ? wrapper.getAttribute("data-label-comment_period") : label.dataset.usual;
    });
  }

  function start() {
    const select = document.querySelector("select#id_kind");
    if (!select || !document.querySelector("[data-kinds]")) return;
    select.addEventListener("change", () => apply(select));
    apply(select);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
