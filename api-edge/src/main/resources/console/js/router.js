// Where one is, in the fragment of the address, as #/tasks/ID?tab=layers: the server needs to know nothing of pages.

const listeners = [];
let current = parse(location.hash);

/** @returns {{path: string[], query: URLSearchParams}} */
function parse(hash) {
  const [path, query] = hash.replace(/^#\/?/, "").split("?");
  return {
    path: path.split("/").filter(Boolean).map(decodeURIComponent),
    query: new URLSearchParams(query ?? ""),
  };
}

export function route() {
  return current;
}

export function onRoute(callback) {
  listeners.push(callback);
}

export function go(hash) {
  location.hash = hash;
}

/** Changes what stands behind the question mark without a step in the history. */
export function replaceQuery(values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value) {
      query.set(name, value);
    }
  }
  const text = query.toString();
  history.replaceState(null, "", `#/${current.path.map(encodeURIComponent).join("/")}${text ? `?${text}` : ""}`);
  current = parse(location.hash);
}

addEventListener("hashchange", () => {
  current = parse(location.hash);
  listeners.forEach((listener) => listener(current));
});
