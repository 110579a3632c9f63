// The versions of a task, and what changed from one to another.
import { html, nothing } from "../../vendor/lit.js";
import { get } from "../api.js";
import { clock, duration, millis } from "../format.js";
import { t } from "../i18n.js";
import { invalidate } from "../render.js";
import { badge, empty, skeleton } from "../ui/parts.js";
import { phaseShort } from "../workflows.js";

let id = "";
let versions = null;
let picked = 0;
/** @type {Map<number, any>} states by version; null: not to be had */
const states = new Map();

export function reset(task) {
  id = task;
  versions = null;
  picked = 0;
  states.clear();
}

export function fill(task, rows) {
  if (task === id) {
    versions = rows;
    states.forEach((state, version) => state === null && states.delete(version));
  }
}

/** Asks for a version and the one before it, unless they are known. */
async function pick(version) {
  picked = picked === version ? 0 : version;
  invalidate();
  const index = versions.findIndex((row) => row.version === version);
  await Promise.all([version, versions[index - 1]?.version].filter((wanted) => wanted && !states.has(wanted)).map(ask));
  invalidate();
}

async function ask(version) {
  const mine = id;
  const state = await get(`/tasks/${mine}/snapshot?version=${version}`).then((data) => data.state, () => null);
  if (mine === id) {
    states.set(version, state);
  }
}

export function view(task) {
  if (!versions) {
    return skeleton(6);
  }
  // What came since the list was asked for stands below it; the list itself is asked for again when the task has ended.
  const last = versions[versions.length - 1]?.version ?? 0;
  const later = (task.way ?? []).filter((step) => step.step > last);
  if (!versions.length && !later.length) {
    return empty("tasks", t("history.none"), t("history.noneText"));
  }
  return html`<p class="hint">${t("history.lead")}</p>
    <ol class="versions">
      ${versions.map(
        (row, index) => html`<li>
          <button type="button" aria-expanded=${picked === row.version ? "true" : "false"} @click=${() => pick(row.version)}>
            <b class="mono">v${row.version}</b>
            <span>${phaseShort(row.phase)}</span>
            ${badge(row.status)}
            <time>${clock(row.created_at)}</time>
            <small>${index ? `+${duration(millis(row.created_at) - millis(versions[index - 1].created_at))}` : nothing}</small>
          </button>
          ${picked === row.version ? difference(index) : nothing}
        </li>`,
      )}
      ${later.map((step) => html`<li class="later"><b class="mono">v${step.step}</b><span>${phaseShort(step.phase)}</span>${badge(step.status)}<time>${clock(step.at)}</time></li>`)}
    </ol>`;
}

function difference(index) {
  const now = states.get(versions[index].version);
  const before = index ? states.get(versions[index - 1].version) : {};
  if (now === undefined || before === undefined) {
    return skeleton(3);
  }
  if (now === null) {
    return html`<p class="hint">${t("history.notYet")}</p>`;
  }
  const rows = compare(flat(before ?? {}), flat(now));
  return html`<table class="diff">
    <thead><tr><th>${t("history.field")}</th><th>${t("history.before")}</th><th>${t("history.after")}</th></tr></thead>
    <tbody>
      ${rows.map((row) => html`<tr data-kind=${row.kind}><th scope="row">${row.name}</th><td>${row.before}</td><td>${row.after}</td></tr>`)}
    </tbody>
  </table>`;
}

/** A state as one level of names and texts. */
function flat(value, prefix = "", into = {}) {
  for (const [name, inner] of Object.entries(value)) {
    const path = prefix ? `${prefix}.${name}` : name;
    if (inner && typeof inner === "object") {
      flat(inner, path, into);
    } else {
      into[path] = shown(name, inner);
    }
  }
  return into;
}

function shown(name, value) {
  if (typeof value === "number" && (name === "time" || name.endsWith("_at"))) {
    return clock(value);
  }
  const text = String(value ?? "");
  return text.startsWith("/api/v1/artifacts/") ? `…/${text.slice(18, 30)}` : text;
}

function compare(before, after) {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => before[name] !== after[name] && name !== "version")
    .map((name) => ({
      name,
      before: before[name] ?? "",
      after: after[name] ?? "",
      kind: name in before ? (name in after ? "changed" : "gone") : "new",
    }));
}
