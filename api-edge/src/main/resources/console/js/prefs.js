// Language and theme: what a person chose, else what the browser says. Loaded first, so that the first paint is right.

const THEME = "millrace.theme";
const LANGUAGE = "millrace.language";

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // Storage may be forbidden; then nothing is remembered.
  }
}

function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As above.
  }
}

export const languages = ["en", "zh"];
const dark = matchMedia("(prefers-color-scheme: dark)");

/** @returns {"en" | "zh"} */
export function language() {
  const chosen = stored(LANGUAGE);
  if (languages.includes(chosen)) {
    return chosen;
  }
  return (navigator.language || "en").toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** @returns {"light" | "dark"} what is shown now */
export function theme() {
  const chosen = stored(THEME);
  if (chosen === "light" || chosen === "dark") {
    return chosen;
  }
  return dark.matches ? "dark" : "light";
}

function apply() {
  document.documentElement.dataset.theme = theme();
  document.documentElement.lang = language() === "zh" ? "zh-Hans" : "en";
}

export function chooseTheme(value) {
  store(THEME, value);
  apply();
}

export function chooseLanguage(value) {
  store(LANGUAGE, value);
  apply();
}

/** A flag that is kept between visits. */
export function remembered(name, fallback) {
  return stored(`millrace.${name}`) ?? fallback;
}

export function remember(name, value) {
  store(`millrace.${name}`, value);
}

dark.addEventListener("change", apply);
apply();
