// A click on a shape chooses its radio button; the chosen shape is drawn out and named.

export function joinMap(question) {
  const spots = [...question.querySelectorAll("[data-spot]")];
  const inputs = [...question.querySelectorAll('input[name="choice"]')];
  const names = [...question.querySelectorAll("[data-name]")];

  function show() {
    const chosen = inputs.find((input) => input.checked)?.value;
    for (const spot of spots) spot.classList.toggle("map__spot--chosen", spot.dataset.spot === chosen);
    for (const name of names) name.classList.toggle("map__name--shown", name.dataset.name === chosen);
  }

  for (const spot of spots) {
    spot.addEventListener("click", () => {
      const input = inputs.find((one) => one.value === spot.dataset.spot);
      if (!input) return;
      input.checked = true;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      document.querySelector("#live").textContent = `${spot.textContent.trim()} chosen`;
    });
  }
  question.addEventListener("change", show);
  question.classList.add("map-question--live");
  show();
}
