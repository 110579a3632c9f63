// What the claims share: an edge that answers what a claim says it answers, and words for what should be so.

/** What was asked, in order: method, path below /api/v1, bearer, headers and body. */
export const asked = [];

/** @param {(question: {method: string, path: string, token: string, headers: Headers, json: any}) => Response | Promise<Response>} answer */
export function edge(answer) {
  globalThis.fetch = async (address, { method = "GET", headers, body } = {}) => {
    const all = new Headers(headers);
    const question = {
      method,
      path: String(address).replace("/api/v1", ""),
      token: (all.get("Authorization") ?? "").replace("Bearer ", ""),
      headers: all,
      json: body ? JSON.parse(body) : null,
    };
    asked.push(question);
    return (await answer(question)) ?? refusal(404);
  };
}

export const data = (value, headers = {}) => Response.json({ data: value }, { headers });
export const refusal = (status) => Response.json({ message: `refused with ${status}` }, { status });

/** A stream of these frames; it stays open unless it ends. */
export const stream = (frames, ends = false) =>
  new Response(
    new ReadableStream({
      start(control) {
        control.enqueue(new TextEncoder().encode([":\n\n", ...frames].join("")));
        if (ends) {
          control.close();
        }
      },
    }),
    { headers: { "Content-Type": "text/event-stream" } },
  );

export const frame = (event) => `event:${event.event}\ndata:${JSON.stringify(event)}\n\n`;

/** A token that says whose it is and ends so many seconds from now. */
export function token(user, seconds, role = "user") {
  const part = (value) => btoa(JSON.stringify(value)).replaceAll("=", "");
  return `${part({ alg: "none" })}.${part({ sub: user, role, exp: Math.round(Date.now() / 1000) + seconds })}.x`;
}

/** Shows a page as the console does. */
export async function show(page, params) {
  const { render } = await import("/console/vendor/lit.js");
  const { invalidate, onDraw } = await import("/console/js/render.js");
  onDraw(() => render(page.view(), document.getElementById("app")));
  page.enter?.(params);
  invalidate();
}

/** A promise with its ends outside. */
export function later() {
  const ends = {};
  const promise = new Promise((resolve, reject) => Object.assign(ends, { resolve, reject }));
  return Object.assign(promise, ends);
}

export function same(is, should, what) {
  if (JSON.stringify(is) !== JSON.stringify(should)) {
    throw new Error(`${what}: is ${JSON.stringify(is)}, should be ${JSON.stringify(should)}`);
  }
}

export async function until(condition, what) {
  const began = Date.now();
  while (!(await condition())) {
    if (Date.now() - began > 20_000) {
      throw new Error(`never so: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
