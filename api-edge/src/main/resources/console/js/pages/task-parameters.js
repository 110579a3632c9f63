// What a task was asked to do.
import { html, nothing } from "../../vendor/lit.js";
import { humanized, known, t } from "../i18n.js";
import { copyable, skeleton } from "../ui/parts.js";

const COLOUR = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i;

const nameOf = (name) => (known(`param.${name}`) ? t(`param.${name}`) : humanized(name));

export function parameters(task) {
  const params = task.input_params;
  if (!params) {
    return skeleton(5);
  }
  const shown = Object.entries(params).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  return html`<dl class="params">${shown.map(([name, value]) => html`<div><dt>${nameOf(name)}</dt><dd>${valueOf(value)}</dd></div>`)}</dl>
    <details class="raw">
      <summary>${t("task.raw")}</summary>
      <div>${copyable(JSON.stringify(params, null, 2), t("task.copyJson"))}<pre tabindex="0">${JSON.stringify(params, null, 2)}</pre></div>
    </details>`;
}

function valueOf(value) {
  if (typeof value === "string") {
    return COLOUR.test(value) ? swatch(value) : value;
  }
  if (Array.isArray(value)) {
    return value.every((item) => typeof item === "string" && COLOUR.test(item))
      ? html`<span class="swatches">${value.map(swatch)}</span>`
      : html`<ul class="plain">${value.map((item) => html`<li>${item?.content !== undefined ? element(item) : valueOf(item)}</li>`)}</ul>`;
  }
  if (value && typeof value === "object") {
    return "width" in value && "height" in value
      ? `${value.width} × ${value.height}`
      : html`<span class="mono">${JSON.stringify(value)}</span>`;
  }
  return String(value);
}

const swatch = (colour) => html`<span class="swatch"><i .style=${`background:${colour}`} aria-hidden="true"></i><code>${colour}</code></span>`;

const element = (item) =>
  html`<b>${item.content}</b> <small>${[item.type, item.position].filter(Boolean).map(nameOf).join(" · ")}${item.style?.color ? swatch(item.style.color) : nothing}</small>`;
