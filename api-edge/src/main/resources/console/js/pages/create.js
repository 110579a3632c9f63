// A new task, or one derived from another. It is shown the moment the button is pressed; if the edge refuses it, it is taken back and the form is
// as it was, with what is wrong beside its field.
import { html, nothing } from "../../vendor/lit.js";
import { call, get, onceKey } from "../api.js";
import { t } from "../i18n.js";
import { language } from "../prefs.js";
import { invalidate } from "../render.js";
import { route } from "../router.js";
import { identity } from "../session.js";
import { applyTask, takeBack } from "../store.js";
import { failure, segments, skeleton, typeName } from "../ui/parts.js";
import { icon } from "../ui/icons.js";
import { toast } from "../ui/toast.js";
import { types } from "../workflows.js";
import { draftOf, fresh, paramsOf, patchOf, titleOf } from "./draft.js";
import { fields } from "./create-fields.js";
import { enterPresets, presets } from "./create-presets.js";
import { samples } from "./samples.js";

/** Types that other pages submit by what they do. */
const HIDDEN = ["poster_render"];

/** @type {import("./draft.js").Draft} */
let draft = fresh();
/** @type {{field: string, message: string, remedy: string}[]} */
let errors = [];
let refused = null;
let parent = null;
let parentError = null;
/** Whose draft it is: another who signs in begins with an empty form. */
let author = "";
/** One key for one wish: pressing again after a cut line makes no second task. */
let key = onceKey();

export const title = () => t(parent ? "create.derive" : "nav.new");

export function enter() {
  enterPresets();
  if (author !== identity()) {
    author = identity();
    parent = null;
    draft = fresh();
    errors = [];
    refused = null;
    key = onceKey();
  }
  const from = route().query.get("from");
  if ((parent?.task_id ?? null) !== from) {
    parent = null;
    parentError = null;
    errors = [];
    refused = null;
    draft = fresh();
    if (from) {
      loadParent(from);
    }
  }
}

async function loadParent(id) {
  try {
    parent = await get(`/tasks/${id}`);
    draft = draftOf(parent.type, parent.input_params ?? {}, parent.priority);
  } catch (refusal) {
    parentError = refusal;
  }
  invalidate();
}

/** Changes the draft; what was wrong with a field is forgotten as soon as it is touched. */
function change(values) {
  draft = { ...draft, ...values };
  const touched = Object.keys(values).map((name) => ({ colours: "color_scheme", texts: "elements" })[name] ?? name);
  errors = errors.filter((error) => !touched.some((name) => pathOf(error).startsWith(name)));
  key = onceKey();
  invalidate();
}

const pathOf = (error) => error.field.replace(/^(input_params|override)\./, "");

/** What is said beside a field. */
const errorOf = (name) => {
  const found = errors.find((error) => pathOf(error) === name || pathOf(error).startsWith(`${name}.`) || pathOf(error).startsWith(`${name}[`));
  return found ? `${pathOf(found) === name ? "" : `${pathOf(found)}: `}${found.message}. ${found.remedy ?? ""}` : "";
};

async function submit(event) {
  event.preventDefault();
  let params;
  try {
    params = paramsOf(draft);
  } catch {
    errors = [{ field: "json", message: t("create.notJson"), remedy: "" }];
    invalidate();
    return;
  }
  errors = [];
  refused = null;
  const local = `local_${key}`;
  applyTask({ task_id: local, type: draft.type, title: titleOf(draft), status: "pending", phase: "init", progress: 0, priority: draft.priority, input_params: params, created_at: Date.now(), attempt: 0, step: 0, optimistic: true });
  history.pushState(null, "", location.hash);
  location.replace(`#/tasks/${local}`);
  try {
    const task = await send(params);
    applyTask(task);
    if (location.hash === `#/tasks/${local}`) {
      location.replace(`#/tasks/${task.task_id}`);
      // The page of the real one is entered in a moment; until then the other must not go blank.
      setTimeout(() => takeBack(local), 50);
    } else {
      takeBack(local);
    }
    toast("good", t("create.accepted"));
    draft = fresh();
    parent = null;
    key = onceKey();
  } catch (refusal) {
    takeBack(local);
    errors = refusal.errors ?? [];
    refused = refusal;
    toast("bad", t("create.refused"), refusal.message);
    if (location.hash === `#/tasks/${local}`) {
      location.replace(parent ? `#/new?from=${parent.task_id}` : "#/new");
    }
  }
  invalidate();
}

async function send(params) {
  const headers = { "Idempotency-Key": key };
  const answer = parent
    ? await call(`/tasks/${parent.task_id}/derivative`, { method: "POST", headers, json: { override: patchOf(parent.input_params ?? {}, params), priority: draft.priority } })
    : await call("/tasks", { method: "POST", headers, json: { type: draft.type, priority: draft.priority, input_params: params } });
  return answer.data;
}

export function view() {
  if (parentError) {
    return failure(parentError, null);
  }
  if (!parent && route().query.get("from")) {
    return skeleton(6, "row");
  }
  // Posters are what most people come for.
  const known = ["poster", ...types().filter((type) => type !== "poster" && !HIDDEN.includes(type))];
  const loose = errors.filter((error) => !error.field || error.field === "input_params");
  return html`<header class="page-head">
      <div>
        <h1>${t(parent ? "create.derive" : "nav.new")}</h1>
        <p class="under">${parent ? t("create.deriveLead") : t("create.lead")}</p>
      </div>
    </header>
    <form class="create" @submit=${submit} novalidate>
      <div class="create-main">
        ${parent ? nothing : segments("type", t("create.type"), known.map((type) => [type, typeName(type)]), draft.type, (type) => change({ type }))}
        ${refused
          ? html`<div class="problem" role="alert">${icon("alert")}
              <span><b>${refused.message}</b> ${refused.remedy} ${loose.map((error) => `${error.message}. ${error.remedy ?? ""}`)}</span></div>`
          : nothing}
        ${draft.type === "poster" && !parent ? starters() : nothing} ${fields(draft, change, errorOf)}
        <div class="create-end">
          <button class="button primary large" type="submit">${icon("plus")}${t(parent ? "create.deriveIt" : "create.submit")}</button>
        </div>
      </div>
      <aside class="create-side">
        ${outline()} ${presets(draft, (params, type) => change(draftOf(type, params, draft.priority)))}
      </aside>
    </form>`;
}

function starters() {
  return html`<div class="starters" role="group" aria-label=${t("create.samples")}>
    <span class="label">${t("create.samples")}</span>
    ${samples[language()].map(
      (sample) => html`<button
        class="chip"
        type="button"
        @click=${() => change({ prompt: sample.prompt, style: sample.style, size: { ...sample.size }, colours: [...sample.colours], texts: sample.texts.map((text) => ({ ...text })) })}
      >
        ${sample.name}
      </button>`,
    )}
  </div>`;
}

/** The shape of what will be made: its proportions, its colours, its words where they will stand. */
function outline() {
  if (draft.type === "roadmap" || !["poster", "cover_image"].includes(draft.type)) {
    return nothing;
  }
  const size = draft.type === "cover_image" ? { width: 1200, height: 675 } : (draft.size ?? { width: 1080, height: 1920 });
  const [first = "var(--surface-3)", second = first] = draft.colours;
  const words = draft.type === "cover_image" ? [{ content: draft.title, position: "center" }] : draft.texts;
  return html`<figure class="outline" aria-hidden="true">
    <div .style=${`--ratio:${size.width || 1}/${size.height || 1};background:linear-gradient(160deg, ${first}, ${second})`}>
      ${["top", "center", "bottom"].map(
        (place) => html`<p data-place=${place}>${words.filter((text) => (text.position || "top") === place && text.content).map((text) => html`<span>${text.content}</span>`)}</p>`,
      )}
    </div>
    <figcaption>${size.width} × ${size.height}</figcaption>
  </figure>`;
}
