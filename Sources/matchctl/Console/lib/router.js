// Addresses after `#`: `#/demands/D1?line=P1%2FL2`. Pages can be kept as bookmarks and opened in a new tab.

const routes = [];

/// `pattern` such as `/demands/:id`; `show(params, query)` builds the page.
export function route(pattern, show) {
  routes.push({ parts: pattern.split("/"), show });
}

export function address(path, query) {
  const pairs = Object.entries(query || {}).filter(([, v]) => v !== null && v !== undefined && v !== "");
  const tail = pairs.map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`).join("&");
  return `#${path}${tail ? `?${tail}` : ""}`;
}

export function go(path, query) {
  location.hash = address(path, query);
}

/// Changes the query of the page that is shown, without showing it anew.
export function note(query) {
  const here = current();
  const next = address(here.path, Object.assign(here.query, query));
  history.replaceState(null, "", next);
}

export function current() {
  const [path, tail] = (location.hash.slice(1) || "/").split("?");
  const query = {};
  for (const pair of (tail || "").split("&")) {
    if (!pair) continue;
    const at = pair.indexOf("=");
    const name = at < 0 ? pair : pair.slice(0, at);
    query[decode(name)] = at < 0 ? "" : decode(pair.slice(at + 1));
  }
  return { path, query };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch (malformed) {
    return text;
  }
}

/// The route of the address, or null.
export function find() {
  const { path, query } = current();
  const parts = path.split("/");
  for (const candidate of routes) {
    const params = fit(candidate.parts, parts);
    if (params) return { show: candidate.show, params, query, path };
  }
  return null;
}

function fit(pattern, parts) {
  if (pattern.length !== parts.length) return null;
  const params = {};
  for (let i = 0; i < parts.length; i += 1) {
    if (pattern[i].startsWith(":")) params[pattern[i].slice(1)] = decode(parts[i]);
    else if (pattern[i] !== parts[i]) return null;
  }
  return params;
}
