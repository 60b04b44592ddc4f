// Makes the question editor quicker: fields follow the kind, rows are added in place, the preview follows the typing.
import { keepDraft } from "./draft.js";

const form = document.querySelector("[data-editor]");
const live = document.getElementById("live");
const WAIT = 300;

// Show the fields of the chosen kind; one right option is a radio button, several are checkboxes.
function followKind() {
  const kind = new FormData(form).get("kind");
  for (const part of form.querySelectorAll("[data-kinds]")) {
    part.hidden = !part.dataset.kinds.split(" ").includes(kind);
  }
  const many = kind === "multiple_choice";
  const marked = [...form.querySelectorAll("[name=right]:checked")];
  for (const mark of form.querySelectorAll("[name=right]")) mark.type = many ? "checkbox" : "radio";
  if (marked[0]) marked[0].checked = true;
  for (const hint of form.querySelectorAll("[data-one]")) hint.hidden = many;
  for (const hint of form.querySelectorAll("[data-many]")) hint.hidden = !many;
}

// Add an empty row like the last one, numbered on; the server keeps the limit.
function addRow(rows) {
  const all = rows.querySelectorAll("[data-row]");
  if (all.length >= Number(rows.dataset.most)) return null;
  const row = all[all.length - 1].cloneNode(true);
  const renumber = (text) => text.replace(/\d+/, (digits) => String(Number(digits) + 1));
  for (const node of row.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "placeholder"]) {
      if (node.hasAttribute(name) && node.name !== "right") node.setAttribute(name, renumber(node.getAttribute(name)));
    }
    if (node.name === "right") [node.value, node.checked] = [String(all.length), false];
    else if (node.matches("input")) node.value = "";
    if (node.matches(".spoken")) node.textContent = renumber(node.textContent);
    if (node.matches(".field__error")) node.remove();
  }
  all[all.length - 1].after(row);
  const button = rows.querySelector("[data-add-row]");
  button.hidden = all.length + 1 >= Number(rows.dataset.most);
  return row;
}

const firstText = (row) => row?.querySelector("input.control");

// Enter goes to the next row, a new one after the last; it never publishes by accident.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-next]") ?? form.querySelector("[value=publish]"));
    return;
  }
  if (!event.target.matches("input.control")) return;
  event.preventDefault();
  const row = event.target.closest("[data-row]");
  if (row) (firstText(row.nextElementSibling?.matches("[data-row]") ? row.nextElementSibling : addRow(row.parentElement)))?.focus();
});

// Several pasted lines fill several rows; a star before a line marks the right one.
form.addEventListener("paste", (event) => {
  const start = event.target.closest("[data-row]");
  const lines = event.clipboardData.getData("text").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  if (!start || !start.querySelector("[name=right]") || event.target !== firstText(start) || lines.length < 2) return;
  event.preventDefault();
  let row = start;
  for (const line of lines) {
    if (!row) break;
    firstText(row).value = line.replace(/^\*\s*/, "");
    if (line.startsWith("*")) row.querySelector("[name=right]").checked = true;
    row = row.nextElementSibling?.matches("[data-row]") ? row.nextElementSibling : addRow(row.parentElement);
  }
  start.dispatchEvent(new Event("input", { bubbles: true }));
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-row]");
  if (!button) return;
  event.preventDefault();
  firstText(addRow(button.closest("[data-rows]")))?.focus();
});

// Whoever describes a new source means it; whoever chooses one does not need the description.
const source = form.elements.source;
const described = form.querySelector("[data-new-source]");
described.addEventListener("input", () => { source.value = ""; });
source.addEventListener("change", () => {
  described.open = source.value === "";
  if (source.value) for (const field of described.querySelectorAll("input")) field.value = "";
});

let timer = 0;
let request = null;

function refreshSoon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, WAIT);
}

async function refresh() {
  request?.abort();
  request = new AbortController();
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form), signal: request.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of page.querySelectorAll("[data-part]")) {
      document.querySelector(`[data-part="${part.dataset.part}"]`).replaceWith(part);
    }
  } catch (error) {
    if (error.name !== "AbortError") live.textContent = "The preview could not be refreshed. What you typed is still here.";
  }
}

form.addEventListener("input", refreshSoon);
form.addEventListener("change", (event) => {
  if (event.target.name === "kind") followKind();
  refreshSoon();
});
for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;
followKind();
keepDraft(form, { addRow, followKind }, refreshSoon);
