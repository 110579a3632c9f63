// Notices that the machine slept, the network came back, or the page was looked at again. Timers stand still while a laptop is closed: a
// clock that jumped tells the truth when no socket has noticed anything yet.

const BEAT = 1_000;
const JUMP = 5_000;

/**
 * @param {(slept: number) => void} onWake with the milliseconds that were lost, 0 when the network came back
 * @param {() => void} onOffline
 */
export function watch(onWake, onOffline) {
  let last = Date.now();
  const look = () => {
    const now = Date.now();
    const lost = now - last - BEAT;
    last = now;
    // Hidden pages are given a beat a minute by browsers: only a jump beyond that is a sleep.
    if (lost > (document.hidden ? 90_000 : JUMP)) {
      onWake(lost);
    }
  };
  setInterval(look, BEAT);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      look();
    }
  });
  addEventListener("online", () => onWake(0));
  addEventListener("offline", onOffline);
}
