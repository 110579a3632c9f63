// The last resort, for networks that let no stream through: the same questions again and again, seldom enough for the edge's limit of
// sixty a minute. Answers are handed on as the events that a stream would have brought.
import { get, Refusal } from "../api.js";

const PERIOD = 5_000;
const ENDED = ["completed", "partial_failure", "failed", "cancelled"];

/** Whether plain questions are answered. */
export const probe = () => get("/tasks?limit=1");

/**
 * @param {{route: string, path: string}} target
 * @param {{onEvent: (event: any) => void, onEnd: (failure: Error | null) => void}} sink
 */
export function open(target, sink) {
  const [, kind, id] = /^(tasks|campaigns)\.([^.]+)\.progress$/.exec(target.route) ?? [];
  const ask = kind === "campaigns" ? campaign : kind === "tasks" ? task : all;
  let closed = false;
  let timer = 0;
  const round = async () => {
    try {
      const over = await ask(id, sink);
      if (over) {
        closed = true;
        sink.onEnd(null);
      }
    } catch (failure) {
      // A refusal for now is no end: the next round asks again.
      const final = failure instanceof Refusal && [0, 401, 403, 404].includes(failure.status);
      if (final && !closed) {
        closed = true;
        sink.onEnd(failure);
      }
    }
    if (!closed) {
      timer = setTimeout(round, PERIOD * (0.8 + Math.random() * 0.4));
    }
  };
  round();
  return () => {
    closed = true;
    clearTimeout(timer);
  };
}

async function all(id, sink) {
  const { tasks } = await get("/tasks?limit=50");
  sink.onEvent({ event: "snapshot", tasks });
  return false;
}

async function task(id, sink) {
  const data = await get(`/tasks/${id}`);
  const over = ENDED.includes(data.status);
  sink.onEvent({ ...data, event: over ? (data.result ? "complete" : "error") : "progress" });
  return over;
}

async function campaign(id, sink) {
  const data = await get(`/campaigns/${id}`);
  const over = data.status === "completed";
  const { tasks } = await get(`/campaigns/${id}/tasks?limit=100`);
  tasks.filter((row) => ENDED.includes(row.status)).forEach((row) => sink.onEvent({ ...row, event: "progress" }));
  sink.onEvent({ ...data, event: over ? "campaign_complete" : "campaign" });
  return over;
}
