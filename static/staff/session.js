// Says five minutes before the log-out that it is near, and puts it off at the press of a button. Pages in other tabs
// count as well, so the server is asked first. Without this script the log-out comes unannounced.
const dialog = document.getElementById("session-warning");
const form = dialog.querySelector("form");
const WARN = 300; // seconds
let timer;

const lookIn = (seconds) => {
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(1, seconds) * 1000);
};

// How long there is left; null once logged out.
const ask = async (options) => {
  const answer = await fetch(form.action, { redirect: "manual", cache: "no-store", ...options });
  return answer.ok ? answer.json() : null;
};

const act = async (options) => {
  let left;
  try {
    left = await ask(options);
  } catch {
    lookIn(30); // no network
    return;
  }
  if (left === null) {
    location.reload();
  } else if (left.seconds > WARN) {
    dialog.close();
    lookIn(left.seconds - WARN);
  } else {
    show(left);
    lookIn(left.seconds + 1);
  }
};

const look = () => act();

const show = ({ seconds, more }) => {
  const at = new Date(Date.now() + seconds * 1000);
  const time = at.toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", hour12: true });
  dialog.querySelector("[data-at]").textContent = time.replace(/\s/g, "");
  dialog.querySelector("[data-more]").hidden = more <= WARN;
  dialog.querySelector("[data-no-more]").hidden = more > WARN;
  if (!dialog.open) dialog.showModal();
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  act({ method: "POST", body: new FormData(form) });
});
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) lookIn(1);
});
lookIn(60);
