// Put the focus where the news is, the errors or the verdict, where the browser does not know autofocus on them.

export function focusFirst() {
  const verdict = document.querySelector("#verdict");
  const target = document.querySelector(".error-summary") ?? verdict;
  requestAnimationFrame(() => {
    setTimeout(() => {
      if (target && document.activeElement === document.body) target.focus();
    }, 50);
  });
  const live = document.querySelector("#live");
  if (verdict && live) live.textContent = verdict.textContent.trim();
}
