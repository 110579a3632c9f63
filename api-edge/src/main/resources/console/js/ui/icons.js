// Line icons on a grid of 20, our own. They are decoration: the words beside them, or an aria-label, say what they mean.
import { html, svg } from "../../vendor/lit.js";

const shapes = {
  tasks: svg`<path d="M7 5h10M7 10h10M7 15h10"/><path d="M3 5h.01M3 10h.01M3 15h.01"/>`,
  plus: svg`<path d="M10 4v12M4 10h12"/>`,
  campaigns: svg`<rect x="3" y="3" width="5.500" height="5.500" rx="1"/><rect x="11.500" y="3" width="5.500" height="5.500" rx="1"/><rect x="3" y="11.500" width="5.500" height="5.500" rx="1"/><rect x="11.500" y="11.500" width="5.500" height="5.500" rx="1"/>`,
  lanes: svg`<path d="M3 6c2.500-2 4.500-2 7 0s4.500 2 7 0M3 10c2.500-2 4.500-2 7 0s4.500 2 7 0M3 14c2.500-2 4.500-2 7 0s4.500 2 7 0"/>`,
  sun: svg`<circle cx="10" cy="10" r="3.200"/><path d="M10 2.500v1.800M10 15.700v1.800M2.500 10h1.800M15.700 10h1.800M4.700 4.700l1.300 1.300M14 14l1.300 1.300M4.700 15.300l1.300-1.300M14 6l1.300-1.300"/>`,
  moon: svg`<path d="M16.500 11.800A7 7 0 0 1 8.200 3.500a7 7 0 1 0 8.300 8.300z"/>`,
  language: svg`<circle cx="10" cy="10" r="7"/><path d="M3 10h14M10 3c2.300 2 3.300 4.300 3.300 7s-1 5-3.300 7c-2.300-2-3.300-4.300-3.300-7s1-5 3.300-7z"/>`,
  out: svg`<path d="M8 3.500H4.500v13H8M12 6.500l3.500 3.500-3.500 3.500M15 10H8"/>`,
  search: svg`<circle cx="9" cy="9" r="5"/><path d="M13 13l3.500 3.500"/>`,
  close: svg`<path d="M5 5l10 10M15 5L5 15"/>`,
  check: svg`<path d="M4.500 10.500l3.500 3.500 7.500-8"/>`,
  back: svg`<path d="M12 4.500L6.500 10l5.500 5.500"/>`,
  next: svg`<path d="M8 4.500l5.500 5.500L8 15.500"/>`,
  pause: svg`<path d="M7 5v10M13 5v10"/>`,
  play: svg`<path d="M7 4.500l8 5.500-8 5.500z"/>`,
  stop: svg`<rect x="5.500" y="5.500" width="9" height="9" rx="1"/>`,
  redo: svg`<path d="M15.500 8A6 6 0 1 0 16 11.500M16 4v4h-4"/>`,
  branch: svg`<circle cx="6" cy="5" r="1.800"/><circle cx="6" cy="15" r="1.800"/><circle cx="14" cy="7" r="1.800"/><path d="M6 6.800v6.400M14 8.800c0 3-4 2.700-7.400 4.700"/>`,
  bin: svg`<path d="M4 6h12M8 6V4h4v2M5.500 6l.7 10h7.600l.7-10"/>`,
  eye: svg`<path d="M2.500 10S5 5 10 5s7.500 5 7.500 5-2.500 5-7.500 5-7.500-5-7.500-5z"/><circle cx="10" cy="10" r="2.200"/>`,
  eyeOff: svg`<path d="M3 3l14 14M8.300 5.200A7 7 0 0 1 10 5c5 0 7.500 5 7.500 5a13 13 0 0 1-2.200 2.800M5 6.800C3.400 8.200 2.500 10 2.500 10S5 15 10 15c1 0 1.900-.2 2.700-.5"/>`,
  lock: svg`<rect x="5" y="9" width="10" height="7.500" rx="1.500"/><path d="M7 9V6.500a3 3 0 0 1 6 0V9"/>`,
  image: svg`<rect x="3" y="4" width="14" height="12" rx="1.500"/><circle cx="7.500" cy="8.500" r="1.300"/><path d="M4 14.500l4-3.500 3 2.500 2.500-2 2.500 2"/>`,
  text: svg`<path d="M5 5.500V4h10v1.500M10 4v12M8 16h4"/>`,
  shape: svg`<circle cx="7.500" cy="7.500" r="4"/><rect x="9.500" y="9.500" width="7" height="7" rx="1"/>`,
  upload: svg`<path d="M10 13V4M6.500 7.500L10 4l3.500 3.500M4 13v3h12v-3"/>`,
  download: svg`<path d="M10 4v9M6.500 9.500L10 13l3.500-3.500M4 13v3h12v-3"/>`,
  alert: svg`<path d="M10 3.500L17.500 16h-15z"/><path d="M10 8.500v3.500M10 14.200v.01"/>`,
  copy: svg`<rect x="7" y="7" width="9" height="9" rx="1.500"/><path d="M13 7V5.500A1.500 1.500 0 0 0 11.500 4h-6A1.500 1.500 0 0 0 4 5.500v6A1.500 1.500 0 0 0 5.500 13H7"/>`,
  refresh: svg`<path d="M4.500 8A6 6 0 0 1 15.500 7M15.500 12a6 6 0 0 1-11 1M16 3.500V7h-3.500M4 16.500V13h3.500"/>`,
};

export const icon = (name) =>
  html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;
