// Put the focus where the news is, the errors or the verdict, where the browser does not know autofocus on them.

const verdict = document.querySelector("#verdict");
const target = document.querySelector(".error-summary") ?? verdict;
const live = document.querySelector("#live");

requestAnimationFrame(() => {
  setTimeout(() => {
    if (target && document.activeElement === document.body) target.focus();
  }, 50);
});
if (verdict && live) live.textContent = verdict.lastElementChild.textContent;
