/* Copies the text for the portal. Without JavaScript it is selected and copied by hand. */
(() => {
  const start = () => {
    const button = document.querySelector("[data-portal-copy]");
    const field = document.querySelector("[data-portal-text]");
    if (!button || !field) return;
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy");
      }
      button.textContent = button.dataset.done;
      window.setTimeout(() => {
        button.textContent = label;
      }, 3000);
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
