// Put the focus where the news is: the errors, or the verdict of an answer.

export function focusFirst() {
  const target = document.querySelector(".error-summary") ?? document.querySelector("#verdict");
  target?.focus();
  const verdict = document.querySelector("#verdict");
  const live = document.querySelector("#live");
  if (verdict && live) live.textContent = verdict.textContent.trim();
}
