// A line of the table of tasks; on a phone it is a card.
import { html, live, nothing } from "../../vendor/lit.js";
import { ago, dateTime, duration, millis, shortId } from "../format.js";
import { hasEnded } from "../store.js";
import { t } from "../i18n.js";
import { badge, typeName } from "../ui/parts.js";
import { icon } from "../ui/icons.js";
import { race } from "../ui/race.js";
import { phaseName } from "../workflows.js";

export function head(all, some, pickAll) {
  return html`<div role="rowgroup" class="head">
    <div role="row" class="line">
      <span role="columnheader" class="cell-pick">
        <input
          type="checkbox"
          aria-label=${t("batch.all.pick")}
          .checked=${live(all)}
          .indeterminate=${some}
          @change=${(event) => pickAll(event.target.checked)}
        />
      </span>
      <span role="columnheader" class="cell-picture"><span class="sr">${t("column.picture")}</span></span>
      <span role="columnheader" class="cell-title">${t("column.task")}</span>
      <span role="columnheader" class="cell-status">${t("column.status")}</span>
      <span role="columnheader" class="cell-race">${t("column.progress")}</span>
      <span role="columnheader" class="cell-wait">${t("column.wait")}</span>
      <span role="columnheader" class="cell-made">${t("column.made")}</span>
    </div>
  </div>`;
}

/** @param {(task: any, on: boolean) => void} pick */
export function row(task, picked, pick) {
  const name = task.title || task.custom_id || `${typeName(task.type)} ${shortId(task.task_id)}`;
  return html`<div role="row" class="line" data-status=${task.status} ?data-optimistic=${task.optimistic} ?data-picked=${picked}>
    <span role="cell" class="cell-pick">
      <input
        type="checkbox"
        aria-label=${t("batch.pick", { name })}
        .checked=${live(picked)}
        ?disabled=${task.optimistic}
        @change=${(event) => pick(task, event.target.checked)}
      />
    </span>
    <span role="cell" class="cell-picture">${picture(task)}</span>
    <span role="cell" class="cell-title">
      ${task.optimistic
        ? html`<b>${name}</b>`
        : html`<a href=${`#/tasks/${task.task_id}`}>${name}</a>`}
      <small>
        ${typeName(task.type)}${task.priority !== undefined && task.priority !== 5 ? html` · ${t("task.priority", { n: task.priority })}` : nothing}
        ${task.campaign_id ? html` · <a href=${`#/campaigns/${task.campaign_id}`}>${t("task.ofCampaign")}</a>` : nothing}
        ${task.parent_task_id ? html` · ${t("task.derived")}` : nothing}
      </small>
    </span>
    <span role="cell" class="cell-status">${badge(task.status)}</span>
    <span role="cell" class="cell-race">
      ${race(task)}
      <small>${line(task)}</small>
    </span>
    <span role="cell" class="cell-wait">${waiting(task)}</span>
    <span role="cell" class="cell-made" title=${dateTime(task.created_at)}>${ago(task.created_at)}</span>
  </div>`;
}

function picture(task) {
  return task.preview
    ? html`<img src=${task.preview} alt="" loading="lazy" width="36" height="48" />`
    : html`<span class="no-picture" aria-hidden="true">${icon(task.type === "roadmap" ? "lanes" : "image")}</span>`;
}

/** What it is doing, or what came of it. */
function line(task) {
  if (task.error) {
    return html`<span class="bad">${task.error.message}</span>`;
  }
  if (hasEnded(task)) {
    return task.status === "cancelled" ? task.cancel_reason || t("task.wasCancelled") : took(task);
  }
  const phase = task.status === "processing" ? phaseName(task.type, task.phase) : task.message;
  return html`${phase}${task.progress ? html` <b>${Math.round(task.progress)} %</b>` : nothing}`;
}

function took(task) {
  const ms = millis(task.completed_at) - millis(task.started_at ?? task.created_at);
  return Number.isFinite(ms) && ms >= 0 ? t("task.took", { time: duration(ms) }) : "";
}

/** Where it waits and when it is likely to end. */
function waiting(task) {
  const end = task.estimates?.end;
  const left = end ? end.p50 - Date.now() : NaN;
  if (hasEnded(task)) {
    return html`<span class="quiet">–</span>`;
  }
  return html`${task.queue_position > 0 ? html`<b>${t("task.place", { n: task.queue_position })}</b>` : nothing}
    ${Number.isFinite(left) && left > 0 ? html`<small>${t("task.left", { time: duration(left) })}</small>` : nothing}
    ${!(task.queue_position > 0) && !(left > 0) ? html`<span class="quiet">–</span>` : nothing}`;
}
