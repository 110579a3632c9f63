// Parameters kept under a name on the edge. The edge lists no presets, so this browser remembers the names it has seen.
import { html } from "../../vendor/lit.js";
import { call, get, Refusal } from "../api.js";
import { t } from "../i18n.js";
import { remember, remembered } from "../prefs.js";
import { invalidate } from "../render.js";
import { complain, toast } from "../ui/toast.js";
import { paramsOf } from "./draft.js";

const ID = /^[A-Za-z0-9._-]{1,64}$/;
let name = "";

function names() {
  try {
    const known = JSON.parse(remembered("presets", "[]"));
    return Array.isArray(known) ? known.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

const note = (id) => remember("presets", JSON.stringify([id, ...names().filter((known) => known !== id)].slice(0, 20)));

async function load(use) {
  try {
    const preset = await get(`/presets/${encodeURIComponent(name)}`);
    note(name);
    use(preset.input_params ?? {}, preset.type ?? "poster");
    toast("good", t("preset.loaded", { name }));
  } catch (refusal) {
    complain(refusal instanceof Refusal && refusal.status === 404 ? new Refusal({ status: 404, message: t("preset.unknown", { name }) }) : refusal);
  }
}

async function save(draft) {
  try {
    await call(`/presets/${encodeURIComponent(name)}`, { method: "PUT", json: { type: draft.type, input_params: paramsOf(draft) } });
    note(name);
    toast("good", t("preset.saved", { name }));
    invalidate();
  } catch (refusal) {
    complain(refusal);
  }
}

/** @param {(params: any, type: string) => void} use */
export function presets(draft, use) {
  const usable = ID.test(name);
  return html`<div class="card presets">
    <label for="preset">${t("preset.title")}</label>
    <input id="preset" list="preset-names" maxlength="64" placeholder=${t("preset.hint")} .value=${name} @input=${(event) => ((name = event.target.value.trim()), invalidate())} />
    <datalist id="preset-names">${names().map((known) => html`<option value=${known}></option>`)}</datalist>
    <div class="preset-actions">
      <button class="button small" type="button" ?disabled=${!usable} @click=${() => load(use)}>${t("preset.load")}</button>
      <button class="button small" type="button" ?disabled=${!usable} @click=${() => save(draft)}>${t("preset.save")}</button>
    </div>
  </div>`;
}
