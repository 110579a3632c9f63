// Who is looking. The token lives in this tab's session storage: it survives a reload and not the tab. Tabs of one browser that are
// open at the same time hand it on, so that a second tab needs no second sign-in.

const KEY = "millrace.token";
const listeners = [];
let token = read();
let ended = false;

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

/** The server does not take the token any more. */
export function expired(used = token) {
  if (token && used === token) {
    ended = true;
    signOut(false);
  }
}

/** A longer-lived token in place of this one; nobody is told, streams go on. */
export function renewed(value) {
  token = value;
  try {
    sessionStorage.setItem(KEY, token);
  } catch {
    // As above.
  }
}

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
