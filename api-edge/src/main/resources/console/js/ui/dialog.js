// Questions that must be answered before anything happens. The browser's own dialog element keeps the focus inside and gives it back.
import { html, nothing, render } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { icon } from "./icons.js";

let holder = null;

/**
 * Shows a dialog until it is closed.
 *
 * @param {(close: (value?: any) => void) => any} content what is in it, drawn again on every call of the returned refresh
 * @returns {{done: Promise<any>, refresh: () => void}}
 */
export function dialog(title, content, { wide = false } = {}) {
  holder ??= document.body.appendChild(document.createElement("div"));
  const element = document.createElement("dialog");
  element.className = wide ? "dialog wide" : "dialog";
  element.setAttribute("aria-labelledby", "dialog-title");
  holder.append(element);
  let settle;
  const done = new Promise((resolve) => (settle = resolve));
  const close = (value) => {
    element.close();
    settle(value);
  };
  const refresh = () =>
    render(
      html`<header>
          <h2 id="dialog-title">${title}</h2>
          <button class="icon-button" type="button" aria-label=${t("action.close")} @click=${() => close()}>${icon("close")}</button>
        </header>
        ${content(close)}`,
      element,
    );
  element.addEventListener("close", () => {
    settle(undefined);
    element.remove();
  });
  element.addEventListener("click", (event) => {
    if (event.target === element) {
      close();
    }
  });
  refresh();
  element.showModal();
  return { done, refresh };
}

/** Asks before something is done that cannot be undone. @returns {Promise<{reason: string} | undefined>} */
export function confirm({ title, text, action, danger = true, reason = false }) {
  let given = "";
  return dialog(
    title,
    (close) => html`<form
      @submit=${(event) => {
        event.preventDefault();
        close({ reason: given });
      }}
    >
      <p>${text}</p>
      ${reason
        ? html`<div class="field">
            <label for="dialog-reason">${t("dialog.reason")}</label>
            <input id="dialog-reason" maxlength="500" autocomplete="off" @input=${(event) => (given = event.target.value)} />
          </div>`
        : nothing}
      <footer>
        <button class="button" type="button" @click=${() => close()}>${t("dialog.keep")}</button>
        <button class="button ${danger ? "danger" : "primary"}" type="submit">${action}</button>
      </footer>
    </form>`,
  ).done;
}
