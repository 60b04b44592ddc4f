// Keeps what is typed in the editor in this tab, so that a reload, a lost connection or an ended login takes nothing.
// Publishing, discarding and signing out forget it.

const KEY = "dateline.draft";
const ROW = /^(options|pairs)-\d+-/;

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function keep(draft) {
  try {
    if (draft) sessionStorage.setItem(KEY, JSON.stringify(draft));
    else sessionStorage.removeItem(KEY);
    return true;
  } catch {
    return false; // A browser that keeps nothing still publishes.
  }
}

const clock = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

function fill(form, fields, { addRow, followKind }) {
  const names = new Set(fields.map(([name]) => name));
  const values = (wanted) => fields.filter(([name]) => name === wanted).map(([, value]) => value);
  for (const kind of form.querySelectorAll("[name=kind]")) kind.checked = values("kind").includes(kind.value);
  followKind();
  for (const name of names) {
    const table = ROW.exec(name)?.[1];
    while (table && !form.elements[name] && addRow(document.getElementById(table)));
  }
  for (const control of form.elements) {
    const isMark = control.type === "radio" || control.type === "checkbox";
    if (isMark) control.checked = values(control.name).includes(control.value);
    else if (names.has(control.name) && control.type !== "submit") control.value = values(control.name)[0];
  }
  for (const fold of form.querySelectorAll("details")) {
    fold.open = [...fold.querySelectorAll(".control")].some((control) => control.value);
  }
}

function offer(form, draft, takeUp) {
  const notice = document.createElement("div");
  notice.className = "notice";
  const text = document.createElement("p");
  text.textContent = `What you typed at ${clock(draft.at)} was not published. It is kept in this tab.`;
  const choices = document.createElement("div");
  choices.className = "row";
  const choice = (label, tone, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `button button--${tone} button--small`;
    button.textContent = label;
    button.addEventListener("click", () => {
      notice.remove();
      act();
      form.querySelector("textarea:not([hidden] *)").focus();
    });
    choices.append(button);
  };
  choice("Take it up again", "quiet", takeUp);
  choice("Discard it", "plain", () => keep(null));
  notice.append(text, choices);
  form.parentElement.before(notice);
}

// `rows` adds rows and follows the kind, as the editor does it; `changed` is told when the form was filled.
export function keepDraft(form, rows, changed) {
  if (document.querySelector(".notice--right")) keep(null);
  const said = document.querySelector("[data-draft]");
  const draft = kept();
  const isFresh = !document.querySelector("[role=alert]");
  if (draft?.path === location.pathname && isFresh) {
    offer(form, draft, () => {
      fill(form, draft.fields, rows);
      changed();
    });
  }
  form.addEventListener("input", () => {
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrf_token");
    const at = Date.now();
    if (!keep({ path: location.pathname, at, fields })) return;
    said.textContent = `Draft kept in this tab at ${clock(at)}.`;
    said.hidden = false;
  });
}
