// Say that an answer is on its way, and send it once.

export function showBusy(form) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isSent) {
      event.preventDefault();
      return;
    }
    isSent = true;
    const button = event.submitter ?? form.querySelector("[data-check]");
    if (!button?.hasAttribute("data-check")) return;
    button.dataset.label = button.textContent;
    button.textContent = "Checking…";
    button.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    isSent = false;
    const button = form.querySelector("[data-check]");
    if (!button?.dataset.label) return;
    button.textContent = button.dataset.label;
    button.removeAttribute("aria-busy");
  });
}
