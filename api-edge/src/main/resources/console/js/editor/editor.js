// The layers of a poster: looked at, moved, retyped and recoloured with the picture changing under the hand, then drawn anew.
import { html, nothing } from "../../vendor/lit.js";
import { go } from "../router.js";
import { invalidate } from "../render.js";
import { applyTask, hasEnded, task as known } from "../store.js";
import { t } from "../i18n.js";
import { failure, segments, skeleton } from "../ui/parts.js";
import { icon } from "../ui/icons.js";
import { complain, toast } from "../ui/toast.js";
import { Refusal } from "../api.js";
import * as model from "./model.js";
import { properties } from "./properties.js";
import { scene } from "./scene.js";

/** @type {import("./model.js").Model | null} */
let poster = null;
let of = "";
let error = null;
let busy = false;
/** The task that draws anew, once there is one. */
let drawing = "";
let shown = "draft";

export const possible = (task) => Boolean(task.result?.poster_id);

export function reset() {
  poster = null;
  of = "";
  error = null;
  busy = false;
  drawing = "";
  shown = "draft";
}

async function load(task) {
  of = task.task_id;
  error = null;
  try {
    const loaded = await model.load(task);
    if (of === task.task_id) {
      poster = loaded;
    }
  } catch (refusal) {
    if (of === task.task_id) {
      error = refusal;
    }
  }
  invalidate();
}

function ready(task) {
  if (of !== task.task_id) {
    void load(task);
  }
  return poster;
}

export function stage(task) {
  if (!ready(task)) {
    return error ? failure(error, () => load(task)) : skeleton(1, "picture");
  }
  const { width, height } = poster.poster;
  const done = drawing ? known(drawing) : null;
  const picture = done?.result?.images?.find((image) => image.kind === "poster") ?? done?.result?.images?.[0];
  const link = picture?.url ?? done?.preview;
  return html`<figure class="picture" .style=${`--ratio:${width}/${height}`}>
    <div class="frame">
      ${shown === "drawn" && link
        ? html`<img src=${link} alt=${t("editor.drawnAlt")} width=${width} height=${height} />`
        : scene(poster, { label: t("editor.canvas"), onPick: pick, onDrag: drag, onKey: keyed })}
    </div>
    <figcaption>
      ${link
        ? segments("shown", t("editor.shown"), [["draft", t("editor.draft")], ["drawn", t("editor.drawn")]], shown, (value) => ((shown = value), invalidate()))
        : html`<span>${t("editor.approximate")}</span>`}
      ${drawing ? html`<a href=${`#/tasks/${drawing}`}>${t("editor.toTask")}</a>` : nothing}
    </figcaption>
  </figure>`;
}

function pick(id) {
  poster.selected = id;
  invalidate();
}

function drag(down, id) {
  down.preventDefault();
  pick(id);
  const canvas = down.currentTarget.ownerSVGElement;
  const scale = poster.poster.width / canvas.getBoundingClientRect().width;
  const { x, y } = poster.element(id).transform;
  const mark = `drag ${Date.now()}`;
  const move = (event) => {
    const dx = (event.clientX - down.clientX) * scale;
    const dy = (event.clientY - down.clientY) * scale;
    if (Math.hypot(dx, dy) > 2) {
      poster?.change(id, mark, (element) => Object.assign(element.transform, { x: Math.round(x + dx), y: Math.round(y + dy) }));
    }
  };
  const end = () => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
  canvas.focus();
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function keyed(event) {
  const step = STEPS[event.key];
  if (step && poster.current) {
    event.preventDefault();
    const far = event.shiftKey ? 20 : 2;
    poster.change(poster.selected, `keys ${poster.selected}`, ({ transform }) => {
      transform.x = Math.round(transform.x + step[0] * far);
      transform.y = Math.round(transform.y + step[1] * far);
    });
  } else if (event.key === "Escape") {
    pick("");
  } else if (event.key === "z" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    if (!busy) {
      poster.undo();
    }
  }
}

/**
 * Saves what was changed and has it drawn; the new picture takes the place of the draft as soon as it is there. Nothing is shown of it to
 * whoever has left the poster meanwhile.
 */
async function draw() {
  const mine = poster;
  busy = true;
  invalidate();
  const tell = await drawAnew(mine).catch((refusal) => () => told(refusal));
  if (poster === mine) {
    busy = false;
    tell();
    invalidate();
  }
}

/** @returns {Promise<() => void>} tells what came of it */
async function drawAnew(mine) {
  await mine.save();
  const task = await mine.render();
  applyTask(task);
  if (poster === mine) {
    drawing = task.task_id;
    await drawn(task.task_id);
  }
  return () => {
    const made = known(task.task_id);
    if (made?.result || made?.preview) {
      shown = "drawn";
      toast("good", t("editor.ready"));
    } else {
      toast("bad", made?.error?.message ?? t("editor.notDrawn"));
    }
  };
}

function told(refusal) {
  if (refusal instanceof Refusal && refusal.status === 412) {
    toast("bad", t("editor.lost"), t("editor.lostText"));
  } else {
    complain(refusal);
  }
}

/** The stream of one's own tasks brings the end; two minutes are far more than a drawing takes. */
function drawn(id) {
  return new Promise((resolve) => {
    const began = Date.now();
    const look = () => {
      const task = known(id);
      if ((task && hasEnded(task)) || Date.now() - began > 120_000 || drawing !== id) {
        resolve();
      } else {
        setTimeout(look, 50);
      }
    };
    look();
  });
}

export function panel(task) {
  if (!ready(task)) {
    return skeleton(6);
  }
  const changes = poster.changedElements.length + poster.changedLayers.length;
  return html`<div class="editor">
    ${model.canDraw()
      ? html`<div class="editor-bar">
          <span aria-live="polite">${busy ? t("editor.drawing") : t("editor.changes", { n: changes })}</span>
          <button class="button small" type="button" ?disabled=${!poster.undoable.length || busy} @click=${() => poster.undo()}>${t("editor.undo")}</button>
          <button class="button small primary" type="button" id="draw-again" ?disabled=${busy || (!changes && !drawing)} @click=${draw}>${icon("redo")}${t("editor.draw")}</button>
        </div>`
      : html`<p class="hint">${t("editor.lookOnly")} <a href=${`#/new?from=${task.task_id}`} @click=${() => go(`#/new?from=${task.task_id}`)}>${t("verb.derive")}</a></p>`}
    ${properties(poster)}
    <h2>${t("editor.layers")}</h2>
    <ul class="layers">
      ${[...poster.layers].reverse().map(layerRow)}
    </ul>
  </div>`;
}

function layerRow(layer) {
  const elements = poster.of(layer).filter((element) => element.selectable !== false);
  const open = elements.some((element) => element.id === poster.selected) || layer.name === "text";
  return html`<li data-visible=${String(layer.visible)}>
    <div class="layer-line">
      <button
        class="icon-button"
        type="button"
        aria-pressed=${String(layer.visible)}
        aria-label=${t(layer.visible ? "editor.hide" : "editor.show", { name: layerName(layer) })}
        @click=${() => poster.toggle(layer)}
      >
        ${icon(layer.visible ? "eye" : "eyeOff")}
      </button>
      <b>${layerName(layer)}</b>
      ${layer.locked ? html`<span class="quiet">${icon("lock")}<span class="sr">${t("editor.locked")}</span></span>` : nothing}
      <small>${t("editor.elements", { n: poster.of(layer).length })}</small>
    </div>
    ${elements.length
      ? html`<details ?open=${open}>
          <summary>${t("editor.elementsOf", { name: layerName(layer) })}</summary>
          <ul class="elements">
            ${elements.map(
              (element) => html`<li>
                <button type="button" data-element=${element.id} aria-pressed=${String(element.id === poster.selected)} @click=${() => pick(element.id === poster.selected ? "" : element.id)}>
                  ${icon(element.type === "text" ? "text" : element.type === "image" ? "image" : "shape")}
                  <span>${element.content?.text ?? element.content?.name ?? element.content?.shape_type ?? element.type}</span>
                  ${element.style?.fill?.color ? html`<i class="dot" .style=${`background:${element.style.fill.color}`}></i>` : nothing}
                </button>
              </li>`,
            )}
          </ul>
        </details>`
      : nothing}
  </li>`;
}

const layerName = (layer) => t(`layer.${layer.name}`) === `layer.${layer.name}` ? layer.name : t(`layer.${layer.name}`);
