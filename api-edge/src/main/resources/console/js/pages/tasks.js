// All tasks of the one who looks, newest first. The list is asked for once; from then on events move it.
import { html, live, nothing, repeat } from "../../vendor/lit.js";
import { get } from "../api.js";
import { invalidate } from "../render.js";
import { replaceQuery, route } from "../router.js";
import { allTasks, applyTask, ENDED } from "../store.js";
import { remember, remembered } from "../prefs.js";
import { t } from "../i18n.js";
import { empty, failure, segments, skeleton, typeName } from "../ui/parts.js";
import { icon } from "../ui/icons.js";
import { types } from "../workflows.js";
import { actOnAll, moves } from "./task-actions.js";
import { head, row } from "./task-row.js";

const PAGE = 50;

/** What the groups of the filter mean. */
const groups = {
  all: null,
  running: ["processing", "paused"],
  waiting: ["pending", "queued"],
  done: ["completed", "partial_failure"],
  failed: ["failed"],
  cancelled: ["cancelled"],
};

let filter = { group: "all", type: "", text: "", rows: "" };
/** Down to which id the list has been read, by filter; events above it are shown, what lies below is not known yet. */
let horizon = "";
let more = false;
let complete = true;
let loading = false;
let loaded = false;
let error = null;
let asked = 0;
/** Chosen for what is done to many. */
const selected = new Set();

export const title = () => t("nav.tasks");

export function enter() {
  const { query } = route();
  filter = {
    group: query.get("show") in groups ? query.get("show") : "all",
    type: query.get("type") ?? "",
    text: query.get("text") ?? "",
    rows: remembered("rows", ""),
  };
  loaded = false;
  load(false);
}

export const leave = () => selected.clear();
export const refresh = () => load(false);

/** Reads a page of each status of the group; more: below what is shown. */
async function load(further) {
  const mine = ++asked;
  loading = true;
  error = null;
  invalidate();
  const statuses = groups[filter.group] ?? [""];
  const from = further ? horizon : "";
  try {
    const pages = await Promise.all(
      statuses.map((status) => {
        const query = new URLSearchParams({ limit: String(PAGE) });
        Object.entries({ status, type: filter.type, cursor: from }).forEach(([name, value]) => value && query.set(name, value));
        return get(`/tasks?${query}`);
      }),
    );
    if (mine !== asked) {
      return;
    }
    pages.forEach((page) => page.tasks.forEach(applyTask));
    // The lists end at different ids: only what lies above the highest of their ends is known whole.
    const ends = pages.map((page) => page.next_cursor).filter(Boolean);
    horizon = ends.length ? ends.reduce((a, b) => (a > b ? a : b)) : "";
    more = ends.length > 0;
    complete = pages.every((page) => page.complete !== false);
    loaded = true;
  } catch (refusal) {
    if (mine === asked) {
      error = refusal;
    }
  } finally {
    if (mine === asked) {
      loading = false;
      invalidate();
    }
  }
}

function choose(change) {
  filter = { ...filter, ...change };
  remember("rows", filter.rows);
  replaceQuery({ show: filter.group === "all" ? "" : filter.group, type: filter.type, text: filter.text });
  if ("group" in change || "type" in change) {
    selected.clear();
    load(false);
  }
  invalidate();
}

function matches(task) {
  const text = filter.text.trim().toLowerCase();
  return (
    (!groups[filter.group] || groups[filter.group].includes(task.status)) &&
    (!filter.type || task.type === filter.type) &&
    (filter.rows === "all" || !task.campaign_id) &&
    (!text || [task.title, task.task_id, task.custom_id, task.project_id].some((value) => value?.toLowerCase().includes(text)))
  );
}

function shownTasks() {
  const list = [];
  for (const task of allTasks()) {
    if ((!horizon || task.task_id >= horizon || task.optimistic) && matches(task)) {
      list.push(task);
    }
  }
  return list.sort((a, b) => (b.optimistic ? 1 : 0) - (a.optimistic ? 1 : 0) || (a.task_id < b.task_id ? 1 : -1));
}

function counts() {
  const found = { running: 0, waiting: 0 };
  for (const task of allTasks()) {
    if (!ENDED.includes(task.status) && (filter.rows === "all" || !task.campaign_id)) {
      found[groups.running.includes(task.status) ? "running" : "waiting"]++;
    }
  }
  return found;
}

function pick(task, on) {
  on ? selected.add(task.task_id) : selected.delete(task.task_id);
  invalidate();
}

export function view() {
  const tasks = shownTasks();
  const chosen = tasks.filter((task) => selected.has(task.task_id));
  return html`<header class="page-head">
      <div><h1>${t("nav.tasks")}</h1></div>
      <a class="button primary" href="#/new">${icon("plus")}${t("nav.new")}</a>
    </header>
    ${filters()}
    ${complete ? nothing : html`<p class="notice">${icon("alert")}${t("tasks.incomplete")}</p>`}
    ${error && !tasks.length
      ? failure(error, () => load(false))
      : !loaded && !tasks.length
        ? skeleton(8, "row")
        : tasks.length
          ? table(tasks, chosen)
          : nothingHere()}
    ${loaded && more
      ? html`<div class="more"><button class="button" type="button" ?disabled=${loading} @click=${() => load(true)}>${t(loading ? "tasks.loading" : "tasks.more")}</button></div>`
      : nothing}
    ${chosen.length ? tray(chosen) : nothing}`;
}

function filters() {
  const { running, waiting } = counts();
  const options = Object.keys(groups).map((group) => [
    group,
    t(`group.${group}`),
    group === "running" ? running || undefined : group === "waiting" ? waiting || undefined : undefined,
  ]);
  return html`<div class="filters">
    ${segments("group", t("tasks.show"), options, filter.group, (group) => choose({ group }))}
    <label class="search">
      ${icon("search")}<span class="sr">${t("tasks.search")}</span>
      <input type="search" placeholder=${t("tasks.search")} .value=${live(filter.text)} @input=${(event) => choose({ text: event.target.value })} />
    </label>
    <label class="select"><span class="sr">${t("tasks.type")}</span>
      <select .value=${live(filter.type)} @change=${(event) => choose({ type: event.target.value })}>
        <option value="">${t("tasks.anyType")}</option>
        ${types().map((type) => html`<option value=${type} ?selected=${type === filter.type}>${typeName(type)}</option>`)}
      </select>
    </label>
    <label class="check">
      <input type="checkbox" .checked=${live(filter.rows === "all")} @change=${(event) => choose({ rows: event.target.checked ? "all" : "" })} />
      <span>${t("tasks.rows")}</span>
    </label>
  </div>`;
}

function table(tasks, chosen) {
  const all = chosen.length === tasks.length;
  const pickAll = (on) => {
    tasks.forEach((task) => (on ? selected.add(task.task_id) : selected.delete(task.task_id)));
    invalidate();
  };
  return html`<div class="table tasks-table" role="table" aria-label=${t("nav.tasks")} aria-rowcount=${tasks.length}>
    ${head(all, chosen.length > 0 && !all, pickAll)}
    <div role="rowgroup">
      ${repeat(
        tasks,
        (task) => task.task_id,
        (task) => row(task, selected.has(task.task_id), pick),
      )}
    </div>
  </div>`;
}

function nothingHere() {
  const filtered = filter.group !== "all" || filter.type || filter.text;
  return filtered
    ? empty("search", t("tasks.noMatch"), t("tasks.noMatchText"), html`<button class="button" type="button" @click=${() => choose({ group: "all", type: "", text: "" })}>${t("tasks.clear")}</button>`)
    : empty("tasks", t("tasks.none"), t("tasks.noneText"), html`<a class="button primary" href="#/new">${icon("plus")}${t("nav.new")}</a>`);
}

/** What can be done with the chosen ones; a move stands here if one of them at least allows it. */
function tray(chosen) {
  return html`<div class="tray" role="region" aria-label=${t("batch.region")}>
    <b aria-live="polite">${t("batch.chosen", { n: chosen.length })}</b>
    <div class="tray-actions">
      ${Object.entries(moves)
        .filter(([, move]) => chosen.some(move.allows))
        .map(
          ([verb, move]) => html`<button
            class="button small ${move.danger && verb === "delete" ? "danger" : ""}"
            type="button"
            @click=${async () => (await actOnAll(chosen, verb)) && (selected.clear(), invalidate())}
          >
            ${icon(move.symbol)}${t(`verb.${verb}`)}${chosen.every(move.allows) ? nothing : ` (${chosen.filter(move.allows).length})`}
          </button>`,
        )}
    </div>
    <button class="icon-button" type="button" aria-label=${t("batch.clear")} @click=${() => (selected.clear(), invalidate())}>${icon("close")}</button>
  </div>`;
}
