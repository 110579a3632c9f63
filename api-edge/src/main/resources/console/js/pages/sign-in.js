// The door. Nothing of anybody is behind it until the edge has taken the token.
import { html, nothing } from "../../vendor/lit.js";
import { invalidate } from "../render.js";
import { signIn as enter, wasEnded } from "../session.js";
import { t } from "../i18n.js";
import { icon } from "../ui/icons.js";
import { switches } from "../shell.js";

let trying = false;
let refused = "";

async function submit(event) {
  event.preventDefault();
  const input = event.target.elements.token;
  // What is pasted may be the whole link that ./millrace printed.
  const token = input.value.trim().replace(/^.*#token=/, "").replace(/^Bearer\s+/i, "");
  if (!/^[A-Za-z0-9._~+/=-]+$/.test(token)) {
    refused = t("signIn.empty");
    invalidate();
    input.focus();
    return;
  }
  trying = true;
  refused = "";
  invalidate();
  try {
    const answer = await fetch("/api/v1/tasks?limit=1", { headers: { Authorization: `Bearer ${token}` }, cache: "no-store" });
    // Anything but "nobody" is somebody: a database that is down keeps nobody out.
    refused = answer.status === 401 ? t("signIn.refused") : "";
    if (!refused) {
      enter(token);
    }
  } catch {
    refused = t("error.network");
  }
  trying = false;
  invalidate();
  input.focus();
}

export function signIn() {
  return html`<div class="door">
    <div class="door-end">${switches()}</div>
    <main class="door-card" id="main">
      <div class="brand"><img src="/console/icon.svg" alt="" width="40" height="40" /><span>Millrace</span></div>
      <h1>${t("signIn.title")}</h1>
      <p>${wasEnded() ? t("signIn.ended") : t("signIn.lead")}</p>
      <form @submit=${submit} novalidate>
        <div class="field" ?data-bad=${refused !== ""}>
          <label for="token">${t("signIn.token")}</label>
          <input
            id="token"
            name="token"
            type="password"
            autocomplete="off"
            spellcheck="false"
            aria-describedby=${refused ? "token-error" : "token-hint"}
            aria-invalid=${refused ? "true" : "false"}
          />
          ${refused ? html`<p class="field-error" id="token-error" role="alert">${refused}</p>` : nothing}
        </div>
        <button class="button primary large" type="submit" ?disabled=${trying}>${trying ? t("signIn.trying") : t("signIn.enter")}</button>
      </form>
      <p class="hint" id="token-hint">${t("signIn.hint")} <code>./millrace token --user NAME</code></p>
      <p class="hint quiet">${icon("lock")} ${t("signIn.kept")}</p>
    </main>
  </div>`;
}
