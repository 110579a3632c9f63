// One campaign: its counts, and a wall that fills as its pictures come.
import { html, nothing, repeat } from "../../vendor/lit.js";
import { get, post } from "../api.js";
import { followCampaign, followOn } from "../feed.js";
import { ago, duration, millis, number } from "../format.js";
import { t } from "../i18n.js";
import { invalidate } from "../render.js";
import { allTasks, applyCampaign, applyTask, campaign as known } from "../store.js";
import { badge, failure, segments, skeleton, statusName } from "../ui/parts.js";
import { confirm } from "../ui/dialog.js";
import { icon } from "../ui/icons.js";
import { complain, toast } from "../ui/toast.js";
import { counts, ends, left, tally, upToDate } from "./campaign-parts.js";

const PAGE = 200;

let id = "";
let error = null;
let room = PAGE;
let only = "all";
let cursor = null;
let reading = false;
let close = () => {};

export const title = () => known(id)?.name || t("nav.campaign");

export function enter(params) {
  id = params.id;
  error = null;
  room = PAGE;
  only = "all";
  cursor = null;
  load();
  close = followCampaign(id);
}

export const leave = () => close();
export const refresh = () => load();

async function load() {
  const mine = id;
  try {
    applyCampaign(await get(`/campaigns/${mine}`));
    error = null;
    await read(mine, null);
  } catch (refusal) {
    if (mine === id) {
      error = refusal;
    }
  }
  invalidate();
}

/** Rows come newest first; the wall shows as many as it has room for. */
async function read(mine, from) {
  const page = await get(`/campaigns/${mine}/tasks?limit=${PAGE}${from ? `&cursor=${from}` : ""}`);
  page.tasks.forEach(applyTask);
  if (mine === id) {
    cursor = page.next_cursor;
  }
}

async function further() {
  room += PAGE;
  reading = true;
  invalidate();
  try {
    if (cursor) {
      await read(id, cursor);
    }
  } catch (refusal) {
    complain(refusal);
  }
  reading = false;
  invalidate();
}

async function cancelRest(campaign) {
  const answer = await confirm({
    title: t("campaign.cancelTitle", { n: campaign.open }),
    text: t("campaign.cancelText"),
    action: t("campaign.cancel"),
    reason: true,
  });
  if (answer) {
    await done(() => post(`/campaigns/${id}/cancel`, answer.reason ? { reason: answer.reason } : {}), "campaign.cancelled");
  }
}

/** The stream of a campaign ends with it, and brings the rows of other people alone. */
async function retryFailed() {
  const mine = id;
  const data = await post(`/campaigns/${mine}/retry-failed`);
  followOn(mine);
  return data;
}

async function done(work, word) {
  try {
    const data = await work();
    toast("good", t(word, { n: data?.failed_rows ?? 0 }));
    load();
  } catch (refusal) {
    complain(refusal);
  }
}

export function view() {
  const campaign = known(id) && upToDate(known(id));
  if (error && !campaign) {
    return html`${back()}${failure(error, error.status === 404 || error.status === 403 ? null : load)}`;
  }
  if (!campaign) {
    return html`${back()}${skeleton(2, "row")}`;
  }
  const running = campaign.status === "running";
  const failed = (campaign.failed ?? 0) + (campaign.partial_failure ?? 0);
  return html`${back()}
    <header class="page-head">
      <div>
        <h1>${campaign.name || campaign.id}</h1>
        <p class="under">
          ${badge(campaign.status === "completed" ? ends(campaign) : campaign.status)}<span>${t("campaign.rowsOf", { n: number(campaign.total) })}</span
          ><span>${ago(campaign.created_at)}</span>
        </p>
      </div>
      <div class="actions">
        ${failed
          ? html`<button class="button" type="button" @click=${() => done(retryFailed, "campaign.retried")}>${icon("redo")}${t("campaign.retry", { n: failed })}</button>`
          : nothing}
        ${running && campaign.open > 0
          ? html`<button class="button danger-quiet" type="button" @click=${() => cancelRest(campaign)}>${icon("stop")}${t("campaign.cancelRest", { n: campaign.open })}</button>`
          : nothing}
      </div>
    </header>
    <div class="card campaign-sum">
      <strong>${Math.floor(campaign.progress ?? 0)}<small>%</small></strong>
      <div class="campaign-bar">${tally(campaign)}<p aria-live="polite">${counts(campaign)}</p></div>
      <dl class="facts">
        <div><dt>${t("campaign.rate")}</dt><dd>${rate(campaign)}</dd></div>
        <div><dt>${t(running ? "campaign.left" : "campaign.took")}</dt><dd>${running ? left(campaign) : duration(lasted(campaign))}</dd></div>
        <div><dt>${t("fact.computed")}</dt><dd>${campaign.compute_ms ? duration(campaign.compute_ms) : "–"}</dd></div>
      </dl>
    </div>
    ${wall(campaign)}`;
}

const back = () => html`<a class="back" href="#/campaigns">${icon("back")}${t("nav.campaigns")}</a>`;

const lasted = (campaign) => millis(campaign.completed_at) - millis(campaign.created_at);

/** Rows a minute: as the edge says while it runs, over the whole time when it has ended. */
function rate(campaign) {
  const perSecond = campaign.rate || (1000 * campaign.total) / lasted(campaign);
  return perSecond > 0 ? t("campaign.perMinute", { n: number(perSecond * 60, 1) }) : "–";
}

const collator = new Intl.Collator("en", { numeric: true });

/** By the names that its maker gave the rows: their ids hold no order. */
const inOrder = (a, b) => collator.compare(a.custom_id ?? "", b.custom_id ?? "") || (a.task_id < b.task_id ? -1 : 1);

/** A tile for each row; those that the orchestrator has not taken yet are there as places, so that nothing moves when they come. */
function wall(campaign) {
  const rows = [...allTasks()].filter((task) => task.campaign_id === id).sort(inOrder);
  const fit = {
    all: () => true,
    open: (task) => !["completed", "partial_failure", "failed", "cancelled"].includes(task.status),
    done: (task) => ["completed", "partial_failure"].includes(task.status),
    failed: (task) => ["failed", "cancelled"].includes(task.status),
  };
  const shown = rows.filter(fit[only]).slice(0, room);
  const places = only === "all" ? Math.max(0, Math.min(room, campaign.total) - shown.length) : 0;
  const more = only === "all" ? campaign.total > room : cursor !== null || rows.filter(fit[only]).length > room;
  return html`<div class="wall-head">
      <h2>${t("campaign.wall")}</h2>
      ${segments("only", t("tasks.show"), ["all", "open", "done", "failed"].map((name) => [name, t(`wall.${name}`)]), only, (value) => ((only = value), invalidate()))}
    </div>
    ${shown.length + places === 0
      ? html`<p class="hint">${t("tasks.noMatch")}</p>`
      : html`<ul class="wall">
          ${repeat(shown, (task) => task.task_id, tile)} ${Array.from({ length: places }, () => html`<li class="tile place" aria-hidden="true"></li>`)}
        </ul>`}
    ${more ? html`<div class="more"><button class="button" type="button" ?disabled=${reading} @click=${further}>${t("tasks.more")}</button></div>` : nothing}`;
}

function tile(task) {
  const name = task.custom_id || task.title || task.task_id;
  return html`<li class="tile" data-status=${task.status}>
    <a href=${`#/tasks/${task.task_id}`} aria-label=${`${name}: ${statusName(task.status)}`} title=${task.title ?? name}>
      ${task.preview
        ? html`<img src=${task.preview} alt="" loading="lazy" />`
        : html`<span class="tile-fill"><i .style=${`transform:scaleY(${(task.progress ?? 0) / 100})`}></i></span>`}
      <span class="tile-name">${name}</span>
      ${["failed", "cancelled", "partial_failure"].includes(task.status) ? html`<span class="tile-mark">${icon(task.status === "cancelled" ? "stop" : "alert")}</span>` : nothing}
    </a>
  </li>`;
}
