// Draws /openapi.json as a page. Everything from the document becomes text nodes: nothing of it can become markup.
const METHODS = ["get", "post", "put", "patch", "delete"];
const main = document.getElementById("content");
const areas = document.getElementById("areas");

const response = await fetch("/openapi.json");
const api = await response.json();
draw();
document.getElementById("search").addEventListener("input", (event) => narrow(event.target.value.trim().toLowerCase()));
if (location.hash) {
  open(location.hash);
}
addEventListener("hashchange", () => open(location.hash));

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }
  element.append(...children);
  return element;
}

/** Text in which `code` stands between back ticks. */
function prose(tag, text, className = "") {
  const element = make(tag, className);
  String(text ?? "").split("`").forEach((part, index) => element.append(index % 2 ? make("code", "", part) : part));
  return element;
}

function resolve(node) {
  if (!node?.$ref) {
    return node ?? {};
  }
  return resolve(node.$ref.slice(2).split("/").reduce((at, name) => at[name], api));
}

function draw() {
  main.replaceChildren(prose("p", api.info.description));
  for (const tag of api.tags) {
    const calls = [];
    for (const [path, item] of Object.entries(api.paths)) {
      METHODS.filter((method) => item[method]?.tags?.includes(tag.name)).forEach((method) => calls.push(call(path, method, item[method])));
    }
    const id = tag.name.toLowerCase();
    const section = make("section", "", make("h2", "", tag.name), prose("p", tag.description), ...calls);
    section.id = id;
    main.append(section);
    const link = make("a", "", tag.name, make("small", "", String(calls.length)));
    link.href = `#${id}`;
    areas.append(link);
  }
}

function call(path, method, operation) {
  const summary = make("summary", "", make("span", `method ${method}`, method.toUpperCase()), make("span", "path", path), make("span", "what", operation.summary));
  const details = make("details", "call", summary);
  details.id = operation.operationId;
  details.dataset.words = [path, method, operation.summary, operation.description, operation.operationId, ...Object.keys(operation.responses)].join(" ").toLowerCase();
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) {
      details.append(inside(path, method, operation));
    }
  });
  return details;
}

function inside(path, method, operation) {
  const box = make("div", "inside");
  if (operation.description) {
    box.append(prose("p", operation.description));
  }
  const parameters = (operation.parameters ?? []).map(resolve);
  if (parameters.length) {
    box.append(make("h3", "", "Parameters"), table(parameters.map((one) => [one.name, `${one.in}, ${typeOf(one.schema)}`, one.description, one.required])));
  }
  for (const [type, content] of Object.entries(operation.requestBody?.content ?? {})) {
    box.append(make("h3", "", `Body · ${type}`), ...schema(content.schema));
  }
  box.append(make("h3", "", "Call"), make("pre", "", curl(path, method, operation)));
  box.append(make("h3", "", "Answers"));
  for (const [status, given] of Object.entries(operation.responses)) {
    box.append(answer(status, resolve(given)));
  }
  return box;
}

function answer(status, given) {
  const line = prose("p", ` ${given.description}`);
  line.prepend(make("span", Number(status) < 400 ? "good" : "bad", status));
  const box = make("div", "", line);
  const [type, content] = Object.entries(given.content ?? {})[0] ?? [];
  if (content && Number(status) < 400) {
    const data = resolve(content.schema)?.properties?.data;
    box.append(...(data ? schema(data) : [make("p", "none", type)]));
    if (content.example !== undefined) {
      box.append(make("pre", "", typeof content.example === "string" ? content.example : JSON.stringify(content.example, null, 2)));
    }
  }
  return box;
}

/** Fields of a schema, two levels deep. */
function schema(node, depth = 0, prefix = "") {
  const rows = fields(node, depth, prefix);
  return rows.length ? [table(rows)] : [make("p", "none", typeOf(node) || "any JSON")];
}

function fields(node, depth, prefix) {
  const whole = resolve(node);
  const parts = whole.allOf ? whole.allOf.map(resolve) : [whole];
  const rows = [];
  for (const part of parts) {
    const target = part.type === "array" ? resolve(part.items) : part;
    for (const inner of target.allOf ? target.allOf.map(resolve) : [target]) {
      const lead = part.type === "array" ? `${prefix || ""}[].` : prefix;
      for (const [name, value] of Object.entries(inner.properties ?? {})) {
        const found = resolve(value);
        rows.push([lead + name, typeOf(value), found.description, inner.required?.includes(name)]);
        if (depth < 1 && (found.properties || (found.type === "array" && resolve(found.items).properties))) {
          rows.push(...fields(value, depth + 1, found.type === "array" ? lead + name : `${lead}${name}.`));
        }
      }
    }
  }
  return rows;
}

function typeOf(node) {
  const found = resolve(node);
  if (found.const !== undefined) {
    return JSON.stringify(found.const);
  }
  if (found.enum) {
    return found.enum.join(" | ");
  }
  if (found.type === "array") {
    return `list of ${typeOf(found.items) || "any"}`;
  }
  const bounds = found.minimum !== undefined || found.maximum !== undefined ? ` ${found.minimum ?? ""} to ${found.maximum ?? ""}` : "";
  const length = found.maxLength !== undefined ? `, at most ${found.maxLength}` : "";
  const name = Array.isArray(found.type) ? found.type.join(" or ") : found.type ?? (found.allOf || found.anyOf ? "object" : "");
  return `${found.format === "date-time" ? "time" : name}${bounds}${length}`;
}

function table(rows) {
  const body = make("tbody", "");
  for (const [name, type, description, must] of rows) {
    const first = make("td", "", name);
    if (must) {
      first.append(" ", make("span", "must", "required"));
    }
    body.append(make("tr", "", first, make("td", "", type ?? ""), prose("td", description ?? "")));
  }
  return make("table", "", body);
}

function curl(path, method, operation) {
  const filled = (operation.parameters ?? []).map(resolve).filter((one) => one.in === "path").reduce((at, one) => at.replace(`{${one.name}}`, one.example ?? `{${one.name}}`), path);
  const lines = [`curl ${method === "get" ? "" : `-X ${method.toUpperCase()} `}${location.origin}${filled}`];
  if (!operation.security?.some((one) => Object.keys(one).length === 0)) {
    lines.push('-H "Authorization: Bearer $TOKEN"');
  }
  const json = operation.requestBody?.content?.["application/json"];
  if (json) {
    lines.push("-H 'Content-Type: application/json'", `-d '${JSON.stringify(json.example ?? {})}'`);
  }
  return lines.join(" \\\n  ");
}

function narrow(words) {
  for (const details of main.querySelectorAll("details.call")) {
    details.hidden = !words.split(/\s+/).every((word) => details.dataset.words.includes(word));
  }
  for (const section of main.querySelectorAll("section")) {
    section.hidden = !section.querySelector("details.call:not([hidden])");
  }
}

function open(hash) {
  const target = document.getElementById(decodeURIComponent(hash.slice(1)));
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
  }
  target?.scrollIntoView();
}
