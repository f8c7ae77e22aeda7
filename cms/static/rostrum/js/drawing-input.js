// Puts the text of a chosen SVG file into the form at once, so that the specimen beside it can show it.
// Without this script the file itself is sent when the form is saved.
(() => {
  document.addEventListener("change", async (event) => {
    const input = event.target;
    const box = input.closest?.("[data-drawing-input]");
    if (!box || input.type !== "file") return;
    const text = box.querySelector("textarea");
    const file = input.files[0];
    if (!file || file.size > 200 * 1024) return;
    text.value = await file.text();
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
