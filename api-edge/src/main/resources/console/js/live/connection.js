// One connection to the edge that heals itself. Streams are wishes: whoever opens one keeps it over any number of connections, each going on
// at the cursor of the last event it was given. RSocket first, server-sent events next, asking by and by last.
import * as rsocket from "./rsocket.js";
import * as sse from "./sse.js";
import * as poll from "./poll.js";
import { Backoff } from "./backoff.js";
import { expired } from "../renewal.js";
import { bearer } from "../session.js";

/** How long the last resort is kept before the better ways are tried again. */
const BETTER_AFTER = 60_000;
/** A connection that lived this long was a good one. */
const GOOD = 5_000;

/**
 * @typedef {{route: string, path: string}} Target the same stream by its two names
 * @typedef {{target: Target, cursor: string, over: boolean, onEvent: (event: any) => void, close: () => void}} Wish
 */

/** @type {Set<Wish>} */
const wishes = new Set();
const backoff = new Backoff();
const listeners = [];
let line = null;
let generation = 0;
let timer = 0;
let state = { name: "idle", transport: "", since: Date.now(), retryAt: 0 };

export const connection = () => state;
export const onConnection = (callback) => listeners.push(callback);

function become(name, more = {}) {
  const before = state;
  state = { name, transport: "", retryAt: 0, since: before.name === name ? before.since : Date.now(), ...more };
  listeners.forEach((listener) => listener(state, before));
}

/** Connects and stays connected until {@link stop}. */
export function start() {
  stop();
  backoff.reset();
  become("connecting");
  attempt();
}

export function stop() {
  generation++;
  clearTimeout(timer);
  line?.close();
  line = null;
  become("idle");
}

/** A new session begins with no memory of the old one's places. */
export function forget() {
  wishes.clear();
}

/** Connects anew at once: after a sleep, when the network is back, or because somebody pressed the button. */
export function retryNow() {
  if (state.name === "idle") {
    return;
  }
  generation++;
  clearTimeout(timer);
  line?.close();
  line = null;
  backoff.reset();
  become("reconnecting");
  attempt();
}

export function offline() {
  if (state.name !== "idle") {
    generation++;
    clearTimeout(timer);
    line?.close();
    line = null;
    become("offline");
    // Not every browser says when the network is back.
    later(5_000);
  }
}

/**
 * Keeps a stream open. The events come in order, each once.
 *
 * @param {Target} target
 * @param {(event: any) => void} onEvent
 * @returns {() => void} closes it
 */
export function follow(target, onEvent) {
  const wish = { target, cursor: "", over: false, onEvent, close: () => {} };
  wishes.add(wish);
  line?.begin(wish);
  return () => {
    wishes.delete(wish);
    wish.close();
  };
}

/** Begins a stream anew that had told its end, at its cursor: there is more to come after all. Nothing when it is open, or not wished for. */
export function revive({ route }) {
  for (const wish of wishes) {
    if (wish.over && wish.target.route === route) {
      wish.over = false;
      line?.begin(wish);
    }
  }
}

function take(wish, event) {
  if (event.event === "closed" && event.reconnect) {
    // For its token, its age or its slowness: a stream of server-sent events then ends without a failure, as at the end of its task.
    lost();
    return;
  }
  if (event.cursor) {
    wish.cursor = event.cursor;
  }
  wish.onEvent(event);
}

async function attempt() {
  const mine = ++generation;
  const current = () => mine === generation;
  const token = bearer();
  for (const way of [overRSocket, overSse, overPolling]) {
    const opened = await way(token, current).catch(() => null);
    if (!current()) {
      opened?.close();
      return;
    }
    if (opened) {
      up(opened, current);
      return;
    }
  }
  become(navigator.onLine === false ? "offline" : "reconnecting");
  later(backoff.next());
}

function up(opened, current) {
  line = opened;
  become("live", { transport: opened.transport });
  wishes.forEach((wish) => line.begin(wish));
  timer = setTimeout(() => current() && backoff.reset(), GOOD);
  if (opened.transport === "poll") {
    timer = setTimeout(() => current() && retryNow(), BETTER_AFTER);
  }
}

/** The line is gone: say so, wait a little, try again. */
function lost() {
  generation++;
  clearTimeout(timer);
  line?.close();
  line = null;
  become(navigator.onLine === false ? "offline" : "reconnecting");
  later(backoff.next());
}

function later(delay) {
  clearTimeout(timer);
  state.retryAt = Date.now() + delay;
  timer = setTimeout(attempt, delay);
}

/** A stream ended: for good, or for this time. */
function ended(wish, failure, token) {
  wish.close = () => {};
  if (!failure) {
    // Streams of everything end only with the token; those of one task or campaign when there is nothing more to come.
    wish.over = wish.target.route !== "tasks.progress";
    if (!wish.over) {
      lost();
    }
    return;
  }
  const status = statusOf(failure);
  if (status === 401) {
    barred(token);
  } else if (status === 403 || status === 404) {
    wish.over = true;
  } else {
    lost();
  }
}

/** The token is not taken. With a fresh one, or to ask for one again, this is a line that was lost; without any the session has ended. */
function barred(token) {
  const mine = generation;
  void expired(token).then(() => mine === generation && lost());
}

function statusOf(failure) {
  if (failure.status) {
    return failure.status;
  }
  try {
    return Number(JSON.parse(failure.message).code ?? 0);
  } catch {
    return /Access Denied|Invalid Token|Authentication|REJECTED/i.test(failure.message ?? "") ? 401 : 0;
  }
}

async function overRSocket(token, current) {
  const socket = await rsocket.connect(token, () => current() && lost());
  return {
    transport: "rsocket",
    begin(wish) {
      if (!wish.over) {
        const close = socket.open({ route: wish.target.route, cursor: wish.cursor }, {
          onEvent: (event) => current() && wishes.has(wish) && take(wish, event),
          onEnd: (failure) => current() && wishes.has(wish) && ended(wish, failure, token),
        });
        wish.close = close;
      }
    },
    close: () => socket.close(),
  };
}

/** The first stream decides whether this way is open. */
function overSse(token, current) {
  const open = new Set();
  const opened = {
    transport: "sse",
    begin(wish, onOpen = () => {}, onFail = null) {
      if (wish.over) {
        return;
      }
      const target = { path: wish.target.path, cursor: wish.cursor, token };
      const close = sse.open(target, {
        onOpen,
        onEvent: (event) => current() && wishes.has(wish) && take(wish, event),
        onEnd: (failure) => {
          open.delete(close);
          if (onFail) {
            onFail(failure);
          } else if (current() && wishes.has(wish)) {
            ended(wish, failure, token);
          }
        },
      });
      open.add(close);
      wish.close = close;
    },
    close: () => open.forEach((close) => close()),
  };
  return new Promise((resolve, reject) => {
    const probe = { target: { route: "tasks.progress", path: "/api/v1/stream" }, cursor: "", over: false };
    const close = sse.open({ path: probe.target.path, cursor: "", token }, {
      onOpen: () => {
        close();
        resolve(opened);
      },
      onEvent: () => {},
      onEnd: (failure) => {
        if (current() && statusOf(failure ?? {}) === 401) {
          barred(token);
        }
        reject(failure ?? new Error("the stream ended at once"));
      },
    });
  });
}

async function overPolling(token, current) {
  await poll.probe();
  const open = new Set();
  return {
    transport: "poll",
    begin(wish) {
      const close = poll.open(wish.target, {
        onEvent: (event) => current() && wishes.has(wish) && wish.onEvent(event),
        onEnd: (failure) => current() && wishes.has(wish) && ended(wish, failure, token),
      });
      open.add(close);
      wish.close = close;
    },
    close: () => open.forEach((close) => close()),
  };
}
