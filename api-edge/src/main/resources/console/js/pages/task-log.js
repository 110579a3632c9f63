// The log of a task as it is written: the newest line is in sight unless somebody has scrolled up to read.
import { html, repeat } from "../../vendor/lit.js";
import { clock } from "../format.js";
import { logOf } from "../store.js";
import { t } from "../i18n.js";
import { phaseShort } from "../workflows.js";

const NEAR = 40;

/** Keeps the end in sight after lines were added. */
function follow(element) {
  const away = element.scrollHeight - element.scrollTop - element.clientHeight;
  if (away > 0 && element.dataset.held === undefined) {
    element.scrollTop = element.scrollHeight;
  }
}

function scrolled({ currentTarget: element }) {
  const away = element.scrollHeight - element.scrollTop - element.clientHeight;
  if (away > NEAR) {
    element.dataset.held = "";
  } else {
    delete element.dataset.held;
  }
}

export function logView(id) {
  const lines = logOf(id);
  queueMicrotask(() => requestAnimationFrame(() => {
    const element = document.getElementById("task-log");
    if (element) {
      follow(element);
    }
  }));
  return html`<div class="log" id="task-log" role="log" aria-label=${t("task.log")} tabindex="0" @scroll=${scrolled}>
    ${lines.length
      ? repeat(
          lines,
          (line) => `${line.time}|${line.level}|${line.message}`,
          (line) => html`<p data-level=${line.level}>
            <time>${clock(line.time)}</time><span class="log-phase">${line.phase ? phaseShort(line.phase) : ""}</span><span>${line.message}</span>
          </p>`,
        )
      : html`<p class="quiet">${t("task.noLog")}</p>`}
  </div>`;
}
