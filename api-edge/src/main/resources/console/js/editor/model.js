// A poster under edit: what the edge has, what was changed here, and the way back. Nothing is sent before somebody asks for it.
import { call, get, post, Refusal } from "../api.js";
import { invalidate } from "../render.js";
import { types } from "../workflows.js";

/**
 * @typedef {{id: string, layer_id: string, type: string, transform: any, style: any, content: any, locked: boolean, visible: boolean, version?: number}} Element
 * @typedef {{id: string, name: string, visible: boolean, locked: boolean, opacity: number, order: number, version?: number}} Layer
 */

const MAX_UNDO = 100;
const PARTS = ["transform", "style", "content", "visible"];

export class Model {
  /** @param {{poster: any, layers: Layer[], elements: Record<string, Element[]>}} full */
  constructor(full) {
    this.poster = full.poster;
    this.layers = [...full.layers].sort((a, b) => a.order - b.order).map((layer) => ({ ...layer }));
    this.elements = structuredClone(full.elements);
    this.saved = structuredClone({ layers: this.layers, elements: this.elements });
    this.selected = "";
    this.undoable = [];
  }

  of(layer) {
    return this.elements[layer.id] ?? [];
  }

  /** @returns {Element | undefined} */
  element(id) {
    return Object.values(this.elements).flat().find((element) => element.id === id);
  }

  get current() {
    return this.element(this.selected);
  }

  /** Changes an element; one undo takes back everything that was changed under the same mark, as one drag. */
  change(id, mark, work) {
    const element = this.element(id);
    if (element) {
      this.#keep(mark);
      work(element);
      invalidate();
    }
  }

  toggle(layer) {
    this.#keep(`layer ${layer.id} ${Date.now()}`);
    layer.visible = !layer.visible;
    invalidate();
  }

  #keep(mark) {
    if (this.undoable[this.undoable.length - 1]?.mark !== mark) {
      this.undoable.push({ mark, layers: structuredClone(this.layers), elements: structuredClone(this.elements) });
      this.undoable = this.undoable.slice(-MAX_UNDO);
    }
  }

  undo() {
    const before = this.undoable.pop();
    if (before) {
      // Versions are the server's to count: a save in between must not be forgotten.
      this.layers = before.layers.map((layer) => ({ ...layer, version: this.layers.find((now) => now.id === layer.id)?.version }));
      for (const element of Object.values(before.elements).flat()) {
        element.version = this.element(element.id)?.version;
      }
      this.elements = before.elements;
      invalidate();
    }
  }

  get changedElements() {
    return Object.values(this.elements).flat().filter((element) => {
      const before = (this.saved.elements[element.layer_id] ?? []).find((saved) => saved.id === element.id);
      return before && PARTS.some((part) => JSON.stringify(before[part]) !== JSON.stringify(element[part]));
    });
  }

  get changedLayers() {
    return this.layers.filter((layer) => this.saved.layers.find((saved) => saved.id === layer.id)?.visible !== layer.visible);
  }

  get dirty() {
    return this.changedElements.length + this.changedLayers.length > 0;
  }

  /**
   * Sends what was changed, each with the version it was made from: somebody else's edit in between is refused and not overwritten. What
   * is changed while an answer is awaited is a change still.
   *
   * @throws {Refusal} 412 when somebody else was faster
   */
  async save() {
    for (const { id, version, visible } of this.changedLayers) {
      const data = await patch(`/layers/${id}`, version, { visible });
      Object.assign(this.saved.layers.find((saved) => saved.id === id), { visible });
      // Found again: an undo puts others in the place of all of them.
      const now = this.layers.find((layer) => layer.id === id);
      now.version = data?.version ?? now.version;
    }
    for (const { id } of this.changedElements) {
      await this.#saveElement(structuredClone(this.element(id)));
    }
  }

  async #saveElement(sent) {
    const before = this.saved.elements[sent.layer_id].find((saved) => saved.id === sent.id);
    const parts = PARTS.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(sent[part]));
    if (!parts.length) {
      return;
    }
    const data = await patch(`/elements/${sent.id}`, sent.version, mergePatch(before, sent, parts));
    parts.forEach((part) => (before[part] = sent[part]));
    const now = this.element(sent.id);
    now.version = data?.version ?? now.version;
  }

  /** The task that draws the poster anew. */
  render() {
    return post(`/posters/${this.poster.id}/render`, {});
  }
}

/** What turns one into the other, of these fields, as RFC 7396 has it: nothing that is equal, null for what is gone. */
function mergePatch(from, to, names) {
  const changes = {};
  for (const name of names) {
    const [before, after] = [from?.[name], to?.[name]];
    if (isObject(before) && isObject(after)) {
      const inner = mergePatch(before, after, Object.keys({ ...before, ...after }));
      if (Object.keys(inner).length) {
        changes[name] = inner;
      }
    } else if (JSON.stringify(before) !== JSON.stringify(after)) {
      changes[name] = after ?? null;
    }
  }
  return changes;
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

async function patch(path, version, json) {
  const tag = version === undefined ? (await call(path)).headers.get("ETag") : `"${version}"`;
  const answer = await call(path, { method: "PATCH", json, headers: tag ? { "If-Match": tag } : {} });
  return answer.data;
}

/** The poster of a task: as it is kept, with all edits; before it is kept, as the task has made it. */
export async function load(task) {
  const id = task.result.poster_id;
  try {
    return new Model(await get(`/posters/${id}/full`));
  } catch (refusal) {
    if (refusal instanceof Refusal && [404, 503].includes(refusal.status) && task.result.layers) {
      return new Model({ poster: { id, ...task.result.poster }, layers: task.result.layers, elements: task.result.elements });
    }
    throw refusal;
  }
}

/** Whether the edge takes edits and draws them: then it knows the type of task that draws. Nothing is tried out. */
export const canDraw = () => types().includes("poster_render");
