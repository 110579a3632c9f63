// Short news that need no answer; read out by screen readers, and gone after a while.
import { html, repeat } from "../../vendor/lit.js";
import { invalidate } from "../render.js";
import { t } from "../i18n.js";
import { icon } from "./icons.js";

const LIFE = { good: 4_000, bad: 9_000 };
let toasts = [];
let next = 0;

/** @param {"good" | "bad"} kind */
export function toast(kind, text, detail = "") {
  const id = next++;
  toasts = [...toasts.slice(-2), { id, kind, text, detail }];
  setTimeout(() => drop(id), LIFE[kind]);
  invalidate();
}

/** The same for what a call was refused with. */
export const complain = (error) => toast("bad", error.message, error.errors?.[0] ? `${error.errors[0].field}: ${error.errors[0].message}` : error.remedy);

function drop(id) {
  toasts = toasts.filter((shown) => shown.id !== id);
  invalidate();
}

export const toastView = () => html`<div class="toasts" role="status" aria-live="polite">
  ${repeat(
    toasts,
    (shown) => shown.id,
    (shown) => html`<div class="toast" data-kind=${shown.kind}>
      ${icon(shown.kind === "good" ? "check" : "alert")}
      <div><strong>${shown.text}</strong>${shown.detail ? html`<p>${shown.detail}</p>` : ""}</div>
      <button class="icon-button" type="button" aria-label=${t("action.close")} @click=${() => drop(shown.id)}>${icon("close")}</button>
    </div>`,
  )}
</div>`;
