// Requests to API v1: one error shape, the session's token on writes, a key that makes a repeated write harmless.

import { readEvents } from "./stream.js";
import { language } from "./texts.js";

const base = "api/v1";
let csrf = "";
let signedOut = () => {};

export function useToken(token) {
  csrf = token || "";
}

/// `act` is called when the server no longer knows the session.
export function whenSignedOut(act) {
  signedOut = act;
}

/// The address of a file that the browser itself fetches with its cookie.
export function fileAddress(path, query) {
  return `${base}${path}${tail(Object.assign({ lang: language() }, query))}`;
}

function tail(query) {
  const pairs = Object.entries(query || {}).filter(([, v]) => v !== undefined && v !== null && v !== "");
  return pairs.length ? `?${pairs.map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`).join("&")}` : "";
}

export function get(path, query) {
  return send("GET", path, { query });
}

export function post(path, body, options) {
  return send("POST", path, Object.assign({ body: body === undefined ? {} : body }, options));
}

export function put(path, body) {
  return send("PUT", path, { body });
}

export function patch(path, body) {
  return send("PATCH", path, { body });
}

export function remove(path) {
  return send("DELETE", path, {});
}

/// Sends bytes of a file as they are.
export function upload(path, file, query) {
  return send("POST", path, { query, bytes: file, type: "application/octet-stream" });
}

/// Work that tells how far it is: `progress({ phase, done, of })` until its result is there.
export async function follow(path, body, progress) {
  const answer = await send("POST", path, { body, accept: "text/event-stream", raw: true });
  if (!(answer.headers.get("Content-Type") || "").startsWith("text/event-stream")) return read(answer, path);
  let result = null;
  let failed = null;
  await readEvents(answer.body, (name, value) => {
    if (name === "progress") progress(value || {});
    else if (name === "done") result = value;
    else if (name === "error") failed = (value && value.error) || {};
  });
  if (failed) throw problem(failed.code || "unknown", failed.message, failed.hint, 0);
  if (!result) throw problem("offline", "", "", 0);
  return result;
}

/// - Throws: an `Error` with `code`, `message`, `hint` and `status`.
async function send(method, path, options) {
  const headers = { Accept: options.accept || "application/json", "Accept-Language": language() };
  const request = { method, headers, credentials: "same-origin", cache: "no-store", signal: options.signal };
  if (method !== "GET") {
    if (csrf) headers["X-CSRF-Token"] = csrf;
    headers["Idempotency-Key"] = options.key || newKey();
  }
  if (options.bytes) {
    request.body = options.bytes;
    headers["Content-Type"] = options.type;
  } else if (options.body !== undefined) {
    request.body = JSON.stringify(options.body);
    headers["Content-Type"] = "application/json";
  }
  let answer;
  try {
    answer = await fetch(`${base}${path}${tail(options.query)}`, request);
  } catch (lost) {
    if (lost.name === "AbortError") throw lost;
    throw problem("offline", "", "", 0);
  }
  return options.raw && answer.ok ? answer : read(answer, path);
}

async function read(answer, path) {
  const text = await answer.text();
  let value = null;
  if (text) {
    try {
      value = JSON.parse(text);
    } catch (notJSON) {
      value = null;
    }
  }
  if (answer.ok) return value;
  const error = (value && value.error) || {};
  if (answer.status === 401 && path !== "/session") {
    signedOut();
    throw problem("signed_out", error.message, error.hint, 401);
  }
  throw problem(error.code || `http_${answer.status}`, error.message, error.hint, answer.status);
}

function problem(code, message, hint, status) {
  return Object.assign(new Error(message || code), { code, hint: hint || "", status });
}

/// 128 random bits; `randomUUID` is not there without HTTPS.
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

/// All pages of a list, up to `most` items.
export async function all(path, query, most) {
  const items = [];
  let cursor;
  let first = null;
  do {
    const page = await get(path, Object.assign({ limit: 200 }, query, { cursor }));
    first = first || page;
    items.push(...page.items);
    cursor = page.next;
  } while (cursor && items.length < (most || 5000));
  return Object.assign({}, first, { items, next: cursor || null });
}
