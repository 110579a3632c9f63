// One task, from its first phase to its last version.
import { html, nothing } from "../../vendor/lit.js";
import { get } from "../api.js";
import { followTask } from "../feed.js";
import { ago, dateTime, duration, millis, number, shortId } from "../format.js";
import { t } from "../i18n.js";
import { invalidate } from "../render.js";
import { replaceQuery, route } from "../router.js";
import { addSteps, applyLog, applyTask, hasEnded, task as known, wasDropped } from "../store.js";
import { badge, copyable, empty, failure, skeleton, typeName } from "../ui/parts.js";
import { icon } from "../ui/icons.js";
import { race, raceTable } from "../ui/race.js";
import { phaseName } from "../workflows.js";
import { act, moves } from "./task-actions.js";
import { logView } from "./task-log.js";
import { outcome } from "./task-result.js";
import { parameters } from "./task-parameters.js";
import * as history from "./task-history.js";
import * as layers from "../editor/editor.js";

let id = "";
let tab = "progress";
let error = null;
let close = () => {};

export const title = () => known(id)?.title || `${t("nav.task")} ${shortId(id)}`;

export function enter(params) {
  id = params.id;
  tab = route().query.get("tab") ?? "progress";
  error = null;
  history.reset(id);
  layers.reset();
  // One that was submitted this moment has no name on the edge yet.
  if (id.startsWith("local_")) {
    close = () => {};
  } else {
    load();
    close = followTask(id);
  }
}

export function leave() {
  close();
  layers.reset();
}

export const refresh = () => (id.startsWith("local_") ? undefined : load());

/** What streams do not repeat: parameters, the log, and when the phases began. */
async function load() {
  const mine = id;
  try {
    applyTask(await get(`/tasks/${mine}`));
    error = null;
  } catch (refusal) {
    if (mine === id) {
      error = refusal;
      invalidate();
    }
    return;
  }
  const [lines, versions] = await Promise.allSettled([get(`/tasks/${mine}/logs`), get(`/tasks/${mine}/history`)]);
  if (lines.status === "fulfilled") {
    applyLog(mine, lines.value.logs.map((line) => ({ ...line, time: millis(line.created_at) })));
  }
  if (versions.status === "fulfilled") {
    const task = known(mine);
    const steps = versions.value.history.map((row) => ({ step: row.version, phase: row.phase, status: row.status, at: millis(row.created_at) }));
    if (task) {
      addSteps(task, steps);
    }
    history.fill(mine, versions.value.history);
  }
  invalidate();
}

function show(next) {
  tab = next;
  replaceQuery({ tab: tab === "progress" ? "" : tab });
  invalidate();
}

export function view() {
  const task = known(id);
  if (wasDropped(id)) {
    return html`${back()}${empty("bin", t("task.deleted"), t("task.deletedText"))}`;
  }
  if (error && (!task || error.status === 403 || error.status === 404)) {
    return html`${back()}${failure(error, error.status === 404 || error.status === 403 ? null : load)}`;
  }
  if (!task) {
    return html`${back()}<div class="task-page"><div class="stage">${skeleton(1, "picture")}</div><div>${skeleton(6, "row")}</div></div>`;
  }
  const editing = tab === "layers" && layers.possible(task);
  return html`${back()}
    <header class="page-head task-head">
      <div>
        <h1>${task.title || `${typeName(task.type)} ${shortId(id)}`}</h1>
        <p class="under">
          ${badge(task.status)}
          <span>${typeName(task.type)}</span>
          ${task.optimistic ? html`<span>${t("task.sending")}</span>` : html`<span class="mono">${shortId(id)}${copyable(id, t("task.copyId"))}</span>`}
          ${task.campaign_id ? html`<a href=${`#/campaigns/${task.campaign_id}`}>${t("task.ofCampaign")}</a>` : nothing}
          ${task.parent_task_id ? html`<a href=${`#/tasks/${task.parent_task_id}`}>${t("task.parent", { id: shortId(task.parent_task_id) })}</a>` : nothing}
        </p>
      </div>
      ${actions(task)}
    </header>
    <div class="task-page" ?data-editing=${editing} ?data-plain=${!pictured(task)}>
      ${pictured(task) ? html`<section class="stage" aria-label=${t("task.picture")}>${editing ? layers.stage(task) : stage(task)}</section>` : nothing}
      <div class="task-side">
        ${summary(task)} ${tabs(task)}
        <div class="panel" role="tabpanel" id="task-panel" aria-labelledby=${`tab-${tab}`} tabindex="-1">${panel(task, editing)}</div>
      </div>
    </div>`;
}

const back = () => html`<a class="back" href="#/tasks">${icon("back")}${t("nav.tasks")}</a>`;

function actions(task) {
  if (task.optimistic) {
    return nothing;
  }
  return html`<div class="actions">
    ${Object.entries(moves)
      .filter(([verb, move]) => verb !== "delete" && move.allows(task))
      .map(
        ([verb, move]) => html`<button class="button ${move.danger ? "danger-quiet" : ""}" type="button" data-verb=${verb} @click=${() => act(task, verb)}>
          ${icon(move.symbol)}${t(`verb.${verb}`)}
        </button>`,
      )}
    ${hasEnded(task)
      ? html`<a class="button" href=${`#/new?from=${id}`}>${icon("branch")}${t("verb.derive")}</a>
          <button class="icon-button" type="button" title=${t("verb.delete")} aria-label=${t("verb.delete")} @click=${async () => (await act(task, "delete")) && (location.hash = "#/tasks")}>
            ${icon("bin")}
          </button>`
      : nothing}
  </div>`;
}

/** Whether there is a picture, or one may yet come. */
function pictured(task) {
  const made = task.result?.images?.length || task.result?.url || task.preview || task.sight;
  return Boolean(made) || (task.type !== "roadmap" && !hasEnded(task));
}

/** The best picture there is: the poster, else what the last phase has made, else its place. */
function stage(task) {
  const result = task.result;
  const picture = result?.images?.find((image) => ["poster", "cover"].includes(image.kind)) ?? result?.images?.[0];
  const size = task.input_params?.size ?? (task.type === "cover_image" ? { width: 1200, height: 675 } : { width: 1080, height: 1920 });
  const source = picture?.url ?? result?.url ?? task.sight ?? task.preview;
  const width = picture?.width ?? size.width ?? 1080;
  const height = picture?.height ?? size.height ?? 1920;
  return html`<figure class="picture" .style=${`--ratio:${width}/${height}`}>
    <div class="frame" ?data-waiting=${!hasEnded(task)}>
      ${source
        ? html`<img src=${source} alt=${t(picture ? "task.pictureOf" : "task.pictureSoFar", { title: task.title ?? "" })} width=${width} height=${height} />`
        : html`<div class="no-picture large">${icon("image")}<span>${hasEnded(task) ? t("task.noPicture") : t("task.pictureComes")}</span></div>`}
    </div>
    <figcaption>
      <span>${width} × ${height}${picture ? nothing : source ? html` · ${t("task.unfinished")}` : nothing}</span>
      ${picture
        ? html`<a href=${picture.url} download=${`${id}.${picture.media_type === "image/jpeg" ? "jpg" : "png"}`}>${icon("download")}${t("task.download")}</a>`
        : nothing}
    </figcaption>
  </figure>`;
}

function summary(task) {
  const ended = hasEnded(task);
  const start = millis(task.started_at);
  const until = ended ? millis(task.completed_at) : Date.now();
  const end = task.estimates?.end;
  const waits = millis(task.started_at ?? (ended ? task.completed_at : Date.now())) - millis(task.created_at);
  const facts = [
    [t("fact.made"), html`<span title=${dateTime(task.created_at)}>${ago(task.created_at)}</span>`],
    [t("fact.waited"), duration(Math.max(0, waits))],
    [t("fact.ran"), Number.isFinite(start) ? duration(Math.max(0, until - start)) : "–"],
    task.queue_position > 0
      ? [t("fact.place"), html`${number(task.queue_position)}${task.queue ? html` <small>${t("fact.ofWaiting", { n: task.queue.waiting })}</small>` : nothing}`]
      : [t("fact.priority"), task.priority ?? "–"],
    !ended && end
      ? [t("fact.ends"), likely(end)]
      : [t("fact.computed"), task.compute_ms ? duration(task.compute_ms) : "–"],
  ];
  return html`<div class="card summary">
    <div class="summary-line">
      <strong>${Math.round(task.status === "completed" ? 100 : (task.progress ?? 0))}<small>%</small></strong>
      <div>
        ${race(task)}
        <p aria-live="polite" class="now">${ended ? (task.error?.message ?? task.cancel_reason ?? phaseDone(task)) : phaseName(task.type, task.phase)}
          ${!ended && task.phase_progress !== undefined ? html`<small>${task.message}</small>` : nothing}</p>
      </div>
    </div>
    ${task.error ? html`<p class="problem">${icon("alert")}<span><b>${task.error.code}</b> ${task.error.message}</span></p>` : nothing}
    <dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
  </div>`;
}

/** When it is likely to end; once that has passed, no more than that it may be any moment. */
function likely({ p50, p90 }) {
  const [soon, late] = [p50 - Date.now(), p90 - Date.now()];
  return html`${soon > 500 ? duration(soon) : t("fact.anyMoment")}${late > 500 ? html` <small>${t("fact.atMost", { time: duration(late) })}</small>` : nothing}`;
}

const phaseDone = (task) => (task.status === "cancelled" ? t("task.wasCancelled") : t("task.finished"));

function tabs(task) {
  const names = ["progress", ...(layers.possible(task) ? ["layers"] : []), "parameters", "history"];
  const move = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = names[(names.indexOf(tab) + step + names.length) % names.length];
      show(next);
      queueMicrotask(() => document.getElementById(`tab-${next}`)?.focus());
    }
  };
  return html`<div class="tabs" role="tablist" aria-label=${t("task.parts")} @keydown=${move}>
    ${names.map(
      (name) => html`<button
        id=${`tab-${name}`}
        type="button"
        role="tab"
        aria-selected=${name === tab ? "true" : "false"}
        aria-controls="task-panel"
        tabindex=${name === tab ? 0 : -1}
        @click=${() => show(name)}
      >
        ${t(`tab.${name}`)}
      </button>`,
    )}
  </div>`;
}

function panel(task, editing) {
  if (tab === "parameters") {
    return parameters(task);
  }
  if (tab === "history") {
    return history.view(task);
  }
  if (editing) {
    return layers.panel(task);
  }
  return html`<div class="progress-panel">
    <h2>${t("task.phases")}</h2>
    ${raceTable(task)} ${outcome(task)}
    <h2>${t("task.log")}</h2>
    ${logView(id)}
  </div>`;
}

