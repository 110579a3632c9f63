// What can be done to tasks, one or many: which moves a state allows, how each is asked, and what came of it.
import { html } from "../../vendor/lit.js";
import { call, each, post } from "../api.js";
import { applyTask, drop, hasEnded, task as known } from "../store.js";
import { confirm, dialog } from "../ui/dialog.js";
import { complain, toast } from "../ui/toast.js";
import { t } from "../i18n.js";
import { icon } from "../ui/icons.js";
import { shortId } from "../format.js";

const active = (task) => !hasEnded(task);

/** @type {Record<string, {symbol: string, allows: (task: any) => boolean, danger?: boolean}>} */
export const moves = {
  pause: { symbol: "pause", allows: (task) => ["queued", "processing"].includes(task.status) },
  resume: { symbol: "play", allows: (task) => task.status === "paused" },
  recover: { symbol: "redo", allows: (task) => ["failed", "partial_failure"].includes(task.status) },
  cancel: { symbol: "stop", allows: active, danger: true },
  delete: { symbol: "bin", allows: hasEnded, danger: true },
};

/** One move of one task; resolves with what the orchestrator said. */
async function move(id, verb, reason) {
  if (verb === "delete") {
    const { data } = await call(`/tasks/${id}`, { method: "DELETE" });
    // One that is not decided yet is told by the stream.
    if (data?.success !== false) {
      drop(id);
    }
    return data;
  }
  const data = await post(`/tasks/${id}/${verb}`, reason ? { reason } : {});
  if (data?.status && known(id)) {
    // The stream brings the step itself; until then the button must not lie.
    applyTask({ ...known(id), status: data.status });
  }
  return data;
}

/** Asks where that is due, moves the task, and says what came of it. @returns {Promise<boolean>} */
export async function act(task, verb) {
  let reason = "";
  if (moves[verb].danger) {
    const answer = await confirm({
      title: t(`confirm.${verb}`, { n: 1 }),
      text: t(`confirm.${verb}Text`),
      action: t(`verb.${verb}`),
      reason: verb === "cancel",
    });
    if (!answer) {
      return false;
    }
    reason = answer.reason;
  }
  try {
    const data = await move(task.task_id, verb, reason);
    toast("good", data?.success === false ? t("done.undecided") : t(`done.${verb}`));
    return true;
  } catch (refusal) {
    complain(refusal);
    return false;
  }
}

/** The same for many; every one of them is reported. */
export async function actOnAll(tasks, verb) {
  const fit = tasks.filter(moves[verb].allows);
  let reason = "";
  if (moves[verb].danger) {
    const answer = await confirm({
      title: t(`confirm.${verb}`, { n: fit.length }),
      text: t(`confirm.${verb}Text`),
      action: t(`verb.${verb}`),
      reason: verb === "cancel",
    });
    if (!answer) {
      return false;
    }
    reason = answer.reason;
  }
  const rows = verb === "cancel" ? await cancelAll(fit, reason) : await moveAll(fit, verb);
  tasks.filter((task) => !fit.includes(task)).forEach((task) => rows.push({ task, good: false, text: t("batch.notNow") }));
  report(verb, rows);
  return true;
}

async function cancelAll(tasks, reason) {
  const rows = [];
  for (let from = 0; from < tasks.length; from += 100) {
    const part = tasks.slice(from, from + 100);
    try {
      const { items } = await post("/tasks/batch-cancel", { task_ids: part.map((task) => task.task_id), ...(reason ? { reason } : {}) });
      items.forEach((item, index) => {
        const task = part.find((candidate) => candidate.task_id === item.task_id) ?? part[index];
        rows.push({ task, good: item.success !== false && !item.error, text: item.error?.message ?? item.message ?? t("done.cancel") });
      });
    } catch (refusal) {
      part.forEach((task) => rows.push({ task, good: false, text: refusal.message }));
    }
  }
  return rows;
}

async function moveAll(tasks, verb) {
  const results = await each(tasks, 4, (task) => move(task.task_id, verb, ""));
  return results.map(({ value, failure }, index) => ({
    task: tasks[index],
    good: !failure,
    text: failure ? failure.message : value?.message || t(`done.${verb}`),
  }));
}

function report(verb, rows) {
  const bad = rows.filter((row) => !row.good).length;
  if (!bad) {
    toast("good", t("batch.all", { n: rows.length, verb: t(`verb.${verb}`) }));
    return;
  }
  dialog(
    t("batch.title", { good: rows.length - bad, all: rows.length, verb: t(`verb.${verb}`) }),
    () => html`<ul class="results">
      ${[...rows].sort((a, b) => a.good - b.good).map(
        (row) => html`<li data-good=${row.good}>
          ${icon(row.good ? "check" : "alert")}
          <span class="mono">${shortId(row.task.task_id)}</span><span>${row.text}</span>
        </li>`,
      )}
    </ul>`,
  );
}
