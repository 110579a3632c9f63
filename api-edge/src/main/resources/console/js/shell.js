// What stands around every page: where one can go, who one is, and whether what is shown is live.
import { html, nothing } from "../vendor/lit.js";
import { chooseLanguage, chooseTheme, language, theme } from "./prefs.js";
import { invalidate } from "./render.js";
import { connection, retryNow } from "./live/connection.js";
import { signOut, who } from "./session.js";
import { t } from "./i18n.js";
import { icon } from "./ui/icons.js";
import { toastView } from "./ui/toast.js";

const sections = [
  ["tasks", "#/tasks", "tasks"],
  ["new", "#/new", "plus"],
  ["campaigns", "#/campaigns", "campaigns"],
  ["lanes", "#/lanes", "lanes"],
];

/** Lost for this long before the page says so loudly; most cuts heal sooner. */
const PATIENCE = 1_500;

export function shell(section, content) {
  return html`<a class="skip" href="#main" @click=${skip}>${t("shell.skip")}</a>
    <div class="shell">
      <nav class="rail" aria-label=${t("shell.navigation")}>
        <a class="brand" href="#/tasks">
          <img src="/console/icon.svg" alt="" width="28" height="28" /><span>Millrace</span>
        </a>
        <ul>
          ${sections.map(
            ([id, href, symbol]) => html`<li>
              <a href=${href} aria-current=${id === section ? "page" : nothing}>${icon(symbol)}<span>${t(`nav.${id}`)}</span></a>
            </li>`,
          )}
        </ul>
        <div class="rail-end">${lamp()} ${person()} ${switches()} ${guides()}</div>
      </nav>
      <main id="main" tabindex="-1">${lostNotice()} ${content}</main>
    </div>
    ${toastView()}`;
}

/** The fragment is the address of a page, so the link must not change it. */
function skip(event) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function person() {
  const { user, role } = who();
  return html`<div class="person">
    <span class="avatar" aria-hidden="true">${(user || "K").charAt(0).toUpperCase()}</span>
    <span class="who"><b>${user || t("shell.apiKey")}</b>${role && role !== "user" ? html`<small>${role}</small>` : nothing}</span>
    <button class="icon-button" type="button" title=${t("shell.signOut")} aria-label=${t("shell.signOut")} @click=${() => signOut()}>${icon("out")}</button>
  </div>`;
}

export function switches() {
  const dark = theme() === "dark";
  return html`<div class="switches">
    <button
      class="icon-button"
      type="button"
      aria-label=${t(dark ? "shell.light" : "shell.dark")}
      title=${t(dark ? "shell.light" : "shell.dark")}
      @click=${() => (chooseTheme(dark ? "light" : "dark"), invalidate())}
    >
      ${icon(dark ? "sun" : "moon")}
    </button>
    <button
      class="icon-button wide"
      type="button"
      lang=${language() === "zh" ? "en" : "zh-Hans"}
      @click=${() => (chooseLanguage(language() === "zh" ? "en" : "zh"), invalidate())}
    >
      ${icon("language")}<span>${language() === "zh" ? "English" : "中文"}</span>
    </button>
  </div>`;
}

/** What can be read beside the console, as documents of their own. */
function guides() {
  return html`<p class="guides">
    <a href="/guide" target="_blank" rel="noopener">${t("shell.guide")}</a>
    <a href="/docs" target="_blank" rel="noopener">API</a>
  </p>`;
}

/** A small light: live and by which way, or what is wrong. */
function lamp() {
  const { name, transport } = connection();
  const word = name === "live" && transport === "poll" ? "polling" : name;
  return html`<div class="lamp" data-state=${word} title=${name === "live" ? t(`transport.${transport}`) : t(`connection.${name}`)}>
    <i aria-hidden="true"></i>
    <span>${t(`connection.${word}`)}</span>
    ${name === "live" ? html`<small>${t(`transport.${transport}`)}</small>` : nothing}
  </div>`;
}

function lostNotice() {
  const { name, since, retryAt } = connection();
  const lost = ["reconnecting", "offline"].includes(name) && Date.now() - since > PATIENCE;
  const seconds = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
  return html`<div class="notice-holder" aria-live="polite">
    ${lost
      ? html`<div class="notice" id="connection-lost">
          ${icon("alert")}
          <p><b>${t(`connection.${name}`)}</b> ${t("connection.stale")} ${seconds > 0 ? t("connection.retryIn", { seconds }) : nothing}</p>
          <button class="button small" type="button" @click=${retryNow}>${t("connection.now")}</button>
        </div>`
      : nothing}
  </div>`;
}
