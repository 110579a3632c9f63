// From streams to the store: what each kind of event means for what is shown.
import { follow, revive } from "./live/connection.js";
import { applyCampaign, applyLog, applyTask, drop, task as known, wasDropped, whenReturned } from "./store.js";
import { get } from "./api.js";

const MINE = { route: "tasks.progress", path: "/api/v1/stream" };
const strangers = new Set();
/** How long those that come together are gathered. */
const TOGETHER = 300;
/** When a stream that had ended is tried again: the edge may hear a moment after its answer that there is more to come. */
const TRIES = [0, 700, 2_500, 8_000];
let asking = 0;
let onGap = () => {};

/** Called when a stream could not bring everything and the page must ask anew. */
export function whenGap(callback) {
  onGap = callback;
}

/** Everything of the one who looks. */
export const followMine = () => follow(MINE, (event) => take(event, true));

/** One task, also somebody else's for those who may see it. */
export const followTask = (id) => follow(taskStream(id), (event) => take(event, false));

export const followCampaign = (id) => follow(campaignStream(id), (event) => take(event, false));

/** A campaign that had ended begins again: its failed rows are retried. */
export const followOn = (id) => again(campaignStream(id));

const taskStream = (id) => ({ route: `tasks.${id}.progress`, path: `/api/v1/tasks/${id}/stream` });
const campaignStream = (id) => ({ route: `campaigns.${id}.progress`, path: `/api/v1/campaigns/${id}/stream` });
const again = (target) => TRIES.forEach((delay) => setTimeout(() => revive(target), delay));

whenReturned(({ task, campaign }) => again(task ? taskStream(task) : campaignStream(campaign)));

function take(event, mine) {
  switch (event.event) {
    case "snapshot":
      if (event.tasks) {
        event.tasks.forEach(applyTask);
      } else if (event.task_id) {
        applyTask(event);
      } else {
        applyCampaign(event);
      }
      break;
    case "campaign":
    case "campaign_complete":
      applyCampaign(event);
      break;
    case "log":
      applyLog(event.task_id, [event]);
      break;
    case "gap":
      onGap(event);
      break;
    case "deleted":
      drop(event.task_id);
      break;
    default:
      if (event.task_id) {
        const strange = mine && !known(event.task_id) && !event.campaign_id;
        applyTask(event);
        if (strange && !wasDropped(event.task_id)) {
          askFor(event.task_id);
        }
      }
  }
}

/** A task that another tab or program submitted: events do not say what was asked for, the list does. One question for all that come together. */
function askFor(id) {
  strangers.add(id);
  asking ||= setTimeout(() => {
    const limit = Math.min(100, strangers.size + 5);
    asking = 0;
    strangers.clear();
    get(`/tasks?limit=${limit}`).then(({ tasks }) => tasks.forEach(applyTask), () => {});
  }, TOGETHER);
}
