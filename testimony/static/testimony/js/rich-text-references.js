/* Statistics, sources and footnotes in the rich-text editor: how they are chosen, shown and taken out. */
(() => {
  const { React, ReactDOM, DraftJS, draftail } = window;
  if (!draftail || draftail.referencesRegistered) return;
  draftail.referencesRegistered = true;
  const h = React.createElement;
  const { EditorState, Modifier } = DraftJS;
  let known = null;

  /* Wagtail puts the strings into the page after this script: they are read when they are first needed. */
  const strings = () => {
    known = known || JSON.parse(document.getElementById("reference-strings").textContent);
    return known;
  };

  /* Opens a dialog and puts the chosen reference where the caret is. */
  class ReferenceSource extends draftail.ModalWorkflowSource {
    getChooserConfig(entity) {
      return {
        url: this.props.entityType.chooserUrls.reference,
        urlParams: this.urlParams(entity),
        onload: this.onload(),
        responses: { chosen: this.onChosen },
      };
    }

    urlParams() {
      return {};
    }

    onload() {
      return new window.ChooserModalOnloadHandlerFactory().getOnLoadHandlers();
    }

    onChosen(result) {
      const { editorState, entity, entityType, onComplete } = this.props;
      const data = this.filterEntityData(result);
      let selection = editorState.getSelection();
      // A footnote follows the words that are marked; only a figure takes their place.
      if (!entity && !selection.isCollapsed() && entityType.type !== "STATISTIC") {
        selection = selection.merge({
          anchorKey: selection.getEndKey(),
          anchorOffset: selection.getEndOffset(),
          focusKey: selection.getEndKey(),
          focusOffset: selection.getEndOffset(),
          isBackward: false,
        });
      }
      const content = editorState.getCurrentContent().createEntity(entityType.type, "IMMUTABLE", data);
      const key = content.getLastCreatedEntityKey();
      const changed = Modifier.replaceText(content, selection, data.label, null, key);
      // The closed dialog gives the focus to what opened it, which is gone: the editor takes it back.
      this.workflow.container.one("hidden.bs.modal", () => onComplete());
      this.workflow.close();
      onComplete(EditorState.push(editorState, changed, "insert-characters"));
    }
  }

  class LibrarySource extends ReferenceSource {
    filterEntityData({ id, label, title, url, pin, standing, changed, difference }) {
      return { id: String(id), label, title, url, pin, standing, changed, difference };
    }
  }

  class NoteSource extends ReferenceSource {
    urlParams(entity) {
      return entity ? { text: entity.getData().text } : {};
    }

    onload() {
      return {
        note: (modal) => {
          const form = modal.body.find("form[data-note-form]");
          modal.ajaxifyForm(form);
          modal.container.one("shown.bs.modal", () => form.find("textarea").trigger("focus"));
        },
        chosen: (modal, answer) => modal.respond("chosen", answer.result),
      };
    }

    filterEntityData(result) {
      return { text: result.text, label: strings().labels.note };
    }
  }

  const drawing = (icon) =>
    h(
      "svg",
      { className: `icon icon-${icon}`, "aria-hidden": "true", contentEditable: false },
      h("use", { href: `#icon-${icon}` }),
    );

  /* Said to screen readers: the pill that was switched is a new one, and has no focus. */
  const announce = (words) => {
    let region = document.getElementById("reference-news");
    if (!region) {
      region = document.createElement("p");
      region.id = "reference-news";
      region.className = "w-sr-only";
      region.setAttribute("role", "status");
      document.body.append(region);
    }
    region.textContent = words;
  };

  /* What can be done with a reference, in a small box under it. */
  class Actions extends React.Component {
    constructor(props) {
      super(props);
      this.box = React.createRef();
      this.onOutside = (event) => {
        if (!this.box.current?.contains(event.target)) this.props.onClose(false);
      };
      this.onKey = (event) => {
        event.stopPropagation();
        if (event.key === "Escape") this.props.onClose(true);
      };
    }

    componentDidMount() {
      document.addEventListener("mousedown", this.onOutside);
      this.box.current.querySelector("button").focus();
    }

    componentWillUnmount() {
      document.removeEventListener("mousedown", this.onOutside);
    }

    render() {
      const { labels } = strings();
      const { data, title, place, canEdit, error, onEdit, onHold, onRemove } = this.props;
      const { url, standing, difference } = data;
      const button = (label, extra, act) =>
        h("button", { type: "button", className: `button button-small ${extra}`, onClick: act }, label);
      // What is missing cannot be pinned; what is pinned and missing can follow again.
      const canHold = url || data.pin;
      return h(
        "div",
        {
          ref: this.box,
          className: "reference-actions",
          role: "dialog",
          "aria-label": title,
          style: { top: place.top, insetInlineStart: place.start },
          onKeyDown: this.onKey,
        },
        h("p", { className: standing ? "reference-actions__title" : "" }, title),
        standing && standing !== title && h("p", { className: "reference-actions__standing" }, standing),
        error && h("p", { role: "alert" }, error),
        h(
          "div",
          { className: "reference-actions__buttons" },
          button(canEdit ? labels.edit : labels.replace, "", onEdit),
          !canEdit && canHold && button(data.pin ? labels.follow : labels.pin, "button-secondary", onHold),
          button(labels.remove, "button-secondary no", onRemove),
          difference && h("a", { href: difference, target: "_blank", rel: "noreferrer" }, labels.difference),
          url && h("a", { href: url, target: "_blank", rel: "noreferrer" }, labels.open),
        ),
      );
    }
  }

  /* The reference in the text. */
  class Reference extends React.Component {
    constructor(props) {
      super(props);
      this.pill = React.createRef();
      this.state = { place: null, error: null };
      this.open = this.open.bind(this);
      this.close = this.close.bind(this);
      this.edit = this.edit.bind(this);
      this.remove = this.remove.bind(this);
      this.hold = this.hold.bind(this);
    }

    open(event) {
      event.preventDefault();
      event.stopPropagation();
      const selection = window.getSelection();
      this.caret = selection.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
      const frame = this.pill.current.closest("[data-draftail-editor-wrapper]").getBoundingClientRect();
      const pill = this.pill.current.getBoundingClientRect();
      const rtl = getComputedStyle(this.pill.current).direction === "rtl";
      const start = rtl ? frame.right - pill.right : pill.left - frame.left;
      this.setState({ error: null, place: { top: pill.bottom - frame.top + 4, start: Math.max(0, start) } });
    }

    close(giveFocusBack) {
      this.setState({ place: null });
      if (!giveFocusBack || !this.pill.current) return;
      this.pill.current.closest("[contenteditable=true]").focus();
      if (!this.caret) return;
      const selection = window.getSelection();
      selection.removeAllRanges();
      selection.addRange(this.caret);
    }

    edit() {
      this.close(false);
      this.props.onEdit(this.props.entityKey);
    }

    /* Switches between following and pinned: the entity is replaced by one that says so. */
    async hold() {
      const { entityKey, contentState, getEditorState, setEditorState } = this.props;
      const entity = contentState.getEntity(entityKey);
      const { id, pin } = entity.getData();
      const kind = entity.getType();
      const answer = await window.rostrum.hold(kind.toLowerCase(), id, pin ? "follow" : "pinned");
      if (answer.error) {
        this.setState({ error: answer.error });
        return;
      }
      const state = getEditorState();
      const range = draftail.DraftUtils.getEntitySelection(state, entityKey);
      const content = state.getCurrentContent().createEntity(kind, "IMMUTABLE", answer.entity);
      const key = content.getLastCreatedEntityKey();
      const changed = Modifier.replaceText(content, range, answer.entity.label, null, key);
      announce(answer.entity.standing);
      this.close(false);
      const held = EditorState.push(state, changed, "apply-entity");
      setEditorState(EditorState.forceSelection(held, changed.getSelectionAfter()));
    }

    remove() {
      // The editor's own "remove" would leave the label behind as text.
      const { entityKey, getEditorState, setEditorState } = this.props;
      const state = getEditorState();
      const range = draftail.DraftUtils.getEntitySelection(state, entityKey);
      const content = Modifier.removeRange(state.getCurrentContent(), range, "forward");
      this.close(false);
      const removed = EditorState.push(state, content, "remove-range");
      setEditorState(EditorState.forceSelection(removed, content.getSelectionAfter()));
    }

    render() {
      const { entityKey, contentState, children } = this.props;
      const entity = contentState.getEntity(entityKey);
      const data = entity.getData();
      const kind = entity.getType();
      const { labels, types } = strings();
      const { icon, description } = types[kind];
      const title = kind === "NOTE" ? data.text : data.title || "";
      const missing = kind !== "NOTE" && data.label === labels.missing;
      const marks = [
        `reference-pill--${kind}`,
        missing && "reference-pill--missing",
        data.pin && "reference-pill--pinned",
        data.changed && "reference-pill--changed",
      ].filter(Boolean);
      const said = [title, data.standing !== title && data.standing].filter(Boolean).join(". ");
      return h(
        "span",
        {
          ref: this.pill,
          className: `reference-pill ${marks.join(" ")}`,
          role: "button",
          tabIndex: -1,
          title: said,
          "aria-haspopup": "dialog",
          "aria-label": `${description}: ${said}. ${labels.keys}`,
          onMouseUp: this.open,
          // Draft.js answers a focus event by putting the caret back, which takes the focus away again.
          onFocus: (event) => event.stopPropagation(),
          onBlur: (event) => event.stopPropagation(),
        },
        drawing(icon),
        children,
        data.pin && drawing("thumbtack"),
        this.state.place &&
          ReactDOM.createPortal(
            h(Actions, {
              data,
              title,
              place: this.state.place,
              error: this.state.error,
              canEdit: kind === "NOTE",
              onHold: this.hold,
              onClose: this.close,
              onEdit: this.edit,
              onRemove: this.remove,
            }),
            this.pill.current.closest("[data-draftail-editor-wrapper]"),
          ),
      );
    }
  }

  /* The reference that the caret stands in or beside. */
  const pillAtCaret = () => {
    const { anchorNode, anchorOffset } = window.getSelection();
    const element = anchorNode instanceof Element ? anchorNode : anchorNode?.parentElement;
    if (!element?.closest(".public-DraftEditor-content")) return null;
    const within = element.closest(".reference-pill");
    if (within) return within;
    const leaf = element.closest("[data-offset-key]");
    const atEnd = anchorOffset === (anchorNode.textContent || "").length;
    const beside = [anchorOffset === 0 && leaf?.previousElementSibling, atEnd && leaf?.nextElementSibling];
    return beside.find((node) => node && node.matches(".reference-pill")) || null;
  };

  /* Tab belongs to the editor, so the keyboard's way to a reference is a key at its place in the text. */
  document.addEventListener(
    "keydown",
    (event) => {
      const pill = event.altKey && event.key === "Enter" ? pillAtCaret() : null;
      if (!pill) return;
      event.preventDefault();
      event.stopPropagation();
      pill.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
    },
    true,
  );

  [
    ["STATISTIC", LibrarySource],
    ["SOURCE", LibrarySource],
    ["NOTE", NoteSource],
  ].forEach(([type, source]) => {
    draftail.registerPlugin({ type, source, decorator: Reference }, "entityTypes");
  });
})();
