// Reads the rows of a campaign from a file: JSON Lines as they are, CSV by RFC 4180 with a line of names on top.

/** @typedef {{line: number, row: any, error: string}} Row what stands in a line, or why it cannot be read */
export const MAX_ROWS = 50_000;

/** @returns {"csv" | "jsonl"} */
export function kindOf(name, text) {
  if (/\.csv$/i.test(name)) {
    return "csv";
  }
  return /\.(jsonl|ndjson)$/i.test(name) || text.trimStart().startsWith("{") ? "jsonl" : "csv";
}

/** @returns {Row[]} */
export function jsonLines(text, messages) {
  const rows = [];
  text.split(/\r?\n/).forEach((content, index) => {
    if (content.trim()) {
      let row = null;
      let error = "";
      try {
        row = JSON.parse(content);
        error = row === null || typeof row !== "object" || Array.isArray(row) ? messages.notObject : "";
      } catch {
        error = messages.notJson;
      }
      rows.push({ line: index + 1, row: error ? null : row, error });
    }
  });
  return rows;
}

/** @returns {{names: string[], rows: Row[]}} each row as {name: text} */
export function csv(text, messages) {
  const records = split(text.replace(/^\uFEFF/, ""));
  const [head, ...rest] = records;
  const names = (head?.cells ?? []).map((name) => name.trim());
  const rows = rest
    .filter(({ cells }) => cells.some((cell) => cell !== ""))
    .map(({ line, cells }) => {
      const error = cells.length === names.length ? "" : messages.cells(cells.length, names.length);
      return { line, row: error ? null : Object.fromEntries(names.map((name, index) => [name, cells[index]])), error };
    });
  return { names, rows };
}

/** Cells with the line on which each record begins; a quoted cell may hold commas, quotes doubled, and line ends. */
function split(text) {
  const records = [];
  let cells = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  let began = 1;
  const separator = text.slice(0, text.indexOf("\n") >>> 0).includes(";") && !text.slice(0, text.indexOf("\n") >>> 0).includes(",") ? ";" : ",";
  const endRecord = () => {
    records.push({ line: began, cells: [...cells, cell] });
    cells = [];
    cell = "";
  };
  for (let index = 0; index < text.length; index++) {
    const letter = text[index];
    if (letter === "\n") {
      line++;
    }
    if (quoted) {
      if (letter === '"' && text[index + 1] === '"') {
        cell += '"';
        index++;
      } else if (letter === '"') {
        quoted = false;
      } else {
        cell += letter;
      }
    } else if (letter === '"' && cell === "") {
      quoted = true;
    } else if (letter === separator) {
      cells.push(cell);
      cell = "";
    } else if (letter === "\n") {
      endRecord();
      began = line;
    } else if (letter !== "\r") {
      cell += letter;
    }
  }
  if (cell || cells.length) {
    endRecord();
  }
  return records;
}

const FIELDS = ["prompt", "style", "custom_id", "priority", "seed", "type", "title", "subtitle", "goal", "level", "project_id"];

/** A task from a line of CSV whose columns are fields of a task; width and height are its size, text, text2 ... its words. */
export function taskOf(row) {
  const task = {};
  for (const [name, value] of Object.entries(row)) {
    if (value === "") {
      continue;
    }
    if (FIELDS.includes(name)) {
      task[name] = ["priority", "seed"].includes(name) && /^-?\d+$/.test(value) ? Number(value) : value;
    } else if (/^text\d*$/.test(name)) {
      (task.elements ??= []).push({ type: "text", content: value });
    } else if (name === "color_scheme" || name === "colours" || name === "colors") {
      task.color_scheme = value.split(/[\s,;]+/).filter(Boolean);
    } else if (name === "width" || name === "height") {
      (task.size ??= {})[name] = Number(value);
    }
  }
  return task;
}

/** Whether the columns say what a task is by themselves, so that no template is needed. */
export const standsAlone = (names) => names.some((name) => ["prompt", "title", "goal"].includes(name));

/** The row that a complaint of the edge is about, as "line 3: priority", "rows[1].shop" or "tasks[3].priority"; -1 when none. */
export function indexOf(field, rows) {
  const line = /^line (\d+)/.exec(field);
  if (line) {
    return rows.findIndex((row) => row.line === Number(line[1]));
  }
  const place = /^(?:rows|tasks)\[(\d+)\]/.exec(field);
  return place ? Number(place[1]) : -1;
}
