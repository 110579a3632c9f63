// Who is looking. The token lives in this tab's session storage: it survives a reload and not the tab. Tabs of one browser that are
// open at the same time hand it on, so that a second tab needs no second sign-in.

const KEY = "millrace.token";
const listeners = [];
let token = read();
let ended = false;
/** What the session had before the token it has now. */
const past = new Set();

function read() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("millrace.session") : null;
channel?.addEventListener("message", ({ data }) => {
  if (data?.ask && token) {
    channel.postMessage({ token });
  } else if (data?.token && !token) {
    signIn(data.token, false);
  } else if (data?.out && token) {
    signOut(false);
  }
});

/** Takes a token out of the address, as #token=..., before anything else can see it there. */
export function takeFromAddress() {
  const found = /^#token=([A-Za-z0-9._~+/=-]+)$/.exec(location.hash);
  if (found) {
    history.replaceState(null, "", "#/tasks");
    token = "";
    signIn(found[1], false);
  } else if (!token) {
    channel?.postMessage({ ask: true });
  }
}

export function onSession(callback) {
  listeners.push(callback);
}

export const bearer = () => token;
export const signedIn = () => token !== "";
/** Whether the session was ended by the server, so that the page can say why it asks again. */
export const wasEnded = () => ended;

export function signIn(value, tell = true) {
  token = value.trim();
  ended = false;
  past.clear();
  try {
    sessionStorage.setItem(KEY, token);
  } catch {
    // Without storage the session ends with the page.
  }
  if (tell) {
    channel?.postMessage({ token });
  }
  listeners.forEach((listener) => listener());
}

export function signOut(tell = true) {
  token = "";
  past.clear();
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // As above.
  }
  if (tell) {
    channel?.postMessage({ out: true });
  }
  listeners.forEach((listener) => listener());
}

/** The server does not take this token any more, and gives no other for it. */
export function end(used) {
  if (token && used === token) {
    ended = true;
    signOut(false);
  }
}

/** Whether the session goes on with another token than this one; never true of a token of somebody who was here before. */
export const replaced = (used) => past.has(used);

/** A longer-lived token in place of this one, unless it has been given up meanwhile; nobody is told, streams go on. */
export function renewed(value, used) {
  if (!value || !token || token !== used) {
    return;
  }
  past.add(used);
  token = value;
  try {
    sessionStorage.setItem(KEY, token);
  } catch {
    // As above.
  }
}

/** Whose drafts these are: the user, whichever token they have now, or of an API key, which names nobody, the key. */
export const identity = () => who().user || token;

/** What the token says of its bearer; an API key says nothing. @returns {{user: string, role: string, until: number}} */
export function who() {
  try {
    const part = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const claims = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0))));
    return { user: String(claims.sub ?? ""), role: String(claims.role ?? "user"), until: Number(claims.exp ?? 0) * 1000 };
  } catch {
    return { user: "", role: "", until: Infinity };
  }
}
