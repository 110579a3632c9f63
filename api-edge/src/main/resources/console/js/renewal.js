// A longer life for the session: the edge answers a fresh token for one that is still good, and for one that ended while a laptop slept.
import { bearer, end, renewed, replaced, who } from "./session.js";

/** How long before its end a token is renewed. */
const AHEAD = 5 * 60_000;
const LOOK = 60_000;
const TIMEOUT = 20_000;
let timer = 0;
let possible = true;
/** The question under way: all who find the same token ended share its answer. */
let question = { used: "", refused: Promise.resolve(false) };

/** Looks after the token until the session ends. Nothing is asked of the server before the last minutes. */
export function watch() {
  clearInterval(timer);
  possible = true;
  timer = setInterval(() => void look(), LOOK);
}

async function look() {
  const { until } = who();
  if (possible && bearer() && Number.isFinite(until) && until - Date.now() <= AHEAD) {
    possible = !(await refused(bearer()));
  }
}

/**
 * The server does not take this token any more. The session ends only when it is refused a fresh one: an edge that cannot be reached, as just
 * after a sleep, is asked again by whoever comes next.
 *
 * @returns {Promise<boolean>} whether the session goes on with another token
 */
export async function expired(used) {
  if (used && used === bearer() && (!Number.isFinite(who().until) || (await refused(used)))) {
    end(used);
  }
  return replaced(used);
}

/** Asks for a fresh token in place of this one. @returns {Promise<boolean>} whether there is none to be had, ever */
function refused(used) {
  if (question.used !== used) {
    const mine = { used, refused: ask(used) };
    question = mine;
    void mine.refused.then(() => question === mine && (question = { ...mine, used: "" }));
  }
  return question.refused;
}

/** Bare, without a bearer: the token in question may have ended. Never fails. */
async function ask(used) {
  try {
    const response = await fetch("/api/v1/auth/tokens/renew", {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json" },
      body: JSON.stringify({ token: used }),
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.ok) {
      const answer = await response.json();
      renewed((answer.data ?? answer).token, used);
    }
    return response.status >= 400 && response.status < 500 && response.status !== 429;
  } catch {
    return false;
  }
}
