// A click on a shape chooses its radio button; the chosen shape is drawn out and named.

const SVG = "http://www.w3.org/2000/svg";

function joinMap(question) {
  const map = question.querySelector("[data-map]");
  const spots = [...question.querySelectorAll("[data-spot]")];
  const inputs = [...question.querySelectorAll('input[name="choice"]')];
  const textOf = (input) => input.closest("label").textContent.trim();
  const name = document.createElementNS(SVG, "text");
  name.setAttribute("class", "map__name");

  function show() {
    const chosen = inputs.find((input) => input.checked);
    for (const spot of spots) spot.classList.toggle("map__spot--chosen", spot.dataset.spot === chosen?.value);
    const spot = spots.find((one) => one.dataset.spot === chosen?.value);
    if (!spot) return;
    const [x, y, anchor = "middle"] = spot.dataset.at.split(" ");
    for (const [key, value] of Object.entries({ x, y, "text-anchor": anchor })) name.setAttribute(key, value);
    name.textContent = textOf(chosen);
    map.append(name);
  }

  for (const spot of spots) {
    const input = inputs.find((one) => one.value === spot.dataset.spot);
    const title = document.createElementNS(SVG, "title");
    title.textContent = textOf(input);
    spot.append(title);
    spot.addEventListener("click", () => {
      input.checked = true;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      document.querySelector("#live").textContent = `${textOf(input)} chosen`;
    });
  }
  question.addEventListener("change", show);
  question.classList.add("map-question--live");
  show();
}

document.querySelectorAll("[data-map-question]").forEach(joinMap);
