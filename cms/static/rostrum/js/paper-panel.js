// The paper beside the text. Wagtail loads this page anew after each change; the pages of the last paper stand
// here at once, and the new ones are asked for when nothing has changed for a moment.
(() => {
  const PAUSE = 1200;
  const paper = document.querySelector("[data-paper-mode]");
  const pages = paper.querySelector("[data-paper-pages]");
  const status = paper.querySelector("[data-paper-status]");
  const here = new URL(window.location.href);
  const memory = `paper:${here.pathname}`;
  here.searchParams.set("mode", paper.dataset.paperMode);

  let anew = false;

  const remembered = () => {
    try {
      return sessionStorage.getItem(memory) || "";
    } catch {
      return "";
    }
  };

  const remember = (html) => {
    try {
      sessionStorage.setItem(memory, html);
    } catch {
      // Full or forbidden: the next paper starts empty.
    }
  };

  const say = (words, busy) => {
    status.textContent = words;
    paper.classList.toggle("is-updating", busy);
  };

  const show = (html, ok) => {
    const box = document.createElement("template");
    box.innerHTML = html;
    const found = box.content.firstElementChild;
    if (found.dataset.paperAgain) {
      say(found.dataset.paperSaid, true);
      anew ||= Boolean(found.dataset.paperAnew);
      window.setTimeout(fetchPages, Number(found.dataset.paperAgain) * 1000);
      return;
    }
    if (anew && ok) {
      window.location.reload(); // the page itself waited for its fonts
      return;
    }
    pages.querySelector(".paper__error")?.remove();
    if (ok) pages.replaceChildren(found);
    else pages.prepend(found);
    if (ok) remember(html);
    // The editor around this frame asks anew what is known of the paper.
    if (ok && window.parent !== window) window.parent.postMessage("rostrum:paper", window.location.origin);
    say(found.dataset.paperSaid, false);
  };

  const fetchPages = async () => {
    try {
      const answer = await fetch(here, { credentials: "same-origin" });
      const html = await answer.text();
      if (!html.includes("data-paper-said")) throw new Error("no paper");
      show(html, answer.ok);
    } catch {
      say(paper.dataset.failed, false);
    }
  };

  const before = remembered();
  if (before) pages.innerHTML = before;
  paper.classList.add("is-updating");
  window.setTimeout(fetchPages, before ? PAUSE : 0);
})();
