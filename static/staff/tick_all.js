// One box above the others, where scripts run: it ticks all on this page, or none.
(() => {
  const boxes = [...document.querySelectorAll('.staff-board tbody input[name="case"]')];
  const place = document.querySelector(".staff-board thead th");
  if (boxes.length < 2 || !place) return;
  const all = document.createElement("input");
  const label = document.createElement("label");
  const words = document.createElement("span");
  all.type = "checkbox";
  all.id = "tick-all";
  label.htmlFor = all.id;
  words.className = "visually-hidden";
  words.textContent = "Tick all on this page";
  label.append(words);
  place.replaceChildren(all, label);
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
  boxes.forEach((box) => box.addEventListener("change", show));
  show();
})();
