/* Two small choices beneath the header of each block of testimony: what it is worth when time is short, and whether it
   is said or only printed. They are kept in one hidden field, by the id of the block. */
(() => {
  const TYPE = /^body-\d+-type$/;

  class Cuts {
    constructor(field, setup) {
      this.field = field;
      this.setup = setup;
      this.marks = this.read();
      this.copied = null;
      this.waiting = false;
    }

    read() {
      try {
        return JSON.parse(this.field.value || "{}") || {};
      } catch {
        return {};
      }
    }

    start() {
      const stream = this.field.form?.querySelector('[name="body-count"]')?.parentElement;
      if (!stream) return;
      this.stream = stream;
      stream.addEventListener("click", (event) => this.remember(event), true);
      new MutationObserver(() => this.soon()).observe(stream, { childList: true, subtree: true });
      this.refresh();
    }

    soon() {
      if (this.waiting) return;
      this.waiting = true;
      // An editor that opens changes the page hundreds of times within a second.
      window.setTimeout(() => {
        this.waiting = false;
        this.refresh();
      }, 50);
    }

    /* A copied block takes its choices along. */
    remember(event) {
      const button = event.target.closest('[data-streamfield-action="DUPLICATE"]');
      const child = button?.closest("[data-streamfield-child]");
      if (child && this.typeOf(child)) this.copied = this.marks[this.idOf(child)] || null;
    }

    typeOf(child) {
      return [...child.children].find((it) => TYPE.test(it.name || ""))?.value || "";
    }

    idOf(child) {
      return child.dataset.contentpath || "";
    }

    isDeleted(child) {
      return [...child.children].some((it) => /-deleted$/.test(it.name || "") && it.value === "1");
    }

    refresh() {
      const children = [...this.stream.querySelectorAll("[data-streamfield-child]")].filter(
        (child) => this.typeOf(child) && this.idOf(child),
      );
      const opening = children.find(
        (child) => this.typeOf(child) === "paragraph" && !this.isDeleted(child),
      );
      children.forEach((child) => {
        if (!child.cutRow && !this.setup.headings.includes(this.typeOf(child))) this.build(child);
      });
      children.forEach((child) => child.cutRow && this.show(child, child === opening));
    }

    build(child) {
      const header = child.querySelector(".w-panel__header");
      if (!header) return;
      if (this.copied && !this.marks[this.idOf(child)]) {
        this.marks[this.idOf(child)] = { ...this.copied };
        this.copied = null;
        this.write();
      }
      const row = document.createElement("div");
      row.className = "cut-row";
      row.note = document.createElement("p");
      row.rank = this.select(child, "rank", this.setup.ranks);
      row.use = this.select(child, "use", this.setup.uses);
      row.append(row.note, row.rank.label, row.use.label);
      header.after(row);
      child.cutRow = row;
    }

    select(child, name, choices) {
      const label = document.createElement("label");
      const select = document.createElement("select");
      select.dataset.cut = name;
      choices.forEach(([value, text]) => select.add(new Option(text, value)));
      label.append(`${this.setup.labels[name]} `, select);
      select.addEventListener("change", () => this.choose(child, name, select.value));
      return { label, select };
    }

    defaultOf(type, name) {
      if (name === "rank") return this.setup.alwaysSaid.includes(type) ? "keep" : "trim";
      return this.setup.shownOnly.includes(type) ? "written" : "both";
    }

    markOf(child, name) {
      return this.marks[this.idOf(child)]?.[name] || this.defaultOf(this.typeOf(child), name);
    }

    choose(child, name, value) {
      const id = this.idOf(child);
      const mark = { ...this.marks[id], [name]: value };
      if (value === this.defaultOf(this.typeOf(child), name)) delete mark[name];
      this.marks[id] = mark;
      if (!Object.keys(mark).length) delete this.marks[id];
      this.write();
      this.refresh();
    }

    write() {
      this.field.value = JSON.stringify(this.marks);
      // The editor saves and previews on these.
      ["input", "change"].forEach((name) => {
        this.field.dispatchEvent(new Event(name, { bubbles: true }));
      });
    }

    show(child, isOpening) {
      const { note, rank, use } = child.cutRow;
      const type = this.typeOf(child);
      const isAsk = this.setup.alwaysSaid.includes(type);
      const { opening, ask } = this.setup.labels;
      const words = (isOpening && opening) || (isAsk && ask) || "";
      // Written anew it would be a change to this page, which is followed by another look at it, for ever.
      if (note.textContent !== words) note.textContent = words;
      note.hidden = !words;
      rank.label.hidden = isOpening || isAsk || this.setup.shownOnly.includes(type);
      use.label.hidden = isOpening;
      ["rank", "use"].forEach((name) => {
        const value = this.markOf(child, name);
        child.cutRow[name].select.value = value;
        child.cutRow.dataset[name] = isOpening ? "" : value;
      });
    }
  }

  const start = () => {
    const holder = document.querySelector("[data-cuts]");
    const field = holder?.querySelector('input[name="cuts"]');
    const setup = document.getElementById("cuts-setup");
    if (field && setup) new Cuts(field, JSON.parse(setup.textContent)).start();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
