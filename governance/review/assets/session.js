/* Hands the token of the address over to the server, keeps it for this tab, opens the report. */
(async () => {
  "use strict";
  const said = (message) => { document.getElementById("said").textContent = message; };
  const found = new URLSearchParams(location.hash.slice(1)).get("token");
  let token = found ?? "";
  try {
    token ||= sessionStorage.getItem("endonym.token") ?? "";
    if (token) sessionStorage.setItem("endonym.token", token);
  } catch { /* then it is asked for again */ }
  history.replaceState(null, "", "/");
  try {
    const answer = await fetch("/api/session", { method: "POST",
                                                 headers: { "X-Endonym-Token": token } });
    if (answer.ok) location.replace(FIRST_PAGE);
    else said("Open the address that the command printed; it holds the token.");
  } catch { said("The server does not answer."); }
})();
