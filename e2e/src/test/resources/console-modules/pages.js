// Pages keep what was written for its writer alone, and show the answer to what was asked last.
import { asked, data, edge, later, same, show, token, until } from "./edge.js";
import * as campaignNew from "/console/js/pages/campaign-new.js";
import * as create from "/console/js/pages/create.js";
import * as lanes from "/console/js/pages/lanes.js";
import { signIn, signOut } from "/console/js/session.js";

const value = (selector) => document.querySelector(selector)?.value;

/** Somebody comes to the page, as after the door. */
async function comes(bearer, page) {
  signOut(false);
  signIn(bearer, false);
  await show(page);
  await until(() => document.querySelector("form"), "the form");
}

/** What has changed has been drawn. */
const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

function write(selector, text) {
  const field = document.querySelector(selector);
  field.value = text;
  field.dispatchEvent(new Event(field.matches("[type=file], .paste textarea") ? "change" : "input", { bubbles: true }));
}

async function writes(name) {
  write("#campaign-name", name);
  write(".paste textarea", '{"prompt": "A secret of ours"}');
  await until(() => document.querySelector(".preview"), "the rows");
}

const written = () => [value("#campaign-name"), value(".paste textarea"), document.querySelector(".preview") !== null];

export async function rowsOfACampaignAreNotShownToTheNext() {
  edge(() => null);
  for (const [first, next] of [[token("ann", 3_600), token("ben", 3_600)], ["mr_first", "mr_next"]]) {
    await comes(first, campaignNew);
    await writes("Ours");

    await comes(next, campaignNew);

    await until(() => value("#campaign-name") === "", "an empty form");
    same(written(), ["", "", false], "what the next one sees");
  }
}

export async function rowsOfACampaignAreKeptForTheirWriter() {
  edge(() => null);
  await comes(token("ann", 3_600), campaignNew);
  await writes("Ours");

  await comes(token("ann", 7_200), campaignNew);

  same(written(), ["Ours", '{"prompt": "A secret of ours"}', true], "what ann sees again");
}

export async function aCampaignThatIsAcceptedLateDoesNotMoveTheNext() {
  const slow = later();
  edge(({ method }) => (method === "POST" ? slow : null));
  // Of JSON Lines the body is no single JSON.
  const bare = globalThis.fetch;
  globalThis.fetch = (address, options) => bare(address, { ...options, body: undefined });
  await comes(token("ann", 3_600), campaignNew);
  await writes("Ours");
  await until(() => !document.querySelector("button[type=submit]").disabled, "ready");
  document.querySelector("button[type=submit]").click();
  await until(() => asked.length === 1, "the campaign is sent");
  await comes(token("ben", 3_600), campaignNew);
  write("#campaign-name", "Mine");

  const answer = data({ id: "campaign_of_ann", total: 1 });
  slow.resolve(answer);

  await until(() => answer.bodyUsed, "the answer is read");
  await drawn();
  same([location.hash, value("#campaign-name")], ["", "Mine"], "ben stays where he was");
}

export async function aDraftWithAnApiKeyIsNotShownToTheNextKey() {
  edge(() => data({ presets: [], items: [] }));
  await comes("mr_first", create);
  write("#prompt", "A secret of ours");

  await comes("mr_next", create);

  await until(() => value("#prompt") === "", "an empty form");
}

export async function theSpanThatWasChosenLastIsShown() {
  const slow = later();
  const minute = (submitted) => data({ minutes: [{ minute: new Date().toISOString(), type: "poster", submitted }] });
  edge(({ path }) => {
    if (path === "/lanes") {
      return data({ lanes: [] });
    }
    return path.endsWith("=1440") ? minute(1_440) : slow;
  });
  signIn(token("lou", 3_600), false);
  await show(lanes);
  await until(() => document.querySelector("[name=span]"), "the page");
  document.querySelectorAll("[name=span]")[2].click();
  await until(() => document.querySelector(".charts")?.textContent.includes("1,440"), "the day");

  slow.resolve(minute(61));

  await slow;
  await until(() => asked.length === 4, "all questions");
  await drawn();
  same(document.querySelector(".charts").textContent.includes("1,440"), true, "the day is still shown");
}
