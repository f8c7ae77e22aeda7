/* What the server found while it measured the editor: the times of the shorter versions, and what is still missing. */
(() => {
  const PREVIEW = '[data-side-panel-toggle="preview"]';
  const CHECKS = '[data-side-panel-toggle="checks"]';

  const openPanel = (toggle) => {
    const button = document.querySelector(toggle);
    if (button && button.getAttribute("aria-expanded") !== "true") button.click();
  };

  const preview = (name) => {
    openPanel(PREVIEW);
    const modes = document.querySelector('[data-w-preview-target="mode"]');
    if (!modes) return;
    modes.value = name;
    modes.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const buttonOf = (name) => document.querySelector(`[data-version="${CSS.escape(name)}"]`);

  /* A hearing may have a limit of its own; it has a button as long as the hearing is chosen. */
  const buildOwn = ({ name, label, title }) => {
    const usual = document.querySelector("[data-version]");
    const own = usual.cloneNode(true);
    own.dataset.version = name;
    own.dataset.versionOwn = "";
    own.firstChild.textContent = label;
    const after = [...usual.parentElement.children].find((it) => Number(it.dataset.version) < Number(name));
    usual.parentElement.insertBefore(own, after);
    const modes = document.querySelector('[data-w-preview-target="mode"]');
    if (modes && ![...modes.options].some((it) => it.value === name)) modes.add(new Option(title, name));
    return own;
  };

  const showVersions = (versions) => {
    const names = versions.map((version) => version.name);
    document.querySelectorAll("[data-version-own]").forEach((own) => {
      if (!names.includes(own.dataset.version)) own.remove();
    });
    versions.forEach((version) => {
      const button = buttonOf(version.name) || (version.label && buildOwn(version));
      if (!button) return;
      button.querySelector("[data-version-time]").textContent = version.time && `(${version.time})`;
      button.title = version.facts;
      button.classList.toggle("speaking-meter__version--over", version.over);
    });
  };

  /* A collapsed panel or block around the field is opened first. */
  const jump = (field) => {
    const key = CSS.escape(field);
    const target = document.querySelector(`[data-contentpath="${key}"]`) || document.getElementById(`id_${field}`);
    if (!target) return;
    for (let panel = target.closest(".w-panel"); panel; panel = panel.parentElement?.closest(".w-panel")) {
      const toggle = panel.querySelector(":scope > .w-panel__header [data-panel-toggle]");
      if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
    }
    target.scrollIntoView({ block: "center" });
    const fields = 'input:not([type="hidden"]), textarea, select:not([data-cut]), [contenteditable="true"]';
    const shown = (selector) => [...target.querySelectorAll(selector)].find((it) => it.offsetParent);
    (shown(fields) || shown("button") || target).focus({ preventScroll: true });
  };

  const item = (result) => {
    const row = document.createElement("li");
    row.dataset.state = result.state;
    const name = document.createElement("p");
    name.className = "checks-list__name";
    const state = document.createElement("span");
    state.className = "checks-list__state";
    state.textContent = ` ${result.state_label}`;
    name.append(result.label, state);
    row.append(name);
    if (result.words) {
      const words = document.createElement("p");
      if (result.field) {
        const link = document.createElement("button");
        link.type = "button";
        link.textContent = result.words;
        link.addEventListener("click", () => jump(result.field));
        words.append(link);
      } else {
        words.textContent = result.words; // settled in no field
      }
      row.append(words);
    }
    if (result.url) {
      const place = document.createElement("p");
      const page = document.createElement("a");
      page.href = result.url;
      page.textContent = result.link;
      place.append(page);
      row.append(place);
    }
    return row;
  };

  const showChecks = (readiness) => {
    const list = document.querySelector("[data-readiness-list]");
    if (list) list.replaceChildren(...readiness.results.map(item));
    document.querySelectorAll("[data-readiness-label]").forEach((label) => {
      if (label.textContent !== readiness.label) label.textContent = readiness.label;
    });
  };

  document.addEventListener("rostrum:measured", ({ detail }) => {
    if (detail.versions) showVersions(detail.versions);
    if (detail.readiness) showChecks(detail.readiness);
  });
  document.addEventListener("click", ({ target }) => {
    const version = target.closest("[data-version]");
    if (version) preview(version.dataset.version);
    if (target.closest("[data-readiness-open]")) openPanel(CHECKS);
  });
})();
