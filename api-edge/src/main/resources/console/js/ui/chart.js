// Charts as SVG, drawn to the width they have. Each says its numbers in a table as well, for those who do not see it.
import { html, nothing, svg } from "../../vendor/lit.js";
import { minute, number } from "../format.js";
import { t } from "../i18n.js";
import { invalidate } from "../render.js";

const HEIGHT = 190;
/** Units across: fewer where there is less room, so that letters keep their size. */
const across = () => (innerWidth < 620 ? 340 : 640);
const LEFT = 44;
const BOTTOM = 24;
const TOP = 10;
let hovered = { chart: "", index: -1 };

/** The next round number, so that an axis ends at 4, 20 or 600 and its middle is round too. */
export function niceMax(value) {
  if (!(value > 0)) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 6, 8, 10].map((step) => step * power).find((step) => step >= value);
}

/**
 * @param {{id: string, title: string, kind: "bars" | "lines", times: number[], series: {name: string, tone: string, values: (number | null)[]}[],
 *   unit?: (value: number) => string, mark?: (value: number) => string}} chart mark: as unit, short enough for the axis; bars are stacked; null in a line is a break
 */
export function chart({ id, title, kind, times, series, unit = (value) => number(value, 1), mark = unit }) {
  const sums = times.map((_, index) => series.reduce((sum, one) => sum + (one.values[index] ?? 0), 0));
  const most = kind === "bars" ? Math.max(0, ...sums) : Math.max(0, ...series.flatMap((one) => one.values.filter((value) => value !== null)));
  const top = niceMax(kind === "bars" ? Math.max(most, 4) : most);
  const width = across();
  const x = (index) => LEFT + ((index + 0.5) * (width - LEFT - 6)) / Math.max(1, times.length);
  const y = (value) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const here = hovered.chart === id && hovered.index < times.length ? hovered.index : -1;
  return html`<figure class="chart card">
    <figcaption>
      <h3>${title}</h3>
      <ul class="legend">
        ${series.map((one) => html`<li data-tone=${one.tone}><i aria-hidden="true"></i>${one.name}${here >= 0 && one.values[here] !== null ? html` <b>${unit(one.values[here])}</b>` : nothing}</li>`)}
        <li class="legend-time">${here >= 0 ? minute(times[here]) : nothing}</li>
      </ul>
    </figcaption>
    ${most === 0
      ? html`<p class="chart-none">${t("chart.nothing")}</p>`
      : html`<svg
          viewBox=${`0 0 ${width} ${HEIGHT}`}
          role="img"
          aria-label=${title}
          @pointermove=${(event) => hover(id, event, times.length, width)}
          @pointerleave=${() => ((hovered = { chart: "", index: -1 }), invalidate())}
        >
          ${axis(top, y, mark, width)} ${ticks(times, x, width)} ${here >= 0 ? svg`<line class="cursor" x1=${x(here)} x2=${x(here)} y1=${TOP} y2=${HEIGHT - BOTTOM} />` : nothing}
          ${kind === "bars" ? bars(series, times, x, y, width) : series.map((one) => line(one, x, y))}
        </svg>`}
    <details class="numbers"><summary>${t("chart.numbers")}</summary>${table(times, series, unit)}</details>
  </figure>`;
}

function hover(id, event, count, width) {
  const box = event.currentTarget.getBoundingClientRect();
  const at = ((event.clientX - box.left) / box.width) * width;
  const index = Math.floor(((at - LEFT) / (width - LEFT - 6)) * count);
  const next = index >= 0 && index < count ? index : -1;
  if (hovered.chart !== id || hovered.index !== next) {
    hovered = { chart: id, index: next };
    invalidate();
  }
}

const axis = (top, y, mark, width) =>
  [0, 0.5, 1].map(
    (part) => svg`<line class="grid" x1=${LEFT} x2=${width - 6} y1=${y(top * part)} y2=${y(top * part)} />
      <text class="tick" x=${LEFT - 6} y=${y(top * part)} text-anchor="end" dominant-baseline="central">${mark(top * part)}</text>`,
  );

function ticks(times, x, width) {
  const every = Math.max(1, Math.ceil(times.length / (width < 400 ? 3 : 6)));
  return times.map((time, index) =>
    index % every === Math.floor(every / 2) ? svg`<text class="tick" x=${x(index)} y=${HEIGHT - 6} text-anchor="middle">${minute(time)}</text>` : nothing,
  );
}

function bars(series, times, x, y, across) {
  const width = Math.max(1.5, Math.min(26, ((across - LEFT) / Math.max(1, times.length)) * 0.72));
  return times.map((_, index) => {
    let below = 0;
    return series.map((one) => {
      const value = one.values[index] ?? 0;
      const from = y(below);
      below += value;
      return value > 0 ? svg`<rect data-tone=${one.tone} x=${x(index) - width / 2} width=${width} y=${y(below)} height=${Math.max(0.5, from - y(below))} rx="1.5" />` : nothing;
    });
  });
}

/** Single points are dots, what hangs together is a line. */
function line(one, x, y) {
  const runs = [];
  one.values.forEach((value, index) => {
    if (value === null) {
      runs.push([]);
    } else {
      (runs[runs.length - 1] ?? runs[runs.push([]) - 1]).push([x(index), y(value)]);
    }
  });
  return runs
    .filter((run) => run.length)
    .map((run) =>
      run.length === 1
        ? svg`<circle data-tone=${one.tone} cx=${run[0][0]} cy=${run[0][1]} r="3" />`
        : svg`<polyline data-tone=${one.tone} points=${run.map((point) => point.join(",")).join(" ")} />`,
    );
}

function table(times, series, unit) {
  const filled = times.map((time, index) => ({ time, index })).filter(({ index }) => series.some((one) => one.values[index]));
  return html`<div class="scroll" tabindex="0"><table>
    <thead><tr><th>${t("chart.minute")}</th>${series.map((one) => html`<th>${one.name}</th>`)}</tr></thead>
    <tbody>${filled.map(({ time, index }) => html`<tr><th scope="row">${minute(time)}</th>${series.map((one) => html`<td>${one.values[index] === null ? "–" : unit(one.values[index] ?? 0)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

/** Names with a bar each, the longest first. @param {{name: string, value: number, tone?: string}[]} rows */
export function ranking(title, rows, unit) {
  const most = Math.max(1, ...rows.map((row) => row.value));
  return html`<figure class="chart card">
    <figcaption><h3>${title}</h3></figcaption>
    ${rows.length
      ? html`<ul class="ranking">
          ${rows.map((row) => html`<li><span>${row.name}</span><span class="length" data-tone=${row.tone ?? "accent"} aria-hidden="true"><i .style=${`transform:scaleX(${row.value / most})`}></i></span><b>${unit(row.value)}</b></li>`)}
        </ul>`
      : html`<p class="chart-none">${t("chart.nothing")}</p>`}
  </figure>`;
}
