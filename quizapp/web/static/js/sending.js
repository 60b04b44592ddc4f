// Sends a form once: its button says that it is on its way, and another press changes nothing until the page is back.
const sent = new Map();

// Whoever signs out leaves nothing behind in the tab.
function forget() {
  try {
    sessionStorage.clear();
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.submitter?.matches("[data-forget]")) forget();
  if (!form.querySelector("[data-busy]")) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  const button = event.submitter ?? form.querySelector("[data-busy]");
  sent.set(form, { button, label: button.textContent });
  if (!button.dataset.busy) return;
  button.setAttribute("aria-busy", "true");
  button.textContent = button.dataset.busy;
});

window.addEventListener("pageshow", () => {
  for (const { button, label } of sent.values()) {
    button.removeAttribute("aria-busy");
    button.textContent = label;
  }
  sent.clear();
});
