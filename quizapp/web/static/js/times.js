// Shows times in the reader's own zone; the title keeps what the server wrote.
const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

for (const time of document.querySelectorAll("time[data-local]")) {
  time.title = time.textContent;
  time.textContent = format.format(new Date(time.dateTime));
}
