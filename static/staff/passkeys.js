// Passkeys: what stands ready for them appears where the browser has them, and what goes wrong is said in words.
(() => {
  const part = document.querySelector("[data-passkey]");
  if (!part || !window.webauthnJSON.supported()) return;
  const kind = part.dataset.passkey;
  const button = { loginForm: "login", authenticateForm: "authenticate", addForm: "add" }[kind];
  const ids = { credential: "passkey-credential", data: "js_data", passwordless: "id_passwordless" };
  const problem = document.getElementById("passkey-problem");
  const words = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known" };
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    problem.textContent = problem.dataset[words[event.detail.exception.name] || "failed"];
  });
  part.addEventListener("click", () => { problem.textContent = ""; });
  window.allauth.webauthn.forms[kind]({ ids: { ...ids, [button]: "passkey-button" } });
  part.hidden = false;
  document.querySelectorAll("[data-without-passkeys]").forEach((other) => { other.hidden = true; });
})();
