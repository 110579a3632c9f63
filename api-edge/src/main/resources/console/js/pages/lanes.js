// Lanes and what the last hour was like. Asked for when the page is opened and while something runs or waits; an idle edge is left alone.
import { html, live, nothing } from "../../vendor/lit.js";
import { call, get } from "../api.js";
import { duration, number, roughly } from "../format.js";
import { t } from "../i18n.js";
import { invalidate } from "../render.js";
import { identity, who } from "../session.js";
import { allTasks, hasEnded } from "../store.js";
import { failure, segments, skeleton, typeName } from "../ui/parts.js";
import { icon } from "../ui/icons.js";
import { complain, toast } from "../ui/toast.js";
import { chart, ranking } from "../ui/chart.js";
import { phaseShort } from "../workflows.js";
import { series, sums } from "./minutes.js";

const PERIOD = 5_000;

let lanes = null;
let minutes = null;
let stats = null;
let error = null;
let span = 60;
let timer = 0;
let open = false;
/** How many times it was asked: only the last answer is shown. */
let asked = 0;
/** Who has seen what is here: what an admin sees is not for the next. */
let reader = "";

export const title = () => t("nav.lanes");

export function enter() {
  open = true;
  if (reader !== identity()) {
    reader = identity();
    lanes = null;
    minutes = null;
    stats = null;
  }
  load();
}

export function leave() {
  open = false;
  clearTimeout(timer);
}

export const refresh = () => load();

async function load() {
  clearTimeout(timer);
  const mine = ++asked;
  const oversees = ["admin", "service"].includes(who().role);
  const [all, last, queue] = await Promise.allSettled([get("/lanes"), get(`/metrics/minutes?minutes=${span}`), oversees ? get("/admin/queue/stats") : Promise.resolve(null)]);
  if (mine !== asked) {
    return;
  }
  if (all.status === "fulfilled") {
    lanes = all.value.lanes;
    error = null;
  } else {
    error = all.reason;
  }
  minutes = last.status === "fulfilled" ? last.value : minutes;
  stats = queue.status === "fulfilled" ? queue.value : stats;
  invalidate();
  again();
}

/** While something moves, here or on the lanes; otherwise the next look is the reader's to ask for, or comes with the next task. */
function again() {
  clearTimeout(timer);
  if (open) {
    timer = setTimeout(() => {
      const busy = lanes?.some((lane) => lane.running + lane.waiting > 0) || [...allTasks()].some((task) => !hasEnded(task));
      if (busy && !document.hidden) {
        load();
      } else {
        again();
      }
    }, PERIOD);
  }
}

async function widen(lane, concurrency) {
  try {
    const { status } = await call(`/lanes/${lane.name}`, { method: "PUT", json: { concurrency } });
    toast("good", t(status === 200 ? "lane.set" : "done.undecided"));
    load();
  } catch (refusal) {
    complain(refusal);
    invalidate();
  }
}

export function view() {
  return html`<header class="page-head">
      <div><h1>${t("nav.lanes")}</h1><p class="under">${t("lanes.lead")}</p></div>
      <button class="button" type="button" @click=${load}>${icon("refresh")}${t("lanes.refresh")}</button>
    </header>
    ${error && !lanes ? failure(error, load) : !lanes ? skeleton(3, "row") : html`<ul class="lanes">${lanes.map(card)}</ul>`}
    ${stats ? overview() : nothing}
    <div class="wall-head">
      <h2>${t("lanes.minutes")}</h2>
      ${segments("span", t("lanes.span"), [["60", t("lanes.hour")], ["360", t("lanes.sixHours")], ["1440", t("lanes.day")]], String(span), (value) => ((span = Number(value)), load()))}
    </div>
    ${minutes ? charts() : skeleton(2, "picture")}`;
}

function card(lane) {
  const shown = Math.min(lane.concurrency, 24);
  const admin = who().role === "admin";
  return html`<li class="card lane">
    <div class="lane-head"><h2>${typeName(lane.name)}</h2>
      ${admin
        ? html`<label class="lane-limit"><span>${t("lane.limit")}</span>
            <input type="number" min="1" max="1000" .value=${live(String(lane.concurrency))} @change=${(event) => widen(lane, event.target.valueAsNumber)} /></label>`
        : nothing}
    </div>
    <div class="slots" role="img" aria-label=${t("lane.slots", { running: lane.running, limit: lane.concurrency })}>
      ${Array.from({ length: shown }, (_, index) => html`<i ?data-busy=${index < lane.running}></i>`)}
      ${lane.concurrency > shown ? html`<small>+${lane.concurrency - shown}</small>` : nothing}
    </div>
    <dl class="facts">
      <div><dt>${t("lane.running")}</dt><dd>${number(lane.running)}<small> / ${number(lane.concurrency)}</small></dd></div>
      <div><dt>${t("lane.waiting")}</dt><dd>${number(lane.waiting)}</dd></div>
      <div><dt>${t("lane.held")}</dt><dd>${lane.held_ms ? duration(lane.held_ms.p50) : "–"}</dd></div>
    </dl>
    ${lane.queues?.length ? queues(lane.queues) : nothing}
  </li>`;
}

const queues = (all) => html`<table class="queues">
  <thead><tr><th>${t("lane.tenant")}</th><th>${t("fact.priority")}</th><th>${t("lane.waiting")}</th></tr></thead>
  <tbody>${all.slice(0, 8).map((queue) => html`<tr><th scope="row">${queue.tenant}</th><td>${queue.priority}</td><td>${number(queue.waiting)}</td></tr>`)}</tbody>
</table>`;

/** For those who see everybody's. */
function overview() {
  const busy = (stats.lanes ?? []).filter((lane) => lane.queues?.length);
  return html`<div class="card overview">
    <h2>${t("lanes.everybody")}</h2>
    <dl class="facts">
      ${Object.entries(stats.live_tasks ?? {}).map(([status, count]) => html`<div><dt>${t(`status.${status}`)}</dt><dd>${number(count)}</dd></div>`)}
      <div><dt>${t("lanes.openCampaigns")}</dt><dd>${number(stats.open_campaigns ?? 0)}</dd></div>
    </dl>
    ${busy.map((lane) => html`<h3>${typeName(lane.name)}</h3>${queues(lane.queues)}`)}
  </div>`;
}

function charts() {
  const data = series(minutes, span, Date.now());
  const { failures, compute } = sums(minutes);
  const counts = [
    ["completed", "good"],
    ["partial_failure", "warn"],
    ["failed", "bad"],
    ["cancelled", "quiet"],
  ].map(([name, tone]) => ({ name: t(`status.${name}`), tone, values: data.counts[name] }));
  const quantiles = (name) => [
    { name: t("chart.p50"), tone: "accent", values: data[name].p50 },
    { name: t("chart.p90"), tone: "second", values: data[name].p90 },
  ];
  return html`<div class="charts">
    ${chart({ id: "ends", title: t("chart.ends"), kind: "bars", times: data.times, series: counts, unit: (value) => number(value) })}
    ${chart({ id: "arrivals", title: t("chart.arrivals"), kind: "bars", times: data.times, series: [{ name: t("chart.submitted"), tone: "accent", values: data.counts.submitted }], unit: (value) => number(value) })}
    ${chart({ id: "queue", title: t("chart.queue"), kind: "lines", times: data.times, series: quantiles("queue_ms"), unit: duration, mark: roughly })}
    ${chart({ id: "run", title: t("chart.run"), kind: "lines", times: data.times, series: quantiles("run_ms"), unit: duration, mark: roughly })}
    ${chart({ id: "batch", title: t("chart.batch"), kind: "lines", times: data.times, series: [{ name: t("chart.batchMean"), tone: "accent", values: data.batch }], unit: (value) => number(value, 1) })}
    ${ranking(t("chart.compute"), compute.map(([name, value]) => ({ name: phaseShort(name), value })), duration)}
    ${ranking(t("chart.failures"), failures.map(([name, value]) => ({ name, value, tone: "bad" })), (value) => number(value))}
  </div>`;
}
