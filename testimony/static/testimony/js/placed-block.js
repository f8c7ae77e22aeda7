/* A talking point or statistic in the text: whether it follows the library, is pinned or adapted, and what the
   library says today. Without this script the choice works all the same: saving makes the pin. */
(() => {
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;
  const strings = () => JSON.parse(document.getElementById("reference-strings").textContent);

  class PlacedItem {
    constructor(block, prefix, standing) {
      this.block = block;
      this.element = block.container[0];
      this.element.classList.add("placed-block");
      this.chooser = this.child("point") || this.child("statistic");
      this.kind = this.child("point") ? "talking_point" : "statistic";
      this.item = this.chooser.querySelector("input[type=hidden]");
      this.pin = this.child("pin").querySelector("input");
      this.radios = [...this.child("mode").querySelectorAll("input[type=radio]")];
      this.adapted = this.child("adapted");
      this.asked = 0;
      this.buildStatus(prefix);
      this.say(standing);
      this.showFields();
      this.known = this.item.value;
      this.radios.forEach((radio) => radio.addEventListener("change", () => this.ask()));
      // The chooser says "change" even while it is being filled in.
      this.item.addEventListener("change", () => window.setTimeout(() => this.itemChanged()));
    }

    child(name) {
      return this.element.querySelector(`:scope > [data-contentpath="${name}"]`);
    }

    get mode() {
      return this.radios.find((radio) => radio.checked)?.value || "follow";
    }

    buildStatus(prefix) {
      const { labels } = strings();
      this.status = document.createElement("div");
      this.status.className = "placed-block__status";
      this.words = document.createElement("p");
      this.words.id = `${prefix}-standing`;
      this.words.setAttribute("role", "status");
      this.difference = document.createElement("a");
      this.difference.textContent = labels.difference;
      this.difference.target = "_blank";
      this.renew = document.createElement("button");
      this.renew.type = "button";
      this.renew.className = "button button-small button-secondary";
      this.renew.addEventListener("click", () => this.ask({ renewing: true }));
      this.status.append(this.words, this.difference, this.renew);
      this.child("mode").append(this.status);
      // What will be printed, so that nobody has to open the preview for it.
      this.says = document.createElement("p");
      this.says.className = "placed-block__says";
      this.says.dir = "auto";
      this.chooser.append(this.says);
    }

    say(standing) {
      const { words = "", changed = false, url = "", says = "" } = standing || {};
      const { labels } = strings();
      this.words.textContent = words;
      this.status.hidden = !words;
      this.says.textContent = says;
      this.says.hidden = !says;
      this.status.classList.toggle("placed-block__status--changed", Boolean(changed));
      this.difference.hidden = !url;
      if (url) this.difference.href = url;
      this.renew.hidden = !url;
      this.renew.textContent = this.mode === "adapted" ? labels.seen : labels.pin;
      this.element.classList.toggle("placed-block--held", this.mode !== "follow");
    }

    showFields() {
      this.child("pin").hidden = true;
      if (this.adapted) this.adapted.hidden = this.mode !== "adapted";
    }

    itemChanged() {
      if (this.item.value === this.known) return;
      this.known = this.item.value;
      this.ask();
    }

    async ask({ renewing = false } = {}) {
      const mode = this.mode;
      this.pin.value = "";
      this.showFields();
      this.asked += 1;
      const { asked } = this;
      if (!this.item.value) {
        this.say(null);
        return;
      }
      const answer = await window.rostrum.hold(this.kind, this.item.value, mode);
      if (asked !== this.asked) return; // a later choice has overtaken this answer
      if (answer.error) {
        this.say({ words: answer.error, changed: true });
        return;
      }
      this.pin.value = answer.pin ?? "";
      this.say(answer.standing);
      if (answer.text && !renewing) this.startFrom(answer.text);
    }

    /* The adapted wording begins as the library's; what somebody has written is left alone. */
    startFrom(raw) {
      const { widget } = this.block.childBlocks.adapted;
      const state = widget.getState();
      if (state.getCurrentContent().hasText()) return;
      const { EditorState, convertFromRaw } = window.DraftJS;
      widget.setState(EditorState.push(state, convertFromRaw(raw), "insert-fragment"));
    }
  }

  class PlacedBlockDefinition extends StructBlockDefinition {
    render(placeholder, prefix, initialState, initialError, ...rest) {
      const { standing = null, ...state } = initialState || {};
      const block = super.render(placeholder, prefix, state, initialError, ...rest);
      block.placed = new PlacedItem(block, prefix, standing);
      return block;
    }
  }

  window.telepath.register("testimony.PlacedBlock", PlacedBlockDefinition);
})();
