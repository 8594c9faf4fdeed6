// The relay of Memberdesk as a module Worker, as Cloudflare runs them. Made by `cargo xtask relay --for worker`.
//
// How to use it:
//   1. Put this file into a folder as worker.js, and beside it a wrangler.toml:
//        name = "memberdesk-relay"
//        main = "worker.js"
//        compatibility_date = "2025-01-01"
//        routes = [{ pattern = "relay.example.com", custom_domain = true }]
//        [[ratelimits]]
//        name = "RATE_LIMIT"
//        namespace_id = "1001"
//        simple = { limit = 600, period = 60 }
//   2. `npx wrangler deploy`.
//   3. In the page's config.json:
//        "proxy": { "kind": "path-map", "base": "https://relay.example.com" }
//   4. Open https://relay.example.com/healthz in a browser: it shows {"relay":1}.
//
// It lets through exactly the calls of the provider files. After a change to one, make this file again.
// A server whose address a provider file leaves to you is here only if a config.json names it: `--config FILE`.
// What it cannot do, and nginx can:
//   - It is never told how far a request came. So when no answer comes, it says that the provider may have it,
//     even if the provider was not reached: the page then looks instead of saying “Not sent”.
//   - It counts only with the binding RATE_LIMIT, by the minute and about, and not how many go in parallel.
//   - Dots in a path may be worked off before the Worker sees it. It judges what it sees, and that is what it asks.
//   - fetch adds headers of its own, as Accept-Encoding and Cloudflare's CF-Worker; none of the visitor's.
//   - When somebody closes the tab, a request on its way to the provider may be broken off.
// It logs nothing. Cloudflare has logs of its own, with addresses, if you turn them on: leave them off.
// An origin is no proof of who asks: a program can send any. So no token is kept here; for that, use nginx.

const BASE = "/";
const ORIGINS = ["https://members.example.com"];
const UPSTREAMS = {
  "aitable": {
    address: "https://aitable.ai",
    headers: ["Accept","Authorization","Content-Type"],
    routes: [
      ["GET","/fusion/v1/spaces"],
      ["PUT","/fusion/v1/spaces/[^/?]+/members/[^/?]+"],
      ["GET","/fusion/v1/spaces/[^/?]+/members/[^/?]+"],
      ["GET","/fusion/v1/spaces/[^/?]+/roles"],
      ["GET","/fusion/v1/spaces/[^/?]+/teams/[^/?]+/children"],
      ["GET","/fusion/v1/spaces/[^/?]+/teams/[^/?]+/members"],
    ],
  },
  "aitable-cn": {
    address: "https://vika.cn",
    headers: ["Accept","Authorization","Content-Type"],
    routes: [
      ["GET","/fusion/v1/spaces"],
      ["PUT","/fusion/v1/spaces/[^/?]+/members/[^/?]+"],
      ["GET","/fusion/v1/spaces/[^/?]+/members/[^/?]+"],
      ["GET","/fusion/v1/spaces/[^/?]+/roles"],
      ["GET","/fusion/v1/spaces/[^/?]+/teams/[^/?]+/children"],
      ["GET","/fusion/v1/spaces/[^/?]+/teams/[^/?]+/members"],
    ],
  },
  "symbl": {
    address: "https://api.symbl.ai",
    headers: ["Accept","Authorization","Content-Type"],
    routes: [
      ["POST","/oauth2/token:generate"],
      ["GET","/v1/conversations/[^/?]+/members"],
      ["PUT","/v1/conversations/[^/?]+/members/[^/?]+"],
      ["GET","/v1/conversations"],
    ],
  },
  "webex": {
    address: "https://webexapis.com",
    headers: ["Accept","Authorization","Content-Type"],
    routes: [
      ["GET","/v1/memberships/[^/?]+"],
      ["PUT","/v1/memberships/[^/?]+"],
      ["GET","/v1/memberships"],
      ["GET","/v1/people/me"],
      ["GET","/v1/rooms/[^/?]+"],
      ["GET","/v1/rooms"],
    ],
  },
};
const METHODS = "GET, POST, PUT";
const ACCEPTED = "Accept, Authorization, Content-Type";
const EXPOSED = "X-Relay, X-Relay-Source, X-Relay-Sent, X-Relay-Id, Date, Link, Retry-After, trackingid";
const HIDDEN = ["access-control-allow-origin","access-control-allow-credentials","access-control-allow-methods","access-control-allow-headers","access-control-expose-headers","access-control-max-age","alt-svc","cache-control","clear-site-data","content-security-policy","expires","nel","pragma","refresh","report-to","service-worker-allowed","set-cookie","strict-transport-security","vary","x-content-type-options","x-relay","x-relay-id","x-relay-sent","x-relay-source"];
const SHOWN = {"Link":"<healthz>; rel=\"self\"","Retry-After":"0"};
const MOST_BYTES = 262144;
const ANSWER_MILLISECONDS = 30000;

// An empty or dot segment, and whatever could become one.
const TWISTED = /%2e|%5c|%00|\\|\/\/|(?:\/|%2f)\.\.?(?:\/|%2f|;|%3b|$)/i;

for (const upstream of Object.values(UPSTREAMS)) {
  upstream.routes = upstream.routes.map(([method, path]) => [method, new RegExp("^" + path + "$")]);
}

const MOST_HEADER = 16384;

// What belongs to this connection, and what fetch has unpacked.
const OWN = ["connection", "content-encoding", "content-length", "keep-alive", "server", "transfer-encoding"];

/** An answer with the relay's stamp. `source` says whose it is, `sent` whether the provider may have the request. */
function stamped(page, source, sent, status, body, headers = new Headers()) {
  headers.set("X-Relay", "1");
  headers.set("X-Relay-Id", crypto.randomUUID());
  headers.set("X-Relay-Source", source);
  headers.set("X-Relay-Sent", sent);
  headers.set("Vary", "Origin");
  headers.set("Cache-Control", "no-store");
  headers.set("X-Content-Type-Options", "nosniff");
  // A provider's answer that somebody opens as a page does nothing there.
  headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
  headers.set("Access-Control-Expose-Headers", EXPOSED);
  if (page) headers.set("Access-Control-Allow-Origin", page);
  return new Response(body, { status, headers });
}

function said(page, value, status = 200, sent = "no", headers = {}) {
  const all = new Headers({ ...headers, "Content-Type": "application/json" });
  return stamped(page, "proxy", sent, status, JSON.stringify(value), all);
}

function refused(page, status, code, sent = "no", headers = {}) {
  return said(page, { error: { source: "proxy", code } }, status, sent, headers);
}

/** What a browser is told beforehand. */
function allowed(page) {
  const headers = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": ACCEPTED,
    "Access-Control-Max-Age": "600",
  };
  return stamped(page, "proxy", "no", 204, null, new Headers(headers));
}

function sizeOf(headers) {
  let size = 0;
  for (const [name, value] of headers) size += name.length + value.length;
  return size;
}

/** The whole body, or null if it is too large: nothing is sent before all of it is here. */
async function bodyOf(request) {
  if (Number(request.headers.get("Content-Length")) > MOST_BYTES) return null;
  const parts = [];
  let length = 0;
  for await (const part of request.body) {
    length += part.byteLength;
    if (length > MOST_BYTES) return null;
    parts.push(part);
  }
  return new Blob(parts).arrayBuffer();
}

async function passed(request, page, upstream, path) {
  const headers = new Headers({ "User-Agent": "memberdesk-relay" });
  for (const name of upstream.headers) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  let body;
  if (request.body) {
    body = await bodyOf(request);
    if (body === null) return refused(page, 413, "too_large");
  }
  const clock = AbortSignal.timeout(ANSWER_MILLISECONDS);
  let answer;
  try {
    const options = { method: request.method, headers, body, redirect: "manual", signal: clock };
    answer = await fetch(upstream.address + path, options);
  } catch {
    // A Worker is not told how far it came: perhaps the provider has it.
    if (clock.aborted) return refused(page, 504, "upstream_timeout", "yes");
    return refused(page, 502, "upstream_unreachable", "yes");
  }
  const back = new Headers();
  for (const [name, value] of answer.headers) {
    if (!HIDDEN.includes(name) && !OWN.includes(name)) back.append(name, value);
  }
  return stamped(page, "upstream", "yes", answer.status, answer.body, back);
}

export default {
  async fetch(request, env) {
    const { method } = request;
    const origin = request.headers.get("Origin");
    const page = ORIGINS.includes(origin) ? origin : null;
    // As it was sent. A URL object would tidy it up first.
    const target = request.url.slice(request.url.indexOf("/", request.url.indexOf("://") + 3));
    const path = target.split("?", 1)[0];

    if (path === BASE + "healthz") {
      if (origin !== null && !page) return refused(null, 403, "origin_not_allowed");
      if (method === "OPTIONS") return allowed(page);
      if (!["GET", "HEAD", "PUT", "PATCH", "POST"].includes(method)) return refused(page, 405, "method_not_allowed");
      return said(page, { relay: 1 }, 200, "no", SHOWN);
    }

    const [slug] = path.startsWith(BASE) ? path.slice(BASE.length).split("/") : [""];
    const start = BASE + slug;
    if (!Object.hasOwn(UPSTREAMS, slug) || !path.startsWith(start + "/")) {
      return refused(page, 404, "target_not_allowed");
    }
    const upstream = UPSTREAMS[slug];
    // A browser sends no Origin with a GET to its own host.
    const site = request.headers.get("Sec-Fetch-Site") ?? "";
    const isOwn = method === "GET" && origin === null && ["", "same-origin"].includes(site);
    if (!page && !isOwn) return refused(null, 403, "origin_not_allowed");
    if (TWISTED.test(path) || sizeOf(request.headers) > MOST_HEADER) return refused(page, 400, "bad_request");
    const asked = path.slice(start.length);
    const known = upstream.routes.filter(([, pattern]) => pattern.test(asked));
    if (known.length === 0) return refused(page, 404, "target_not_allowed");
    if (method === "OPTIONS") return allowed(page);
    if (!known.some(([own]) => own === method)) return refused(page, 405, "method_not_allowed");
    if (env.RATE_LIMIT) {
      const key = request.headers.get("CF-Connecting-IP") ?? "";
      const { success } = await env.RATE_LIMIT.limit({ key });
      if (!success) return refused(page, 429, "rate_limited", "no", { "Retry-After": "10" });
    }
    return passed(request, page, upstream, target.slice(start.length));
  },
};
