// Begins: takes the session, keeps the connection, shows the page that the address names.
import { render } from "../vendor/lit.js";
import { invalidate, onDraw } from "./render.js";
import { onRoute, route } from "./router.js";
import { onSession, signedIn, takeFromAddress } from "./session.js";
import * as renewal from "./renewal.js";
import { connection, offline, onConnection, forget, retryNow, start, stop } from "./live/connection.js";
import { watch } from "./live/wake.js";
import { followMine, whenGap } from "./feed.js";
import { allTasks, clear } from "./store.js";
import * as workflows from "./workflows.js";
import { signIn } from "./pages/sign-in.js";
import { shell } from "./shell.js";
import * as tasks from "./pages/tasks.js";
import * as task from "./pages/task.js";
import * as create from "./pages/create.js";
import * as campaigns from "./pages/campaigns.js";
import * as campaign from "./pages/campaign.js";
import * as campaignNew from "./pages/campaign-new.js";
import * as lanes from "./pages/lanes.js";

/** @typedef {{title: () => string, enter?: (params: any) => void, leave?: () => void, refresh?: () => void, view: () => any}} Page */

function pageOf({ path }) {
  const [first, second] = path;
  if (first === "tasks" && second) {
    return { page: task, params: { id: second }, section: "tasks" };
  }
  if (first === "new") {
    return { page: create, params: {}, section: "new" };
  }
  if (first === "campaigns") {
    if (second === "new") {
      return { page: campaignNew, params: {}, section: "campaigns" };
    }
    return second
      ? { page: campaign, params: { id: second }, section: "campaigns" }
      : { page: campaigns, params: {}, section: "campaigns" };
  }
  return first === "lanes" ? { page: lanes, params: {}, section: "lanes" } : { page: tasks, params: {}, section: "tasks" };
}

let shown = null;

function enter() {
  const next = pageOf(route());
  const same = shown && shown.page === next.page && shown.params.id === next.params.id;
  if (!same) {
    shown?.page.leave?.();
    shown = next;
    next.page.enter?.(next.params);
    scrollTo(0, 0);
    // A reader of the screen is told where it is now; the first page begins at the top by itself.
    queueMicrotask(() => document.getElementById("main")?.focus({ preventScroll: true }));
  }
  invalidate();
}

function begin() {
  forget();
  clear();
  if (!signedIn()) {
    shown?.page.leave?.();
    shown = null;
    stop();
    invalidate();
    return;
  }
  workflows.load();
  followMine();
  start();
  renewal.watch();
  shown = null;
  enter();
}

onDraw(() => {
  const app = document.getElementById("app");
  if (!signedIn() || !shown) {
    document.title = "Millrace";
    render(signIn(), app);
    return;
  }
  document.title = `${shown.page.title()} · Millrace`;
  render(shell(shown.section, shown.page.view()), app);
});

onRoute(() => {
  // A link with a token may be opened in a tab that is here already.
  takeFromAddress();
  if (signedIn()) {
    enter();
  }
});
onConnection((now, before) => {
  // Back after a while without a stream: what is replayed is enough for the store, pages that show more ask again.
  if (now.name === "live" && ["reconnecting", "offline"].includes(before.name)) {
    shown?.page.refresh?.();
  }
  invalidate();
});
whenGap(() => shown?.page.refresh?.());
watch(() => retryNow(), offline);

// Times that pass by themselves: each second while something runs, else now and then. No question to the server comes of it.
let beats = 0;
setInterval(() => {
  const running = [...allTasks()].some((known) => known.status === "processing") || connection().retryAt > Date.now();
  if (!document.hidden && (running || ++beats % 20 === 0)) {
    invalidate();
  }
}, 1_000);

takeFromAddress();
onSession(begin);
begin();
