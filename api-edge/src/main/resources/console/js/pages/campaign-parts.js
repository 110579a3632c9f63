// How far a campaign is: one bar of all its ends, and the same in words.
import { html, nothing } from "../../vendor/lit.js";
import { duration, millis, number } from "../format.js";
import { t } from "../i18n.js";
import { allTasks } from "../store.js";

const ENDS = ["completed", "partial_failure", "failed", "cancelled"];

/** The counts of a campaign with the rows that were seen to end since they were counted: ends are told at once, counts now and then. */
export function upToDate(campaign) {
  if (campaign.status === "completed") {
    return campaign;
  }
  const seen = Object.fromEntries(ENDS.map((name) => [name, 0]));
  for (const task of allTasks()) {
    if (task.campaign_id === campaign.id && task.status in seen) {
      seen[task.status]++;
    }
  }
  const counts = Object.fromEntries(ENDS.map((name) => [name, Math.max(campaign[name] ?? 0, seen[name])]));
  const open = Math.max(0, campaign.total - ENDS.reduce((sum, name) => sum + counts[name], 0));
  return { ...campaign, ...counts, open, progress: campaign.total ? (100 * (campaign.total - open)) / campaign.total : 0 };
}

/** What the ends of a campaign come to. */
export function ends(campaign) {
  if (campaign.failed > 0 || campaign.partial_failure > 0) {
    return campaign.completed > 0 ? "partial_failure" : "failed";
  }
  return campaign.cancelled === campaign.total && campaign.total > 0 ? "cancelled" : "completed";
}

export function tally(campaign) {
  const total = Math.max(1, campaign.total ?? 0);
  const done = ENDS.reduce((sum, name) => sum + (campaign[name] ?? 0), 0);
  return html`<div class="tally" role="progressbar" aria-label=${t("campaign.progress")} aria-valuemin="0" aria-valuemax=${total} aria-valuenow=${done}>
    ${ENDS.map((name) => html`<i data-status=${name} .style=${`flex-grow:${campaign[name] ?? 0}`}></i>`)}
    <i data-status="open" .style=${`flex-grow:${Math.max(0, total - done)}`}></i>
  </div>`;
}

export function counts(campaign) {
  return [...ENDS, "open"]
    .filter((name) => campaign[name] > 0)
    .map((name, index) => html`${index ? " · " : nothing}<span data-count=${name}>${t(`count.${name}`, { n: number(campaign[name]) })}</span>`);
}

/** When the last row is likely to end. */
export function left(campaign) {
  const ms = millis(campaign.estimated_end) - Date.now();
  return campaign.status === "running" && ms > 0 ? duration(ms) : "–";
}
