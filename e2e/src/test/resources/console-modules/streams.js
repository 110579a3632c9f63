// A stream that was closed is no stream that has told its end, and an end is not for ever.
import { asked, data, edge, frame, refusal, same, show, stream, token, until } from "./edge.js";
import { followTask } from "/console/js/feed.js";
import { connection, start, stop } from "/console/js/live/connection.js";
import { act } from "/console/js/pages/task-actions.js";
import { signIn } from "/console/js/session.js";
import { applyTask, campaign, task } from "/console/js/store.js";

const ID = "task_of_somebody_else";
const PATH = `/tasks/${ID}/stream`;
const opened = (path) => asked.filter((question) => question.path === path);
const cursors = (path) => opened(path).map(({ headers }) => headers.get("Last-Event-ID"));
const known = (more) => ({ task_id: ID, type: "poster", status: "processing", attempt: 1, step: 2, progress: 40, ...more });
const OVER = new Response(null, { status: 204 });

/** Everything of a service is quiet; what else is asked is the claim's to answer. */
const quiet = (answer) => edge((question) => (question.path === "/stream" ? stream([]) : answer(question)));

async function live() {
  signIn(token("root", 3_600, "admin"), false);
  start();
  await until(() => connection().name === "live", "live");
}

export async function aStreamThatTheEdgeClosedGoesOnAtItsCursor() {
  const closed = { event: "closed", code: 4408, reason: "slow_consumer", reconnect: true };
  quiet(({ path }) => {
    if (path !== PATH) {
      return refusal(404);
    }
    return opened(PATH).length === 1
      ? stream([frame({ event: "progress", cursor: "7.1", ...known() }), frame(closed)], true)
      : stream([frame({ event: "progress", cursor: "7.2", ...known({ progress: 60 }) })]);
  });
  await live();

  followTask(ID);

  await until(() => task(ID)?.progress === 60, "what came after the close");
  same(cursors(PATH), [null, "7.1"], "cursors");
  stop();
}

export async function aTaskOfSomebodyElseThatIsRecoveredIsFollowedAgain() {
  const failed = frame({ event: "error", cursor: "7.5", ...known({ status: "failed", step: 5 }) });
  const runs = frame({ event: "progress", cursor: "7.6", ...known({ attempt: 2, step: 6, progress: 10 }) });
  quiet(({ path }) => {
    if (path === `/tasks/${ID}/recover`) {
      return data({ success: true, status: "queued" });
    }
    // The first stream tells the end; the second comes before the edge has heard of the new attempt.
    return path === PATH ? [stream([failed], true), OVER, stream([runs])][opened(PATH).length - 1] : refusal(404);
  });
  await live();
  followTask(ID);
  await until(() => task(ID)?.status === "failed" && connection().name === "live", "failed");

  await act(task(ID), "recover");

  await until(() => task(ID).status === "processing", "the new attempt");
  same(cursors(PATH), [null, "7.5", "7.5"], "cursors");
  stop();
}

export async function aTaskThatAnotherStreamSawReturnIsFollowedAgain() {
  const failed = frame({ event: "error", cursor: "7.5", ...known({ status: "failed", step: 5 }) });
  quiet(({ path }) => (path === PATH ? (opened(PATH).length === 1 ? stream([failed], true) : stream([])) : refusal(404)));
  await live();
  followTask(ID);
  await until(() => task(ID)?.status === "failed", "failed");

  applyTask(known({ attempt: 2, step: 6, status: "queued" }));

  await until(() => opened(PATH).length === 2, "the stream of the new attempt");
  stop();
}

export async function aCampaignWhoseRowsAreRetriedIsFollowedAgain() {
  const id = "campaign_of_somebody_else";
  const path = `/campaigns/${id}/stream`;
  const ended = { id, name: "Summer", status: "completed", version: 3, total: 2, completed: 1, failed: 1, open: 0 };
  quiet((question) => {
    if (question.path === path) {
      const runs = { event: "campaign", cursor: "3.4", ...ended, status: "running", version: 4, failed: 0, open: 1 };
      const end = { event: "campaign_complete", cursor: "3.3", ...ended };
      return [stream([frame(end)], true), OVER, stream([frame(runs)])][opened(path).length - 1];
    }
    return {
      [`/campaigns/${id}`]: () => data(ended),
      [`/campaigns/${id}/retry-failed`]: () => data({ success: true, campaign_id: id, failed_rows: 1 }),
      [`/campaigns/${id}/tasks?limit=200`]: () => data({ tasks: [], next_cursor: null }),
    }[question.path]?.();
  });
  await live();
  await show(await import("/console/js/pages/campaign.js"), { id });
  await until(() => document.querySelector(".actions button") && opened(path).length === 1, "the end of it");

  document.querySelector(".actions button").click();

  await until(() => campaign(id).status === "running", "the rows that are retried");
  same(cursors(path), [null, "3.3", "3.3"], "cursors");
  stop();
}
