// Parameters kept under a name on the edge: they are there in every browser of their owner.
import { html, nothing } from "../../vendor/lit.js";
import { call, get } from "../api.js";
import { t } from "../i18n.js";
import { invalidate } from "../render.js";
import { confirm } from "../ui/dialog.js";
import { icon } from "../ui/icons.js";
import { complain, toast } from "../ui/toast.js";
import { paramsOf } from "./draft.js";

const ID = /^[A-Za-z0-9._-]{1,64}$/;
const PAGE = 50;

/** @type {{id: string, type: string, version: number, name?: string}[]} */
let known = [];
let more = null;
let name = "";

const pathOf = (id) => `/presets/${encodeURIComponent(id)}`;

/** The form was opened: which presets are there? */
export async function enterPresets() {
  name = "";
  await list();
}

async function list(cursor = null) {
  try {
    const page = await get(`/presets?limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
    known = cursor ? [...known, ...page.presets] : page.presets;
    more = page.next_cursor;
  } catch (refusal) {
    complain(refusal);
  }
  invalidate();
}

async function load(id, use) {
  try {
    const preset = await get(pathOf(id));
    name = id;
    use(preset.input_params, preset.type);
  } catch (refusal) {
    complain(refusal);
  }
}

/** Replaces what is shown and nothing else: not one that another tab has changed, nor one of another type or a later page. */
async function save(draft, replaced) {
  const headers = replaced ? { "If-Match": `"${replaced.version}"` } : { "If-None-Match": "*" };
  try {
    await call(pathOf(name), { method: "PUT", headers, json: { type: draft.type, input_params: paramsOf(draft) } });
    toast("good", t("preset.saved", { name }));
  } catch (refusal) {
    complain(refusal instanceof SyntaxError ? { message: t("create.notJson") } : refusal);
  }
  await list();
}

async function remove(id) {
  if (!(await confirm({ title: t("preset.delete", { name: id }), text: t("preset.deleteText"), action: t("preset.deleteIt") }))) {
    return;
  }
  try {
    await call(pathOf(id), { method: "DELETE" });
    name = "";
    await list();
  } catch (refusal) {
    complain(refusal);
  }
}

/** @param {(params: any, type: string) => void} use */
export function presets(draft, use) {
  const those = known.filter((preset) => preset.type === draft.type);
  const taken = those.find((preset) => preset.id === name);
  return html`<section class="card presets" aria-labelledby="presets-title">
    <h2 id="presets-title">${t("preset.title")}</h2>
    ${those.length || more
      ? html`<div class="chips">
          ${those.map((preset) => html`<button class="chip" type="button" title=${preset.name ?? preset.id} aria-pressed=${String(preset.id === name)} @click=${() => load(preset.id, use)}>${preset.id}</button>`)}
          ${more ? html`<button class="chip" type="button" @click=${() => list(more)}>${t("preset.more")}</button>` : nothing}
        </div>`
      : html`<p class="under">${t("preset.none")}</p>`}
    <div class="preset-actions">
      <input id="preset" maxlength="64" aria-label=${t("preset.name")} placeholder=${t("preset.hint")} .value=${name} @input=${(event) => ((name = event.target.value.trim()), invalidate())} />
      <button class="button small" type="button" ?disabled=${!ID.test(name)} @click=${() => save(draft, taken)}>${t(taken ? "preset.replace" : "preset.save")}</button>
      ${taken ? html`<button class="icon-button" type="button" aria-label=${t("preset.deleteIt")} title=${t("preset.deleteIt")} @click=${() => remove(name)}>${icon("bin")}</button>` : nothing}
    </div>
  </section>`;
}
