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

// The list is made here, since it is of no use without a script.
function makeList() {
  const list = document.createElement("dialog");
  list.className = "shortcuts";
  list.setAttribute("aria-labelledby", "shortcuts-title");
  list.innerHTML = `
    <h2 id="shortcuts-title">Keyboard shortcuts</h2>
    <dl class="definitions">
      <dt><kbd>1</kbd> – <kbd>9</kbd></dt><dd>choose an option</dd>
      <dt><kbd>Enter</kbd></dt><dd>Check, then Next</dd>
      <dt><kbd>?</kbd></dt><dd>this list</dd>
      <dt><kbd>Esc</kbd></dt><dd>close it; on a question, go to “Leave”</dd>
    </dl>
    <label class="check"><input type="checkbox"> <span>Use single keys as shortcuts</span></label>
    <form method="dialog" class="actions"><button class="button button--quiet">Close</button></form>`;
  const setting = list.querySelector("input");
  setting.checked = isOn();
  setting.addEventListener("change", () => remember(setting.checked));
  document.querySelector("main").append(list);
  return list;
}

function makeOpener() {
  const opener = document.createElement("button");
  opener.type = "button";
  opener.className = "button button--plain actions__end shortcuts-open";
  opener.innerHTML = "<kbd>?</kbd> <span>Shortcuts</span>";
  opener.addEventListener("click", () => dialog.showModal());
  return opener;
}

const dialog = makeList();
document.querySelector("[data-question] .actions")?.append(makeOpener());

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
  if (dialog.open) return;
  if (event.key === "Escape") document.querySelector("[data-leave]")?.focus();
  if (event.target.closest(TYPING)) return;
  if (event.key === "Enter") {
    if (!event.target.closest(ACTING) && !event.repeat && goOn()) event.preventDefault();
    return;
  }
  if (!isOn()) return;
  if (event.key === "?") {
    dialog.showModal();
    event.preventDefault();
  }
  if (/^[1-9]$/.test(event.key) && choose(Number(event.key))) event.preventDefault();
});
