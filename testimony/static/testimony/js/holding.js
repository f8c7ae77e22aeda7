/* Asks the server to hold an item of the library in a mode: follow, pinned or adapted. Shared by the rich-text editor
   and by the blocks. Answers with what the view says, or with `error` in words. */
(() => {
  const hold = async (kind, id, mode) => {
    const { hold: url, labels } = JSON.parse(document.getElementById("reference-strings").textContent);
    const { CSRF_TOKEN, CSRF_HEADER_NAME } = window.wagtailConfig;
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { [CSRF_HEADER_NAME]: CSRF_TOKEN },
        body: new URLSearchParams({ kind, id, mode }),
      });
      const answer = await response.json();
      return response.ok ? answer : { error: answer.error || labels.failed };
    } catch {
      return { error: labels.failed };
    }
  };

  window.rostrum = { ...window.rostrum, hold };
})();
