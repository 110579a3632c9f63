// From streams to the store: what each kind of event means for what is shown.
import { follow } from "./live/connection.js";
import { applyCampaign, applyLog, applyTask, task as known } from "./store.js";
import { get } from "./api.js";

const MINE = { route: "tasks.progress", path: "/api/v1/stream" };
const strangers = new Set();
/** How long those that come together are gathered. */
const TOGETHER = 300;
let asking = 0;
let onGap = () => {};

/** Called when a stream could not bring everything and the page must ask anew. */
export function whenGap(callback) {
  onGap = callback;
}

/** Everything of the one who looks. */
export const followMine = () => follow(MINE, (event) => take(event, true));

/** One task, also somebody else's for those who may see it. */
export const followTask = (id) => follow({ route: `tasks.${id}.progress`, path: `/api/v1/tasks/${id}/stream` }, (event) => take(event, false));

export const followCampaign = (id) =>
  follow({ route: `campaigns.${id}.progress`, path: `/api/v1/campaigns/${id}/stream` }, (event) => take(event, false));

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
    default:
      if (event.task_id) {
        if (mine && !known(event.task_id) && !event.campaign_id) {
          askFor(event.task_id);
        }
        applyTask(event);
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
