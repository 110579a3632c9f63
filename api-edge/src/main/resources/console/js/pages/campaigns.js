// All campaigns, newest first.
import { html, nothing, repeat } from "../../vendor/lit.js";
import { get } from "../api.js";
import { ago, dateTime, number } from "../format.js";
import { t } from "../i18n.js";
import { invalidate } from "../render.js";
import { allCampaigns, applyCampaign } from "../store.js";
import { badge, empty, failure, skeleton } from "../ui/parts.js";
import { icon } from "../ui/icons.js";
import { counts, ends, tally, upToDate } from "./campaign-parts.js";

let loaded = false;
let error = null;
let next = null;

export const title = () => t("nav.campaigns");

export function enter() {
  loaded = false;
  load();
}

export const refresh = () => load();

async function load(cursor = "") {
  try {
    const page = await get(`/campaigns?limit=50${cursor ? `&cursor=${cursor}` : ""}`);
    page.campaigns.forEach(applyCampaign);
    next = page.next_cursor;
    loaded = true;
    error = null;
  } catch (refusal) {
    error = refusal;
  }
  invalidate();
}

export function view() {
  const all = [...allCampaigns()].map(upToDate).sort((a, b) => (a.id < b.id ? 1 : -1));
  return html`<header class="page-head">
      <div><h1>${t("nav.campaigns")}</h1></div>
      <a class="button primary" href="#/campaigns/new">${icon("upload")}${t("campaign.new")}</a>
    </header>
    ${error && !all.length
      ? failure(error, () => load())
      : !loaded && !all.length
        ? skeleton(4, "row")
        : all.length
          ? html`<ul class="campaigns">${repeat(all, (campaign) => campaign.id, row)}</ul>`
          : empty("campaigns", t("campaign.none"), t("campaign.noneText"), html`<a class="button primary" href="#/campaigns/new">${icon("upload")}${t("campaign.new")}</a>`)}
    ${next ? html`<div class="more"><button class="button" type="button" @click=${() => load(next)}>${t("tasks.more")}</button></div>` : nothing}`;
}

const row = (campaign) => html`<li class="card campaign-card">
  <div class="campaign-line">
    <a href=${`#/campaigns/${campaign.id}`}>${campaign.name || campaign.id}</a>
    ${badge(campaign.status === "completed" ? ends(campaign) : campaign.status)}
    <small title=${dateTime(campaign.created_at)}>${ago(campaign.created_at)}</small>
  </div>
  ${tally(campaign)}
  <p class="quiet">${t("campaign.rowsOf", { n: number(campaign.total) })}: ${counts(campaign)}</p>
</li>`;
