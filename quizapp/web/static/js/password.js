// Lets people see the password that they type.
for (const part of document.querySelectorAll("[data-password]")) {
  const input = part.querySelector("input");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--plain button--small";
  const show = (isShown) => {
    input.type = isShown ? "text" : "password";
    button.textContent = isShown ? "Hide the password" : "Show the password";
  };
  show(false);
  button.addEventListener("click", () => show(input.type === "password"));
  input.form.addEventListener("submit", () => show(false));
  const place = document.createElement("div");
  place.append(button);
  input.closest(".field").append(place);
}
