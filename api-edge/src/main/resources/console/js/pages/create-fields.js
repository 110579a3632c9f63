// The fields of a new task, by its type.
import { html, live, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { icon } from "../ui/icons.js";
import { field } from "../ui/parts.js";

const STYLES = ["", "business", "cartoon", "minimalist"];
const SIZES = [
  ["story", 1080, 1920],
  ["square", 1080, 1080],
  ["wide", 1600, 900],
  ["a4", 1240, 1754],
  ["small", 360, 640],
];
const PLACES = ["", "top", "center", "bottom"];
const MAX_COLOURS = 12;
const MAX_TEXTS = 10;

/**
 * @param {import("./draft.js").Draft} draft
 * @param {(values: Partial<import("./draft.js").Draft>) => void} change
 * @param {(name: string) => string} errorOf
 */
export function fields(draft, change, errorOf) {
  const known = { poster, cover_image: cover, roadmap }[draft.type];
  return html`${known ? known(draft, change, errorOf) : raw(draft, change, errorOf)} ${common(draft, change, errorOf)}`;
}

const area = (id, draft, change, errorOf, rows, max) => html`<textarea
  id=${id}
  rows=${rows}
  maxlength=${max}
  aria-invalid=${errorOf(id) ? "true" : "false"}
  aria-describedby=${errorOf(id) ? `${id}-error` : nothing}
  .value=${live(draft[id])}
  @input=${(event) => change({ [id]: event.target.value })}
></textarea>`;

const line = (id, draft, change, errorOf, max) => html`<input
  id=${id}
  maxlength=${max}
  aria-invalid=${errorOf(id) ? "true" : "false"}
  .value=${live(draft[id])}
  @input=${(event) => change({ [id]: event.target.value })}
/>`;

function poster(draft, change, errorOf) {
  return html`${field("prompt", t("param.prompt"), area("prompt", draft, change, errorOf, 3, 2000), { error: errorOf("prompt"), hint: t("create.promptHint") })}
  ${styles(draft, change)} ${sizes(draft, change, errorOf)} ${colours(draft, change, errorOf)} ${texts(draft, change, errorOf)}`;
}

function cover(draft, change, errorOf) {
  return html`${field("title", t("param.title"), line("title", draft, change, errorOf, 120), { error: errorOf("title") })}
  ${field("subtitle", t("param.subtitle"), line("subtitle", draft, change, errorOf, 160), { error: errorOf("subtitle") })} ${styles(draft, change)} ${colours(draft, change, errorOf)}`;
}

function roadmap(draft, change, errorOf) {
  return html`${field("goal", t("param.goal"), area("goal", draft, change, errorOf, 3, 1000), { error: errorOf("goal"), hint: t("create.goalHint") })}
  <fieldset class="field"><legend>${t("param.level")}</legend>
    <div class="chips">${["", "beginner", "intermediate", "advanced"].map((level) => radio("level", level, t(level ? `level.${level}` : "create.any"), draft.level, change))}</div>
  </fieldset>`;
}

function raw(draft, change, errorOf) {
  return field("json", t("create.json"), html`<textarea id="json" class="mono" rows="10" spellcheck="false" .value=${live(draft.json)} @input=${(event) => change({ json: event.target.value })}></textarea>`, {
    error: errorOf("json"),
    hint: t("create.jsonHint"),
  });
}

const radio = (name, value, text, chosen, change) => html`<label class="chip-radio">
  <input type="radio" name=${name} value=${value} .checked=${live(value === chosen)} @change=${() => change({ [name]: value })} /><span>${text}</span>
</label>`;

function styles(draft, change) {
  return html`<fieldset class="field"><legend>${t("param.style")}</legend>
    <div class="style-cards">
      ${STYLES.map(
        (style) => html`<label class="style-card" data-style=${style || "any"}>
          <input type="radio" name="style" value=${style} .checked=${live(style === draft.style)} @change=${() => change({ style })} />
          <span class="sample" aria-hidden="true"><i></i><i></i><i></i></span>
          <span>${t(style ? `style.${style}` : "create.any")}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}

function sizes(draft, change, errorOf) {
  const size = draft.size ?? { width: 1080, height: 1920 };
  const side = (name) => html`<label><span class="sr">${t(`param.${name}`)}</span>
    <input type="number" min="320" max="4096" step="1" inputmode="numeric" aria-invalid=${errorOf(`size.${name}`) ? "true" : "false"}
      .value=${live(String(size[name] ?? ""))} @input=${(event) => change({ size: { ...size, [name]: event.target.valueAsNumber || 0 } })} />
  </label>`;
  const error = errorOf("size");
  return html`<fieldset class="field" ?data-bad=${error !== ""}><legend>${t("param.size")}</legend>
    <div class="size-line">
      <div class="chips">
        ${SIZES.map(
          ([name, width, height]) => html`<label class="chip-radio size">
            <input type="radio" name="size" .checked=${live(size.width === width && size.height === height)} @change=${() => change({ size: { width, height } })} />
            <span><i aria-hidden="true" .style=${`aspect-ratio:${width}/${height}`}></i>${t(`size.${name}`)}</span>
          </label>`,
        )}
      </div>
      <div class="size-sides">${side("width")}<span aria-hidden="true">×</span>${side("height")}</div>
    </div>
    ${error ? html`<p class="field-error">${error}</p>` : nothing}
  </fieldset>`;
}

function colours(draft, change, errorOf) {
  const set = (index, value) => change({ colours: draft.colours.map((colour, place) => (place === index ? value : colour)) });
  const error = errorOf("color_scheme");
  return html`<fieldset class="field" ?data-bad=${error !== ""}><legend>${t("param.color_scheme")}</legend>
    <div class="colours">
      ${draft.colours.map(
        (colour, index) => html`<span class="colour">
          <input type="color" aria-label=${t("create.colour", { n: index + 1 })} .value=${live(colour)} @input=${(event) => set(index, event.target.value)} />
          <button class="icon-button" type="button" aria-label=${t("create.dropColour", { n: index + 1 })} @click=${() => change({ colours: draft.colours.filter((_, place) => place !== index) })}>${icon("close")}</button>
        </span>`,
      )}
      ${draft.colours.length < MAX_COLOURS
        ? html`<button class="button small" type="button" @click=${() => change({ colours: [...draft.colours, "#0b6b68"] })}>${icon("plus")}${t("create.addColour")}</button>`
        : nothing}
    </div>
    ${error ? html`<p class="field-error">${error}</p>` : html`<p class="hint">${t("create.coloursHint")}</p>`}
  </fieldset>`;
}

function texts(draft, change, errorOf) {
  const set = (index, values) => change({ texts: draft.texts.map((text, place) => (place === index ? { ...text, ...values } : text)) });
  const error = errorOf("elements");
  return html`<fieldset class="field" ?data-bad=${error !== ""}><legend>${t("param.elements")}</legend>
    ${draft.texts.map(
      (text, index) => html`<div class="text-row">
        <input aria-label=${t("create.textNumber", { n: index + 1 })} maxlength="500" placeholder=${t("create.textHint")} .value=${live(text.content)} @input=${(event) => set(index, { content: event.target.value })} />
        <select aria-label=${t("param.position")} .value=${live(text.position)} @change=${(event) => set(index, { position: event.target.value })}>
          ${PLACES.map((place) => html`<option value=${place} ?selected=${place === text.position}>${t(place ? `param.${place}` : "create.anyPlace")}</option>`)}
        </select>
        <input type="number" min="4" max="400" aria-label=${t("create.fontSize")} placeholder=${t("create.auto")} .value=${live(text.size)} @input=${(event) => set(index, { size: event.target.value })} />
        <button class="icon-button" type="button" aria-label=${t("create.dropText", { n: index + 1 })} @click=${() => change({ texts: draft.texts.filter((_, place) => place !== index) })}>${icon("close")}</button>
      </div>`,
    )}
    ${draft.texts.length < MAX_TEXTS
      ? html`<button class="button small" type="button" @click=${() => change({ texts: [...draft.texts, { content: "", position: draft.texts.length ? "center" : "top", size: "" }] })}>${icon("plus")}${t("create.addText")}</button>`
      : nothing}
    ${error ? html`<p class="field-error">${error}</p>` : nothing}
  </fieldset>`;
}

function common(draft, change, errorOf) {
  return html`<div class="field-pair">
    ${field(
      "priority",
      t("create.priority"),
      html`<div class="range"><input id="priority" type="range" min="0" max="9" step="1" .value=${live(String(draft.priority))} @input=${(event) => change({ priority: Number(event.target.value) })} /><output for="priority">${draft.priority}</output></div>`,
      { error: errorOf("priority"), hint: t("create.priorityHint") },
    )}
    ${field("seed", t("param.seed"), html`<input id="seed" type="number" step="1" placeholder=${t("create.auto")} .value=${live(draft.seed)} @input=${(event) => change({ seed: event.target.value })} />`, {
      error: errorOf("seed"),
      hint: t("create.seedHint"),
    })}
  </div>`;
}
