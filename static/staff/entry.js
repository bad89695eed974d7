// Asks while somebody types: who answers for the postcode, and who asked before. The page works without it.
const form = document.getElementById("entry");
const asked = ["postcode", "council", "name", "phone", "email"];
const place = (name) => form.querySelector(`[data-found="${name}"]`);
let timer;
let latest = 0;

const list = (parent, items, draw) => parent.replaceChildren(...items.map((item) => {
  const row = document.createElement("li");
  row.append(draw(item));
  return row;
}));

const link = ({ text, url }) => {
  const anchor = document.createElement("a");
  Object.assign(anchor, { href: url, target: "_blank", rel: "noopener", textContent: text });
  return anchor;
};

const show = (found) => {
  place("council").textContent = found.council;
  place("reason").textContent = found.reason || "Enter the postcode. Without one the hub office takes the enquiry.";
  place("asking").hidden = found.ask.length === 0;
  list(place("ask"), found.ask, (area) => area);
  place("none").hidden = found.earlier.length > 0;
  list(place("earlier"), found.earlier, link);
};

const look = async () => {
  const mine = ++latest;
  const body = new URLSearchParams(asked.map((name) => [name, form.elements[name].value]));
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const answer = await fetch(form.dataset.look, { method: "POST", body, headers, credentials: "same-origin" });
  if (answer.ok && mine === latest) show(await answer.json());
};

form.addEventListener("input", (event) => {
  if (!asked.includes(event.target.name)) return;
  clearTimeout(timer);
  timer = setTimeout(() => look().catch(() => {}), 250);
});
