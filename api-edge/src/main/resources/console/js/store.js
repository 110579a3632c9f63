// What is known of tasks and campaigns. Everything that comes, from whichever call or stream, is laid over what is there; what is older
// than what was shown changes nothing.
import { invalidate } from "./render.js";
import { madeAt } from "./format.js";

/** @type {Map<string, any>} */
const tasks = new Map();
/** @type {Map<string, any>} */
const campaigns = new Map();
/** @type {Map<string, any[]>} lines of logs by task */
const logs = new Map();
const MAX_LINES = 500;
/** Tasks that have ended are let go beyond this many, the oldest first. */
const MAX_TASKS = 4_000;
/** @type {Set<string>} tasks that were deleted: a step or an answer that was on its way brings none of them back */
const dropped = new Set();
const MAX_DROPPED = 1_000;

export const ENDED = ["completed", "partial_failure", "failed", "cancelled"];
export const hasEnded = (task) => ENDED.includes(task.status);

export const task = (id) => tasks.get(id);
export const campaign = (id) => campaigns.get(id);
export const allTasks = () => tasks.values();
export const allCampaigns = () => campaigns.values();
export const logOf = (id) => logs.get(id) ?? [];

let returned = () => {};

/** Called with the task, or campaign, that goes on after it had ended. */
export function whenReturned(callback) {
  returned = callback;
}

export function clear() {
  tasks.clear();
  campaigns.clear();
  logs.clear();
  dropped.clear();
}

/** A task that was deleted: it is gone, and stays so. */
export function drop(id) {
  dropped.add(id);
  if (dropped.size > MAX_DROPPED) {
    dropped.delete(dropped.values().next().value);
  }
  takeBack(id);
}

export const wasDropped = (id) => dropped.has(id);

/** A task that was shown before the edge had taken it; it may be shown again. */
export function takeBack(id) {
  tasks.delete(id);
  logs.delete(id);
  invalidate();
}

/** Fields that hold where a task stands; they come together or not at all. */
const WAITING = ["queue_position", "queue", "estimates"];

/** Lays a task, or an event about one, over what is known of it. @returns the task as it is now */
export function applyTask(next) {
  const id = next.task_id ?? next.id;
  if (next.deleted) {
    drop(id);
  }
  if (dropped.has(id)) {
    return next;
  }
  const old = tasks.get(id);
  if (!old) {
    const made = madeAt(id);
    const fresh = { ...next, task_id: id, created_at: next.created_at ?? (Number.isFinite(made) ? made : undefined) };
    remember(fresh, next, true);
    tasks.set(id, fresh);
    shrink();
    invalidate();
    return fresh;
  }
  const order = (next.attempt ?? old.attempt) - old.attempt || (next.step ?? old.step) - old.step;
  if (order < 0) {
    // Parameters and names never change: even an old answer may bring them.
    keepMissing(old, next);
    return old;
  }
  const merged = { ...old, ...definedOf(next) };
  if (order === 0 && !next.result) {
    // Two voices about one step: the bar goes forward only.
    merged.progress = Math.max(old.progress ?? 0, next.progress ?? 0);
    if (merged.progress === old.progress && next.phase_progress === undefined && old.phase_progress !== undefined) {
      merged.message = old.message;
    }
  } else if (order > 0 && next.phase_progress === undefined) {
    delete merged.phase_progress;
  }
  if (!["pending", "queued"].includes(merged.status)) {
    delete merged.queue_position;
    delete merged.queue;
    if (hasEnded(merged)) {
      delete merged.estimates;
    }
  } else if (order > 0 && next.queue_position === undefined) {
    WAITING.forEach((name) => delete merged[name]);
  }
  if (order > 0 && !hasEnded(merged)) {
    delete merged.error;
    delete merged.completed_at;
  }
  remember(merged, next, order > 0);
  tasks.set(id, merged);
  if (hasEnded(old) && !hasEnded(merged)) {
    returned({ task: id });
  }
  invalidate();
  return merged;
}

/** What passes by and is worth keeping: when phases began, and the newest picture that a phase has made. */
function remember(into, next, stepped) {
  if (next.time) {
    into.updated_at = next.time;
    if (into.status === "processing" && !into.started_at) {
      into.started_at = next.time;
    }
    if (hasEnded(into) && !into.completed_at) {
      into.completed_at = next.time;
    }
  }
  if (stepped && next.time && next.step > 0) {
    addSteps(into, [{ step: next.step, phase: next.phase, status: next.status, at: next.time }]);
    if (next.message) {
      applyLog(into.task_id, [{ time: next.time, level: next.error ? "error" : "info", phase: next.phase, message: next.message }]);
    }
  }
  if (next.result) {
    into.preview ??= next.result.preview ?? next.result.thumbnail_url;
  }
  if (isPicture(next.details?.artifact)) {
    into.sight = next.details.artifact;
  }
}

/** Facts of phases name what they made; only the edge's own links are pictures that may be shown. */
const isPicture = (link) => typeof link === "string" && link.includes("/api/v1/artifacts/");

/** When which phase began, as steps have said; kept in order, each once. */
export function addSteps(into, steps) {
  const all = [...(into.way ?? []), ...steps].sort((a, b) => a.at - b.at);
  into.way = all.filter((step, index) => index === 0 || step.at !== all[index - 1].at || step.phase !== all[index - 1].phase);
}

function definedOf(next) {
  return Object.fromEntries(Object.entries(next).filter(([name, value]) => value !== undefined && name !== "event" && name !== "cursor"));
}

function keepMissing(old, next) {
  for (const name of ["input_params", "title", "created_at", "priority", "campaign_id", "custom_id", "parent_task_id"]) {
    old[name] ??= next[name];
  }
  invalidate();
}

function shrink() {
  if (tasks.size > MAX_TASKS + 500) {
    const ended = [...tasks.values()].filter(hasEnded).sort((a, b) => (a.task_id < b.task_id ? -1 : 1));
    ended.slice(0, tasks.size - MAX_TASKS).forEach((old) => tasks.delete(old.task_id));
  }
}

export function applyCampaign(next) {
  const id = next.campaign_id ?? next.id;
  const old = campaigns.get(id);
  if (!old || (next.version ?? 0) >= (old.version ?? 0)) {
    const merged = { ...old, ...definedOf(next), id };
    campaigns.set(id, merged);
    if (old?.status === "completed" && merged.status !== "completed") {
      returned({ campaign: id });
    }
    invalidate();
  }
}

/** Adds lines of a log; a line that is there already, by whichever way it came, is not added again. */
export function applyLog(id, lines) {
  if (dropped.has(id)) {
    return;
  }
  const known = logs.get(id) ?? [];
  const seen = new Set(known.map(keyOf));
  const fresh = lines.filter((line) => !seen.has(keyOf(line)));
  if (fresh.length) {
    logs.set(id, [...known, ...fresh].sort((a, b) => a.time - b.time).slice(-MAX_LINES));
    invalidate();
  }
}

const keyOf = (line) => `${line.time}|${line.level}|${line.message}`;
