// A campaign from a file: what will be sent is seen before it is sent, and what is wrong stands at its row.
import { html, live, nothing } from "../../vendor/lit.js";
import { call, onceKey } from "../api.js";
import { number } from "../format.js";
import { t } from "../i18n.js";
import { invalidate } from "../render.js";
import { go } from "../router.js";
import { identity } from "../session.js";
import { applyCampaign } from "../store.js";
import { field } from "../ui/parts.js";
import { icon } from "../ui/icons.js";
import { toast } from "../ui/toast.js";
import { csv, indexOf, jsonLines, kindOf, MAX_ROWS, standsAlone, taskOf } from "./rows.js";

const SHOWN = 50;
const MAX_BYTES = 64 * 2 ** 20;

let name = "";
/** What the name was before anybody changed it: another file gives another name. */
let suggested = "";
let text = "";
let kind = "jsonl";
/** @type {import("./rows.js").Row[]} */
let rows = [];
let columns = [];
let template = "";
let over = false;
let sending = false;
let refused = null;
let key = onceKey();
/** Whose rows these are: another who signs in begins with an empty form. */
let author = "";

export const title = () => t("campaign.new");

export function enter() {
  if (author !== identity()) {
    author = identity();
    begin();
  }
}

function begin() {
  name = "";
  suggested = "";
  text = "";
  kind = "jsonl";
  rows = [];
  columns = [];
  template = "";
  sending = false;
  refused = null;
  key = onceKey();
}

const messages = () => ({ notJson: t("rows.notJson"), notObject: t("rows.notObject"), cells: (has, needs) => t("rows.cells", { has, needs }) });

/** Takes the text of a file, or what was pasted. */
function take(content, file) {
  text = content;
  kind = kindOf(file, content);
  const read = kind === "csv" ? csv(content, messages()) : { names: [], rows: jsonLines(content, messages()) };
  columns = read.names;
  rows = check(read.rows);
  if (kind === "csv" && !standsAlone(columns) && !template) {
    template = t("rows.template", { column: columns[0] ?? "name" });
  }
  suggest(file.replace(/\.[^.]+$/, ""));
  refused = null;
  key = onceKey();
  invalidate();
}

function suggest(better) {
  if (better && (!name || name === suggested)) {
    name = better;
    suggested = better;
  }
}

/** What can be seen to be wrong without the edge: ids that are used twice. */
function check(read) {
  const seen = new Set();
  return read.map((row) => {
    const id = row.row?.custom_id;
    const twice = !row.error && id && seen.has(id);
    seen.add(id);
    return twice ? { ...row, error: t("rows.twice", { id }) } : row;
  });
}

async function file(chosen) {
  if (!chosen) {
    return;
  }
  if (chosen.size > MAX_BYTES) {
    refused = { message: t("rows.tooLarge"), remedy: "", errors: [] };
    invalidate();
    return;
  }
  take(await chosen.text(), chosen.name);
}

function body() {
  if (kind === "jsonl") {
    return { path: `/campaigns?name=${encodeURIComponent(name.trim())}`, options: { body: text, headers: { "Content-Type": "application/x-ndjson" } } };
  }
  const values = rows.map((row) => row.row);
  const json = standsAlone(columns)
    ? { name: name.trim(), tasks: values.map(taskOf) }
    : { name: name.trim(), template: { prompt: template }, rows: values };
  return { path: "/campaigns", options: { json, headers: {} } };
}

async function send(event) {
  event.preventDefault();
  const mine = identity();
  sending = true;
  refused = null;
  invalidate();
  const { path, options } = body();
  try {
    const { data } = await call(path, { ...options, method: "POST", headers: { ...options.headers, "Idempotency-Key": key }, timeout: 60_000 });
    if (identity() === mine) {
      applyCampaign(data);
      toast("good", t("campaign.accepted", { n: number(data.total) }));
      begin();
      go(`#/campaigns/${data.id}`);
    }
  } catch (refusal) {
    if (identity() === mine) {
      mark(refusal);
    }
  }
  sending = false;
  invalidate();
}

/** Says at its row what was wrong with it. */
function mark(refusal) {
  refused = refusal;
  rows = rows.map((row) => ({ ...row, error: "" }));
  for (const error of refusal.errors ?? []) {
    const index = indexOf(error.field, rows);
    if (index >= 0 && rows[index]) {
      const what = error.field.replace(/^(line \d+: ?|(?:rows|tasks)\[\d+\]\.?)/, "");
      rows[index].error = [rows[index].error, `${what ? `${what} ` : ""}${error.message}`].filter(Boolean).join("; ");
    }
  }
}

/** Rows to try it with: small pictures, each another. */
function sample() {
  const shops = ["Harbour", "Old Town", "Station", "Riverside", "Market Hall", "Hillside", "Airport", "Campus"];
  const lines = Array.from({ length: 24 }, (_, index) =>
    JSON.stringify({
      prompt: `Summer sale in our shop ${shops[index % shops.length]}, poster ${index + 1}`,
      style: ["cartoon", "business", "minimalist"][index % 3],
      size: { width: 360, height: 640 },
      seed: index + 1,
      custom_id: `${shops[index % shops.length].toLowerCase().replace(" ", "-")}-${index + 1}`,
      elements: [{ type: "text", content: "Summer Sale", position: "top" }],
    }),
  );
  suggest(t("rows.sampleName"));
  take(lines.join("\n"), "");
}

export function view() {
  const wrong = rows.filter((row) => row.error).length;
  const ready = rows.length > 0 && rows.length <= MAX_ROWS && wrong === 0 && name.trim() !== "";
  return html`<a class="back" href="#/campaigns">${icon("back")}${t("nav.campaigns")}</a>
    <header class="page-head"><div><h1>${t("campaign.new")}</h1><p class="under">${t("campaign.newLead")}</p></div></header>
    <form class="campaign-form" @submit=${send}>
      ${field("campaign-name", t("campaign.name"), html`<input id="campaign-name" maxlength="200" required .value=${live(name)} @input=${(event) => ((name = event.target.value), invalidate())} />`)}
      <label
        class="drop"
        ?data-over=${over}
        @dragover=${(event) => (event.preventDefault(), (over = true), invalidate())}
        @dragleave=${() => ((over = false), invalidate())}
        @drop=${(event) => (event.preventDefault(), (over = false), file(event.dataTransfer.files[0]))}
      >
        <input class="sr" type="file" id="campaign-file" accept=".csv,.jsonl,.ndjson,.txt,text/csv,application/x-ndjson" @change=${(event) => file(event.target.files[0])} />
        ${icon("upload")}<b>${t("rows.drop")}</b><span>${t("rows.kinds")}</span>
      </label>
      <details class="paste">
        <summary>${t("rows.paste")}</summary>
        <textarea class="mono" rows="6" spellcheck="false" aria-label=${t("rows.paste")} .value=${live(text.length < 200_000 ? text : "")} @change=${(event) => take(event.target.value, kind === "csv" ? "pasted.csv" : "")}></textarea>
      </details>
      ${rows.length ? nothing : html`<button class="button" type="button" @click=${sample}>${t("rows.sample")}</button>`}
      ${kind === "csv" && rows.length && !standsAlone(columns)
        ? field("template", t("rows.templateLabel"), html`<textarea id="template" rows="2" .value=${live(template)} @input=${(event) => ((template = event.target.value), invalidate())}></textarea>`, {
            hint: t("rows.templateHint", { columns: columns.map((column) => `{{${column}}}`).join(" ") }),
          })
        : nothing}
      ${refused ? html`<div class="problem" role="alert">${icon("alert")}<span><b>${refused.message}</b> ${refused.remedy}</span></div>` : nothing}
      ${rows.length ? preview(wrong) : nothing}
      <div class="create-end">
        <button class="button primary large" type="submit" ?disabled=${!ready || sending}>${icon("plus")}${sending ? t("campaign.sending") : t("campaign.start", { n: number(rows.length) })}</button>
      </div>
    </form>`;
}

/** The first rows, and every wrong one. */
function preview(wrong) {
  const shown = [...rows.filter((row) => row.error).slice(0, SHOWN), ...rows.filter((row) => !row.error).slice(0, Math.max(0, 12 - Math.min(12, wrong)))].sort((a, b) => a.line - b.line);
  return html`<section class="preview" aria-label=${t("rows.preview")}>
    <p class="preview-sum">
      <b>${t("rows.count", { n: number(rows.length) })}</b>
      ${wrong ? html`<span class="bad">${icon("alert")}${t("rows.wrong", { n: wrong })}</span>` : html`<span class="good">${icon("check")}${t("rows.good")}</span>`}
      ${rows.length > MAX_ROWS ? html`<span class="bad">${t("rows.tooMany")}</span>` : nothing}
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label=${t("rows.preview")}>
      <table>
        <thead><tr><th>${t("rows.line")}</th><th>${t("rows.content")}</th><th>${t("rows.problem")}</th></tr></thead>
        <tbody>
          ${shown.map(
            (row) => html`<tr ?data-bad=${row.error !== ""}>
              <th scope="row">${row.line}</th><td>${row.row ? brief(row.row) : "–"}</td><td>${row.error || html`<span class="quiet">–</span>`}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${rows.length > shown.length ? html`<p class="hint">${t("rows.more", { n: number(rows.length - shown.length) })}</p>` : nothing}
  </section>`;
}

function brief(row) {
  const filled = kind === "csv" && !standsAlone(columns) ? template.replace(/\{\{(\w+)\}\}/g, (whole, column) => row[column] ?? whole) : "";
  return filled || row.prompt || row.title || row.goal || JSON.stringify(row).slice(0, 160);
}
