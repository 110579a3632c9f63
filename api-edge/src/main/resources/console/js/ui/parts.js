// Small pieces that every page uses.
import { html, nothing } from "../../vendor/lit.js";
import { t, known, humanized } from "../i18n.js";
import { icon } from "./icons.js";

export const statusName = (status) => (known(`status.${status}`) ? t(`status.${status}`) : humanized(status));
export const typeName = (type) => (known(`type.${type}`) ? t(`type.${type}`) : humanized(type));

/** A status in words, with a mark that can be told without colour. */
export const badge = (status) =>
  html`<span class="badge" data-status=${status ?? "pending"}><i aria-hidden="true"></i>${statusName(status ?? "pending")}</span>`;

/** A bar; its number stands beside it, so the bar itself is announced as one. */
export const bar = (percent, status, label) => html`<div
  class="bar"
  role="progressbar"
  aria-label=${label}
  aria-valuemin="0"
  aria-valuemax="100"
  aria-valuenow=${Math.round(percent)}
  data-status=${status}
>
  <i .style=${`transform:scaleX(${Math.max(0, Math.min(100, percent)) / 100})`}></i>
</div>`;

/** Something that is not there, with what to do about it. */
export const empty = (symbol, title, text, action = nothing) => html`<div class="empty">
  <span class="empty-mark">${icon(symbol)}</span>
  <h2>${title}</h2>
  <p>${text}</p>
  ${action}
</div>`;

/** Something that went wrong, with the server's own words and remedy. */
export const failure = (error, again) => html`<div class="empty" role="alert">
  <span class="empty-mark bad">${icon("alert")}</span>
  <h2>${error.message}</h2>
  <p>${error.remedy || t("error.plainRemedy")}</p>
  ${again ? html`<button class="button" type="button" @click=${again}>${icon("redo")}${t("action.again")}</button>` : nothing}
</div>`;

/** Grey lines in the place of what is being loaded. */
export const skeleton = (lines = 3, kind = "line") => html`<div class="skeletons" aria-hidden="true">
  ${Array.from({ length: lines }, () => html`<div class="skeleton" data-kind=${kind}></div>`)}
</div>`;

export const field = (id, label, control, { hint = "", error = "" } = {}) => html`<div class="field" ?data-bad=${error !== ""}>
  <label for=${id}>${label}</label>
  ${control}
  ${error ? html`<p class="field-error" id=${`${id}-error`}>${error}</p>` : hint ? html`<p class="hint">${hint}</p>` : nothing}
</div>`;

export const segments = (name, label, options, value, choose) => html`<div class="segments" role="radiogroup" aria-label=${label}>
  ${options.map(
    ([id, text, count]) => html`<label>
      <input type="radio" name=${name} value=${id} .checked=${id === value} @change=${() => choose(id)} />
      <span>${text}${count === undefined ? nothing : html` <b>${count}</b>`}</span>
    </label>`,
  )}
</div>`;

/** Copies a text and says so on the button. */
export const copyable = (text, label) => html`<button
  class="copy"
  type="button"
  title=${label}
  aria-label=${label}
  @click=${(event) => {
    const button = event.currentTarget;
    navigator.clipboard?.writeText(text).then(() => {
      button.dataset.done = "";
      setTimeout(() => delete button.dataset.done, 1200);
    });
  }}
>
  ${icon("copy")}${icon("check")}
</button>`;
