// From rows of minutes to what charts draw: all types together, in at most sixty steps.

const COUNTS = ["submitted", "completed", "partial_failure", "failed", "cancelled"];
const TIMES = ["queue_ms", "run_ms"];
const STEPS = 60;

/**
 * @param {{minutes: any[]}} data of GET /metrics/minutes
 * @param {number} span minutes that are shown
 */
export function series(data, span, now) {
  const step = Math.max(1, Math.round(span / STEPS)) * 60_000;
  const last = Math.floor(now / step) * step;
  const times = Array.from({ length: STEPS }, (_, index) => last - (STEPS - 1 - index) * step);
  const zeros = () => times.map(() => 0);
  const counts = Object.fromEntries(COUNTS.map((name) => [name, zeros()]));
  const quantiles = Object.fromEntries(TIMES.map((name) => [name, { p50: times.map(() => null), p90: times.map(() => null) }]));
  const runs = zeros();
  const calls = zeros();
  for (const row of data.minutes) {
    const index = Math.floor((Date.parse(row.minute) - times[0]) / step);
    if (index >= 0 && index < STEPS) {
      COUNTS.forEach((name) => (counts[name][index] += row[name] ?? 0));
      for (const [size, count] of sizes(row)) {
        runs[index] += count;
        calls[index] += count / size;
      }
      for (const name of TIMES) {
        for (const quantile of ["p50", "p90"]) {
          // Quantiles cannot be added up; of several types and minutes the slowest is told.
          const value = row[name]?.[quantile];
          if (value !== undefined) {
            quantiles[name][quantile][index] = Math.max(quantiles[name][quantile][index] ?? 0, value);
          }
        }
      }
    }
  }
  const batch = times.map((_, index) => (calls[index] ? runs[index] / calls[index] : null));
  return { times, counts, batch, ...quantiles };
}

/** Batch sizes of all phases of a row: [size, runs that came in calls of this size]. */
const sizes = (row) => Object.values(row.batches ?? {}).flatMap((phase) => Object.entries(phase).map(([size, count]) => [Number(size), count]));

/** Failures by code and computing time by phase, most first. */
export function sums(data) {
  const failures = {};
  const compute = {};
  for (const row of data.minutes) {
    Object.entries(row.failures ?? {}).forEach(([code, count]) => (failures[code] = (failures[code] ?? 0) + count));
    Object.entries(row.inference_ms ?? {}).forEach(([phase, ms]) => (compute[phase] = (compute[phase] ?? 0) + ms));
  }
  const sorted = (all) => Object.entries(all).sort((a, b) => b[1] - a[1]).slice(0, 10);
  return { failures: sorted(failures), compute: sorted(compute) };
}
