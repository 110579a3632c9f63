// What was deleted, here or elsewhere, is gone and stays so.
import { data, edge, frame, refusal, same, show, stream, token, until } from "./edge.js";
import { followMine } from "/console/js/feed.js";
import { connection, start, stop } from "/console/js/live/connection.js";
import { act } from "/console/js/pages/task-actions.js";
import { signIn } from "/console/js/session.js";
import { allTasks, applyLog, applyTask, logOf, takeBack, task } from "/console/js/store.js";

const known = (id, more) => ({ task_id: id, type: "poster", status: "completed", attempt: 1, step: 9, progress: 100, ...more });
const ids = () => [...allTasks()].map(({ task_id }) => task_id);

/** Deletes as somebody who is asked and means it. */
async function deleted(answer) {
  edge(({ method }) => (method === "DELETE" ? answer : refusal(404)));
  applyTask(known("task_1"));
  const acted = act(task("task_1"), "delete");
  await until(() => document.querySelector("dialog[open] button[type=submit]"), "the question");
  document.querySelector("dialog[open] button[type=submit]").click();
  await acted;
}

export async function whatComesAfterTheDeletionBringsNothingBack() {
  await deleted(data({ success: true, status: "completed" }));

  applyTask({ event: "progress", ...known("task_1", { step: 10 }) });
  applyLog("task_1", [{ time: 1, level: "info", message: "late" }]);

  same([ids(), logOf("task_1")], [[], []], "what is left");
}

export async function aDeletionThatIsNotDecidedYetTakesNothingAway() {
  await deleted(data({ success: false, status: "completed" }));

  same(ids(), ["task_1"], "what is left");
}

export async function aDeletionElsewhereIsSeenHere() {
  const told = [{ event: "deleted", task_id: "task_1" }, { event: "progress", ...known("task_2", { deleted: true }) }];
  const late = { event: "progress", ...known("task_1", { step: 10 }) };
  const last = { event: "progress", ...known("task_4") };
  edge(({ path }) => {
    if (path === "/stream") {
      return stream([{ event: "snapshot", tasks: ["task_1", "task_2", "task_3"].map((id) => known(id)) }, ...told, late, last].map(frame));
    }
    return path.startsWith("/tasks?") ? data({ tasks: [known("task_1"), known("task_4")] }) : refusal(404);
  });
  signIn(token("dora", 3_600), false);
  followMine();

  start();

  await until(() => connection().name === "live" && task("task_4"), "the last event");
  same(ids(), ["task_3", "task_4"], "what is left");
  stop();
}

export async function thePageOfATaskThatIsDeletedElsewhereSaysSo() {
  const gone = { event: "deleted", task_id: "task_1" };
  edge(({ path }) => {
    if (path.endsWith("/stream")) {
      return path === "/stream" ? stream([]) : stream([frame({ event: "snapshot", ...known("task_1") }), frame(gone)], true);
    }
    return path === "/tasks/task_1" ? data(known("task_1")) : refusal(404);
  });
  localStorage.setItem("millrace.language", "en");
  signIn(token("dora", 3_600), false);
  start();
  await show(await import("/console/js/pages/task.js"), { id: "task_1" });

  await until(() => document.querySelector("#app").innerText.includes("This task was deleted"), "the page says so");
  stop();
}

export async function aTaskThatTheEdgeDidNotTakeMayBeShownAgain() {
  applyTask(known("local_1"));
  takeBack("local_1");
  same(ids(), [], "taken back");

  applyTask(known("local_1"));

  same(ids(), ["local_1"], "sent again");
}
