// What can be said of the chosen element: its words, its place, its colour and its size.
import { html, live, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { icon } from "../ui/icons.js";

const COLOUR = /^#[0-9a-f]{6}$/i;

/** @param {import("./model.js").Model} poster */
export function properties(poster) {
  const element = poster.current;
  if (!element) {
    return html`<p class="hint">${t("editor.pick")}</p>`;
  }
  const change = (mark, work) => poster.change(element.id, `${mark} ${element.id}`, work);
  const colour = element.style?.fill?.color;
  const letters = element.style?.text_style;
  return html`<div class="properties" role="group" aria-label=${t("editor.chosen")}>
    ${element.type === "text"
      ? html`<div class="field">
          <label for="element-text">${t("editor.text")}</label>
          <textarea id="element-text" rows="2" maxlength="500" .value=${live(element.content.text ?? "")} @input=${(event) => change("text", (one) => (one.content.text = event.target.value))}></textarea>
        </div>`
      : nothing}
    <div class="property-grid">
      ${number("x", t("editor.x"), element.transform.x, (value) => change("x", (one) => (one.transform.x = value)))}
      ${number("y", t("editor.y"), element.transform.y, (value) => change("y", (one) => (one.transform.y = value)))}
      ${letters
        ? number("size", t("editor.size"), letters.font_size, (value) => change("size", (one) => (one.style.text_style.font_size = value)), 4, 400)
        : html`${number("width", t("editor.width"), element.transform.width, (value) => change("width", (one) => (one.transform.width = value)), 1, 8192)}
          ${number("height", t("editor.height"), element.transform.height, (value) => change("height", (one) => (one.transform.height = value)), 1, 8192)}`}
      ${colour && COLOUR.test(colour)
        ? html`<div class="field">
            <label for="element-colour">${t("editor.colour")}</label>
            <input id="element-colour" type="color" .value=${live(colour)} @input=${(event) => change("colour", (one) => (one.style.fill.color = event.target.value))} />
          </div>`
        : nothing}
      <div class="field">
        <span class="label">${t("editor.visible")}</span>
        <button class="button small" type="button" aria-pressed=${String(element.visible)} @click=${() => change(`visible ${Date.now()}`, (one) => (one.visible = !one.visible))}>
          ${icon(element.visible ? "eye" : "eyeOff")}${t(element.visible ? "editor.isVisible" : "editor.isHidden")}
        </button>
      </div>
    </div>
  </div>`;
}

function number(id, label, value, set, min = -8192, max = 8192) {
  return html`<div class="field">
    <label for=${`element-${id}`}>${label}</label>
    <input
      id=${`element-${id}`}
      type="number"
      step="any"
      min=${min}
      max=${max}
      .value=${live(String(Math.round(value * 10) / 10))}
      @change=${(event) => Number.isFinite(event.target.valueAsNumber) && set(Math.min(max, Math.max(min, event.target.valueAsNumber)))}
    />
  </div>`;
}
