// A platform's own record: still valid, from when it takes work, and what its lines can do.

import { get, patch, post, put } from "../lib/api.js";
import { fill, h, icon } from "../lib/dom.js";
import { whenSent } from "../lib/input.js";
import { age, day } from "../lib/numbers.js";
import { session } from "../lib/session.js";
import { language, t } from "../lib/texts.js";
import { choose, field, input } from "../parts/fields.js";
import { busy, empty, into, notice, say } from "../parts/feedback.js";

export async function showOwn(place) {
  const body = h("div");
  fill(place, body);
  const path = `/platforms/${encodeURIComponent(session.platform || "")}`;
  const load = () => into(body, async () => {
    const [platform, keys] = await Promise.all([get(path), get("/registry/keys", { limit: 500 })]);
    return { platform, keys: new Map(keys.items.map((k) => [k.id, k])) };
  }, (found) => page(found, path, load));
  await load();
}

function page({ platform, keys }, path, load) {
  const lines = (platform.record && platform.record.lines) || [];
  return h("div", null,
    h("div", { class: "page-head" }, h("div", { class: "titles" }, h("h1", null, platform.name), h("p", { class: "sub" }, [platform.place, t("lines.n", { n: platform.lines })].filter(Boolean).join(" · ")))),
    validity(platform, path, load),
    lines.length ? lines.map((line) => linePanel(line, platform, keys, path, load)) : h("div", { class: "panel" }, empty("own.none")));
}

/// 资料仍有效: one press renews the day on which everything was checked.
function validity(platform, path, load) {
  const press = h("button", { class: "button primary", type: "button" }, icon("check"), t("own.valid"));
  press.addEventListener("click", () => busy(press, async () => {
    await post(`${path}/verify`);
    say(t("own.validDone"));
    await load();
  }));
  const when = platform.verified_at ? t("own.checked", { day: day(platform.verified_at, session.as_of), age: age(platform.verified_at, session.as_of) }) : t("own.neverChecked");
  return h("section", { class: `panel ${platform.stale ? "stale" : ""}` }, h("div", { class: "panel-body own-valid" },
    h("div", null, h("h2", null, t("own.validTitle")), h("p", { class: "second" }, when, platform.stale ? ` ${t("own.stale")}` : "")), press));
}

function linePanel(line, platform, keys, path, load) {
  return h("section", { class: "panel" },
    h("div", { class: "panel-head" }, h("h2", null, nameOf(line.name, line.id)), h("span", { class: "small quiet-text" }, line.id)),
    h("div", { class: "panel-body columns-2" }, earliest(line, platform, path, load), status(line, path, load)),
    h("div", { class: "panel-body" }, specs(line, keys, path, load)));
}

/// 最早可接单日期: counts for thirty days, then falls away by itself.
function earliest(line, platform, path, load) {
  const own = line.earliest || platform.earliest;
  const pick = h("input", { type: "date", name: "day", min: session.as_of, value: own ? own.day : "" });
  const save = h("button", { class: "button", type: "submit" }, t("save"));
  const wrong = h("div");
  const form = h("form", null, field(t("own.earliest"), pick, own ? t("own.expires", { day: day(own.expires, session.as_of) }) : t("own.earliestHint")), h("div", { class: "cluster" }, save), wrong);
  whenSent(form, () => busy(save, async () => {
    await put(`${path}/earliest`, { line: line.id, day: pick.value || null });
    say(t("own.saved"));
    await load();
  }, wrong));
  return form;
}

const states = ["open", "full", "suspended", "planned"];

function status(line, path, load) {
  const now = line.status && typeof line.status === "object" ? line.status : {};
  const pairs = (states.includes(now.state) ? [] : [["", now.text || t("unstated")]]).concat(states.map((s) => [s, t(`own.status.${s}`)]));
  const pick = choose("state", pairs, states.includes(now.state) ? now.state : "");
  const save = h("button", { class: "button", type: "submit" }, t("save"));
  const wrong = h("div");
  const form = h("form", null, field(t("own.status"), pick, t("own.statusHint")), h("div", { class: "cluster" }, save), wrong);
  whenSent(form, () => (pick.value ? busy(save, async () => {
    await patch(path, { line: line.id, members: { status: { state: pick.value } } });
    say(t("own.saved"));
    await load();
  }, wrong) : pick.focus()));
  return form;
}

/// A name as records state it: one text, or one for each language.
function nameOf(name, id) {
  if (name && typeof name === "object") return name[language()] || Object.values(name)[0] || id;
  return name || id;
}

/// The numbers and terms of a line, a row each. What a row does not hold stays as it was.
function specs(line, keys, path, load) {
  const all = Array.isArray(line.specs) ? line.specs : [];
  const rows = all.filter((s) => s.key && (s.min !== undefined || s.max !== undefined || Array.isArray(s.values)));
  const others = all.filter((s) => !rows.includes(s));
  if (!rows.length) return notice("", t("own.noSpecs"));
  const edits = [];
  const body = rows.map((spec) => {
    const key = keys.get(spec.key);
    const name = key ? key.name : spec.key;
    const cells = ["min", "max"].map((bound) => input(bound, {
      value: spec[bound] === undefined ? "" : String(spec[bound]), inputmode: "decimal", "aria-label": t(`own.${bound}`, { name }),
    }));
    const terms = input("values", { value: Array.isArray(spec.values) ? spec.values.join("; ") : "", "aria-label": t("own.values", { name }) });
    const isList = Array.isArray(spec.values);
    edits.push(() => edited(spec, isList, cells, terms));
    return h("tr", null, h("th", { scope: "row" }, name),
      isList ? h("td", { colspan: "2", "data-label": t("own.valuesShort") }, terms) : cells.map((c, i) => h("td", { "data-label": t(i ? "own.most" : "own.least") }, c)),
      h("td", { class: "second", "data-label": t("unit") }, spec.unit || (key && key.unit) || ""));
  });
  const wrong = h("div");
  const save = h("button", { class: "button primary", type: "submit" }, t("own.saveSpecs"));
  const form = h("form", { class: "stack" }, h("h3", null, t("own.specs")),
    h("table", { class: "spec-table cards" }, h("thead", null, h("tr", null, ["own.key", "own.least", "own.most", "unit"].map((id) => h("th", { scope: "col" }, t(id))))), h("tbody", null, body)), wrong, h("div", null, save));
  whenSent(form, () => busy(save, async () => {
    await patch(path, { line: line.id, members: { specs: edits.map((f) => f()).concat(others) } });
    say(t("own.saved"));
    await load();
  }, wrong));
  return form;
}

function edited(spec, isList, cells, terms) {
  const next = Object.assign({}, spec);
  if (isList) {
    const old = spec.values;
    next.values = terms.value.split(/[;；]/).map((v) => v.trim()).filter(Boolean).map((v) => (old.some((o) => typeof o === "number") && !Number.isNaN(Number(v)) ? Number(v) : v));
    return next;
  }
  cells.forEach((cell, i) => {
    const bound = i ? "max" : "min";
    const text = cell.value.trim().replace(/,/g, "");
    if (text === "") delete next[bound];
    else next[bound] = Number.isNaN(Number(text)) ? text : Number(text);
  });
  return next;
}
