// What came of a task: scores of a poster, concepts of a roadmap, and whatever else a type of its own brings.
import { html, nothing } from "../../vendor/lit.js";
import { number } from "../format.js";
import { humanized, known, t } from "../i18n.js";
import { icon } from "../ui/icons.js";

export function outcome(task) {
  const result = task.result;
  if (!result) {
    return nothing;
  }
  return html`${result.quality_scores ? scores(result.quality_scores) : nothing} ${Array.isArray(result.items) ? concepts(result.items) : nothing}
  ${result.model_info ? models(result.model_info) : nothing}`;
}

/** Scores from 0 to 1; a word says whether the poster passed, not only a colour. */
function scores(all) {
  const named = Object.entries(all).filter(([name, value]) => typeof value === "number" && name !== "overall");
  const label = (name) => (known(`score.${name}`) ? t(`score.${name}`) : humanized(name));
  return html`<h2>${t("task.scores")}</h2>
    <div class="scores">
      <div class="score-whole" data-passed=${String(all.passed === true)}>
        <strong>${number(100 * (all.overall ?? 0))}</strong>
        <span>${icon(all.passed ? "check" : "alert")}${t(all.passed ? "score.passed" : "score.failed")}</span>
      </div>
      <ul>
        ${named.map(
          ([name, value]) => html`<li>
            <span>${label(name)}</span><span class="length" aria-hidden="true"><i .style=${`transform:scaleX(${Math.max(0, Math.min(1, value))})`}></i></span
            ><b>${number(100 * value)}</b>
          </li>`,
        )}
      </ul>
    </div>`;
}

function concepts(items) {
  return html`<h2>${t("task.concepts", { n: items.length })}</h2>
    <ol class="concepts">
      ${items.map(
        (item) => html`<li>
          <details>
            <summary><b>${item?.title ?? item?.concept?.title ?? ""}</b><small>${item?.concept?.stage ?? ""}${item?.concept?.hours ? ` · ${item.concept.hours} h` : ""}</small></summary>
            <ul>${(item?.objectives ?? []).map((line) => html`<li>${line}</li>`)}</ul>
          </details>
        </li>`,
      )}
    </ol>`;
}

function models(info) {
  return html`<details class="models">
    <summary>${t("task.models")}</summary>
    <dl>${Object.entries(info).map(([name, value]) => html`<div><dt>${humanized(name)}</dt><dd>${typeof value === "string" ? value : JSON.stringify(value)}</dd></div>`)}</dl>
  </details>`;
}
