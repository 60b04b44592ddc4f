// Puts a button beside a text that is to be copied, where the browser can copy.
for (const place of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const text = document.getElementById(place.dataset.copy).textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet button--small";
  button.textContent = "Copy the link";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
    document.getElementById("live").textContent = "The link is copied.";
  });
  place.append(button);
}
