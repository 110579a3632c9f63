// Server-sent events by fetch: the token stays in a header, where EventSource would need it in the address.

/** The server sends a sign of life each 15 s; three missed ones mean that the line is dead. */
const SILENCE = 45_000;
const OPENS_WITHIN = 8_000;

/** A stream could not be had, with the status that said so; 0 when nothing answered. */
export class StreamRefused extends Error {
  constructor(status) {
    super(`the stream was answered ${status}`);
    this.status = status;
  }
}

/**
 * One stream.
 *
 * @param {{path: string, cursor: string, token: string}} target
 * @param {{onOpen: () => void, onEvent: (event: any) => void, onEnd: (failure: Error | null) => void}} sink
 * @returns {() => void} ends it
 */
export function open(target, sink) {
  const control = new AbortController();
  let ended = false;
  const end = (failure) => {
    if (!ended) {
      ended = true;
      control.abort();
      sink.onEnd(failure);
    }
  };
  read(target, sink, control).then(() => end(null), end);
  return () => {
    ended = true;
    control.abort();
  };
}

async function read({ path, cursor, token }, sink, control) {
  let timer = setTimeout(() => control.abort(), OPENS_WITHIN);
  try {
    const headers = { Accept: "text/event-stream", Authorization: `Bearer ${token}` };
    if (cursor) {
      headers["Last-Event-ID"] = cursor;
    }
    const response = await fetch(path, { headers, cache: "no-store", signal: control.signal });
    if (response.status === 204) {
      return;
    }
    if (!response.ok || !(response.headers.get("Content-Type") ?? "").startsWith("text/event-stream")) {
      throw new StreamRefused(response.ok ? 406 : response.status);
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    let opened = false;
    for (;;) {
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (done) {
        return;
      }
      timer = setTimeout(() => control.abort(), SILENCE);
      if (!opened) {
        // Not before the first byte: a proxy that gathers what it passes on opens at once and then says nothing.
        opened = true;
        sink.onOpen();
      }
      const frames = (rest + value).split("\n\n");
      rest = frames.pop();
      frames.forEach((frame) => deliver(frame, sink));
    }
  } finally {
    clearTimeout(timer);
  }
}

function deliver(frame, sink) {
  const data = frame
    .split("\n")
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice(5))
    .join("\n");
  if (data) {
    sink.onEvent(JSON.parse(data));
  }
}
