// Calls to the edge. Whatever goes wrong becomes a Refusal that says what to do.
import { expired } from "./renewal.js";
import { bearer } from "./session.js";
import { t } from "./i18n.js";

const TIMEOUT = 20_000;

/** What the server, or the way to it, said instead of an answer. */
export class Refusal extends Error {
  /** @param {{status: number, message: string, remedy?: string, errors?: {field: string, message: string, remedy: string}[]}} problem */
  constructor({ status, message, remedy = "", errors = [], retryAfter = 0 }) {
    super(message);
    this.status = status;
    this.remedy = remedy;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }
}

/**
 * One call. A token that has ended is exchanged for a fresh one where that can be done, and the call made again with it, once.
 *
 * @param {string} path below /api/v1
 * @param {{method?: string, json?: any, body?: any, headers?: Record<string, string>, timeout?: number}} options
 * @returns {Promise<{status: number, data: any, headers: Headers}>}
 */
export async function call(path, options = {}) {
  const used = bearer();
  const response = await send(path, options, used);
  return answered(response.status === 401 && (await expired(used)) ? await send(path, options, bearer()) : response);
}

async function send(path, options, token) {
  const headers = { Accept: "application/json", ...options.headers };
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  let body = options.body;
  if (options.json !== undefined) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(options.json);
  }
  try {
    return await fetch(`/api/v1${path}`, {
      method: options.method ?? (body === undefined ? "GET" : "POST"),
      headers,
      body,
      cache: "no-store",
      signal: AbortSignal.timeout(options.timeout ?? TIMEOUT),
    });
  } catch (failure) {
    throw new Refusal({ status: 0, message: t(failure.name === "TimeoutError" ? "error.timeout" : "error.network"), remedy: t("error.networkRemedy") });
  }
}

async function answered(response) {
  const text = await response.text().catch(() => "");
  const parsed = parse(text);
  if (response.ok) {
    return { status: response.status, data: parsed?.data ?? parsed, headers: response.headers };
  }
  throw new Refusal({
    status: response.status,
    message: parsed?.message ?? t("error.status", { status: response.status }),
    remedy: parsed?.remedy ?? "",
    errors: parsed?.errors ?? [],
    retryAfter: Number(response.headers.get("Retry-After") ?? 0),
  });
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

export const get = async (path) => (await call(path)).data;
export const post = async (path, json = {}, headers = {}) => (await call(path, { method: "POST", json, headers })).data;

/** A key that makes a repeat of this create harmless. */
export const onceKey = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;

/** Runs the work for each item, a few at a time. @returns results in the order of the items */
export async function each(items, atOnce, work) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]).then((value) => ({ value }), (failure) => ({ failure }));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
