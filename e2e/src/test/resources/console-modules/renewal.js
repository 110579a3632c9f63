// A laptop that slept past its token goes on by itself; nobody is signed out but by a refusal.
import { asked, data, edge, later, refusal, same, stream, token, until } from "./edge.js";
import { call } from "/console/js/api.js";
import { connection, start, stop } from "/console/js/live/connection.js";
import { bearer, onSession, signedIn, signIn, wasEnded } from "/console/js/session.js";

const OLD = token("lea", -60);
const FRESH = token("lea", 3_600);
const RENEW = "/auth/tokens/renew";
const renewals = () => asked.filter(({ path }) => path === RENEW);

/** Takes the fresh token only, and gives it for the old one as it is told. */
const sleptThrough = (renew) =>
  edge((question) => {
    if (question.path === RENEW) {
      return renew(question);
    }
    if (question.token !== FRESH) {
      return refusal(401);
    }
    return question.path === "/stream" ? stream([]) : data({ asked: question.json });
  });

export async function allCallsOfASessionThatSleptPastItsTokenGoOn() {
  let told = 0;
  sleptThrough(({ token: with_, json }) => (with_ === "" && json.token === OLD ? data({ token: FRESH }) : refusal(401)));
  signIn(OLD, false);
  onSession(() => told++);

  const answers = await Promise.all(["a", "b", "c"].map((name) => call("/tasks", { json: { name } })));

  same(answers.map((answer) => answer.data.asked.name), ["a", "b", "c"], "the answers");
  same(renewals().length, 1, "renewals");
  same([bearer(), told], [FRESH, 0], "the session");
}

export async function theConnectionOfASessionThatSleptPastItsTokenGoesOn() {
  sleptThrough(() => data({ token: FRESH }));
  signIn(OLD, false);

  start();

  await until(() => connection().name === "live" && connection().transport === "sse", "live with the fresh token");
  same([renewals().length, signedIn()], [1, true], "one renewal");
  stop();
}

export async function aRefusedRenewalEndsTheSession() {
  sleptThrough(() => refusal(401));
  signIn(OLD, false);

  const end = await call("/tasks").catch((refused) => refused.status);

  same([end, signedIn(), wasEnded(), renewals().length], [401, false, true, 1], "the end");
}

export async function anEdgeThatCannotBeReachedEndsNoSession() {
  let up = false;
  sleptThrough(() => (up ? data({ token: FRESH }) : Promise.reject(new TypeError("no network yet"))));
  signIn(OLD, false);

  const first = await call("/tasks").catch((refused) => refused.status);
  up = true;
  const second = await call("/tasks");

  same([first, second.status, signedIn()], [401, 200, true], "asked again by the next call");
}

export async function anApiKeyThatWasRevokedIsNotRenewed() {
  sleptThrough(() => data({ token: FRESH }));
  signIn("mr_revoked", false);

  await call("/tasks").catch(() => {});

  same([signedIn(), renewals().length], [false, 0], "the end");
}

export async function whatSomebodyAskedWhoLeftIsNotRepeatedForTheNext() {
  const slow = later();
  edge(({ path }) => (path === RENEW ? data({ token: FRESH }) : slow));
  signIn(OLD, false);
  const mine = call("/tasks", { json: { of: "lea" } }).catch((refused) => refused.status);
  signIn(token("max", 3_600), false);

  slow.resolve(refusal(401));

  same([await mine, asked.length, signedIn()], [401, 1, true], "one question, and the next one stays");
}
