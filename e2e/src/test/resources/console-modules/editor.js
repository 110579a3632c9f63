// Hands do not stop while the edge answers, and people do not stay on the page.
import { asked, data, edge, later, refusal, same, show, token, until } from "./edge.js";
import * as editor from "/console/js/editor/editor.js";
import { Model } from "/console/js/editor/model.js";
import { invalidate } from "/console/js/render.js";
import { signIn } from "/console/js/session.js";
import { applyTask } from "/console/js/store.js";
import { toastView } from "/console/js/ui/toast.js";
import * as workflows from "/console/js/workflows.js";
import { html } from "/console/vendor/lit.js";

const full = (id = "p1", x = 10) => ({
  poster: { id, width: 360, height: 640 },
  layers: [{ id: `${id}-text`, name: "text", visible: true, order: 1, version: 1 }],
  elements: {
    [`${id}-text`]: [
      { id: `${id}-title`, layer_id: `${id}-text`, type: "text", visible: true, version: 1, transform: { x, y: 20, width: 100, height: 40 }, content: { text: "Sale" }, style: {} },
    ],
  },
});
const patches = () => asked.filter(({ method }) => method === "PATCH").map(({ headers, json }) => [headers.get("If-Match"), json]);
const moved = (model, x) => model.change("p1-title", `to ${x}`, ({ transform }) => (transform.x = x));

export async function whatIsMovedWhileItIsSavedIsSentByTheNextSave() {
  const slow = later();
  edge(({ method }) => method === "PATCH" && (patches().length === 1 ? slow : data({ version: 3 })));
  const model = new Model(full());
  moved(model, 50);
  const saving = model.save();
  moved(model, 70);

  slow.resolve(data({ version: 2 }));
  await saving;

  same(model.changedElements.length, 1, "changes that are left");
  await model.save();
  same(patches(), [['"1"', { transform: { x: 50 } }], ['"2"', { transform: { x: 70 } }]], "what was sent");
}

export async function aLayerThatIsShownAgainWhileItIsSavedIsSentByTheNextSave() {
  const slow = later();
  edge(({ method }) => method === "PATCH" && (patches().length === 1 ? slow : data({ version: 3 })));
  const model = new Model(full());
  model.toggle(model.layers[0]);
  const saving = model.save();
  model.toggle(model.layers[0]);

  slow.resolve(data({ version: 2 }));
  await saving;
  await model.save();

  same(patches(), [['"1"', { visible: false }], ['"2"', { visible: true }]], "what was sent");
}

export async function anUndoWhileItIsSavedKeepsTheVersionOfTheServer() {
  const slow = later();
  edge(({ method }) => method === "PATCH" && (patches().length === 1 ? slow : data({ version: 3 })));
  const model = new Model(full());
  moved(model, 50);
  const saving = model.save();
  model.undo();

  slow.resolve(data({ version: 2 }));
  await saving;
  await model.save();

  same(patches(), [['"1"', { transform: { x: 50 } }], ['"2"', { transform: { x: 10 } }]], "what was sent");
}

const first = { task_id: "task_1", status: "completed", type: "poster", result: { poster_id: "p1" } };
const second = { task_id: "task_2", status: "completed", type: "poster", result: { poster_id: "p2" } };
const posts = () => asked.filter(({ method }) => method === "POST").map(({ path }) => path);
const text = () => document.getElementById("app").innerText;

/** The layers of the first poster, with its title moved. */
async function edited(answer) {
  edge((question) => {
    const poster = /^\/posters\/(\w+)\/full$/.exec(question.path)?.[1];
    if (poster) {
      return data(full(poster, poster === "p1" ? 10 : 99));
    }
    return question.path === "/workflows" ? data({ workflows: [{ type: "poster_render", phases: [] }] }) : answer(question);
  });
  signIn(token("edna", 3_600), false);
  await workflows.load();
  const page = { task: first, view: () => html`${editor.stage(page.task)}${editor.panel(page.task)}${toastView()}` };
  await show(page);
  await until(() => document.querySelector("[data-element=p1-title]"), "the layers");
  document.querySelector("button[data-element=p1-title]").click();
  await until(() => document.querySelector("#element-x"), "its place");
  type("#element-x", "50");
  await until(() => !document.querySelector("#draw-again").disabled, "a change");
  return page;
}

function type(selector, value) {
  const field = document.querySelector(selector);
  field.value = value;
  field.dispatchEvent(new Event("change"));
}

function leave(page) {
  editor.reset();
  page.task = second;
  invalidate();
}

export async function aPosterThatIsLeftWhileItIsSavedIsDrawnAndNoOther() {
  const slow = later();
  const page = await edited(({ method, path }) => (method === "PATCH" ? slow : path.endsWith("/render") && data({ task_id: "task_3", status: "pending" })));
  document.querySelector("#draw-again").click();
  await until(() => patches().length === 1, "the save");
  leave(page);
  await until(() => document.querySelector("button[data-element=p2-title]"), "the other poster");

  slow.resolve(data({ version: 2 }));

  await until(() => posts().length, "the drawing");
  same(posts(), ["/posters/p1/render"], "what is drawn");
  await until(() => document.querySelector("#draw-again"), "the other poster");
  same([document.querySelector(".toast") === null, text().includes("task_3")], [true, false], "nothing is said here");
}

export async function aPosterThatIsLeftWhileItIsDrawnSaysNothing() {
  const page = await edited(({ method, path }) => (method === "PATCH" ? data({ version: 2 }) : path.endsWith("/render") && data({ task_id: "task_3", status: "pending" })));
  document.querySelector("#draw-again").click();
  await until(() => document.querySelector('a[href="#/tasks/task_3"]'), "the drawing");
  leave(page);
  await until(() => document.querySelector("button[data-element=p2-title]"), "the other poster");

  applyTask({ task_id: "task_3", status: "completed", step: 9, result: {} });

  await until(() => !document.querySelector('a[href="#/tasks/task_3"]'), "the link of the first is gone");
  // Timers end in order: behind the one of 50 ms by which the drawing was awaited, its outcome has been told, if it is.
  await new Promise((resolve) => setTimeout(resolve, 60));
  same([document.querySelector(".toast")?.innerText ?? "", document.querySelector("#draw-again").disabled], ["", true], "nothing is said here");
}

export async function aDrawingThatFailsIsToldToWhoStayed() {
  await edited(({ method }) => (method === "PATCH" ? refusal(412) : null));

  document.querySelector("#draw-again").click();

  await until(() => document.querySelector(".toast[data-kind=bad]"), "what went wrong");
  await until(() => !document.querySelector("#draw-again").disabled, "ready again");
}
