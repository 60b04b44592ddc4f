// Arrows that move an item up or down; the numbers follow, and a typed number still works.

function number(list) {
  [...list.querySelectorAll("[data-order-item]")].forEach((item, index) => {
    item.querySelector("input").value = String(index + 1);
  });
}

function move(list, item, step) {
  const neighbour = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (neighbour) {
    if (step < 0) neighbour.before(item);
    else neighbour.after(item);
  }
  number(list);
  const place = item.querySelector("input").value;
  document.querySelector("#live").textContent = `${item.querySelector("label").textContent}: place ${place}`;
}

function arrow(list, item, step) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "order__move";
  button.textContent = step < 0 ? "↑" : "↓";
  button.setAttribute("aria-label", `Move ${item.querySelector("label").textContent} ${step < 0 ? "up" : "down"}`);
  button.addEventListener("click", () => {
    move(list, item, step);
    button.focus();
  });
  return button;
}

function addMoves(list) {
  for (const item of list.querySelectorAll("[data-order-item]")) {
    const moves = document.createElement("span");
    moves.className = "order__moves";
    moves.append(arrow(list, item, -1), arrow(list, item, 1));
    item.append(moves);
  }
}

document.querySelectorAll("[data-order]").forEach(addMoves);
