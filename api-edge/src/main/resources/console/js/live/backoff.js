// How long to wait before the next try: doubling, bounded, and anywhere in the stretch, so that many consoles do not come back at once.

const FIRST = 400;
const LONGEST = 8_000;

export class Backoff {
  #tries = 0;

  /** @returns {number} milliseconds, with full jitter but never nothing */
  next() {
    const most = Math.min(LONGEST, FIRST * 2 ** Math.min(this.#tries++, 10));
    return 150 + Math.random() * most;
  }

  reset() {
    this.#tries = 0;
  }
}
