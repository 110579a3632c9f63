// Words in two languages. A key that a language lacks is shown in English, so that nothing is ever blank.
import { language } from "./prefs.js";
import en from "./locale/en.js";
import zh from "./locale/zh.js";

const words = { en, zh };

/** The text of a key, with {name} replaced by the values. Plural: a key with a second form after "|" uses it unless n is 1. */
export function t(key, values = {}) {
  const text = words[language()][key] ?? en[key] ?? key;
  const [one, many] = text.split("|");
  const form = many !== undefined && values.n !== 1 ? many : one;
  return form.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Whether a key is known; for words that come from the server. */
export function known(key) {
  return key in en;
}

/** A name from the wire, as generating_background, made readable. */
export function humanized(name) {
  const text = String(name ?? "").replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
