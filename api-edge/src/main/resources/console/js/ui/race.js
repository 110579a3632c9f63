// The race: a task's phases as stretches of one channel that fills. Small in a line of the table, large on the page of a task.
import { html, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { duration } from "../format.js";
import { phaseName, phaseShort, phasesOf } from "../workflows.js";
import { hasEnded } from "../store.js";
import { statusName } from "./parts.js";

/** Where each phase begins and ends on the way from 0 to 100, and how much of it is done. */
function stretches(task) {
  const phases = phasesOf(task);
  const current = phases.findIndex((phase) => phase.name === task.phase);
  const whole = task.status === "completed" || task.status === "partial_failure";
  return phases.map((phase, index) => {
    const from = phase.mark;
    const to = phases[index + 1]?.mark ?? 100;
    const progress = task.progress ?? 0;
    const part = whole || progress >= to ? 1 : index === current ? Math.max(0.06, (progress - from) / Math.max(1, to - from)) : 0;
    return { phase, width: Math.max(3, to - from), part: Math.min(1, part), current: index === current && !hasEnded(task) };
  });
}

/** One line, for tables and cards. */
export function race(task) {
  const percent = task.status === "completed" ? 100 : Math.round(task.progress ?? 0);
  return html`<div
    class="race"
    role="progressbar"
    aria-label=${t("task.progressOf", { status: statusName(task.status) })}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${percent}
    data-status=${task.status}
  >
    ${stretches(task).map(
      (stretch) => html`<span ?data-current=${stretch.current} .style=${`flex-grow:${stretch.width}`}
        ><i .style=${`transform:scaleX(${stretch.part})`}></i
      ></span>`,
    )}
  </div>`;
}

/** All rounds of a phase together: how long it took, and how often it ran. A running task's times come from its steps, an ended one brings them. */
function taken(task, name, now) {
  const runs = (task.timings?.length ? task.timings : spans(task)).filter((timing) => timing.phase === name && timing.ended_at > 0);
  const ran = runs.reduce((sum, timing) => sum + timing.ended_at - timing.started_at, 0);
  const running = task.phase === name && task.status === "processing";
  const since = running ? (task.way ?? []).findLast((step) => step.phase === name)?.at : undefined;
  return { rounds: runs.length, ran, running, elapsed: since ? Math.max(0, now - since) : 0 };
}

function spans(task) {
  const way = (task.way ?? []).filter((step, index, all) => index === 0 || step.phase !== all[index - 1].phase || step.status !== all[index - 1].status);
  return way.slice(0, -1).flatMap((step, index) =>
    step.status === "processing" ? [{ phase: step.phase, started_at: step.at, ended_at: way[index + 1].at }] : [],
  );
}

/** The phases one below the other, with what each took. */
export function raceTable(task, now = Date.now()) {
  const shown = stretches(task);
  const longest = Math.max(1, ...shown.map(({ phase }) => taken(task, phase.name, now).ran));
  return html`<ol class="phases">
    ${shown.map(({ phase, part, current }) => {
      const time = taken(task, phase.name, now);
      const state = current ? (task.status === "processing" ? "now" : "held") : time.rounds || part === 1 ? "done" : "open";
      const skipped = state === "done" && time.rounds === 0;
      const broken = task.error?.phase === phase.name && hasEnded(task);
      return html`<li data-state=${broken ? "broken" : skipped ? "skipped" : state} aria-current=${current ? "step" : nothing}>
        <i class="node" aria-hidden="true"></i>
        <span class="name" title=${phaseName(task.type, phase.name)}>${phaseShort(phase.name)}${time.rounds > 1 ? html` <em>× ${time.rounds}</em>` : nothing}</span>
        <span class="length" aria-hidden="true"><i .style=${`transform:scaleX(${skipped ? 0 : current ? part : time.ran / longest})`}></i></span>
        <span class="time">${timeText(time, state, skipped, broken)}</span>
      </li>`;
    })}
  </ol>`;
}

function timeText(time, state, skipped, broken) {
  if (broken) {
    return t("phase.broken");
  }
  if (skipped) {
    return t("phase.skipped");
  }
  if (time.running) {
    return duration(time.elapsed);
  }
  return state === "done" ? duration(time.ran) : state === "held" ? t("phase.waiting") : "";
}
