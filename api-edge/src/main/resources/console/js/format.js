// Numbers, times and identities as people read them.
import { language } from "./prefs.js";
import { t } from "./i18n.js";

const locale = () => (language() === "zh" ? "zh-CN" : "en-GB");

/** Milliseconds since 1970 of an RFC 3339 text or a number; NaN when there is none. */
export function millis(time) {
  if (typeof time === "number") {
    return time;
  }
  return time ? Date.parse(time) : NaN;
}

/** A stretch of time: 0.8 s, 12 s, 3 min 05 s, 2 h 10 min. */
export function duration(ms) {
  if (!Number.isFinite(ms)) {
    return "–";
  }
  if (ms < 950) {
    return `${Math.max(0, Math.round(ms))} ms`;
  }
  const seconds = ms / 1000;
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  }
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")} min`;
}

/** The same for an axis: one unit only. */
export function roughly(ms) {
  if (ms === 0) {
    return "0";
  }
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  const seconds = ms / 1000;
  return seconds < 120 ? `${number(seconds, 1)} s` : seconds < 7200 ? `${number(seconds / 60, 1)} min` : `${number(seconds / 3600, 1)} h`;
}

/** How long ago, in words. */
export function ago(time, now = Date.now()) {
  const ms = millis(time);
  if (!Number.isFinite(ms)) {
    return "–";
  }
  const seconds = Math.round((now - ms) / 1000);
  if (seconds < 10) {
    return t("time.now");
  }
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: "always", style: "short" });
  if (seconds < 60) {
    return relative.format(-seconds, "second");
  }
  if (seconds < 3600) {
    return relative.format(-Math.round(seconds / 60), "minute");
  }
  return seconds < 86_400 ? relative.format(-Math.round(seconds / 3600), "hour") : dateTime(ms);
}

export function clock(time) {
  const ms = millis(time);
  return Number.isFinite(ms) ? new Date(ms).toLocaleTimeString(locale(), { hour12: false }) : "–";
}

/** Hours and minutes, for axes. */
export function minute(ms) {
  return new Date(ms).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit", hour12: false });
}

export function dateTime(time) {
  const ms = millis(time);
  return Number.isFinite(ms)
    ? new Date(ms).toLocaleString(locale(), { dateStyle: "medium", timeStyle: "medium", hour12: false })
    : "–";
}

export function number(value, digits = 0) {
  return Number.isFinite(value) ? value.toLocaleString(locale(), { maximumFractionDigits: digits }) : "–";
}

/** The end of an id, which is where ids of one moment differ. */
export function shortId(id) {
  const text = String(id ?? "");
  return text.length > 12 ? `…${text.slice(-8)}` : text;
}

/** When a task was made: a UUIDv7 holds it in its first 48 bits. NaN for other ids. */
export function madeAt(taskId) {
  const hex = String(taskId ?? "").replace(/^[a-z]+_/, "").replaceAll("-", "");
  return /^[0-9a-f]{32}$/.test(hex) && hex[12] === "7" ? parseInt(hex.slice(0, 12), 16) : NaN;
}
