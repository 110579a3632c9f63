// A longer life for the session, where the edge offers one: POST /auth/tokens answers a fresh token for one that is still good.
import { call, offered } from "./api.js";
import { bearer, renewed, who } from "./session.js";

/** How long before its end a token is renewed. */
const AHEAD = 5 * 60_000;
const LOOK = 60_000;
let timer = 0;
let possible = true;

/** Looks after the token until the session ends. Nothing is asked of the server before the last minutes. */
export function watch() {
  clearInterval(timer);
  possible = true;
  timer = setInterval(() => void look(), LOOK);
}

async function look() {
  const { until } = who();
  if (!possible || !bearer() || !Number.isFinite(until) || until - Date.now() > AHEAD) {
    return;
  }
  try {
    const { data } = await call("/auth/tokens", { method: "POST", json: {} });
    const token = data?.token ?? data?.access_token;
    if (token) {
      renewed(token);
    }
  } catch (refusal) {
    possible = offered(refusal) && refusal.status !== 403;
  }
}
