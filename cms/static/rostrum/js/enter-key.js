/* Enter in a field presses the first button of its form, as browsers do. Where that is "Approve", publishing would be a
   slip of the finger: there the key does nothing. */
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key !== "Enter" || !(field instanceof HTMLInputElement) || !field.form) return;
  const first = [...field.form.elements].find((element) => element.type === "submit");
  if (first !== field && first?.dataset.workflowActionName) event.preventDefault();
});
