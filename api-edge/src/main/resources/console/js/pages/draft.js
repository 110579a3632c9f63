// What is being written in the form of a new task, and how it becomes a request.

/**
 * @typedef {{content: string, position: string, size: string}} Text
 * @typedef {{type: string, prompt: string, style: string, size: {width: number, height: number} | null, colours: string[], texts: Text[],
 *   seed: string, priority: number, title: string, subtitle: string, goal: string, level: string, json: string}} Draft
 */

/** @returns {Draft} */
export const fresh = () => ({
  type: "poster",
  prompt: "",
  style: "",
  size: { width: 1080, height: 1920 },
  colours: [],
  texts: [],
  seed: "",
  priority: 5,
  title: "",
  subtitle: "",
  goal: "",
  level: "",
  json: "{}",
});

/** Parameters of the request; fields that say nothing are left out. @param {Draft} draft */
export function paramsOf(draft) {
  if (draft.type === "poster") {
    return present({
      prompt: draft.prompt.trim(),
      style: draft.style,
      size: draft.size,
      elements: draft.texts.filter((text) => text.content.trim()).map(elementOf),
      color_scheme: draft.colours,
      seed: draft.seed === "" ? "" : Number(draft.seed),
    });
  }
  if (draft.type === "cover_image") {
    return present({ title: draft.title.trim(), subtitle: draft.subtitle.trim(), style: draft.style, color_scheme: draft.colours, seed: draft.seed === "" ? "" : Number(draft.seed) });
  }
  if (draft.type === "roadmap") {
    return present({ goal: draft.goal.trim(), level: draft.level, seed: draft.seed === "" ? "" : Number(draft.seed) });
  }
  return JSON.parse(draft.json || "{}");
}

const elementOf = (text) => ({
  type: "text",
  content: text.content.trim(),
  ...(text.position ? { position: text.position } : {}),
  ...(text.size ? { style: { fontSize: Number(text.size) } } : {}),
});

function present(params) {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== "" && value !== null && !(Array.isArray(value) && !value.length)));
}

/** A draft that says what an earlier task, or a preset, was asked for. @returns {Draft} */
export function draftOf(type, params, priority) {
  return {
    ...fresh(),
    type,
    prompt: params.prompt ?? "",
    style: params.style ?? "",
    size: params.size ?? null,
    colours: [...(params.color_scheme ?? [])],
    texts: (params.elements ?? [])
      .filter((element) => element.type === "text")
      .map((element) => ({ content: element.content ?? "", position: element.position ?? "", size: String(element.style?.fontSize ?? element.style?.font_size ?? "").replace("px", "") })),
    seed: params.seed === undefined ? "" : String(params.seed),
    priority: priority ?? 5,
    title: params.title ?? "",
    subtitle: params.subtitle ?? "",
    goal: params.goal ?? "",
    level: params.level ?? "",
    json: JSON.stringify(params, null, 2),
  };
}

/** What differs from the parent, as a JSON Merge Patch (RFC 7396): what was taken away is null. */
export function patchOf(before, after) {
  const patch = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const empty = Array.isArray(before[name]) && before[name].length === 0 && !(name in after);
    if (!empty && JSON.stringify(before[name]) !== JSON.stringify(after[name])) {
      patch[name] = name in after ? after[name] : null;
    }
  }
  return patch;
}

/** A line that says what the draft is about. */
export const titleOf = (draft) => [draft.prompt, draft.title, draft.goal, draft.texts[0]?.content].find((text) => text?.trim())?.trim().slice(0, 200) ?? "";
