// Keys: 1-9 choose, Enter checks or goes on, ? lists the keys, Escape goes to Leave. The list has the switch that turns
// single characters off.

const SETTING = "dateline.shortcuts";
const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const ACTING = "a, button, summary, dialog *";

function isOn() {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true;
  }
}

function remember(on) {
  try {
    localStorage.setItem(SETTING, on ? "on" : "off");
  } catch {
    // A browser that keeps nothing keeps the shortcuts on.
  }
}

function choose(number) {
  const input = document.querySelectorAll(".choice__input")[number - 1];
  if (!input) return false;
  input.focus();
  input.click();
  return true;
}

function goOn() {
  const button = document.querySelector("[data-check]") ?? document.querySelector("[data-next]");
  button?.click();
  return Boolean(button);
}

export function listenForKeys() {
  const dialog = document.querySelector("[data-shortcuts]");
  const opener = document.querySelector("[data-shortcuts-open]");
  const setting = dialog?.querySelector("[data-shortcuts-switch]");
  if (opener) {
    opener.hidden = false;
    opener.addEventListener("click", () => dialog.showModal());
  }
  if (setting) {
    setting.checked = isOn();
    setting.addEventListener("change", () => remember(setting.checked));
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
    if (dialog?.open) return;
    if (event.key === "Escape") document.querySelector("[data-leave]")?.focus();
    if (event.target.closest(TYPING)) return;
    if (event.key === "Enter") {
      if (!event.target.closest(ACTING) && !event.repeat && goOn()) event.preventDefault();
      return;
    }
    if (!isOn()) return;
    if (event.key === "?" && dialog) {
      dialog.showModal();
      event.preventDefault();
    }
    if (/^[1-9]$/.test(event.key) && choose(Number(event.key))) event.preventDefault();
  });
}
