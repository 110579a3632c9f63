// The types of task and their phases, asked once for a session; so a type that a plugin brings is drawn as well as our own.
import { get } from "./api.js";
import { language } from "./prefs.js";
import { humanized, t, known } from "./i18n.js";
import { invalidate } from "./render.js";

/** @type {Map<string, {type: string, lane: string, phases: {name: string, mark: number, message: Record<string, string>, optional: boolean}[]}>} */
let byType = new Map();

export async function load() {
  try {
    const { workflows } = await get("/workflows");
    byType = new Map(workflows.map((workflow) => [workflow.type, workflow]));
    invalidate();
  } catch {
    // Without it phases have their plain names.
  }
}

export const types = () => [...byType.keys()];

/** Phases of a task from first to last; those of an unknown type as far as the task has shown them. */
export function phasesOf(task) {
  const workflow = byType.get(task.type);
  if (workflow) {
    return workflow.phases;
  }
  const names = new Set((task.timings ?? []).map((timing) => timing.phase));
  if (task.phase && !["init", "completed"].includes(task.phase)) {
    names.add(task.phase);
  }
  return [...names].map((name, index) => ({ name, mark: Math.min(95, 10 * (index + 1)), message: {}, optional: false }));
}

/** What a phase does, in the reader's language. */
export function phaseName(type, name) {
  const phase = byType.get(type)?.phases.find((candidate) => candidate.name === name);
  return phase?.message[language()] || phaseShort(name);
}

/** The name of a phase, short enough for a chart. */
export function phaseShort(name) {
  return known(`phase.${name}`) ? t(`phase.${name}`) : humanized(name);
}
