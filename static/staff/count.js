// Counts while somebody chooses whom an email goes to. The page works without it: there is a button.
const form = document.getElementById("segment");
const place = document.getElementById("count");
let timer;
let latest = 0;

const count = async () => {
  const mine = ++latest;
  const answer = await fetch(form.dataset.count, { method: "POST", body: new FormData(form), credentials: "same-origin" });
  if (!answer.ok || mine !== latest) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.replaceChildren(...drawn.body.childNodes);
};

form.addEventListener("input", (event) => {
  if (event.target.name === "name") return;
  clearTimeout(timer);
  timer = setTimeout(() => count().catch(() => {}), 400);
});
